"""What a mail of ours says, as plain values. `compose` turns one of them into bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Who writes to whom, and what it answers."""

    message_id: str
    to_address: str
    to_name: str = ""
    from_name: str
    from_address: str
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    at: datetime
    language: str = "en"
    zone: str = "UTC"
    """The reader's time zone: every time is written in it, with its name."""
    house: str = ""


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """One promise in a mail."""

    words: str
    said_at: datetime
    due_at: datetime
    near_at: datetime | None = None
    state: str = "open"
    kept_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """ "We have your message": who owns it, what happens next and by when, the private page.

    Automatic, so RFC 3834 headers; nothing the sender wrote is in it, his subject neither.
    """

    envelope: Envelope
    case: str
    owner: str
    owner_role: str
    promise: PromiseLine
    page_url: str


@dataclass(frozen=True, kw_only=True)
class ReplyLetter:
    """What a member of staff wrote to the customer. The only text in it is hers, and the promises."""

    envelope: Envelope
    case: str
    subject: str
    text: str
    promises: tuple[PromiseLine, ...] = ()
    page_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ClosingQuestion:
    """Closed is not recovered: asks whether it is right again, with the page where he can say no."""

    envelope: Envelope
    case: str
    owner: str
    page_url: str


@dataclass(frozen=True, kw_only=True)
class CodeReminder:
    """He asked to be reminded of a code. Its text isn't here: it stands on his page."""

    envelope: Envelope
    case: str
    title: str
    left: str
    made_at: datetime
    ends_at: datetime | None
    """When it ends; None for one that is good for ever, and was not used for long."""
    page_url: str


@dataclass(frozen=True, kw_only=True)
class PageLine:
    """One private page: of which case, and since when we have had it."""

    case: str
    received_at: datetime
    url: str


@dataclass(frozen=True, kw_only=True)
class NewLinks:
    """What somebody gets who has lost his private link: one to each of his cases, and no word that anybody wrote."""

    envelope: Envelope
    pages: tuple[PageLine, ...]


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """One thing a member of staff is told."""

    case: str
    """The case's number; empty for the desk itself."""
    kind: str
    """The event's name: alarm.raised, promise.warned, handoff.offered, finding.made, …"""
    facts: dict[str, object]
    at: datetime
    who: str = ""
    """The customer's name."""
    what: str = ""
    """The words of the promise, or its kind's title."""
    due_at: datetime | None = None
    rung: str = ""
    skipped: tuple[str, ...] = ()
    case_url: str = ""
    acknowledge_url: str = ""
    answer_to: str = ""
    """A signed address: a mail to it from this reader goes to the customer as his answer."""


@dataclass(frozen=True, kw_only=True)
class Digest:
    """All that one member of staff is told at once. Reply-To is set when it is about one case only."""

    envelope: Envelope
    lines: tuple[NoticeLine, ...]
    board_url: str = ""


@dataclass(frozen=True, kw_only=True)
class CanaryLetter:
    """A complaint of our own that goes round to show that mail still works."""

    envelope: Envelope
    token: str
    headers: dict[str, str] = field(default_factory=dict)
