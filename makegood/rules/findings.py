"""Putting a finding on the record, and telling somebody higher without waiting for a clock."""

from __future__ import annotations

from datetime import datetime

from . import events as ev
from .escalation import hearers
from .unfolding import Unfolding


def find(u: Unfolding, code: str, *, at: datetime, evidence: str) -> None:
    """Put a finding on the record. The owner is told of each."""
    u.happen(ev.FindingMade(at=at, code=code, evidence=evidence))


def tell_higher(u: Unfolding, *, at: datetime) -> None:
    """Tell the first rung above the owner now, without waiting for a clock."""
    _tell(u, max(1, u.case.lowest_rung), at=at)


def tell_executive(u: Unfolding, *, at: datetime) -> None:
    """Tell the last rung now; it is an executive in every policy."""
    _tell(u, len(u.house.policy.ladders["house"].rungs), at=at)


def _tell(u: Unfolding, wanted: int, *, at: datetime) -> None:
    ladder = u.house.policy.ladders["house"]
    rung = min(wanted, len(ladder.rungs) - 1)
    told = hearers(u.case, rung, ladder, u.house, at=at)
    u.happen(
        ev.AlarmRaised(at=at, numbers=(), rung=rung, to=told.to, skipped=told.skipped, told_at=max(at, u.now))
    )
