"""A company that never sleeps, with few people and short clocks: the world that the proof searches.

It is open every hour of the week, in UTC, so only distances in time matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import product

from makegood.rules.cases import Case
from makegood.rules.escalation import House
from makegood.rules.hours import Hours
from makegood.rules.people import Absence, People, Person
from makegood.rules.policy import Door, Kind, Ladder, Pauses, Policy, Role, Rung, Signal, Span, Unit
from makegood.rules.policy_remedies import CLOCKS

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""Every state is looked at from this moment: what is past lies before it, what is due after it."""

HOUR = timedelta(hours=1)
ANN, BEN, LEA, HAL, EVE, ELI = range(1, 7)
_ROLES = (Role.AGENT, Role.AGENT, Role.LEAD, Role.HEAD, Role.EXECUTIVE, Role.EXECUTIVE)

MAIL = Door(name="mail", kind="mail", title="Mailbox")
EXECUTIVE = Door(name="executive", kind="mail", title="Executive mailbox", executive=True)
ALWAYS = Hours(zone="UTC", weekly=dict.fromkeys(range(7), ((time(0), time.max),)))


def hours(count: int) -> Span:
    return Span(count=count, unit=Unit.BUSINESS_HOURS)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many hours each clock of a small policy takes."""

    reply: int = 8
    silence: int = 8
    update: int = 16
    ask: int = 12
    handoff: int = 4
    executive: int = 8
    manager: int = 4
    quarantine: int = 4
    resolution: int = 24
    remedy: int = 12
    """Each clock of a remedy."""
    rungs: tuple[int, int, int, int] = (0, 8, 12, 20)
    repeat: int = 4
    grace: int = 8
    pause: int = 8
    answered_for: int = 20
    warn: int | None = 4
    silence_pauses: bool = False


def small_policy(c: Counts) -> Policy:
    """Return a policy with the house's nine clocks and those of remedies, in whole hours."""
    return Policy(
        name="small",
        version=1,
        currency="USD",
        calendars={"always": ALWAYS},
        default_calendar="always",
        kinds={kind.name: kind for kind in _clocks(c)},
        ladders={ladder.name: ladder for ladder in _ladders(c)},
        pauses=Pauses(limit=hours(c.pause)),
        doors={"mail": MAIL, "executive": EXECUTIVE},
        handoff_budget=2,
        answered_for=hours(c.answered_for),
        quiet_after=hours(24),
        alarm_limit=Span(count=1, unit=Unit.MINUTES),
        vague_words={},
    )


def _ladders(c: Counts) -> tuple[Ladder, Ladder]:
    roles: tuple[Role | None, ...] = (None, Role.LEAD, Role.HEAD, Role.EXECUTIVE)
    house = tuple(Rung(role=role, after=hours(after)) for role, after in zip(roles, c.rungs, strict=True))
    asked = (house[0], Rung(role=None, after=hours(8)), Rung(role=Role.EXECUTIVE, after=hours(16)))
    return (
        Ladder(name="house", rungs=house, repeat=hours(c.repeat), grace=hours(c.grace)),
        Ladder(name="ask", rungs=asked, repeat=hours(c.repeat), grace=hours(c.grace)),
    )


def _clocks(c: Counts) -> list[Kind]:
    s = Signal
    substance = (s.REPLY_SUBSTANTIVE,)
    warned = (hours(c.warn),) if c.warn else ()
    return [
        _kind("reply", c.reply, s.CONTACT_RECEIVED, kept_by=substance, pausable=True, warn=warned),
        _kind(
            "silence",
            c.silence,
            s.CONTACT_RECEIVED,
            s.REPLY_SUBSTANTIVE,
            kept_by=substance,
            only_our_turn=True,
            pausable=c.silence_pauses,
        ),
        _kind("update", c.update, s.REPLY_SUBSTANTIVE, kept_by=substance, restarts=True),
        _kind("ask", c.ask, s.ASK_FIRST, kept_by=(s.CONTACT_RECEIVED, *substance, s.CASE_CLOSED), ladder="ask"),
        _kind("handoff", c.handoff, s.HANDOFF_OFFERED, kept_by=(s.HANDOFF_SETTLED,)),
        _kind("executive", c.executive, s.EXECUTIVE_LETTER, kept_by=(*substance, s.HANDOFF_ACCEPTED)),
        _kind("manager", c.manager, s.MANAGER_ASKED, kept_by=(s.REPLY_SENIOR,)),
        _kind("quarantine", c.quarantine, s.CASE_QUARANTINED, kept_by=(s.QUARANTINE_JUDGED,)),
        _kind("resolution", c.resolution, s.CASE_OPENED, kept_by=(s.CASE_CLOSED,)),
        *(_kind(name, c.remedy, clock.opens_on, kept_by=tuple(clock.kept_by)) for name, clock in CLOCKS.items()),
    ]


