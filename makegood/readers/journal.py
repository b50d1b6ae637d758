"""Our own journal, from SQLite, PostgreSQL or Parquet: the desk's own report is this audit.

Only the journal is read, and beside it the names of people, teams and cases: what the
desk's other tables say is what the journal adds up to. Django isn't needed for it.

    JournalTold     one case's entries told as events of the log
    entries_of      the entries of a source, case by case
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from makegood.rules.logs import Actor, LogEvent, State, What

from .arrow import Writer
from .letters import Letters
from .reading import Note, NotReadable, Progress, Reading

_COLUMNS = ("case_id", "seq", "name", "at", "by_id", "actor", "facts")
_STATES = {"us": State.OPEN, "customer": State.WAITING_CUSTOMER, "partner": State.WAITING_OTHER}
_SILENT = {
    "promise.warned", "alarm.raised", "alarm.missed", "finding.made", "promise.broken", "promise.replaced",
    "promise.paused", "promise.resumed", "promise.unkept", "handoff.accepted", "case.repinned",
    "promise.recomputed",
}  # fmt: skip
"""Nothing that anybody did for the customer; promises are told whole, when they are made and kept."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the journal."""

    seq: int
    name: str
    at: datetime
    by: int | None
    facts: dict[str, Any]


@dataclass
class House:
    """The names that a journal's numbers stand for; a number without one stands for itself."""

    people: dict[int, str] = field(default_factory=dict)
    team_of: dict[int, str] = field(default_factory=dict)
    cases: dict[int, tuple[str, str]] = field(default_factory=dict)
    """The case's number and its customer."""

    def person(self, id_: int) -> str:
        return self.people.get(id_) or str(id_)


def is_mine(source: Path) -> bool:
    """Return whether this is a desk of ours, or its journal."""
    if not source.is_file():
        return False
    with source.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"SQLite format 3"):
        with closing(_sqlite(source)) as database:
            return bool(database.execute("SELECT 1 FROM sqlite_master WHERE name = 'desk_entry'").fetchone())
    if head.startswith(b"PAR1"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return {"case_id", "seq", "name", "at", "facts"} <= set(pq.read_schema(source).names)
        except (pa.ArrowInvalid, OSError):
            return False  # whoever reads it says what is wrong
    return False


def read(source: Path | str, into: Path, progress: Progress, letters: Letters | None = None) -> Reading:
    """Write the log of the journal, in a file or at an address, into the folder.

    Entries of a later version's kinds are counted, and told. What was promised is on record there, so that no letter
    is read.
    """
    del letters
    rows = unknown = 0
    with Writer(into) as writer, _opened(source) as (house, journal):
        for case, entries in entries_of(journal):
            told = JournalTold(case, entries, house)
            writer.tell(told.events())
            rows += len(entries)
            unknown += told.unknown
            if rows % 10_000 < len(entries):
                progress(rows, None)
    progress(rows, 1.0)
    note = Note(code="oddity", template="{n} entries are of kinds that this version doesn't know.", gaps={"n": unknown})
    name = "our own journal" if isinstance(source, str) else f"{source.name} (our own journal)"
    return Reading(
        source=name, rows=rows, rejected=0, ignored=0, events=writer.events, notes=(note,) if unknown else ()
    )


def entries_of(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, list[Entry]]]:
    """Yield each case with its entries, in order. What happened to the house and to no case is left out."""
    for case, some in groupby(rows, key=lambda row: row[0]):
        if case is not None:
            yield (
                case,
                [
                    Entry(
                        seq=seq,
                        name=name,
                        at=_moment(at),
                        by=by,
                        facts=facts if isinstance(facts, dict) else json.loads(facts),
                    )
                    for _, seq, name, at, by, _, facts in some
                ],
            )


