"""Questions whose statement Django writes once, for what is asked many times a second with other values.

Writing a statement costs Django ten times what the database takes to answer it by its key. A prepared question is
a function that returns a query; its arguments are places for values, and its answer is plain values, as of
`reading.values`. Nothing else is kept: neither rows nor values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVarTuple

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.expressions import RawSQL

from . import reading

Ts = TypeVarTuple("Ts")


class Given(Expression):
    """The place of one argument in a statement."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        """Leave the place open."""
        return "%s", [self]


@dataclass(frozen=True, kw_only=True)
class _Statement:
    text: str
    places: tuple[Any, ...]
    """What Django filled in itself, and `Given` for what is told each time."""
    fields: tuple[Field[Any, Any] | None, ...]


def prepared(*names: str) -> Callable[[Callable[[*Ts], QuerySet[Any, Any]]], Callable[[*Ts], list[tuple[Any, ...]]]]:
    """Make a question of a function that returns a query: it answers with these columns of the rows found.

    The function is called once for each kind of database, with places for its arguments: it may compare them with
    columns, and nothing else. None has no place, since no column is equal to it; for many values take `one_of`.
    """

    def of(ask: Callable[[*Ts], QuerySet[Any, Any]]) -> Callable[[*Ts], list[tuple[Any, ...]]]:
        statements: dict[str, _Statement] = {}

        @wraps(ask)
        def answer(*given: *Ts) -> list[tuple[Any, ...]]:
            statement = statements.get(connection.vendor)
            if statement is None:
                places: Any = [Given(at) for at in range(len(given))]
                statement = statements[connection.vendor] = _written(ask(*places), names, len(given))
            told = [_adapted(given[one.at]) if isinstance(one, Given) else one for one in statement.places]
            with connection.cursor() as cursor:
                cursor.execute(statement.text, told)
                found = cursor.fetchall()
            return list(reading.columns(statement.fields, found))

        return answer

    return of


def _written(asked: QuerySet[Any, Any], names: Sequence[str], given: int) -> _Statement:
    """Let Django write it. Raises TypeError if a lookup has made something else of an argument's place."""
    text, arguments = asked.values_list(*names).query.sql_with_params()
    if {one.at for one in arguments if isinstance(one, Given)} != set(range(given)):
        raise TypeError("Compare each argument with a column as it is: this lookup changes what it is given.")
    counted = asked.query.annotations
    fields = tuple(None if name in counted else reading.field(asked.model, name) for name in names)
    return _Statement(text=text, places=tuple(arguments), fields=fields)


def one_of(given: Any, kind: type[int] | type[str] = int) -> RawSQL:
    """Return a place for many keys, or many texts, for `__in`. What is told there is `many(…)`."""
    if connection.vendor == "postgresql" and kind is int:
        return RawSQL("SELECT jsonb_array_elements(%s::jsonb)::bigint", [given])
    if connection.vendor == "postgresql":
        return RawSQL("SELECT jsonb_array_elements_text(%s::jsonb)", [given])
    return RawSQL("SELECT value FROM json_each(%s)", [given])


def many(values: Iterable[int | str]) -> str:
    """Return many values as the one argument that a place of `one_of` takes."""
    return json.dumps(list(values))


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
