"""What we hold of a customer's: taken in, and given back. Until then its case can't close."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.language import cards
from makegood.rules import refusals, remedies
from makegood.rules.money import Money

from .record import deciding


def take(
    case_id: int, *, what: str, where: str = "", value: Money | None = None, by: models.Staff, now: datetime
) -> int:
    """Record that we hold something of his; returns its key."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        if not what.strip():
            raise refusals.Refusal(sentence="Say what it is that we hold.")
        holding = models.Holding.objects.create(
            case=d.row,
            customer_id=d.row.customer_id,
            what=cards.mask(what.strip())[:200],
            where=cards.mask(where.strip())[:200],
            currency=value.currency if value else "",
            value=value.minor if value else None,
            since=now,
            taken_by=by,
        )
        remedies.hold_property(d.u, holding=holding.pk, what=holding.what, by=by.pk, at=now)
    return holding.pk


def give_back(case_id: int, holding_id: int, *, evidence: str, by: models.Staff, now: datetime) -> None:
    """Record that he has it again, with what shows it. Raises NotHeld."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        if not evidence.strip():
            raise refusals.NeedsReason("What shows that he has it?")
        remedies.return_property(d.u, holding=holding_id, by=by.pk, at=now)
        models.Holding.objects.filter(pk=holding_id).update(
            returned_at=now, returned_by=by, evidence=cards.mask(evidence.strip())[:300]
        )
