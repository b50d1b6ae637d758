"""What time does to a case: the one function the watch calls, and when to call it again.

`advance` lets everything happen that has become true since the case was last
looked at, oldest first, each event dated when it became true. `wakes_at` says
when the next such thing will be; an open case always has one. That moment is
a column, and the watch polls it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import clocks, escalation, ownership, promises, spans
from . import events as ev
from .cases import Ball, Case
from .escalation import House
from .promises import Promise
from .unfolding import Unfolding

ABSENT_FOR = timedelta(hours=1)
"""Open time after which an absent owner's cases go to somebody who is in (P6)."""


@dataclass(frozen=True, kw_only=True, order=True)
class Moment:
    """Something that time alone will do. Sorted by when, then by what comes first in a tie."""

    at: datetime
    turn: int
    number: int = 0


_OWNER, _RESUME, _WARN, _BREAK, _RING, _BALL = range(6)


def advance(u: Unfolding, *, now: datetime) -> None:
    """Let happen all that time has brought by `now`, inclusive, oldest first."""
    for _ in range(10_000):
        moment = next_moment(u.case, u.house, now=now)
        if moment is None or moment.at > now:
            return
        _let_happen(u, moment, now=now)
    raise RuntimeError("a case that never comes to rest: its clocks make each other run")


def wakes_at(case: Case, house: House) -> datetime | None:
    """Return when time will next do something to this case; None for a closed one."""
    moment = next_moment(case, house)
    return moment.at if moment else None


def next_moment(case: Case, house: House, *, now: datetime | None = None) -> Moment | None:
    """Return what time does next. `now` dates the leaving of an owner of whom nobody wrote down when."""
    return min(_moments(case, house, now=now), default=None)


def _moments(case: Case, house: House, *, now: datetime | None) -> Iterator[Moment]:
    if not case.open:
        # Nothing is owed on a closed case: it can't close before that, and what comes later reopens it.
        return
    yield from _owner_moments(case, house, now=now)
    for promise in case.promises:
        if promise.outstanding:
            yield from _promise_moments(promise, house)
    if case.ball_until is not None:
        yield Moment(at=case.ball_until, turn=_BALL)


def _owner_moments(case: Case, house: House, *, now: datetime | None) -> Iterator[Moment]:
    """Yield when the case goes to somebody else because its owner left or is away."""
    for gone_at, back_at in _owner_is_gone(case, house, now=now):
        # If nobody is in to take it, it waits for the first who comes in.
        returns = (a.to_at for p in house.people.everybody for a in p.absences if a.to_at)
        chances = sorted({gone_at, *(t for t in returns if t > gone_at and (back_at is None or t < back_at))})
        for at in chances:
            if escalation.successor(case, house, at=at) != case.owner:
                yield Moment(at=at, turn=_OWNER)
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
    hours = house.hours(house.calendar_of(case.owner))
    for absence in sorted(owner.absences, key=lambda a: a.from_at):
        if absence.to_at is not None and absence.to_at <= case.last_at:
            continue
        since = max(absence.from_at, case.owned_at)
        gone_at = max(hours.due(since, int(ABSENT_FOR.total_seconds())), case.last_at)
        if absence.to_at is None or gone_at < absence.to_at:
            yield gone_at, absence.to_at


def _promise_moments(promise: Promise, house: House) -> Iterator[Moment]:
    if promise.paused and promise.paused_until:
        yield Moment(at=promise.paused_until, turn=_RESUME, number=promise.number)
        return
    if promise.running:
        warnings = warning_moments(promise, house)
        if promise.warned < len(warnings):
            yield Moment(at=warnings[promise.warned], turn=_WARN, number=promise.number)
        yield Moment(at=promise.breaks_at, turn=_BREAK, number=promise.number)
        return
    ring = escalation.next_ring(promise, house)
    if ring:
        yield Moment(at=ring.at, turn=_RING, number=promise.number)


def warning_moments(promise: Promise, house: House) -> list[datetime]:
    """Return when the owner is warned of this promise: before due, and at the near end of a range."""
    kind = house.policy.kinds.get(promise.kind)
    hours = house.hours(promise.calendar)
    before = [spans.before(span, promise.due_at, hours) for span in (kind.warn if kind else ())]
    near = [promise.near_at] if promise.near_at else []
    since = max(promise.from_at, promise.owed_at)
    return sorted(at for at in (*before, *near) if since < at < promise.due_at)


