"""Files that ship with the program, and the house's own policy."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from makegood import config


def demo_policy() -> str:
    """Return the policy of the demo house, which is also the one to copy for one's own."""
    return resources.files("makegood").joinpath("policies", "house.toml").read_text(encoding="utf-8")


def house_policy() -> str:
    """Return the house's policy: the file named by MAKEGOOD_POLICY, or that of the demo house."""
    named = config.get("MAKEGOOD_POLICY")
    return Path(named).read_text(encoding="utf-8") if named else demo_policy()


def law_texts() -> dict[str, str]:
    """Return the ready-made legal policies: id → text."""
    folder = resources.files("makegood").joinpath("policies", "law")
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return {file.name.removesuffix(".toml"): file.read_text(encoding="utf-8") for file in files}
