"""The row of something that a customer may claim, and the end that a law or the policy gives a code."""

from __future__ import annotations

from datetime import datetime, timedelta

from makegood.desk import models
from makegood.desk.queries import codes as queries
from makegood.rules import programmes as rules
from makegood.rules.programmes import Held, Terms

from . import journal


def create(
    title: str,
    terms: Terms,
    *,
    customer: models.Customer,
    now: datetime,
    by: models.Staff | None,
    entrant: models.Entrant | None = None,
    programme: models.Programme | None = None,
    case: models.Case | None = None,
) -> models.Entitlement:
    """Write down that somebody holds this from now on. Part of the transaction that gives it."""
    expires_at = now + timedelta(days=terms.days) if terms.days is not None else None
    row = models.Entitlement.objects.create(
        customer=customer,
        entrant=entrant,
        programme=programme,
        case=case,
        title=title[:200],
        terms=terms.plain(),
        issued_at=now,
        issued_by=by,
        expires_at=expires_at,
        next_at=rules.next_at(Held(issued_at=now, expires_at=expires_at)),
    )
    facts = {"entitlement": row.pk, "programme": programme.name if programme else ""}
    journal.write_house("entitlement.issued", facts | {"terms": row.terms}, now=now, by=by)
    return row


def give_an_end(code: models.Code, *, days: int, now: datetime) -> None:
    """Let a code end so many days after it was made, because a law or the policy says so. Part of making it."""
    worth = queries.worth(code)
    percent = 0 if worth.percent == 100 else worth.percent
    terms = Terms(percent=percent, value=worth.value, scope=worth.scope, days=days)
    code.entitlement = create(code.title, terms, customer=code.customer, now=now, by=None, case=code.case)
    code.save(update_fields=("entitlement",))