def _let_happen(u: Unfolding, moment: Moment, *, now: datetime) -> None:
    if moment.turn == _OWNER:
        owner = u.house.people.get(u.case.owner)
        why = "absent" if owner is not None and owner.active else "left"
        ownership.settle_owner(u, at=moment.at, why=why)
    elif moment.turn == _RESUME:
        clocks.resume(u, at=moment.at)
    elif moment.turn == _BALL:
        clocks.resume(u, at=moment.at)
        clocks.pass_ball(u, Ball.US, at=moment.at)
    elif moment.turn == _WARN:
        _warn(u, u.case.promise(moment.number), at=moment.at, now=now)
    elif moment.turn == _BREAK:
        _break(u, u.case.promise(moment.number), at=moment.at, now=now)
    else:
        _ring(u, u.case.promise(moment.number), now=now)


def _warn(u: Unfolding, promise: Promise, *, at: datetime, now: datetime) -> None:
    told = escalation.hearers(u.case, 0, u.house.ladder(promise.kind), u.house, at=now)
    step = promise.warned + 1
    u.happen(ev.PromiseWarned(at=at, number=promise.number, step=step, to=told.to, told_at=now))


def _break(u: Unfolding, promise: Promise, *, at: datetime, now: datetime) -> None:
    u.happen(ev.PromiseBroken(at=at, number=promise.number))
    if promise.kind == ownership.HANDOFF and u.case.offer is not None:
        _lapse(u, promise, at=at, now=now)


def _lapse(u: Unfolding, promise: Promise, *, at: datetime, now: datetime) -> None:
    """The offer nobody took is over, and the owner hears that the case is still his."""
    told = escalation.hearers(u.case, 0, u.house.ladder(promise.kind), u.house, at=now)
    u.happen(
        ev.AlarmRaised(
            at=at, numbers=(promise.number,), rung=0, to=told.to, skipped=told.skipped, told_at=now
        )
    )
    clocks.end(u, ownership.HANDOFF, at=at, why="nobody took it in time")
    ownership.return_offer(u, by=None, at=at, why="nobody took it in time")


def _ring(u: Unfolding, promise: Promise, *, now: datetime) -> None:
    """Tell the next person. What rings at the same moment for the same rung rings as one alarm.

    A rung whose successor is due already was missed by our own watch: it is recorded as missed,
    and only the highest is told.
    """
    ring = escalation.next_ring(promise, u.house)
    assert ring is not None
    missed_it = _overtaken(u, promise, ring, now=now)
    numbers = _together(u, promise, ring, missed_it, now=now)
    if missed_it:
        missed = ev.AlarmMissed(
            at=ring.at, numbers=numbers, rung=ring.rung, told_at=ring.at, repeat=ring.repeat
        )
        u.happen(missed)
        return
    told = escalation.hearers(u.case, ring.rung, u.house.ladder(promise.kind), u.house, at=now)
    u.happen(
        ev.AlarmRaised(
            at=ring.at,
            numbers=numbers,
            rung=ring.rung,
            to=told.to,
            skipped=told.skipped,
            told_at=now,
            repeat=ring.repeat,
        )
    )


def _together(
    u: Unfolding, promise: Promise, ring: escalation.Ring, missed_it: bool, *, now: datetime
) -> tuple[int, ...]:
    """Return the promises that ring with this one: the same moment, rung, ladder and fate."""
    for other in u.case.outstanding():
        # Due at this very moment and not yet marked: let it break first, so that one alarm speaks for all.
        due_now = other.running and not other.paused and other.breaks_at == ring.at
        if due_now and other.kind != ownership.HANDOFF:
            u.happen(ev.PromiseBroken(at=ring.at, number=other.number))
    ladder = u.house.ladder(promise.kind)
    return tuple(
        p.number
        for p in u.case.outstanding()
        if escalation.next_ring(p, u.house) == ring
        and u.house.ladder(p.kind) == ladder
        and _overtaken(u, p, ring, now=now) == missed_it
    )


def _overtaken(u: Unfolding, promise: Promise, ring: escalation.Ring, *, now: datetime) -> bool:
    """Whether the rung above was due, too, before we came to tell this one."""
    heard = promises.ring(promise, rung=ring.rung, told_at=ring.at, at=ring.at)
    higher = escalation.next_rung(heard, u.house)
    return higher is not None and ring.at < higher.at <= now
