"""Who hears next, when, and why it never stops on its own.

A ladder is climbed rung by rung from the moment a promise broke. A rung
whose people are absent or gone is skipped *upwards*. "I have it" buys the
ladder's grace; if the promise is still not kept then, the next rung hears.
The last rung repeats until somebody answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import spans
from .cases import Case
from .hours import Hours
from .people import RUNGS, People
from .policy import Ladder, Policy, Role, Span, Unit
from .promises import Promise


@dataclass(frozen=True, kw_only=True)
class House:
    """What a decision needs to know besides the case: the policy it is pinned to, and the people."""

    policy: Policy
    people: People

    def hours(self, calendar: str) -> Hours:
        calendars = self.policy.calendars
        return calendars.get(calendar) or calendars[self.policy.default_calendar]

    def calendar_of(self, person: int) -> str:
        found = self.people.get(person)
        name = found.calendar if found else ""
        return name if name in self.policy.calendars else self.policy.default_calendar

    def ladder(self, kind: str) -> Ladder:
        """Return the ladder for a kind of promise; what a person said climbs the house's own."""
        known = self.policy.kinds.get(kind)
        return self.policy.ladders[known.ladder if known else "house"]


@dataclass(frozen=True, kw_only=True)
class Ring:
    """The next time a broken promise is told to somebody."""

    at: datetime
    rung: int
    repeat: bool


@dataclass(frozen=True, kw_only=True)
class Hearers:
    """Who hears at a rung, and who would have but could not. `to` is never empty."""

    to: tuple[int, ...]
    skipped: tuple[int, ...] = ()


def next_ring(promise: Promise, house: House) -> Ring | None:
    """Return when this promise rings next, or None if it is not broken or no longer owed.

    A broken promise that is still owed always has a next ring: that is the second half of
    "an open case always has a running clock".
    """
    climb = promise.climb
    if climb is None or not promise.outstanding:
        return None
    ladder = house.ladder(promise.kind)
    hours = house.hours(promise.calendar)
    top = len(ladder.rungs) - 1
    rung = min(climb.rung + 1, top)
    if climb.acknowledged_at:
        return Ring(at=spans.due_at(ladder.grace, climb.acknowledged_at, hours), rung=rung, repeat=False)
    if climb.rang_at is None:
        return Ring(at=climb.from_at, rung=rung, repeat=False)
    repeat_at = spans.due_at(ladder.repeat, climb.rang_at, hours)
    if climb.rung >= top:
        return Ring(at=repeat_at, rung=top, repeat=True)
    climb_at = _rung_at(ladder, rung, promise, hours)
    if climb_at <= repeat_at:
        return Ring(at=max(climb_at, climb.rang_at), rung=rung, repeat=False)
    return Ring(at=repeat_at, rung=climb.rung, repeat=True)


def _rung_at(ladder: Ladder, rung: int, promise: Promise, hours: Hours) -> datetime:
    """Return when `rung` is due, counted from the rung the climb began (or began again) with."""
    climb = promise.climb
    assert climb is not None
    already = ladder.rungs[min(climb.from_rung, len(ladder.rungs) - 1)].after
    wait = _open_seconds(ladder.rungs[rung].after, hours) - _open_seconds(already, hours)
    return hours.due(climb.from_at, max(wait, 0))


def _open_seconds(span: Span, hours: Hours) -> int:
    """Return a rung's distance from due in seconds of open time; ladders are written in business time."""
    return span.count * (hours.day_seconds if span.unit is Unit.BUSINESS_DAYS else 3600)


def hearers(case: Case, rung: int, ladder: Ladder, house: House, *, at: datetime) -> Hearers:
    """Return who hears at this rung of the ladder at that moment, skipping upwards over the absent.

    Above the owner's own rung the owner is passed over: somebody *else* must hear. If nobody is
    in, every executive is told; if the house has none left, whoever may still act is.
    """
    role = ladder.rungs[min(rung, len(ladder.rungs) - 1)].role
    skipped: list[int] = []
    if role is None:
        if house.people.here(case.owner, at):
            return Hearers(to=(case.owner,))
        skipped.append(case.owner)
        role = RUNGS[0]
    return _upwards(case, role, skipped, house, at=at)


def _upwards(case: Case, role: Role, skipped: list[int], house: House, *, at: datetime) -> Hearers:
    owner = house.people.get(case.owner)
    for higher in RUNGS[RUNGS.index(role) :]:
        team = owner.team if owner else ""
        for person in house.people.of_role(higher, team=team):
            if person.here(at) and person.id != case.owner:
                return Hearers(to=(person.id,), skipped=tuple(skipped))
            if person.id != case.owner:
                skipped.append(person.id)
    return _everybody_left(case, skipped, house, at=at)


def _everybody_left(case: Case, skipped: list[int], house: House, *, at: datetime) -> Hearers:
    executives = [p.id for p in house.people.of_role(Role.EXECUTIVE)]
    someone = executives or [p.id for p in house.people.everybody if p.here(at)]
    to = tuple(someone) or (case.owner,)
    return Hearers(to=to, skipped=tuple(s for s in skipped if s not in to))


def successor(case: Case, house: House, *, at: datetime) -> int:
    """Return who owns the case if its owner can't: his cover, else the next one up who is in."""
    owner = house.people.get(case.owner)
    absence = owner.absence(at) if owner else None
    if absence and absence.cover and house.people.here(absence.cover, at):
        return absence.cover
    return _upwards(case, RUNGS[0], [], house, at=at).to[0]