class JournalTold:
    """One case's entries, told as events of the log."""

    def __init__(self, case: int, entries: list[Entry], house: House) -> None:
        self.case, self.customer = house.cases.get(case, (str(case), ""))
        self.entries, self.house = entries, house
        self.unknown = 0
        self._dues = {each.facts["number"]: each for each in entries if each.name == "promise.resumed"}
        self._ancestors = {
            each.facts["number"]: each.facts.get("ancestor") for each in entries if each.name == "promise.made"
        }
        self._undone = _undone(entries)
        self._row = 0

    def events(self) -> Iterator[LogEvent]:
        for entry in self.entries:
            if entry.name in _SILENT or (entry.name == "promise.kept" and entry.seq in self._undone):
                continue
            tell = getattr(self, "_" + entry.name.replace(".", "_"), None)
            if tell:
                yield from tell(entry)
            else:
                self.unknown += entry.name not in _OTHERS
                yield self._event(entry, What.OTHER)

    # ── the case and whose it is ─────────────────────────────────────────────

    def _case_opened(self, entry: Entry) -> Iterator[LogEvent]:
        owner = entry.facts["owner"]
        yield self._event(entry, What.OPENED, state=State.OPEN, channel=entry.facts["door"], **self._whose(owner))

    def _case_closed(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.STATE, state=State.DONE)

    def _case_merged(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.STATE, state=State.DONE)

    def _case_parted(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.STATE, state=State.OPEN)

    def _case_reopened(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.STATE, state=State.OPEN)

    def _owner_changed(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.HANDOFF, **self._whose(entry.facts["to"]))

    def _ball_passed(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.STATE, state=_STATES.get(entry.facts["whose"]))

    # ── what was said ────────────────────────────────────────────────────────

    def _contact_received(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.CUSTOMER_WROTE, actor=Actor.CUSTOMER, channel=entry.facts["door"])
        if entry.facts.get("executive"):
            yield self._event(entry, What.WENT_TO_EXECUTIVE, actor=Actor.CUSTOMER)

    def _contact_accepted(self, entry: Entry) -> Iterator[LogEvent]:
        kinds, substantive = entry.facts["kinds"], entry.facts["substantive"]
        actor = Actor.STAFF if entry.by else Actor.AUTOMATIC
        if substantive or "ask" not in kinds:
            yield self._event(entry, What.STAFF_WROTE, actor=actor, substantive=substantive)
        if "ask" in kinds:
            yield self._event(entry, What.ASKED_CUSTOMER, actor=actor)

    def _note_written(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.NOTE)

    def _manager_asked(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.ESCALATED, actor=Actor.CUSTOMER)

    def _unresolved_said(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.CUSTOMER_WROTE, actor=Actor.CUSTOMER)

    # ── promises ─────────────────────────────────────────────────────────────

    def _promise_made(self, entry: Entry) -> Iterator[LogEvent]:
        number = entry.facts["number"]
        # A pause moves the due of a clock of the policy; a date that was said is never resumed.
        due = self._dues[number].facts["due_at"] if number in self._dues else entry.facts["due_at"]
        yield self._event(entry, What.PROMISED, promise=str(number), due_at=_moment(due))

    def _promise_kept(self, entry: Entry) -> Iterator[LogEvent]:
        number: int | None = entry.facts["number"]
        while number is not None:  # what replaced a promise keeps it, too, however late that is
            yield self._event(entry, What.PROMISE_KEPT, promise=str(number))
            number = self._ancestors.get(number)

    def _promise_released(self, entry: Entry) -> Iterator[LogEvent]:
        promise = str(entry.facts["number"])
        yield self._event(entry, What.PROMISE_RELEASED, promise=promise, actor=Actor.CUSTOMER)

    # ── remedies ─────────────────────────────────────────────────────────────

    def _remedy_offered(self, entry: Entry) -> Iterator[LogEvent]:
        # The letter that says it is a contact of its own, so here nothing speaks to the customer.
        due_at = entry.facts.get("expires_at")
        yield self._event(entry, What.OFFER_MADE, substantive=False, due_at=_moment(due_at) if due_at else None)

    def _remedy_declined(self, entry: Entry) -> Iterator[LogEvent]:
        if entry.facts["why"] == "expired":
            yield self._event(entry, What.OFFER_LAPSED)
        else:
            yield self._event(entry, What.REMEDY_ARRIVED, actor=None if entry.by else Actor.CUSTOMER)

    def _remedy_ordered(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.REMEDY_ORDERED)

    def _remedy_confirmed(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.REMEDY_ARRIVED)

    def _remedy_reversed(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.REMEDY_ARRIVED)

    def _remedy_failed(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.REMEDY_FAILED)

    def _wish_said(self, entry: Entry) -> Iterator[LogEvent]:
        # Said on his page it is his word; written down by one of us it stands in a letter or call of his.
        yield self._event(entry, What.OTHER if entry.by else What.CUSTOMER_WROTE, actor=_whose_word(entry))

    def _remedy_accepted(self, entry: Entry) -> Iterator[LogEvent]:
        yield self._event(entry, What.OTHER if entry.by else What.CUSTOMER_WROTE, actor=_whose_word(entry))

    def _promise_ended(self, entry: Entry) -> Iterator[LogEvent]:
        promise = str(entry.facts["number"])
        yield self._event(entry, What.PROMISE_RELEASED, promise=promise, actor=Actor.AUTOMATIC)

    def _whose(self, id_: int) -> dict[str, str | None]:
        return {"person": self.house.person(id_), "team": self.house.team_of.get(id_)}

    def _event(self, entry: Entry, what: What, **more: Any) -> LogEvent:
        self._row += 1
        more.setdefault("actor", Actor.STAFF if entry.by else None)
        return LogEvent(
            case_id=self.case, at=entry.at, row=self._row, what=what, customer=self.customer or None, **more
        )


