"""Many rows into the tables at once: COPY on PostgreSQL, prepared inserts on SQLite, indexes afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Max, Model

SEARCH: Any = import_module("makegood.desk.migrations.0006_words_to_search")
ROWS = 20_000
"""So many rows of a table wait to be written together."""


class Sink:
    """Takes rows and writes them in bulk."""

    def __init__(self, tables: Sequence[type[Model]]) -> None:
        self._tables = tables
        self._waiting: list[list[Sequence[Any]]] = [[] for _ in tables]
        self._columns = [[field.column for field in model._meta.concrete_fields] for model in tables]
        self.rows = 0

    def add(self, table: int, rows: Iterable[Sequence[Any]]) -> None:
        waiting = self._waiting[table]
        waiting.extend(rows)
        if len(waiting) >= ROWS:
            self._write(table)

    def flush(self) -> None:
        for table in range(len(self._tables)):
            self._write(table)

    def _write(self, table: int) -> None:
        rows, self._waiting[table] = self._waiting[table], []
        self.rows += len(rows)
        name, columns = self._tables[table]._meta.db_table, ", ".join(f'"{c}"' for c in self._columns[table])
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                marks = ", ".join("?" * len(self._columns[table]))
                connection.connection.executemany(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', rows)
                return
            with cursor.cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)


def next_keys(tables: Sequence[type[Model]]) -> list[int]:
    """Return the first free key of each table."""
    return [(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1 for model in tables]


def in_a_hurry() -> None:
    """Until the desk is grown, nothing on it needs to survive a power cut."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


@contextmanager
def wide_open(tables: Sequence[type[Model]]) -> Iterator[None]:
    """Take off what makes single rows safe and many rows slow, and put it back with everything checked.

    Inside a transaction (a test's), only what can be taken off there is.
    """
    names = [model._meta.db_table for model in tables]
    alone = not connection.in_atomic_block
    if alone:
        # Word by word, by triggers, the index of the search would take longest of all.
        with connection.schema_editor() as editor:
            SEARCH.take_away(apps, editor)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if alone:
                for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-1500000"):
                    cursor.execute(f"PRAGMA {pragma}")
        else:
            cursor.execute("SET session_replication_role = replica")
        indexes = _indexes(cursor, names) if alone else []
        for index, _ in indexes:
            cursor.execute(f'DROP INDEX "{index}"')
    yield
    with connection.cursor() as cursor:
        for _, made_by in indexes:
            cursor.execute(made_by)
        if connection.vendor == "sqlite":
            if alone:
                cursor.execute("PRAGMA foreign_keys=ON")
                cursor.execute("PRAGMA synchronous=FULL")
                cursor.execute("PRAGMA journal_mode=WAL")
        else:
            cursor.execute("SET session_replication_role = origin")
            _count_on(cursor, tables)
    if not alone:
        return
    with connection.schema_editor() as editor:
        SEARCH.build(apps, editor)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _indexes(cursor: Any, tables: Sequence[str]) -> list[tuple[str, str]]:
    """The indexes that are no constraint's, with the statements that make them."""
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    else:
        cursor.execute(
            "SELECT i.indexname, i.indexdef, i.tablename FROM pg_indexes i WHERE i.schemaname = 'public' "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
        )
    return [(name, sql) for name, sql, table in cursor.fetchall() if table in tables]


def _count_on(cursor: Any, tables: Sequence[type[Model]]) -> None:
    """Let PostgreSQL's sequences go on behind the keys that were written."""
    for model in tables:
        if model._meta.pk.remote_field is None:
            name = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM \"{name}\"))")


def size() -> int:
    """Return how many bytes the database takes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
