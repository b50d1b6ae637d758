"""Many rows of one table at once: one statement, prepared once, whatever their number.

Django's own bulk_create and bulk_update build one long statement with every value in it, and ask every
field about every value; for what the record writes with each alarm, that costs more than the writing.
SQLite executes a short statement with the values of each row in turn, which it prepares once. PostgreSQL would read
and plan that statement anew for each row, so it gets all rows as one JSON text, and one statement for them.
All of it is part of the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, DateField, Field, JSONField, Model

_AS_IT_IS = frozenset({str, int, bool, type(None)})
"""What a database takes without a word of Django's."""

Before = tuple[Any, ...]
Row = TypeVar("Row", bound=Model)


def insert(model: type[Model], names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Make rows of these values, in the order of `names`; every column without a default must be named."""
    fields = [_field(model, name) for name in names]
    columns = ", ".join(_quote(field.column) for field in fields)
    # The names are those of our own models, quoted by the database; the values are arguments.
    into = f"INSERT INTO {_quote(model._meta.db_table)} ({columns})"
    if as_one_text():
        names = [str(field.column) for field in fields]
        execute(f"{into} SELECT {columns} FROM {_text_of(fields)}", names, _in_json(fields, values))  # noqa: S608
    else:
        execute_each(f"{into} VALUES ({', '.join(['%s'] * len(fields))})", _prepared(fields, values))


def create(new: Sequence[Row]) -> list[Row]:
    """Make these rows of one table from all their fields, and tell each its key; returns them."""
    if not new:
        return []
    model = type(new[0])
    fields = _given(model)
    columns = ", ".join(_quote(field.column) for field in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    prepared = _prepared(fields, map(attrgetter(*(field.attname for field in fields)), new))
    at_once = max(1, (connection.features.max_query_params or len(new) * len(fields)) // len(fields))
    for at in range(0, len(new), at_once):
        some = new[at : at + at_once]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_quote(model._meta.db_table)} ({columns}) VALUES {', '.join([places] * len(some))} "  # noqa: S608
                f"RETURNING {_quote(_key(model).column)}",
                [value for row in prepared[at : at + at_once] for value in row],
            )
            for row, (key,) in zip(some, cursor.fetchall(), strict=True):
                row.pk, row._state.adding, row._state.db = key, False, DEFAULT_DB_ALIAS
    return list(new)


def _given(model: type[Model]) -> list[Field[Any, Any]]:
    """The fields that a row must have before it is written: all but a key that the database gives."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]


def read(row: Model, names: Sequence[str]) -> Before:
    """Return these fields of a row as they stand, to tell later which of them changed. There are two at least.

    Raises KeyError for one that was not fetched.
    """
    # Past the attributes of foreign keys, each of which is a call.
    before: Before = itemgetter(*names)(row.__dict__)
    return before


def update(rows: Iterable[tuple[Model, Before]], names: Sequence[str]) -> None:
    """Write of these fields of rows of one table those that changed since they were `read`.

    An index costs when a column of its own is written, whether or not it changes. Rows in which the same
    columns changed are one statement; mostly all of them are.
    """
    alike: dict[tuple[str, ...], list[Model]] = {}
    for row, before in rows:
        after = zip(names, before, read(row, names), strict=True)
        changed = tuple([name for name, was, is_now in after if is_now != was])
        if changed:
            alike.setdefault(changed, []).append(row)
    for changed, those in alike.items():
        _write(those, changed)


def as_one_text() -> bool:
    """Return whether this database takes many rows as one JSON text."""
    return connection.vendor == "postgresql"


def execute(statement: str, names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Execute a statement once for all of these values, which it reads from its one argument by these names."""
    text = json.dumps([dict(zip(names, row, strict=True)) for row in values])
    if text != "[]":
        with connection.cursor() as cursor:
            cursor.execute(statement, [text])


def execute_each(statement: str, values: Sequence[Sequence[Any]]) -> None:
    """Execute a statement with each of these values, which are as the database takes them."""
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _write(rows: Sequence[Model], names: Sequence[str]) -> None:
    model = type(rows[0])
    table, key = _quote(model._meta.db_table), _quote(_key(model).column)
    fields = [*(_field(model, name) for name in names), _key(model)]
    columns = [_quote(field.column) for field in fields[:-1]]
    values = map(attrgetter(*names, _key(model).attname), rows)
    if as_one_text():
        changes = ", ".join(f"{column} = new.{column}" for column in columns)
        execute(
            f"UPDATE {table} SET {changes} FROM {_text_of(fields)} WHERE {table}.{key} = new.{key}",  # noqa: S608
            [str(field.column) for field in fields],
            _in_json(fields, values),
        )
    else:
        changes = ", ".join(f"{column} = %s" for column in columns)
        execute_each(f"UPDATE {table} SET {changes} WHERE {key} = %s", _prepared(fields, values))  # noqa: S608


def _text_of(fields: Sequence[Field[Any, Any]]) -> str:
    """The one text as rows called `new`, with a column a field."""
    # Without a length, "varchar(80)": a cast would cut off what is too long, where writing it refuses.
    types = [str(field.db_type(connection)).partition("(")[0] for field in fields]
    columns = [f"{_quote(field.column)} {type_}" for field, type_ in zip(fields, types, strict=True)]
    return f"json_to_recordset(%s) AS new ({', '.join(columns)})"


def _in_json(fields: Sequence[Field[Any, Any]], values: Iterable[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
    """Return values of these fields as JSON has them; what it has no word for but moments is refused when written."""
    columns = zip(*values, strict=True)
    return zip(*map(_column_in_json, fields, columns), strict=True)


def _column_in_json(field: Field[Any, Any], column: Sequence[Any]) -> Sequence[Any]:
    if isinstance(field, DateField):
        return [at and at.isoformat() for at in column]
    return column


def _prepared(fields: Sequence[Field[Any, Any]], values: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return values of these fields as the database takes them: each column as a whole, which is sooner."""
    columns = zip(*values, strict=True)
    return list(zip(*map(_prepared_column, fields, columns), strict=True))


def _prepared_column(field: Field[Any, Any], column: Sequence[Any]) -> Sequence[Any]:
    # Not `connection` itself: that looks up its thread's own at each word.
    database = connections[DEFAULT_DB_ALIAS]
    if isinstance(field, JSONField):
        if database.vendor == "sqlite":
            # What Django's field says of each value, without six calls.
            return [value if value is None else json.dumps(value, cls=field.encoder) for value in column]
        return [field.get_db_prep_save(value, database) for value in column]
    if _AS_IT_IS.issuperset(map(type, column)):
        return column
    # What happens at once happens at few moments.
    known = {value: field.get_db_prep_save(value, database) for value in set(column)}
    return [known[value] for value in column]


def _key(model: type[Model]) -> Field[Any, Any]:
    assert model._meta.pk is not None
    return model._meta.pk


@cache
def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def _quote(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
