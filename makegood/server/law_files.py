"""The policy files that ship with the program, and the house's own."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from makegood import config


def law_texts() -> dict[str, str]:
    """Return the ready-made legal policies: id → text."""
    folder = resources.files("makegood").joinpath("policies", "law")
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return {file.name.removesuffix(".toml"): file.read_text(encoding="utf-8") for file in files}


def house_text() -> str:
    """Return the house's policy: the file named by MAKEGOOD_POLICY, or that of the demo house."""
    named = config.get("MAKEGOOD_POLICY")
    if named:
        return Path(named).read_text(encoding="utf-8")
    return resources.files("makegood").joinpath("policies", "house.toml").read_text(encoding="utf-8")
