"""F-34: a journal is taken out while the desk writes. What comes out is of one moment, a case at a time."""

from __future__ import annotations

import json
import os
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from makegood.readers import journal

TABLES = """
CREATE TABLE desk_entry (case_id int, seq int, name text, at text, by_id int, actor text, facts text);
CREATE TABLE desk_staff (id int, name text, team_id int);
CREATE TABLE desk_team (id int, title text);
CREATE TABLE desk_case (id int, number text, customer_id int);
INSERT INTO desk_staff VALUES (1, 'Priya Raman', NULL);
INSERT INTO desk_case VALUES (1, '2026-0001', 1);
"""
AT = "2026-03-02T16:00:00+00:00"
OPENED = json.dumps({"owner": 1, "door": "mail", "received_at": AT, "policy": 1})
Run = Callable[[str], object]


def entry(case: int, seq: int, name: str, facts: str = "{}") -> str:
    return f"INSERT INTO desk_entry VALUES ({case}, {seq}, '{name}', '{AT}', NULL, 'mail', '{facts}');"


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path | str, Run]]:
    """A journal that somebody writes to by a connection of his own, and its place."""
    if request.param == "sqlite":
        path = tmp_path / "desk.sqlite3"
        with closing(sqlite3.connect(path)) as writer:
            writer.execute("PRAGMA journal_mode = wal")
            writer.executescript(TABLES + entry(1, 1, "case.opened", OPENED))
            yield path, writer.executescript
        return
    server = os.environ.get("MAKEGOOD_DATABASE_URL", "")
    if not server:
        pytest.skip("needs a PostgreSQL in MAKEGOOD_DATABASE_URL")
    import psycopg

    name = f"f34_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as house:
        house.execute(f"CREATE DATABASE {name}")
        try:
            place = f"{server.rpartition('/')[0]}/{name}"
            with psycopg.connect(place, autocommit=True) as writer:
                writer.execute(TABLES + entry(1, 1, "case.opened", OPENED))
                yield place, writer.execute
        finally:
            house.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_what_is_written_after_it_began_is_not_in_it_and_all_its_names_fit(
    desk: tuple[Path | str, Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, write = desk
    read_names = journal._house

    def names_and_then_somebody_writes(*rows: Any) -> journal.House:
        house = read_names(*rows)
        write("INSERT INTO desk_case VALUES (2, '2026-0002', 2);" + entry(2, 1, "case.opened", OPENED))
        return house

    monkeypatch.setattr(journal, "_house", names_and_then_somebody_writes)
    with journal._opened(place) as (house, entries):
        write(entry(1, 2, "note.written"))
        read = list(journal.entries_of(entries))
    assert [(case, [one.name for one in some]) for case, some in read] == [(1, ["case.opened"])]
    assert {case for case, _ in read} <= house.cases.keys()
    monkeypatch.undo()
    with journal._opened(place) as (_, later):
        assert [(case, len(some)) for case, some in journal.entries_of(later)] == [(1, 2), (2, 1)]


def test_a_long_journal_is_read_a_case_at_a_time(desk: tuple[Path | str, Run]) -> None:
    place, write = desk
    notes = 20_000
    facts = json.dumps({"why": "x" * 200})
    write(
        "INSERT INTO desk_entry WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n WHERE x < "
        f"{notes}) SELECT x, 1, 'note.written', '{AT}', NULL, 'mail', '{facts}' FROM n;"
    )
    tracemalloc.start()
    try:
        with journal._opened(place) as (_, entries):
            count = sum(1 for _ in journal.entries_of(entries))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == notes
    assert peak < 2_000_000, "its 20,000 entries alone are more than 4 MB"
