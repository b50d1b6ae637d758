"""The house policy and the shipped laws as texts, to be changed, read and refused by the tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from makegood.rules.policy import Policy
from makegood.rules.policy_file import PolicyError, PolicyErrors, read

ROOT = Path(__file__).parents[2]
HOUSE = (ROOT / "makegood/policies/house.toml").read_text(encoding="utf-8")
LAWS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "makegood/policies/law").glob("*.toml")}
DOCS = (ROOT / "docs/policy.md").read_text(encoding="utf-8")


def house(text: str = HOUSE, laws: dict[str, str] | None = None) -> Policy:
    return read(text, version=1, name="house", laws=laws or {})


def including(*laws: str) -> str:
    names = ", ".join(f'"{law}"' for law in laws)
    return HOUSE.replace("include = []", f"include = [{names}]")


def with_change(old: str, new: str) -> str:
    assert old in HOUSE, f"the house policy doesn't say {old!r} any more"
    return HOUSE.replace(old, new, 1)


def errors_of(text: str, laws: dict[str, str] | None = None) -> tuple[PolicyError, ...]:
    with pytest.raises(PolicyErrors) as refused:
        house(text, laws)
    return refused.value.errors


def without(table: str) -> str:
    """The house policy without one of its tables."""
    return re.sub(rf"(?m)^\[{re.escape(table)}\].*\n(?:(?!\[).*\n)*", "", HOUSE, count=1)