_OTHERS = {
    "case.judged", "contact.proposed", "contact.written", "contact.refused", "contact.bounced", "contact.marked",
    "contact.read", "alarm.acknowledged", "handoff.offered", "handoff.returned", "need_by.noted",
    "wish.asked", "wish.passed", "remedy.proposed", "remedy.approved", "remedy.denied", "remedy.shipped",
    "remedy.delivered", "property.held", "property.returned", "item.named", "item.settled", "case.absorbed",
    "case.divided", "contact.cleared",
}  # fmt: skip


def _whose_word(entry: Entry) -> Actor:
    return Actor.STAFF if entry.by else Actor.CUSTOMER


def _undone(entries: list[Entry]) -> set[int]:
    """Return which keepings turned out to be none: the mail bounced, or the customer says it is not resolved."""
    undone: set[int] = set()
    kept: dict[int, int] = {}
    for entry in entries:
        if entry.name == "promise.kept":
            kept[entry.facts["number"]] = entry.seq
        elif entry.name == "promise.unkept" and entry.facts["number"] in kept:
            undone.add(kept.pop(entry.facts["number"]))
    return undone


# ── where it is kept ─────────────────────────────────────────────────────────

_ENTRIES = "SELECT case_id, seq, name, at, by_id, actor, facts FROM desk_entry WHERE case_id IS NOT NULL ORDER BY 1, 2"
_PEOPLE = "SELECT s.id, s.name, t.title FROM desk_staff s LEFT JOIN desk_team t ON t.id = s.team_id"
_CASES = "SELECT id, number, customer_id FROM desk_case"


_Opened = tuple[House, Iterable[tuple[Any, ...]]]


@contextmanager
def _opened(source: Path | str) -> Iterator[_Opened]:
    if isinstance(source, str):
        with _postgres(source) as opened:
            yield opened
        return
    with source.open("rb") as file:
        packed = file.read(4) == b"PAR1"
    if packed:
        yield House(), _parquet(source)
        return
    with closing(_sqlite(source)) as database:
        yield _house(database.execute(_PEOPLE), database.execute(_CASES)), database.execute(_ENTRIES)


def _sqlite(source: Path) -> sqlite3.Connection:
    """Open the desk's file for reading only, as of one moment: it may be in use, and its names must fit its journal."""
    database = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    database.execute("BEGIN")
    return database


@contextmanager
def _postgres(address: str) -> Iterator[_Opened]:
    try:
        import psycopg
    except ImportError as missing:
        raise NotReadable("no_psycopg", "Reading PostgreSQL needs psycopg: pip install 'psycopg[binary]'.") from missing
    try:
        connection = psycopg.connect(address, options="-c default_transaction_read_only=on")
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    except psycopg.Error as error:
        raise NotReadable("no_database", "The database can't be reached: {error}", error=str(error).strip()) from error
    with connection:
        house = _house(connection.execute(_PEOPLE), connection.execute(_CASES))
        with connection.cursor(name="journal") as entries:  # a server-side cursor: a journal is long
            entries.execute(_ENTRIES)
            yield house, entries


def _parquet(source: Path) -> Iterator[tuple[Any, ...]]:
    """Yield a journal's rows, sorted: nothing says that a file is."""
    import pyarrow.parquet as pq

    table = pq.read_table(source)
    names = [name if name in table.schema.names else "by" for name in _COLUMNS]
    columns = [table.column(name).to_pylist() if name in table.schema.names else [None] * len(table) for name in names]
    yield from sorted(zip(*columns, strict=True), key=lambda row: (row[0] is None, row[0], row[1]))


def _house(people: Iterable[Any], cases: Iterable[Any]) -> House:
    house = House()
    for id_, name, team in people:
        house.people[id_] = name
        if team:
            house.team_of[id_] = team
    for id_, number, customer in cases:
        house.cases[id_] = (number, f"customer {customer}")
    return house


def _moment(value: Any) -> datetime:
    """Return a journal's time: aware, or UTC as Django keeps it in SQLite."""
    at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
