"""Who hears next if a promise is not kept: the rungs that heard, and those that would, with their times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from makegood.desk import models
from makegood.rules import escalation, promises
from makegood.rules.cases import Case
from makegood.rules.escalation import House
from makegood.rules.promises import Promise


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rung of a promise's ladder. `people` are ids of staff."""

    number: int
    """Counted from 1, as people say it."""
    role: str
    people: tuple[int, ...]
    skipped: tuple[int, ...] = ()
    heard_at: datetime | None = None
    answered: bool = False
    due_at: datetime | None = None
    """When it would hear; None for one that has heard."""


def next_promise(case: Case) -> Promise | None:
    """Return the promise whose ladder matters next: what rings, else what falls due first."""
    owed = [p for p in case.outstanding() if not p.paused]
    ringing = [p for p in owed if p.broken_at]
    return min(ringing or owed, key=lambda p: p.due_at, default=None)


def ladder(
    case: Case, promise: Promise, house: House, alarms: Iterable[models.Alarm], *, now: datetime
) -> tuple[Step, ...]:
    """Return every rung: those that heard as they were told, the others as the rules would tell them now."""
    rungs = house.ladder(promise.kind).rungs
    told = _told(promise, alarms)
    steps = [_heard(rung, alarm, rungs[min(rung, len(rungs) - 1)].name) for rung, alarm in sorted(told.items())]
    ahead = promise if promise.climb else _as_if_broken(promise, case)
    ring = _next(ahead, house)
    while ring is not None:
        if ring.rung not in told:
            steps.append(_would_hear(ring, case, house, kind=promise.kind, now=now))
        ahead = promises.ring(ahead, rung=ring.rung, told_at=ring.at, at=ring.at)
        ring = escalation.next_rung(ahead, house)
    return tuple(steps)


def _next(promise: Promise, house: House) -> escalation.Ring | None:
    """The next rung that hears; being told again is no rung."""
    ring = escalation.next_ring(promise, house)
    return ring if ring is not None and not ring.repeat else escalation.next_rung(promise, house)


def _told(promise: Promise, alarms: Iterable[models.Alarm]) -> dict[int, models.Alarm]:
    """The first alarm of each rung about this promise."""
    told: dict[int, models.Alarm] = {}
    for alarm in sorted(alarms, key=lambda a: (a.told_at, a.pk)):
        if promise.number in alarm.numbers and not alarm.missed:
            told.setdefault(alarm.rung, alarm)
    return told


def _heard(rung: int, alarm: models.Alarm, role: str) -> Step:
    return Step(
        number=rung + 1,
        role=role,
        people=tuple(person.pk for person in alarm.to.all()),
        skipped=tuple(alarm.skipped),
        heard_at=alarm.told_at,
        answered=alarm.acknowledged_by_id is not None,
    )


def _would_hear(ring: escalation.Ring, case: Case, house: House, *, kind: str, now: datetime) -> Step:
    ladder = house.ladder(kind)
    at = max(ring.at, now)
    hears = escalation.hearers(case, ring.rung, ladder, house, at=at)
    return Step(
        number=ring.rung + 1,
        role=ladder.rungs[ring.rung].name,
        people=hears.to,
        skipped=hears.skipped,
        due_at=ring.at,
    )


def _as_if_broken(promise: Promise, case: Case) -> Promise:
    return promises.break_(promise, at=promise.due_at, rung=case.lowest_rung, ring_from=promise.due_at)
