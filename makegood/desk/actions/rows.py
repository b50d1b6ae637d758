"""Many rows of one table at once: one statement, prepared once, whatever their number.

Django's own bulk_create and bulk_update build one long statement with every value in it, and ask every
field about every value; for what the record writes with each alarm, that costs more than the writing.
All of it is part of the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, DateTimeField, Field, JSONField, Model

_AS_IT_IS = frozenset({str, int, bool, type(None)})
"""What a database takes without a word of Django's."""

Before = tuple[Any, ...]
Row = TypeVar("Row", bound=Model)


def insert(model: type[Model], names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Make rows of these values, in the order of `names`; every column without a default must be named."""
    columns = [_column(model, name) for name in names]
    prepared = [[prepare(value) for (_, prepare), value in zip(columns, row, strict=True)] for row in values]
    if prepared:
        quoted = ", ".join(name for name, _ in columns)
        places = ", ".join(["%s"] * len(columns))
        # The names are those of our own models, quoted by the database; the values are arguments.
        _execute(f"INSERT INTO {_quote(model._meta.db_table)} ({quoted}) VALUES ({places})", prepared)  # noqa: S608


def create(new: Sequence[Row]) -> list[Row]:
    """Make these rows of one table from all their fields, and tell each its key; returns them."""
    if not new:
        return []
    model = type(new[0])
    columns = [(field.attname, *_column(model, field.name)) for field in _given(model)]
    quoted = ", ".join(name for _, name, _ in columns)
    places = f"({', '.join(['%s'] * len(columns))})"
    at_once = max(1, (connection.features.max_query_params or len(new) * len(columns)) // len(columns))
    for at in range(0, len(new), at_once):
        some = new[at : at + at_once]
        values = [prepare(getattr(row, name)) for row in some for name, _, prepare in columns]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_quote(model._meta.db_table)} ({quoted}) VALUES {', '.join([places] * len(some))} "  # noqa: S608
                f"RETURNING {_quote(_key(model).column)}",
                values,
            )
            for row, (key,) in zip(some, cursor.fetchall(), strict=True):
                row.pk, row._state.adding, row._state.db = key, False, DEFAULT_DB_ALIAS
    return list(new)


def _given(model: type[Model]) -> list[Field[Any, Any]]:
    """The fields that a row must have before it is written: all but a key that the database gives."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]


def read(row: Model, names: Sequence[str]) -> Before:
    """Return these fields of a row as they stand, to tell later which of them changed."""
    return tuple(getattr(row, name) for name in names)


def update(rows: Iterable[tuple[Model, Before]], names: Sequence[str]) -> None:
    """Write of these fields of rows of one table those that changed since they were `read`.

    An index costs when a column of its own is written, whether or not it changes. Rows in which the same
    columns changed are one statement; mostly all of them are.
    """
    alike: dict[tuple[str, ...], list[Model]] = {}
    for row, before in rows:
        changed = tuple(name for name, was in zip(names, before, strict=True) if getattr(row, name) != was)
        if changed:
            alike.setdefault(changed, []).append(row)
    for changed, those in alike.items():
        _write(those, changed)


def _write(rows: Sequence[Model], names: Sequence[str]) -> None:
    model = type(rows[0])
    columns = [(name, *_column(model, name)) for name in names]
    places = ", ".join(f"{quoted} = %s" for _, quoted, _ in columns)
    values = [[*(prepare(getattr(row, name)) for name, _, prepare in columns), row.pk] for row in rows]
    _execute(f"UPDATE {_quote(model._meta.db_table)} SET {places} WHERE {_quote(_key(model).column)} = %s", values)  # noqa: S608


def _key(model: type[Model]) -> Field[Any, Any]:
    assert model._meta.pk is not None
    return model._meta.pk


def _column(model: type[Model], name: str) -> tuple[str, Callable[[Any], Any]]:
    """Return a field's column, quoted, and what a value must become before the database takes it."""
    field, quoted, by_json, by_moment = _known_field(model, name)
    # Not `connection` itself: that looks up its thread's own at each word.
    database = connections[DEFAULT_DB_ALIAS]
    known: dict[Any, Any] = {}

    def prepare(value: Any) -> Any:
        if type(value) in _AS_IT_IS and not by_json:
            return value
        if not by_moment:
            return field.get_db_prep_save(value, database)
        # What happens at once happens at few moments.
        if value not in known:
            known[value] = field.get_db_prep_save(value, database)
        return known[value]

    return quoted, prepare


@cache
def _known_field(model: type[Model], name: str) -> tuple[Field[Any, Any], str, bool, bool]:
    """A field, its column, quoted, and whether it holds JSON or a moment."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field, _quote(field.column), isinstance(field, JSONField), isinstance(field, DateTimeField)


def _quote(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _execute(statement: str, values: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
