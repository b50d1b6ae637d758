"""What every step of a remedy stands on, and what a dead end leaves behind."""

from __future__ import annotations

from datetime import datetime

from . import clocks, refusals
from .policy import Signal
from .remedy_steps import Remedy, Step
from .unfolding import Unfolding


def refuse_closed(u: Unfolding) -> None:
    if not u.case.open:
        raise refusals.CaseIsClosed
    if u.case.quarantined:
        raise refusals.SetAside


def known(u: Unfolding, number: int) -> Remedy:
    if not 1 <= number <= len(u.case.remedies):
        raise refusals.NoSuchRemedy
    return u.case.remedy(number)


def at_step(u: Unfolding, number: int, *steps: Step) -> Remedy:
    remedy = known(u, number)
    if remedy.step not in steps:
        raise refusals.NotAtThisStep
    return remedy


def reason(why: str) -> str:
    if not why.strip():
        raise refusals.NeedsReason
    return why.strip()


def gone(u: Unfolding, number: int, *, at: datetime, why: str) -> None:
    """Stop its clocks. Where it stood in the place of a failed one, that place is empty again."""
    clocks.end_remedy(u, number, at=at, why=why)
    clocks.signal(u, Signal.REMEDY_SETTLED, at=at, remedy=number)
    ancestor = u.case.remedy(number).ancestor
    if ancestor is not None and u.case.remedy(ancestor).undone:
        clocks.signal(u, Signal.REMEDY_FAILED, at=at, remedy=ancestor)
