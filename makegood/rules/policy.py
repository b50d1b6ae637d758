"""One house's promises, hours, ladders and limits, as values.

A policy is data: what opens a promise, what keeps it, how long it may take,
who hears when it is not kept. `policy_file` reads it from TOML; nothing here
reads a file, a clock or a database. A case keeps the version it began with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from .catalogue import Entry
from .hours import Hours
from .reminding import Reminders


class Role(StrEnum):
    """The rungs a ladder can name, lowest first. `admin` looks after the program, not the customer."""

    AGENT = "agent"
    LEAD = "lead"
    HEAD = "head"
    EXECUTIVE = "executive"
    ADMIN = "admin"


class Unit(StrEnum):
    """How a span is counted."""

    BUSINESS_HOURS = "business hours"
    BUSINESS_DAYS = "business days"
    """N open days' worth of open time, on the ruler of the calendar (see `Hours.day_seconds`)."""
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    MINUTES = "minutes"


@dataclass(frozen=True, kw_only=True)
class Span:
    """A length of time as a policy states it: `8 business hours`, `end of 8 weeks`, `48 hours`."""

    count: int
    unit: Unit
    to_end_of_day: bool = False
    """True for "end of 3 business days": counted in whole days, as laws count them (`days`)."""
    rolls: bool = False
    """True for "end of 1 month or the next working day": moved on if it would end on a closed day."""

    def __str__(self) -> str:
        unit = str(self.unit)
        if self.count == 1:
            unit = unit.removesuffix("s")
        rolls = " or the next working day" if self.rolls else ""
        return f"{'end of ' if self.to_end_of_day else ''}{self.count} {unit}{rolls}"


class Signal(StrEnum):
    """What can open or keep a promise of the policy. Every event of a case gives off none, one or several."""

    CASE_OPENED = "case.opened"
    CASE_CLOSED = "case.closed"
    CONTACT_RECEIVED = "contact.received"
    """The customer wrote something that wants an answer."""
    REPLY_ANY = "reply.any"
    """Any message of ours was accepted by his mail server, a bare acknowledgement included."""
    REPLY_SUBSTANTIVE = "reply.substantive"
    REPLY_ANSWER = "reply.answer"
    REPLY_SENIOR = "reply.senior"
    """A substantive reply written by a team lead or somebody above."""
    ASK_FIRST = "ask.first"
    """The first ask since the last substantive reply: the one that pauses the reply clock."""
    HANDOFF_OFFERED = "handoff.offered"
    HANDOFF_ACCEPTED = "handoff.accepted"
    HANDOFF_SETTLED = "handoff.settled"
    """An offered case was accepted or returned."""
    EXECUTIVE_LETTER = "executive.letter"
    MANAGER_ASKED = "manager.asked"
    CASE_QUARANTINED = "case.quarantined"
    """A message nobody could place was set aside as a case, and a person must judge it."""
    QUARANTINE_JUDGED = "quarantine.judged"
    REMEDY_PROPOSED_ABOVE = "remedy.proposed_above"
    """A remedy was proposed that the proposer's own authority doesn't cover."""
    REMEDY_DECIDED = "remedy.decided"
    REMEDY_APPROVED = "remedy.approved"
    REMEDY_OFFERED = "remedy.offered"
    REMEDY_ACCEPTED = "remedy.accepted"
    REMEDY_ORDERED = "remedy.ordered"
    REMEDY_SHIPPED = "remedy.shipped"
    REMEDY_DELIVERED = "remedy.delivered"
    REMEDY_FAILED = "remedy.failed"
    REMEDY_SETTLED = "remedy.settled"
    """Nothing is owed of it any more: confirmed, declined, denied, reversed, or another in its place."""
    PROPERTY_HELD = "property.held"
    PROPERTY_RETURNED = "property.returned"
    """The last of what we held is his again."""


