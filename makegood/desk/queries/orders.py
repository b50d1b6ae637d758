"""Orders, read: as connectors want them, as lists of tasks and of what is stuck, and what P5 says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from makegood.connectors import at_hand, base
from makegood.desk import access, models
from makegood.rules.money import Money

from .verdicts import Violation

State = models.Order.State
UNDER_WAY = (State.WAITING, State.SENDING, State.TAKEN, State.UNKNOWN)
LONG_OVERDUE = timedelta(minutes=10)
"""An order that nobody took hold of for so long after its time: nothing walks its round."""


def as_order(row: models.Order) -> base.Order:
    """Return a row as a connector takes it."""
    return base.Order(
        key=row.key,
        kind=row.kind,
        amount=Money(row.currency, row.minor) if row.currency and row.minor is not None else None,
        title=row.title,
        means=dict(row.means),
        reference=row.reference,
        evidence=row.evidence,
        placed_at=row.placed_at,
    )


def code_of(row: models.Order) -> str:
    """Return the code that an order made in somebody else's shop, for its customer's own page; "" where it made none.

    No row holds it: it follows from the order's key and a key of ours.
    """
    if row.state != State.DONE or row.kind not in ("code", "credit") or row.connector not in at_hand.CODE_SHOPS:
        return ""
    return base.code_text(as_order(row), secret=at_hand.code_secret())


def tasks_for(who: models.Staff) -> QuerySet[models.Order]:
    """Return what waits to be done by hand on cases that he may see, the oldest first."""
    return _for(who).filter(state=State.BY_HAND).order_by("placed_at", "pk")


def stuck_for(who: models.Staff) -> QuerySet[models.Order]:
    """Return the orders of which nobody knows whether they were done, and those that something of ours holds up."""
    return _for(who).filter(stuck_since__isnull=False).order_by("stuck_since", "pk")


def of_case(case: models.Case) -> QuerySet[models.Order]:
    """Return all orders of a case, the oldest first."""
    return case.orders.select_related("remedy", "settled_by").prefetch_related("proofs").order_by("placed_at", "pk")


def proof_for(who: models.Staff, pk: int) -> models.OrderProof | None:
    """Return a file that shows that something was done, if he may see its case."""
    return models.OrderProof.objects.filter(pk=pk, order__case__in=access.cases_for(who)).first()


def _for(who: models.Staff) -> QuerySet[models.Order]:
    return models.Order.objects.filter(case__in=access.cases_for(who)).select_related(
        "case", "case__customer", "case__owner", "remedy"
    )


# ── what the doctor asks ─────────────────────────────────────────────────────


def connectors_in_use(named: set[str]) -> set[str]:
    """Return the connectors of a policy's catalogue and those of orders that are under way."""
    waiting = models.Order.objects.filter(due_at__isnull=False).order_by().values_list("connector", flat=True)
    return {*named, *waiting.distinct()}


def stuck(*, now: datetime) -> Iterator[str]:
    """Yield a sentence for each way in which orders stand still."""
    orders = models.Order.objects
    counts = {
        "may have been carried out, and nobody knows": orders.filter(state=State.UNKNOWN, told__gt=0).count(),
        "wait for something of ours to be mended": orders.filter(state=State.WAITING, told__gt=0).count(),
        "should have been looked at and were not": orders.filter(due_at__lt=now - LONG_OVERDUE).count(),
    }
    for what, count in counts.items():
        if count:
            yield f"{count} orders {what}"
    for found in orders.filter(stuck_since__isnull=False).order_by("stuck_since")[:3].select_related("case"):
        yield f"{found.case.number}: {found.answer}"


def wrong() -> Iterator[Violation]:
    """Yield what P5 says must not be of orders: two for one remedy, one without a remedy that was ordered, none."""
    real = models.Order.objects.filter(reverses=None).order_by()
    for found in real.values("remedy", "case__number").annotate(times=Count("pk")).filter(times__gt=1).iterator():
        yield Violation(what=f"a remedy has {found['times']} orders", case=found["case__number"])
    for order in real.filter(remedy__ordered_at=None).select_related("case").iterator():
        yield Violation(what=f"an order for a remedy that nobody ordered: {order}", case=order.case.number)
    its_order = Exists(models.Order.objects.filter(remedy=OuterRef("pk")))
    ordered = models.Remedy.objects.filter(~its_order, ordered_at__isnull=False).select_related("case").order_by("pk")
    for remedy in ordered.iterator():
        what = f"remedy {remedy.number} is ordered and nobody was told to carry it out"
        yield Violation(what=what, case=remedy.case.number, since=remedy.ordered_at)
    arrived = Q(state=State.DONE, remedy__step="ordered")
    for order in real.filter(arrived).select_related("case", "remedy").iterator():
        what = f"remedy {order.remedy.number} was carried out, and its case doesn't know"
        yield Violation(what=what, case=order.case.number, since=order.settled_at)
