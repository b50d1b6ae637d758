"""What an invariant says of a live database: how much it looked at, and what it found wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

SHOWN = 20
"""Violations that are named one by one; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One thing that is not as it was promised."""

    what: str
    """A sentence that names the row."""
    case: str = ""
    """The case's number, if it is about one."""
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether one promise of the house to itself holds."""

    code: str
    title: str
    looked_at: int
    count: int
    """All violations; `violations` names the first of them."""
    violations: tuple[Violation, ...]
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.count == 0


def verdict(code: str, title: str, found: Iterable[Violation], *, looked_at: int, note: str = "") -> Verdict:
    """Return the verdict, keeping the first violations and counting all; `found` may be a stream."""
    kept: list[Violation] = []
    count = 0
    for violation in found:
        count += 1
        if len(kept) < SHOWN:
            kept.append(violation)
    return Verdict(code=code, title=title, looked_at=looked_at, count=count, violations=tuple(kept), note=note)
