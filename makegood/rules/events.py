"""Everything that can happen to a case; the grammar of its names.

An event is named `place.past_tense`: the place is the thing it happened to
(case, contact, promise, alarm, handoff, owner, ball, finding), the verb says
what happened. `at` is when it became true, never when a loop noticed it.
A case is nothing but the fold of its events (`cases.fold`), so this file,
`merge_events` and `remedy_events` are the whole vocabulary of the journal. Ids of contacts and
people come from the desk; promises are numbered within their case, from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from . import item_events, merge_events, remedy_events
from .event import LEFT_OUT
from .event import Event as Event

# ── the case ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    name = "case.opened"
    door: str
    owner: int
    received_at: datetime
    """When the house could first have known: the sending server's stamp or the call, not our poller."""
    policy: int
    quarantined: bool = False
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseJudged(Event):
    """A person looked at a quarantined message: it is a complaint (`genuine`) or it is not."""

    name = "case.judged"
    genuine: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Event):
    name = "case.closed"


@dataclass(frozen=True, kw_only=True)
class CaseReopened(Event):
    name = "case.reopened"
    unresolved: bool
    """True where the customer said that it is not resolved: the ladder then starts one rung higher."""


@dataclass(frozen=True, kw_only=True)
class CaseRepinned(Event):
    name = "case.repinned"
    policy: int
    why: str


# ── contacts ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class ContactReceived(Event):
    name = "contact.received"
    contact: int
    door: str
    wants_answer: bool = True
    executive: bool = False


@dataclass(frozen=True, kw_only=True)
class ContactProposed(Event):
    """Somebody we can't vouch for wrote into this case; the owner decides whether it joins."""

    name = "contact.proposed"
    contact: int
    why: str


@dataclass(frozen=True, kw_only=True)
class ContactWritten(Event):
    name = "contact.written"
    contact: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContactAccepted(Event):
    """The receiving mail server took our message."""

    name = "contact.accepted"
    contact: int
    kinds: tuple[str, ...]
    substantive: bool
    senior: bool = False


@dataclass(frozen=True, kw_only=True)
class ContactRefused(Event):
    name = "contact.refused"
    contact: int
    why: str
    final: bool


@dataclass(frozen=True, kw_only=True)
class ContactCleared(Event):
    """Nobody knew whether our message arrived. A person looked: it did (`why`), or it is to go out once more."""

    name = "contact.cleared"
    contact: int
    arrived: bool
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactBounced(Event):
    name = "contact.bounced"
    contact: int
    why: str


@dataclass(frozen=True, kw_only=True)
class ContactMarked(Event):
    """A person read an incoming contact and said that it wants no answer (thanks, a mere note)."""

    name = "contact.marked"
    contact: int
    word: str


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    name = "note.written"
    note: int


# ── promises ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class PromiseMade(Event):
    name = "promise.made"
    number: int
    kind: str
    source: str
    due_at: datetime
    near_at: datetime | None = None
    said: bool = False
    """True where these words went to the customer: such a date never moves."""
    calendar: str
    zone: str
    words_hash: str = ""
    contact: int | None = None
    from_at: datetime
    """When the clock began: the moment said, or the contact that opened it."""
    ancestor: int | None = None
    remedy: int | None = field(default=None, metadata=LEFT_OUT)
    """The remedy whose step it waits for."""
    from_case: int | None = field(default=None, metadata=LEFT_OUT)
    """The case on which it was made, where that one goes on in this one; its number there is `from_number`."""
    from_number: int | None = field(default=None, metadata=LEFT_OUT)


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Event):
    name = "promise.kept"
    number: int
    contact: int | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class PromiseUnkept(Event):
    """What had kept it turned out not to: the mail bounced, or the customer says it is not resolved."""

    name = "promise.unkept"
    number: int
    why: str


@dataclass(frozen=True, kw_only=True)
class PromiseBroken(Event):
    name = "promise.broken"
    number: int


@dataclass(frozen=True, kw_only=True)
class PromiseReleased(Event):
    """The customer, and nobody else, let us off."""

    name = "promise.released"
    number: int


