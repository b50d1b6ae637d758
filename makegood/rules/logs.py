"""What any desk's log says, row by row: the one table that the audit reads.

A reader turns an export into `LogEvent`s, and histories (`histories`) are told
from them. The words are ours whatever the export called things. A row says only
what its desk recorded: what it doesn't say is None, and is never guessed here.

Rows of a case are read in order of `at`, then `row`. A row of the future does not
belong in a log: values copied back from the end of a case are the reader's to leave out.

What speaks to the customer: `staff_wrote`, `promised` and `offer_made`, unless `substantive` is False; and an
`asked_customer` of which it is True. A `staff_wrote` that nobody marked speaks only in a log that marks none,
and no automatic row speaks unless it is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class What(StrEnum):
    """Everything that a row can say has happened."""

    OPENED = "opened"
    """The case began. A log needs none: its first row is its beginning."""
    CUSTOMER_WROTE = "customer_wrote"
    """The customer said something, by any door."""
    STAFF_WROTE = "staff_wrote"
    """We said something to the customer that is no question back; `substantive` says whether it was more
    than a receipt."""
    NOTE = "note"
    """Something written for us alone."""
    ASKED_CUSTOMER = "asked_customer"
    """We asked the customer for something."""
    HANDOFF = "handoff"
    """The case went to another team or person: those it went to stand in `team` and `person`."""
    ASSIGNED = "assigned"
    """It was given to somebody for the first time, or to nobody (`person` blank)."""
    STATE = "state"
    """Only its state changed."""
    PROMISED = "promised"
    PROMISE_KEPT = "promise_kept"
    PROMISE_RELEASED = "promise_released"
    """The customer let us off."""
    ESCALATED = "escalated"
    """The customer asked for a manager or complained about how he was served."""
    WENT_PUBLIC = "went_public"
    WENT_TO_EXECUTIVE = "went_to_executive"
    OFFER_MADE = "offer_made"
    """The customer may choose something; `due_at`, where known, says until when."""
    OFFER_LAPSED = "offer_lapsed"
    REMEDY_ORDERED = "remedy_ordered"
    """Something was set going to make it right: a refund, a new one, a code."""
    REMEDY_ARRIVED = "remedy_arrived"
    """The customer has it, or does not want it any more."""
    REMEDY_FAILED = "remedy_failed"
    """It went wrong, too."""
    OTHER = "other"
    """Something happened that has no word here. It ends a gap in the record, and nothing else."""


class State(StrEnum):
    """What a case's state is from a row on. Before a row says so, it is open."""

    OPEN = "open"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_OTHER = "waiting_other"
    """For a supplier, a partner, another department: the customer still waits for us."""
    DONE = "done"


class Actor(StrEnum):
    """Who did it."""

    CUSTOMER = "customer"
    STAFF = "staff"
    AUTOMATIC = "automatic"


COLUMNS: dict[str, str] = {
    "case_id": "text",
    "at": "moment",
    "row": "number",
    "what": "text",
    "state": "text",
    "team": "text",
    "person": "text",
    "actor": "text",
    "substantive": "truth",
    "due_at": "moment",
    "promise": "text",
    "channel": "text",
    "customer": "text",
}
"""The columns of the table, in order. A `moment` is UTC to the microsecond; a `number` is a whole one."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""A row from outside these is a slip of whoever wrote the export, such as 1900-01-01 for "never"."""

NEVER_BLANK = ("case_id", "at", "row", "what")


class LogRefused(ValueError):  # noqa: N818  (a refusal, as the house calls it)
    """A row that can't be read. `column` and `value` are what is wrong; the text says why."""

    code = "log_refused"

    def __init__(self, column: str, value: object, why: str) -> None:
        super().__init__(f"{column}: {why}")
        self.column = column
        self.value = value
        self.why = why


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEvent:
    """One row of a log, checked. Raises LogRefused for what no row may say."""

    case_id: str
    at: datetime
    """Aware; kept in UTC."""
    row: int
    """Where it stood in its source, counted from 1. Rows of the same moment are read in this order."""
    what: What
    state: State | None = None
    """The state from this row on; None where the row says nothing about it."""
    team: str | None = None
    """Whose case it is from this row on; None where the row says nothing about it."""
    person: str | None = None
    """Who of us has the case, or did this; never the customer."""
    actor: Actor | None = None
    substantive: bool | None = None
    """Of what we wrote: whether it was more than a receipt. None where nobody recorded it."""
    due_at: datetime | None = None
    """Of a promise or an offer: until when."""
    promise: str | None = None
    """What joins a promise with its keeping or release."""
    channel: str | None = None
    customer: str | None = None

    def __post_init__(self) -> None:
        for name, words in (("what", What), ("state", State), ("actor", Actor)):
            object.__setattr__(self, name, _word(name, getattr(self, name), words))
        object.__setattr__(self, "at", _utc("at", self.at))
        if self.due_at is not None:
            object.__setattr__(self, "due_at", _utc("due_at", self.due_at))
        for name in ("case_id", "team", "person", "promise", "channel", "customer"):
            _refuse_blank(name, getattr(self, name))
        if not self.case_id:
            raise LogRefused("case_id", self.case_id, "names no case")
        if not EARLIEST <= self.at < LATEST:
            raise LogRefused("at", self.at, "is no time of a help desk: it lies outside 1970 to 2199")
        if self.row < 1:
            raise LogRefused("row", self.row, "rows are counted from 1")


def _word(column: str, value: str | None, words: type[StrEnum]) -> StrEnum | None:
    if value is None and column not in NEVER_BLANK:
        return None
    try:
        return words(value)  # type: ignore[arg-type]  # None is refused like any other unknown word
    except ValueError:
        raise LogRefused(column, value, f"is none of {', '.join(words)}") from None


def _utc(column: str, at: datetime) -> datetime:
    if at.tzinfo is None:
        raise LogRefused(column, at, "carries no time zone")
    return at.astimezone(UTC)


def _refuse_blank(column: str, value: str | None) -> None:
    if value is not None and not value.strip():
        raise LogRefused(column, value, "is blank; leave it out instead")
