"""When time will next do something to a case, and what that is.

An open case always has such a moment, and it is a column (`wakes_at`) which the watch polls.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from . import escalation, spans
from .cases import Case
from .escalation import House
from .promises import Promise

ABSENT_FOR = timedelta(hours=1)
"""Open time after which an absent owner's cases go to somebody who is in (P6)."""


class Moment(NamedTuple):
    """Something that time alone will do. Sorted by when, then by what comes first in a tie."""

    at: datetime
    turn: int
    number: int = 0


OWNER, RESUME, WARN, BREAK, RING, BALL = range(6)
_UNKNOWN = (None, None)


def wakes_at(case: Case, house: House) -> datetime | None:
    """Return when time will next do something to this case; None for a closed one."""
    moment = next_moment(case, house)
    return moment.at if moment else None


def next_moment(case: Case, house: House, *, now: datetime | None = None) -> Moment | None:
    """Return what time does next. `now` dates the leaving of an owner of whom nobody wrote down when."""
    return Moments().next(case, house, now=now)


class Moments:
    """What time does next to a case that unfolds. A promise that stays as it is isn't worked out again."""

    def __init__(self) -> None:
        self._house: House | None = None
        self._known: dict[int, tuple[Promise, Moment | None]] = {}
        self._promises: tuple[Promise, ...] | None = None
        self._soonest: Moment | None = None

    def next(self, case: Case, house: House, *, now: datetime | None) -> Moment | None:
        """Return what time does next, as `next_moment` does."""
        if not case.open:
            # Nothing is owed on a closed case: it can't close before that, and what comes later reopens it.
            return None
        if house is not self._house:
            self._house, self._known, self._promises = house, {}, None
        if case.promises is not self._promises:
            self._promises, self._soonest = case.promises, self._of_promises(case.promises, house)
        moments = [] if self._soonest is None else [self._soonest]
        moments += _owner_moments(case, house, now=now)
        if case.ball_until is not None:
            moments.append(Moment(at=case.ball_until, turn=BALL))
        return min(moments, default=None)

    def _of_promises(self, promises: tuple[Promise, ...], house: House) -> Moment | None:
        moments = []
        for promise in promises:
            known, moment = self._known.get(promise.number, _UNKNOWN)
            if known is not promise:
                moment = _promise_moment(promise, house) if promise.outstanding else None
                self._known[promise.number] = promise, moment
            if moment is not None:
                moments.append(moment)
        return min(moments, default=None)


def _owner_moments(case: Case, house: House, *, now: datetime | None) -> Iterator[Moment]:
    """Yield when the case goes to somebody else because its owner left or is away."""
    for gone_at, back_at in _owner_is_gone(case, house, now=now):
        # If nobody is in to take it, it waits for the first who comes in.
        returns = (a.to_at for p in house.people.everybody for a in p.absences if a.to_at)
        chances = sorted({gone_at, *(t for t in returns if t > gone_at and (back_at is None or t < back_at))})
        for at in chances:
            if escalation.successor(case, house, at=at) != case.owner:
                yield Moment(at=at, turn=OWNER)
                return


def _owner_is_gone(
    case: Case, house: House, *, now: datetime | None
) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield from when, and until when, the owner has been away for more than an hour of open time."""
    owner = house.people.get(case.owner)
    if owner is None or not owner.active:
        left_at = owner.left_at if owner else None
        yield max(left_at or now or case.last_at, case.last_at), None
        return
    if not owner.absences:
        return
    hours = house.hours(house.calendar_of(case.owner))
    for absence in sorted(owner.absences, key=lambda a: a.from_at):
        if absence.to_at is not None and absence.to_at <= case.last_at:
            continue
        since = max(absence.from_at, case.owned_at)
        gone_at = max(hours.due(since, int(ABSENT_FOR.total_seconds())), case.last_at)
        if absence.to_at is None or gone_at < absence.to_at:
            yield gone_at, absence.to_at


def _promise_moment(promise: Promise, house: House) -> Moment | None:
    """Return what time does next to a promise that is owed."""
    number = promise.number
    if promise.paused and promise.paused_until:
        return Moment(promise.paused_until, RESUME, number)
    if promise.running:
        warnings = warning_moments(promise, house)
        if promise.warned < len(warnings):
            # Each is before due, and so before it breaks.
            return Moment(warnings[promise.warned], WARN, number)
        return Moment(promise.breaks_at, BREAK, number)
    ring = escalation.next_ring(promise, house)
    return Moment(ring.at, RING, number) if ring else None


def warning_moments(promise: Promise, house: House) -> list[datetime]:
    """Return when the owner is warned of this promise: before due, and at the near end of a range."""
    kind = house.policy.kinds.get(promise.kind)
    warn = kind.warn if kind else ()
    if not warn and promise.near_at is None:
        return []
    hours = house.hours(promise.calendar)
    before = [spans.before(span, promise.due_at, hours) for span in warn]
    near = [promise.near_at] if promise.near_at else []
    since = max(promise.from_at, promise.owed_at)
    return sorted(at for at in (*before, *near) if since < at < promise.due_at)