@dataclass(frozen=True, kw_only=True)
class PromiseReplaced(Event):
    name = "promise.replaced"
    number: int
    successor: int


@dataclass(frozen=True, kw_only=True)
class PromiseEnded(Event):
    """A clock of the house's own stopped because its reason went away (the case closed, an offer lapsed)."""

    name = "promise.ended"
    number: int
    why: str


@dataclass(frozen=True, kw_only=True)
class PromisePaused(Event):
    name = "promise.paused"
    number: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class PromiseResumed(Event):
    name = "promise.resumed"
    number: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class PromiseRecomputed(Event):
    """What it was made of changed, such as the rules of a time zone: why its due isn't what they say today."""

    name = "promise.recomputed"
    number: int
    due_at: datetime
    """What they say today; its due from now on where it `moved`."""
    moved: bool
    why: str


# ── who hears ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class PromiseWarned(Event):
    """The owner was told that a promise comes due, or that the near end of a range has passed."""

    name = "promise.warned"
    number: int
    step: int
    to: tuple[int, ...]
    told_at: datetime | None = None
    """When he was really told; later than `at` after an outage of our own watch."""


@dataclass(frozen=True, kw_only=True)
class AlarmRaised(Event):
    name = "alarm.raised"
    numbers: tuple[int, ...]
    """The promises it is about. One alarm may speak for several that broke together."""
    rung: int
    to: tuple[int, ...]
    skipped: tuple[int, ...] = ()
    """Who should have heard and was absent or gone."""
    told_at: datetime
    repeat: bool = False


@dataclass(frozen=True, kw_only=True)
class AlarmMissed(Event):
    """A rung that passed while our own watch stood still. It stays on the record as our failure."""

    name = "alarm.missed"
    numbers: tuple[int, ...]
    rung: int
    told_at: datetime
    """The same moment as `at`: nobody was told. Kept so that alarms read alike."""
    repeat: bool = False
    """True where the rung had been told and only its being told again was missed."""


@dataclass(frozen=True, kw_only=True)
class AlarmAcknowledged(Event):
    """Somebody said "I have it": every alarm that rings on the case falls silent for the ladder's grace."""

    name = "alarm.acknowledged"
    numbers: tuple[int, ...]


# ── whose it is ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class HandoffOffered(Event):
    name = "handoff.offered"
    to: int
    note: int | None = None


@dataclass(frozen=True, kw_only=True)
class HandoffAccepted(Event):
    name = "handoff.accepted"
    to: int


@dataclass(frozen=True, kw_only=True)
class HandoffReturned(Event):
    name = "handoff.returned"
    to: int
    why: str


@dataclass(frozen=True, kw_only=True)
class OwnerChanged(Event):
    name = "owner.changed"
    to: int
    was: int
    why: str
    """handoff, left, absent, handoff budget."""


@dataclass(frozen=True, kw_only=True)
class BallPassed(Event):
    name = "ball.passed"
    whose: str
    until: datetime | None = None


# ── what the customer asked for, and what we found ───────────────────────────


@dataclass(frozen=True, kw_only=True)
class ManagerAsked(Event):
    name = "manager.asked"


@dataclass(frozen=True, kw_only=True)
class NeedByNoted(Event):
    """A person read when the customer needs it. Urgency comes from need, never from how loud he is."""

    name = "need_by.noted"
    need_by: datetime
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactRead(Event):
    """A person confirmed what a message of the customer's is, or said otherwise than the reading proposed."""

    name = "contact.read"
    contact: int
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UnresolvedSaid(Event):
    name = "unresolved.said"


@dataclass(frozen=True, kw_only=True)
class FindingMade(Event):
    name = "finding.made"
    code: str
    evidence: str = ""


def _all_kinds(*modules: str) -> dict[str, type[Event]]:
    return {kind.name: kind for kind in Event.__subclasses__() if kind.__module__ in modules}


KINDS: dict[str, type[Event]] = _all_kinds(
    __name__, item_events.__name__, merge_events.__name__, remedy_events.__name__
)
