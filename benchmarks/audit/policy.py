"""The policy that benchmarks judge by: the demo house's."""

from __future__ import annotations

from importlib.resources import files

from makegood.rules.policy_file import read

POLICY = read((files("makegood") / "policies" / "house.toml").read_text(encoding="utf-8"), version=1, name="house")
