"""Cases as the lines of a list show them: the people they name and what is owed on them, in four queries at most.

Only the columns that a line shows are read, and each by the whole: a page of the board once made 700 rows of which
it showed a tenth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, QuerySet

from makegood.desk import models, reading
from makegood.desk.prepared import many, one_of, prepared

M = TypeVar("M", bound=Model)

_CASE = (
    "number", "subject", "customer", "owner", "offered_to", "door", "open", "quarantined", "ball", "rung", "asks",
    "apologised_twice", "received_at", "closed_at", "unanswered_at", "substantive_at", "slipped_at",
)  # fmt: skip
_PROMISE = (
    "id", "case_id", "kind", "source", "said", "shown", "words", "state", "running", "pauses", "from_at", "due_at",
    "near_at", "broken_at", "kept_at", "settled_at",
)  # fmt: skip


class Listed(NamedTuple):
    """A case with the columns that a list shows, and the promises still owed on it, the soonest due first."""

    case: models.Case
    owed: tuple[models.Promise, ...]


def listed(keys: Sequence[int]) -> list[Listed]:
    """Return the cases with these keys, in their order; a key without a case is passed over."""
    found = by_key(models.Case, keys, *_CASE)
    _name_people(found.values())
    owed = defaultdict(list)
    for values in _owed_on(many(keys)):
        promise = reading.row(models.Promise, _PROMISE, values)
        owed[promise.case_id].append(promise)
    return [Listed(found[pk], tuple(owed[pk])) for pk in keys if pk in found]


@prepared(*_PROMISE)
def _owed_on(cases: str) -> QuerySet[models.Promise]:
    return models.Promise.objects.filter(outstanding=True, case__in=one_of(cases)).order_by("due_at")


def headings(keys: Sequence[int]) -> dict[int, models.Case]:
    """Return cases by their keys with no more than a heading says: number, subject and customer."""
    found = by_key(models.Case, keys, "number", "subject", "customer")
    _name_customers(found.values())
    return found


def by_key(model: type[M], keys: Iterable[int], *names: str) -> dict[int, M]:
    """Return rows by their keys, with these columns read; no query for no keys."""
    chosen = list(keys)
    if not chosen:
        return {}
    columns = tuple(reading.field(model, name).attname for name in ("pk", *names))
    found = _rows_of(model, columns)(many(chosen))
    return {values[0]: reading.row(model, columns, values) for values in found}


@cache
def _rows_of(model: type[Model], columns: tuple[str, ...]) -> Callable[[str], list[tuple[Any, ...]]]:
    """The question for rows of this model by their keys, whose statement is written once for each list of columns."""

    @prepared(*columns)
    def by_their_keys(keys: str) -> QuerySet[Model]:
        return model._default_manager.filter(pk__in=one_of(keys)).order_by()

    return by_their_keys


def _name_people(cases: Collection[models.Case]) -> None:
    _name_customers(cases)
    named = {case.owner_id for case in cases} | {case.offered_to_id for case in cases if case.offered_to_id}
    staff = by_key(models.Staff, named, "name")
    for case in cases:
        case.owner = staff[case.owner_id]
        case.offered_to = staff[case.offered_to_id] if case.offered_to_id else None


def _name_customers(cases: Collection[models.Case]) -> None:
    customers = by_key(models.Customer, {case.customer_id for case in cases}, "name")
    for case in cases:
        case.customer = customers[case.customer_id]
