"""Whose case it is: offering, taking and returning it, and saying "I have it" when an alarm rings."""

from __future__ import annotations

from datetime import datetime

from . import clocks, refusals
from . import events as ev
from .escalation import somebody_higher, successor
from .findings import find, tell_higher
from .policy import Signal
from .unfolding import Unfolding

HANDOFF = "handoff"
"""The kind of promise that an offered case opens."""


def offer(u: Unfolding, *, to: int, by: int, at: datetime, note: int | None = None) -> None:
    """Offer the case to somebody. Until he accepts, the owner still owns it.

    Once the handoff budget between two substantive replies is spent, the case is not passed on
    again: somebody higher owns it from now on, and the one above him hears why.
    """
    if not u.case.open:
        raise refusals.CaseIsClosed
    if u.case.offer is not None:
        raise refusals.AlreadyOffered
    if to == u.case.owner:
        raise refusals.CannotReceive("This person owns it already.")
    if not u.house.people.here(to, at):
        raise refusals.CannotReceive("Absent, or no longer here: choose somebody who is in.")
    if u.case.handoffs >= u.house.policy.handoff_budget and u.house.people.rank(to) == 0:
        _budget_spent(u, by=by, at=at)
        return
    u.happen(ev.HandoffOffered(at=at, by=by, to=to, note=note))
    clocks.signal(u, Signal.HANDOFF_OFFERED, at=at)


def _budget_spent(u: Unfolding, *, by: int, at: datetime) -> None:
    to = somebody_higher(u.case, u.house, at=at)
    find(
        u,
        "MG202",
        at=at,
        evidence="the handoff budget is spent, with no substantive reply in between",
    )
    if to is not None:
        u.happen(ev.OwnerChanged(at=at, by=by, to=to, was=u.case.owner, why="handoff budget"))
    tell_higher(u, at=at)


def accept_offer(u: Unfolding, *, by: int, at: datetime) -> None:
    """Take an offered case: from now on it is yours."""
    if u.case.offer is None or u.case.offer.to != by:
        raise refusals.NotOffered
    was = u.case.owner
    back_again = by in u.case.owners[:-1]
    u.happen(ev.HandoffAccepted(at=at, by=by, to=by))
    u.happen(ev.OwnerChanged(at=at, by=by, to=by, was=was, why="handoff"))
    clocks.signal(u, Signal.HANDOFF_SETTLED, Signal.HANDOFF_ACCEPTED, at=at)
    if back_again:
        find(u, "MG202", at=at, evidence="the case came back to somebody who had already handed it on")


def return_offer(u: Unfolding, *, by: int | None, at: datetime, why: str) -> None:
    """Say no to an offered case, or take an offer back; the owner keeps it."""
    if u.case.offer is None:
        raise refusals.NotOffered
    u.happen(ev.HandoffReturned(at=at, by=by, to=u.case.offer.to, why=why))
    clocks.signal(u, Signal.HANDOFF_SETTLED, at=at)


def acknowledge(u: Unfolding, *, by: int, at: datetime) -> None:
    """Say "I have it": what rings on this case falls silent for the ladder's grace."""
    ringing = u.case.ringing
    if not ringing:
        raise refusals.NothingRings
    u.happen(ev.AlarmAcknowledged(at=at, by=by, numbers=tuple(p.number for p in ringing)))


def settle_owner(u: Unfolding, *, at: datetime, why: str) -> None:
    """Give the case to whoever is in, because its owner left or is away. No offer: nobody must wait."""
    to = successor(u.case, u.house, at=at)
    if to != u.case.owner:
        u.happen(ev.OwnerChanged(at=at, to=to, was=u.case.owner, why=why))
        clocks.signal(u, Signal.HANDOFF_SETTLED, at=at)
