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
        moment = next_moment(u.case, u.house)
        if moment is None or moment.at > now:
            return
        _let_happen(u, moment, now=now)
    raise RuntimeError("a case that never comes to rest: its clocks make each other run")


def wakes_at(case: Case, house: House) -> datetime | None:
    """Return when time will next do something to this case; None for a closed one."""
    moment = next_moment(case, house)
    return moment.at if moment else None


def next_moment(case: Case, house: House) -> Moment | None:
    return min(_moments(case, house), default=None)


def _moments(case: Case, house: House) -> Iterator[Moment]:
    if not case.open:
        # What we said to him stays owed after closing (he may reopen), but nothing rings.
        return
    yield from _owner_moments(case, house)
    for promise in case.promises:
        if promise.outstanding:
            yield from _promise_moments(promise, house)
    if case.ball_until is not None:
        yield Moment(at=case.ball_until, turn=_BALL)


def _owner_moments(case: Case, house: House) -> Iterator[Moment]:
    owner = house.people.get(case.owner)
    if owner is None or not owner.active:
        gone_at = case.last_at
    else:
        hours = house.hours(house.calendar_of(case.owner))
        away = [a for a in owner.absences if a.to_at is None or a.to_at > case.last_at]
        if not away:
            return
        first = min(away, key=lambda a: a.from_at)
        gone_at = hours.due(max(first.from_at, case.opened_at), int(ABSENT_FOR.total_seconds()))
        if first.to_at is not None and gone_at >= first.to_at:
            return
    gone_at = max(gone_at, case.last_at)
    if escalation.successor(case, house, at=gone_at) != case.owner:
        yield Moment(at=gone_at, turn=_OWNER)


def _promise_moments(promise: Promise, house: House) -> Iterator[Moment]:
    if promise.paused and promise.paused_until:
        yield Moment(at=promise.paused_until, turn=_RESUME, number=promise.number)
        return
    if promise.running:
        warnings = warning_moments(promise, house)
        if promise.warned < len(warnings):
            yield Moment(at=warnings[promise.warned], turn=_WARN, number=promise.number)
        yield Moment(at=promise.due_at, turn=_BREAK, number=promise.number)
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
    return sorted(at for at in (*before, *near) if promise.from_at < at < promise.due_at)


def _let_happen(u: Unfolding, moment: Moment, *, now: datetime) -> None:
    if moment.turn == _OWNER:
        owner = u.house.people.get(u.case.owner)
        why = "absent" if owner is not None and owner.active else "left"
        ownership.settle_owner(u, at=moment.at, why=why)
    elif moment.turn == _RESUME or moment.turn == _BALL:
        clocks.resume(u, at=moment.at)
        clocks.pass_ball(u, Ball.US, at=moment.at)
    elif moment.turn == _WARN:
        _warn(u, u.case.promise(moment.number), at=moment.at)
    elif moment.turn == _BREAK:
        _break(u, u.case.promise(moment.number), at=moment.at)
    else:
        _ring(u, u.case.promise(moment.number), at=moment.at, now=now)


def _warn(u: Unfolding, promise: Promise, *, at: datetime) -> None:
    ladder = u.house.ladder(promise.kind)
    told = escalation.hearers(u.case, 0, ladder, u.house, at=at)
    u.happen(ev.PromiseWarned(at=at, number=promise.number, step=promise.warned + 1, to=told.to))


def _break(u: Unfolding, promise: Promise, *, at: datetime) -> None:
    u.happen(ev.PromiseBroken(at=at, number=promise.number))
    if promise.kind == "handoff" and u.case.offer is not None:
        # The offer lapses, so the old owner must hear that the case is still his.
        _ring(u, u.case.promise(promise.number), at=at, now=max(at, u.now))
        ownership.return_offer(u, by=None, at=at, why="nobody took it in time")


def _ring(u: Unfolding, promise: Promise, *, at: datetime, now: datetime) -> None:
    """Tell the next person. What rings at the same moment for the same rung rings as one alarm.

    A rung whose successor is due already was missed by our own watch: it is recorded as missed,
    and only the highest is told.
    """
    ring = escalation.next_ring(promise, u.house)
    assert ring is not None
    numbers = _together(u, ring, at=at)
    if not ring.repeat and _overtaken(u, promise, ring, now=now):
        u.happen(ev.AlarmMissed(at=at, numbers=numbers, rung=ring.rung, told_at=at))
        return
    ladder = u.house.ladder(promise.kind)
    told = escalation.hearers(u.case, ring.rung, ladder, u.house, at=now)
    u.happen(
        ev.AlarmRaised(
            at=at,
            numbers=numbers,
            rung=ring.rung,
            to=told.to,
            skipped=told.skipped,
            told_at=now,
            repeat=ring.repeat,
        )
    )


def _together(u: Unfolding, ring: escalation.Ring, *, at: datetime) -> tuple[int, ...]:
    for promise in u.case.outstanding():
        # Due at this very moment and not yet marked: let it break first, so that one alarm speaks for all.
        if promise.running and not promise.paused and promise.due_at == at and promise.kind != "handoff":
            u.happen(ev.PromiseBroken(at=at, number=promise.number))
    rings = ((p, escalation.next_ring(p, u.house)) for p in u.case.outstanding())
    return tuple(
        p.number for p, r in rings if r and r.at == at and r.rung == ring.rung and r.repeat == ring.repeat
    )


def _overtaken(u: Unfolding, promise: Promise, ring: escalation.Ring, *, now: datetime) -> bool:
    if ring.at == now:
        return False
    heard = promises.ring(promise, rung=ring.rung, told_at=now, at=ring.at)
    following = escalation.next_ring(heard, u.house)
    return (
        following is not None and not following.repeat and following.rung > ring.rung and following.at <= now
    )
