"""Who hears next, when, and why it never stops on its own.

A ladder is climbed rung by rung from the moment a promise broke. A rung
whose people are absent or gone is skipped *upwards*. "I have it" buys the
ladder's grace; if the promise is still not kept then, the next rung hears.
The last rung repeats until somebody answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from . import spans
from .cases import Case
from .hours import Hours
from .people import RUNGS, People, Person
from .policy import Ladder, Policy, Role, Span, Unit
from .promises import Climb, Promise


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


class Owned(Protocol):
    """What is somebody's: a case, an incident. Who hears of it depends on whose it is."""

    @property
    def owner(self) -> int: ...


class Ring(NamedTuple):
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
    higher = next_rung(promise, house)
    assert higher is not None
    return higher if climb.missed or higher.at <= repeat_at else Ring(at=repeat_at, rung=climb.rung, repeat=True)


def next_rung(promise: Promise, house: House) -> Ring | None:
    """Return when the next rung up is due to hear, whatever is said again meanwhile; None at the top."""
    climb = promise.climb
    ladder = house.ladder(promise.kind)
    if climb is None or climb.rang_at is None or climb.rung >= len(ladder.rungs) - 1:
        return None
    at = _rung_at(ladder, climb.rung + 1, climb, house.hours(promise.calendar))
    return Ring(at=max(at, climb.rang_at), rung=climb.rung + 1, repeat=False)


def _rung_at(ladder: Ladder, rung: int, climb: Climb, hours: Hours) -> datetime:
    """Return when `rung` is due, counted from the rung the climb began (or began again) with."""
    already = ladder.rungs[min(climb.from_rung, len(ladder.rungs) - 1)].after
    wait = _open_seconds(ladder.rungs[rung].after, hours) - _open_seconds(already, hours)
    return hours.due(climb.from_at, max(wait, 0))


def _open_seconds(span: Span, hours: Hours) -> int:
    """Return a rung's distance from due in seconds of open time; ladders are written in business time."""
    return span.count * (hours.day_seconds if span.unit is Unit.BUSINESS_DAYS else 3600)


def hearers(case: Owned, rung: int, ladder: Ladder, house: House, *, at: datetime) -> Hearers:
    """Return who hears at this rung of the ladder at that moment, skipping upwards over the absent.

    Above the owner's own rung the owner is passed over: somebody *else* must hear. If nobody from
    there up is in, every executive is told, and so is the highest of those who are in.
    """
    role = ladder.rungs[min(rung, len(ladder.rungs) - 1)].role
    skipped: list[int] = []
    if role is None:
        if house.people.here(case.owner, at):
            return Hearers(to=(case.owner,))
        skipped.append(case.owner)
    for person in _from_role_up(case, role, house):
        if person.here(at):
            return Hearers(to=(person.id,), skipped=tuple(skipped))
        skipped.append(person.id)
    to = _when_nobody_is_in(case, house, at=at)
    return Hearers(to=to, skipped=tuple(s for s in skipped if s not in to))


def _from_role_up(case: Owned, role: Role | None, house: House) -> Iterator[Person]:
    """Yield whoever may hear, or own, from a role upwards, the owner left out, his own team first."""
    owner = house.people.get(case.owner)
    team = owner.team if owner else ""
    first = RUNGS.index(role) if role in RUNGS else 0
    for higher in RUNGS[first:]:
        for person in house.people.of_role(higher, team=team):
            if person.id != case.owner:
                yield person


def _when_nobody_is_in(case: Owned, house: House, *, at: datetime) -> tuple[int, ...]:
    executives = [p.id for p in house.people.of_role(Role.EXECUTIVE)]
    someone = dict.fromkeys([*executives, *_highest_in(case, house, at=at)])
    return tuple(someone) or tuple(p.id for p in house.people.everybody if p.active) or (case.owner,)


def _highest_in(case: Owned, house: House, *, at: datetime) -> tuple[int, ...]:
    """Return the highest of those who are in, the owner only if he is alone."""
    present = [p for p in house.people.everybody if p.here(at) and p.role is not Role.ADMIN]
    present.sort(key=lambda p: (p.id == case.owner, -house.people.rank(p.id), p.id))
    return tuple(p.id for p in present[:1])


def successor(case: Case, house: House, *, at: datetime) -> int:
    """Return who owns the case if its owner can't: his cover, the next one up who is in, anybody in.

    If nobody at all is in, an owner who is only away keeps it, and one who left is followed by an
    executive.
    """
    owner = house.people.get(case.owner)
    absence = owner.absence(at) if owner else None
    if absence and absence.cover and absence.cover != case.owner and house.people.here(absence.cover, at):
        return absence.cover
    for person in _from_role_up(case, None, house):
        if person.here(at):
            return person.id
    someone = _highest_in(case, house, at=at)
    if someone:
        return someone[0]
    return case.owner if owner and owner.active else _when_nobody_is_in(case, house, at=at)[0]


def somebody_higher(case: Case, house: House, *, at: datetime) -> int | None:
    """Return the first person who is in and stands above the owner, or None if nobody does."""
    rank = house.people.rank(case.owner)
    above = _from_role_up(case, RUNGS[rank], house) if rank < len(RUNGS) else iter(())
    return next((p.id for p in above if p.here(at)), None)
