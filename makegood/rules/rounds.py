"""What time does to a case: the one function the watch calls, and when to call it again.

`advance` lets everything happen that has become true since the case was last
looked at, oldest first, each event dated when it became true. `wakes_at` says
when the next such thing will be; an open case always has one. That moment is
a column, and the watch polls it (`waking`).
"""

from __future__ import annotations

from datetime import datetime

from . import clocks, escalation, ownership, promises
from . import events as ev
from .cases import Ball
from .promises import Promise
from .unfolding import Unfolding
from .waking import BALL, BREAK, OWNER, RESUME, WARN, Moment
from .waking import next_moment as next_moment
from .waking import wakes_at as wakes_at


def advance(u: Unfolding, *, now: datetime) -> None:
    """Let happen all that time has brought by `now`, inclusive, oldest first."""
    for _ in range(10_000):
        moment = u.next_moment(now=now)
        if moment is None or moment.at > now:
            return
        _let_happen(u, moment, now=now)
    raise RuntimeError("a case that never comes to rest: its clocks make each other run")


def _let_happen(u: Unfolding, moment: Moment, *, now: datetime) -> None:
    if moment.turn == OWNER:
        owner = u.house.people.get(u.case.owner)
        why = "absent" if owner is not None and owner.active else "left"
        ownership.settle_owner(u, at=moment.at, why=why)
    elif moment.turn == RESUME:
        clocks.resume(u, at=moment.at)
    elif moment.turn == BALL:
        clocks.resume(u, at=moment.at)
        clocks.pass_ball(u, Ball.US, at=moment.at)
    elif moment.turn == WARN:
        _warn(u, u.case.promise(moment.number), at=moment.at, now=now)
    elif moment.turn == BREAK:
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
        if p is promise
        or (
            escalation.next_ring(p, u.house) == ring
            and u.house.ladder(p.kind) == ladder
            and _overtaken(u, p, ring, now=now) == missed_it
        )
    )


def _overtaken(u: Unfolding, promise: Promise, ring: escalation.Ring, *, now: datetime) -> bool:
    """Whether the rung above was due, too, before we came to tell this one."""
    heard = promises.ring(promise, rung=ring.rung, told_at=ring.at, at=ring.at)
    higher = escalation.next_rung(heard, u.house)
    return higher is not None and ring.at < higher.at <= now
