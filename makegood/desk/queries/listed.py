"""Cases as the lines of a list show them: the people they name and what is owed on them, in four queries at most.

Only the columns that a line shows are read, and each by the whole: a page of the board once made 700 rows of which
it showed a tenth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, TypeVar

from django.db.models import Model

from makegood.desk import models, reading

M = TypeVar("M", bound=Model)

_CASE = (
    "number", "subject", "customer", "owner", "offered_to", "door", "open", "quarantined", "ball", "rung", "asks",
    "apologised_twice", "received_at", "closed_at", "unanswered_at", "substantive_at", "slipped_at",
)  # fmt: skip
_PROMISE = (
    "case", "kind", "source", "said", "shown", "words", "state", "running", "pauses", "from_at", "due_at", "near_at",
    "broken_at", "kept_at", "settled_at",
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
    outstanding = models.Promise.objects.filter(outstanding=True, case__in=reading.keys(keys)).order_by("due_at")
    for promise in reading.rows(outstanding, *_PROMISE):
        owed[promise.case_id].append(promise)
    return [Listed(found[pk], tuple(owed[pk])) for pk in keys if pk in found]


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
    wanted = model._default_manager.filter(pk__in=reading.keys(chosen)).order_by()
    return {row.pk: row for row in reading.rows(wanted, *names)}


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
