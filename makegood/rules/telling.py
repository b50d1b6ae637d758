"""The clock of an incident: by when everybody it hit has heard it from us, and who hears when somebody has not.

The same ladder as for a promise that broke on a case: the owner, then whoever is above him, again and again until
somebody says "I have it" or nobody is left untold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import escalation, spans
from .escalation import Hearers, House, Ring
from .promises import Climb, Promise
from .values import replace

_KIND = "incident.untold"
"""No kind of any policy: it climbs the house's own ladder."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How far the alarm of one incident has climbed. Moments are aware."""

    owner: int
    opened_at: datetime
    told_by: datetime
    """When the last of them should have heard."""
    late_since: datetime | None = None
    """When it first rang over those who are untold now; None while it does not ring."""
    rung: int = -1
    rang_at: datetime | None = None
    had_at: datetime | None = None
    """When somebody said that he has it."""


def told_by(opened_at: datetime, house: House) -> datetime:
    """Return by when everybody is told of an incident that was opened at that moment."""
    policy = house.policy
    return spans.due_at(policy.incident_told_within, opened_at, house.hours(policy.default_calendar))


def rings_at(clock: Clock, house: House) -> datetime:
    """Return when it rings next if somebody is untold then."""
    ring = _next(clock, house)
    return max(ring.at, clock.told_by) if ring else clock.told_by


def ring(clock: Clock, house: House, *, now: datetime) -> tuple[Clock, Hearers]:
    """Let it ring: return the clock after that, and who hears. Somebody is untold, and its time has come."""
    since = clock.late_since or now
    clock = replace(clock, late_since=since)
    rung = ring_.rung if (ring_ := _next(clock, house)) else 0
    ladder = house.ladder(_KIND)
    told = escalation.hearers(clock, rung, ladder, house, at=now)
    return replace(clock, rung=rung, rang_at=now, had_at=None), told


def _next(clock: Clock, house: House) -> Ring | None:
    since = clock.late_since
    if since is None:
        return None
    climb = Climb(rung=clock.rung, from_at=since, from_rung=0, rang_at=clock.rang_at, acknowledged_at=clock.had_at)
    promise = Promise(
        number=0,
        kind=_KIND,
        source="policy",
        from_at=clock.opened_at,
        owed_at=clock.opened_at,
        due_at=clock.told_by,
        calendar=house.policy.default_calendar,
        broken_at=since,
        climb=climb,
    )
    return escalation.next_ring(promise, house)
