"""How long a customer has been with us, from our own record: nobody has to ask him, and it comes after the merit.

What he is owed is decided by what went wrong. So this is nothing until something was proposed, or the case closed:
whoever decides can't weigh what the customer is worth to us.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from makegood.desk import models
from makegood.rules import remedies
from makegood.rules.cases import Case


@dataclass(frozen=True, kw_only=True)
class Tenure:
    """What our record knows of the time with us."""

    since: datetime
    cases: int
    """Earlier cases of his."""
    orders: int
    """On which he redeemed a code of ours."""


def tenure(row: models.Case, folded: Case) -> Tenure | None:
    """Return it once what he is owed was decided; None before."""
    if not remedies.decided_on_merit(folded):
        return None
    entered = models.Entrant.objects.filter(customer=row.customer_id).order_by("entered_at")
    first = entered.values_list("entered_at", flat=True).first()
    return Tenure(
        since=min(row.customer.first_seen_at, first or row.customer.first_seen_at),
        cases=models.Case.objects.filter(customer=row.customer_id, pk__lt=row.pk).count(),
        orders=models.Redemption.objects.filter(code__customer=row.customer_id).count(),
    )
