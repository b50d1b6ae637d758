"""Many rows as plain values, or as rows of which only some columns are read: each column is read as a whole.

Django's own reading asks each field about each value of each row, and a row's constructor about each field,
which costs more than all that is asked of a long journal. The counterpart for writing is `actions.rows`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import DateTimeField, Field, JSONField, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL

M = TypeVar("M", bound=Model)


def values(asked: QuerySet[Any, Any], *names: str) -> Iterator[tuple[Any, ...]]:
    """Return these columns of the rows a query finds, as `values_list` does. Moments are aware, and JSON is read."""
    try:
        statement, arguments = asked.values_list(*names).query.sql_with_params()
    except EmptyResultSet:
        return iter(())
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        found = cursor.fetchall()
    return columns([field(asked.model, name) for name in names], found)


def columns(fields: Sequence[Field[Any, Any] | None], found: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Return rows that the database gave as plain values, each column read as its field says; a number has none."""
    read = (_read(one, column) for one, column in zip(fields, zip(*found, strict=True), strict=False))
    return zip(*read, strict=True)


def rows(asked: QuerySet[M], *names: str) -> Iterator[M]:
    """Yield the rows a query finds with these columns and the key read, as `only` does."""
    read = tuple(field(asked.model, name).attname for name in ("pk", *names))
    for found in values(asked, "pk", *names):
        yield row(asked.model, read, found)


def row(model: type[M], names: Sequence[str], found: Sequence[Any]) -> M:
    """Return a row of the model of which only these columns, named as attributes, were read."""
    made = model.__new__(model)
    # What its constructor would set, which asks each field first.
    made.__dict__.update(zip(names, found, strict=True))
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    return made


def keys(chosen: Sequence[int]) -> RawSQL:
    """Return these keys as one argument, for `__in`: Django prepares each of a list's, and writes a place for it."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(chosen)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(chosen))])


def _read(field: Field[Any, Any] | None, column: Sequence[Any]) -> Sequence[Any]:
    if isinstance(field, JSONField):
        read: list[Any] = json.loads(f"[{','.join(column)}]")
        return read
    if isinstance(field, DateTimeField):
        # SQLite's carry no zone: they are UTC.
        return [at if at is None or at.tzinfo else at.replace(tzinfo=UTC) for at in column]
    return column


def field(model: type[Model], name: str) -> Field[Any, Any]:
    """Return the column of this name: `pk`, its own, or, as `team__name`, one of a row it points to."""
    first, _, rest = name.partition("__")
    found = model._meta.pk if name == "pk" else model._meta.get_field(first)
    assert isinstance(found, Field)
    return field(found.related_model, rest) if rest and found.related_model else found