class Source(StrEnum):
    """Where a promise came from."""

    PERSON = "person"
    AUTOMATIC = "automatic text"
    WEB_PAGE = "web page"
    ORDER = "order"
    PARTNER = "partner"
    POLICY = "policy"
    LAW = "law"


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step of a ladder: who hears, and how long after the promise fell due."""

    role: Role | None
    """None means the owner of the case, whatever his role."""
    after: Span

    @property
    def name(self) -> str:
        return "owner" if self.role is None else str(self.role)


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """Who hears next when nobody acts. The last rung repeats until somebody answers; it never ends."""

    name: str
    rungs: tuple[Rung, ...]
    repeat: Span
    """An unacknowledged alarm is said again this often."""
    grace: Span
    """Time that "I have it" buys. If the promise is still not kept then, the next rung hears."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of promise that the policy makes by itself, and the clock that goes with it."""

    name: str
    title: str
    opens_on: tuple[Signal, ...]
    kept_by: tuple[Signal, ...]
    within: Span
    by_door: dict[str, Span] = field(default_factory=dict)
    warn: tuple[Span, ...] = ()
    """How long before due the owner is warned, each once."""
    calendar: str = "owner"
    """`owner`, `customer`, or the name of a calendar."""
    pausable: bool = False
    shown: bool = True
    """Whether the customer sees it as something we owe him; False for the house's own nudges."""
    ladder: str = "house"
    restarts: bool = False
    """A signal that opens it while it runs keeps the old one and starts a new one, instead of leaving
    the older in place."""
    only_our_turn: bool = False
    """Runs only while the ball is ours (the silence limit)."""
    source: Source = Source.POLICY
    law: str = ""
    """The id of the law it came from, if any."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a door says by itself to everybody: "We call back in 24 to 48 hours"."""

    words: str
    near: Span | None
    due: Span
    source: Source
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Door:
    """One way in, its addresses, who answers there, and what it promises by itself."""

    name: str
    kind: str
    """mail, form, phone, post, social, order."""
    title: str
    addresses: tuple[str, ...] = ()
    team: str = ""
    executive: bool = False
    public: bool = False
    standing: tuple[Standing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pauses:
    """What an ask may pause, and for how long."""

    limit: Span
    per_reply: int = 1
    """How many asks may pause between two substantive replies."""


@dataclass(frozen=True, kw_only=True)
class Authority:
    """How much one person of a role may give at once, in minor units of the house's currency."""

    role: Role
    per_case: int
    per_customer: int
    per_day: int
    per_30_days: int = 0
    """Of one person to everybody, in 30 days; 0 where the policy sets no such limit."""


class Period(StrEnum):
    """How long a budget lasts."""

    MONTH = "month"
    PROGRAMME = "programme"


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What may be given out of one purse. Nobody gives more; its owner can make it larger."""

    name: str
    title: str
    currency: str
    amount: int
    """Minor units of its currency, for each period."""
    period: Period
    owner: Role
    titles: Mapping[str, str] = field(default_factory=dict)
    """The title in other languages, by their code."""

    def title_in(self, language: str) -> str:
        """Return the title in a language, or as the policy has it."""
        return self.titles.get(language.partition("-")[0], self.title)


@dataclass(frozen=True, kw_only=True)
class Law:
    """Where a shipped legal policy was read, and how sure we are of it. Not legal advice."""

    id: str
    title: str
    jurisdiction: str
    source: str
    verified_on: str
    confidence: str
    """high (text read), medium (well known, re-read before relying on it), low, or draft."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Everything one house has decided, frozen. Two policies with the same text are equal."""

    name: str
    version: int
    currency: str
    calendars: dict[str, Hours]
    default_calendar: str
    kinds: dict[str, Kind]
    ladders: dict[str, Ladder]
    pauses: Pauses
    doors: dict[str, Door]
    handoff_budget: int
    """Handoffs allowed between two substantive replies before a team lead must own the case."""
    answered_for: Span
    """After an answer it is the customer's turn for this long; then the ball is ours again."""
    quiet_after: Span
    """"No contradiction within this long after delivery" counts as a weak recovery, if he was asked."""
    alarm_limit: Span
    """A clock that ran out must have been told to a human within this long, or it is a silent slip."""
    vague_words: dict[str, Span]
    """What this house means by "prompt" or "soon". A standing text with another vague word is refused."""
    authority: dict[Role, Authority] = field(default_factory=dict)
    laws: tuple[Law, ...] = ()
    remedies: dict[str, Entry] = field(default_factory=dict)
    budgets: dict[str, Budget] = field(default_factory=dict)
    rates: dict[str, Decimal] = field(default_factory=dict)
    """What one main unit of another currency is worth in main units of the house's own."""
    code_reminders: Reminders = field(default_factory=Reminders)
    """When customers who want it are reminded of their codes."""
    choice_stands_after: Span | None = None
    """What a customer chose among several things is ordered so much later; None for at once."""
    incident_told_within: Span = Span(count=1, unit=Unit.BUSINESS_DAYS)
    """Everybody on the list of an incident has heard it from us so long after it was opened, or the alarm climbs."""

    def kind(self, name: str) -> Kind:
        return self.kinds[name]

    @cached_property
    def heeded(self) -> dict[Signal, frozenset[str]]:
        """Return which kinds each signal opens or keeps, by name: hardly any signal concerns most of them."""
        found: dict[Signal, set[str]] = {signal: set() for signal in Signal}
        for kind in self.kinds.values():
            for signal in (*kind.opens_on, *kind.kept_by):
                found[signal].add(kind.name)
        return {signal: frozenset(names) for signal, names in found.items()}

    def within(self, kind: Kind, door: str) -> Span:
        """Return how long this kind may take for a case that came in by this door."""
        return kind.by_door.get(door, kind.within)
