"""Our own journal as a log: the demo company's bad weeks, read from its own database."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection

from makegood import readers
from makegood.demo import bad_weeks, cast
from makegood.desk import facts, models
from makegood.readers import journal
from makegood.rules import remedy_events as rev
from makegood.rules import written_events
from makegood.rules.events import KINDS, Event

ENTRY = ("case_id", "seq", "name", "at", "by_id", "actor", "facts")
NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)


def copied(path: Path) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("copies a database of SQLite; PostgreSQL is read by the same statements")
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        for table, columns in (
            ("desk_entry", "case_id, seq, name, at, by_id, actor, facts"),
            ("desk_staff", "id, name, team_id"),
            ("desk_team", "id, title"),
            ("desk_case", "id, number, customer_id"),
        ):
            copy.execute(f"CREATE TABLE {table} ({columns})")
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {columns} FROM {table}")
                rows = cursor.fetchall()
            copy.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns.split(',')))})", rows)
    return path


def log(source: Path, into: Path) -> list[dict[str, Any]]:
    readers.read(source, into=into, mapping=None)
    found: list[dict[str, Any]] = pq.read_table(into / "events.parquet").to_pylist()
    return found


@pytest.mark.django_db
def test_the_log_says_of_every_case_what_the_desk_says_from_its_database_and_from_parquet(tmp_path: Path) -> None:
    bad_weeks.tell(cast.load(now=NOW, password=None), now=NOW)
    events = log(copied(tmp_path / "desk.sqlite3"), tmp_path / "out")
    rows = {row.number: row for row in models.Case.objects.select_related("owner")}
    assert {each["case_id"] for each in events} == set(rows)
    for number, row in rows.items():
        says_what_the_desk_says([each for each in events if each["case_id"] == number], row)
    kinds = {each["what"] for each in events}
    assert kinds >= {"opened", "customer_wrote", "staff_wrote", "asked_customer", "handoff", "state", "promised"}
    executive = models.Entry.objects.filter(name="contact.received", facts__executive=True)
    assert executive.exists() == ("went_to_executive" in kinds)

    by_key = sorted(events, key=lambda each: rows[each["case_id"]].pk)
    plain = log(in_parquet(tmp_path / "journal.parquet"), tmp_path / "plain")
    assert [(e["at"], e["what"], e["due_at"]) for e in plain] == [(e["at"], e["what"], e["due_at"]) for e in by_key]


def says_what_the_desk_says(story: list[dict[str, Any]], row: models.Case) -> None:
    known = facts.case(row)
    balls = {"us": "open", "customer": "waiting_customer", "partner": "waiting_other"}
    state = balls[known.ball] if known.open else "done"
    assert next(each["state"] for each in reversed(story) if each["state"]) == state
    assert next(each["person"] for each in reversed(story) if each["person"]) == row.owner.name
    replies = [each["at"] for each in story if each["substantive"]]
    assert (max(replies).replace(tzinfo=UTC) if replies else None) == known.substantive_at
    made = {each["promise"]: each["due_at"].replace(tzinfo=UTC) for each in story if each["what"] == "promised"}
    assert made == {str(promise.number): promise.due_at for promise in known.promises}
    kept = {each["promise"] for each in story if each["what"] == "promise_kept"}
    assert kept >= {str(promise.number) for promise in known.promises if promise.kept_at}


def in_parquet(path: Path) -> Path:
    """Write the journal as a table, newest entries first: nothing says that a file is sorted."""
    entries = list(models.Entry.objects.order_by("-id").values_list(*ENTRY))
    columns = dict(zip(ENTRY, map(list, zip(*entries, strict=True)), strict=True))
    columns["facts"] = [json.dumps(each) for each in columns["facts"]]
    pq.write_table(pa.table(columns), path)
    return path


def test_a_keeping_that_turned_out_to_be_none_is_not_told() -> None:
    def entry(seq: int, name: str, **more: Any) -> journal.Entry:
        return journal.Entry(seq=seq, name=name, at=NOW, by=1, facts=more)

    entries = [
        entry(1, "promise.made", number=1, due_at=NOW.isoformat(), ancestor=None),
        entry(2, "promise.kept", number=1),
        entry(3, "promise.unkept", number=1, why="bounced"),
        entry(4, "promise.made", number=2, due_at=NOW.isoformat(), ancestor=1),
        entry(5, "promise.kept", number=2),
        entry(6, "sky.fell"),
    ]
    told = journal.JournalTold(7, entries, journal.House())
    events = list(told.events())
    kept = [event.promise for event in events if event.what == "promise_kept"]
    assert kept == ["2", "1"]  # the second keeps what it replaced
    assert (told.unknown, events[-1].what) == (1, "other")


def test_what_became_of_remedies_is_told_and_nothing_of_them_is_unknown() -> None:
    def entry(seq: int, event: Event) -> journal.Entry:
        return journal.Entry(seq=seq, name=event.name, at=NOW, by=event.by, facts=written_events.plain(event))

    happened: list[Event] = [
        rev.WishSaid(at=NOW, words_hash=""),
        rev.RemedyOffered(at=NOW, by=1, number=1, expires_at=NOW),
        rev.RemedyAccepted(at=NOW, number=1, option="refund", words_hash=""),
        rev.RemedyOrdered(at=NOW, by=1, number=1, key="k"),
        rev.RemedyFailed(at=NOW, by=1, number=1, why="sold out"),
        rev.RemedyDeclined(at=NOW, number=2, why="no"),
        rev.RemedyDeclined(at=NOW, number=3, why="expired"),
        rev.RemedyConfirmed(at=NOW, number=4, weak=False, evidence=""),
        rev.PropertyHeld(at=NOW, by=1, holding=1, what="a watch"),
    ]
    told = journal.JournalTold(7, [entry(nth, event) for nth, event in enumerate(happened, 1)], journal.House())
    events = list(told.events())

    assert [str(event.what) for event in events] == [
        "customer_wrote", "offer_made", "customer_wrote", "remedy_ordered", "remedy_failed", "remedy_arrived",
        "offer_lapsed", "remedy_arrived", "other",
    ]  # fmt: skip
    assert events[1].due_at == NOW
    assert told.unknown == 0


def test_every_event_of_the_journal_is_known_to_its_reader() -> None:
    told = {name for name in KINDS if hasattr(journal.JournalTold, "_" + name.replace(".", "_"))}

    assert told | journal._SILENT | journal._OTHERS >= set(KINDS)


@pytest.mark.parametrize("address", ["postgresql:///house", "postgresql://desk@127.0.0.1:5432/house"])
def test_the_address_of_a_database_reaches_it_as_it_was_typed(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    psycopg = pytest.importorskip("psycopg")
    asked: list[str] = []

    def refused(given: str, **_options: str) -> None:
        asked.append(given)
        raise psycopg.OperationalError("nobody is there")

    monkeypatch.setattr(psycopg, "connect", refused)
    with pytest.raises(readers.NotReadable, match="nobody is there"):
        readers.read(address, into=tmp_path, mapping=None)
    assert asked == [address]
