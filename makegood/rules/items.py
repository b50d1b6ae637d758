"""Several things in one case: each is made right by itself, and none is forgotten when another is.

A case without named things is about one thing, and nothing here concerns it.
"""

from __future__ import annotations

from datetime import datetime

from . import item_events as ev
from . import refusals
from .cases import Case
from .item_events import Item as Item
from .remedy_guards import reason, refuse_closed
from .remedy_steps import Step
from .unfolding import Unfolding


def name(u: Unfolding, *, what: str, by: int | None, at: datetime) -> int:
    """Name a thing that the case is about; returns its number. The same name again is the same thing."""
    refuse_closed(u)
    what = reason(what)
    known = next((each.number for each in u.case.items if each.what.casefold() == what.casefold()), None)
    if known is not None:
        return known
    number = len(u.case.items) + 1
    u.happen(ev.ItemNamed(at=at, by=by, item=number, what=what))
    return number


def settle(u: Unfolding, *, number: int, why: str, by: int, at: datetime) -> None:
    """Say that a thing needs no remedy, and why. Raises NoSuchThing."""
    refuse_closed(u)
    refuse_unknown(u.case, number)
    u.happen(ev.ItemSettled(at=at, by=by, item=number, why=reason(why)))


def refuse_unknown(case: Case, number: int | None) -> None:
    """Raise NoSuchThing for the number of a thing that this case doesn't have; None is the case as a whole."""
    if number is not None and not 1 <= number <= len(case.items):
        raise refusals.NoSuchThing


def is_right(case: Case, item: Item) -> bool:
    """Return whether nothing is owed for a thing: a remedy for it was confirmed, or it needs none."""
    return item.settled or any(r.item == item.number and r.step is Step.CONFIRMED for r in case.remedies)


def failures(case: Case, item: int | None) -> int:
    """Return how many remedies for this thing failed; for the case as a whole, those that named no thing."""
    return sum(r.step is Step.FAILED and r.item == item for r in case.remedies)
