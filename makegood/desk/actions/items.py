"""The things of one case: named, and said to need nothing. What is given for each is a remedy of its own."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.language import cards
from makegood.rules import items

from .record import deciding

LONGEST = 120


def name(case_id: int, *, what: str, by: models.Staff, now: datetime) -> int:
    """Name one of the things that a case is about; returns its number. Named twice, it is one thing."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        return items.name(d.u, what=cards.mask(what.strip())[:LONGEST], by=by.pk, at=now)


def settle(case_id: int, number: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Say that one of the things needs no remedy, and why."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        items.settle(d.u, number=number, why=cards.mask(why.strip())[:300], by=by.pk, at=now)
