"""What was promised, when it is due, paused, kept, broken, released.

A promise is made once and never rewritten. Its state is read off its own
history: open → kept · kept late · broken · released by the customer ·
replaced (and keeps its ancestor) · ended (a clock of the house's own whose
reason went away). A pause moves the due of a clock of the policy; a date
that was said to a customer never moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .values import replace


class State(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    KEPT_LATE = "kept late"
    BROKEN = "broken"
    RELEASED = "released"
    REPLACED = "replaced"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Climb:
    """How far up the ladder a broken promise has rung. All moments are aware."""

    rung: int
    """The rung that heard last; -1 before anybody did."""
    from_at: datetime
    """When `from_rung` was due to hear; later rungs are counted from here."""
    from_rung: int
    rang_at: datetime | None = None
    acknowledged_at: datetime | None = None
    missed: bool = False
    """The last rung passed while our own watch stood still: it is not told again, the next one is told."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise and what became of it."""

    number: int
    kind: str
    source: str
    from_at: datetime
    owed_at: datetime
    """Since when it has been owed: when it was made, or last unkept. It can't break before that."""
    due_at: datetime
    calendar: str
    said: bool = False
    near_at: datetime | None = None
    contact: int | None = None
    paused_at: datetime | None = None
    paused_until: datetime | None = None
    warned: int = 0
    broken_at: datetime | None = None
    kept_at: datetime | None = None
    kept_by: int | None = None
    """The contact that kept it, if a contact did."""
    released_at: datetime | None = None
    replaced_by: int | None = None
    ancestor: int | None = None
    ended_at: datetime | None = None
    remedy: int | None = None
    """The remedy whose step it waits for."""
    from_case: int | None = None
    """The case on which it was made as `from_number`, where that one goes on in this one."""
    from_number: int | None = None
    climb: Climb | None = None

    @property
    def state(self) -> State:
        """What became of it. Broken stays broken, even when a new promise took its place."""
        if self.broken_at and self.kept_at is None:
            return State.BROKEN
        if self.kept_at:
            late = self.broken_at is not None or self.kept_at > self.due_at
            return State.KEPT_LATE if late else State.KEPT
        if self.released_at:
            return State.RELEASED
        if self.replaced_by:
            return State.REPLACED
        return State.ENDED if self.ended_at else State.OPEN

    @property
    def outstanding(self) -> bool:
        """Whether we still owe it: neither kept nor released, replaced or ended. Broken ones are owed."""
        return not (self.kept_at or self.released_at or self.replaced_by or self.ended_at)

    @property
    def running(self) -> bool:
        """Whether its time has neither run out nor stopped."""
        return self.outstanding and self.broken_at is None

    @property
    def paused(self) -> bool:
        return self.paused_at is not None and self.running

    @property
    def breaks_at(self) -> datetime:
        """When it breaks if nothing happens: at its due, or at once if it came back overdue."""
        return max(self.due_at, self.owed_at)


def keep(promise: Promise, *, at: datetime, contact: int | None) -> Promise:
    return replace(promise, kept_at=at, kept_by=contact, paused_at=None, paused_until=None)


def unkeep(promise: Promise, *, at: datetime) -> Promise:
    """Return the promise as owed again from `at` on. Its due stays; so does a break that was recorded."""
    return replace(promise, kept_at=None, kept_by=None, ended_at=None, climb=None, owed_at=at, warned=0)


def break_(promise: Promise, *, at: datetime, rung: int, ring_from: datetime) -> Promise:
    """Return the promise as broken at `at`; `rung` is the first rung that will hear, at `ring_from`.

    A promise that had broken before keeps that moment: broken is never edited away.
    """
    climb = Climb(rung=rung - 1, from_at=ring_from, from_rung=rung)
    return replace(promise, broken_at=promise.broken_at or at, paused_at=None, paused_until=None, climb=climb)


def pause(promise: Promise, *, at: datetime, until: datetime) -> Promise:
    return replace(promise, paused_at=at, paused_until=until)


def resume(promise: Promise, *, due_at: datetime) -> Promise:
    return replace(promise, paused_at=None, paused_until=None, due_at=due_at)


def ring(promise: Promise, *, rung: int, told_at: datetime, at: datetime, missed: bool = False) -> Promise:
    """Return the promise after `rung` heard, or should have heard (`missed`).

    `at` is when that rung was due, `told_at` when it was told. A rung that hears because "I have
    it" was not followed by keeping begins a new climb: later rungs are counted from it.
    """
    assert promise.climb is not None
    climb = replace(promise.climb, rung=rung, rang_at=told_at, acknowledged_at=None, missed=missed)
    if rung > promise.climb.rung and promise.climb.acknowledged_at is not None:
        climb = replace(climb, from_at=at, from_rung=rung)
    return replace(promise, climb=climb)


def acknowledge(promise: Promise, *, at: datetime) -> Promise:
    assert promise.climb is not None
    return replace(promise, climb=replace(promise.climb, acknowledged_at=at, missed=False))