def _kind(
    name: str,
    within: int,
    *opens_on: Signal,
    kept_by: tuple[Signal, ...],
    pausable: bool = False,
    only_our_turn: bool = False,
    restarts: bool = False,
    ladder: str = "house",
    warn: tuple[Span, ...] = (),
) -> Kind:
    return Kind(
        name=name,
        title=name,
        opens_on=opens_on,
        kept_by=kept_by,
        within=hours(within),
        pausable=pausable,
        only_our_turn=only_our_turn,
        restarts=restarts,
        ladder=ladder,
        warn=warn,
    )


POLICIES = {
    # Every time a multiple of twelve hours, so that most states meet again: for the deepest search.
    "all in half days": small_policy(Counts(
        reply=12, silence=12, update=24, ask=12, handoff=12, executive=12, manager=12, quarantine=12,
        resolution=24, repeat=12, grace=12, pause=12, answered_for=24, warn=None, rungs=(0, 12, 24, 36),
    )),
    # As in words.md: reply and silence run out together, repeats come between the rungs.
    "as the house": small_policy(Counts()),
    # The other way round: silence before reply, rungs before repeats, pauses longer than what they pause.
    "short silence, long pauses": small_policy(Counts(
        reply=12, silence=4, update=8, ask=4, handoff=12, resolution=16, repeat=12, grace=4, pause=16,
        answered_for=4, warn=8, rungs=(0, 4, 8, 12), silence_pauses=True,
    )),
    # Resolution runs out first, acknowledging buys more than the whole ladder, offers outlive everything.
    "resolution first": small_policy(Counts(
        reply=16, silence=20, update=28, ask=8, handoff=20, executive=4, manager=12, quarantine=12,
        resolution=8, repeat=8, grace=24, pause=4, answered_for=12, warn=12, rungs=(0, 4, 12, 16),
    )),
}  # fmt: skip


# ── who is in ────────────────────────────────────────────────────────────────

Status = timedelta | str
"""Of one person: "in", "gone", or how long he has been away."""

Statuses = tuple[Status, ...]
EVERYBODY_IN: Statuses = ("in",) * 6


@cache
def people_of(statuses: Statuses, cover: int | None = None) -> People:
    """Return the company in which each person is as `statuses` say, seen from NOW."""
    everybody = []
    for nth, (role, status) in enumerate(zip(_ROLES, statuses, strict=True), start=1):
        absences: tuple[Absence, ...] = ()
        if isinstance(status, timedelta):
            absences = (Absence(from_at=NOW - status, cover=cover if cover != nth else None),)
        everybody.append(Person(id=nth, role=role, active=status != "gone", absences=absences))
    return People(tuple(everybody))


@cache
def house_of(policy_name: str, statuses: Statuses, cover: int | None = None) -> House:
    return House(policy=POLICIES[policy_name], people=people_of(statuses, cover))


@cache
def companies(owner: int, status: Status) -> tuple[Statuses, ...]:
    """Return every company in which the owner is as `status` says and each other person is in or away.

    Whoever is away has been so for longer than matters.
    """
    others: list[tuple[Status, ...]] = [("in", HOUR)] * 6
    others[owner - 1] = (status,)
    return tuple(product(*others))


@dataclass(frozen=True)
class State:
    """One case at NOW, and its owner. Who else is in is not part of it: anybody may come and go between moves."""

    case: Case
    owner: Status = "in"
    cover: int | None = None
    """Who stands in for an owner who is away."""
    last: int | None = None
    """Our last message, if it can still bounce."""
