"""What a house owes, pays and has paid, come to rest and told: for the day of remedies, and for the torture's end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, Sum

from makegood import config
from makegood.connectors.console import Console
from makegood.desk import models
from makegood.desk.actions import order_tasks
from makegood.desk.queries.codes import cost_of
from makegood.watch import held, orders


def settle(now: datetime) -> None:
    """Let everything that is due be carried out, done by hand and confirmed."""
    while orders.carry_out_one("settling", now=now):
        pass
    # Sent longer ago than the payer remembers, and not there: by design a person looks, says so, and does it by hand.
    for lost in models.Order.objects.filter(state="unknown", code="key-forgotten").select_related("case__owner"):
        order_tasks.not_done(lost.pk, why="Their list shows no refund.", by=lost.case.owner, now=now)
    for task in models.Order.objects.filter(state="by hand").select_related("case__owner"):
        order_tasks.done(task.pk, evidence=f"parcel {task.pk}", by=task.case.owner, now=now)
    while held.look(now=now):
        pass


def found() -> dict[str, Any]:
    """Return the orders, the codes and the books."""
    postings = models.Posting.objects.order_by()
    accounts = postings.values_list("account", "currency").annotate(Sum("minor"))
    known = models.Order.objects.filter(reverses=None).order_by("placed_at", "pk")
    by_hand = Q(settled_by__isnull=False)
    open_codes = models.Code.objects.filter(state="open")
    return {
        "remedies": models.Remedy.objects.exclude(ordered_at=None).count(),
        "steps": dict(models.Remedy.objects.order_by().values_list("step").annotate(Count("pk"))),
        "orders": list(
            known.values("key", "connector", "state", "code", "minor", by_hand=by_hand, step=F("remedy__step"))
        ),
        "carried out": [path.stem for path in Console(config.home() / "carried-out").carried_out()],
        "codes": dict(models.Code.objects.order_by().values_list("state").annotate(Count("pk"))),
        "owed": sum(cost_of(row, row.left).minor for row in open_codes),
        "redeemed": [list(each) for each in models.Redemption.objects.values_list("order", "amount")],
        "sums": {f"{account} {currency}": minor for account, currency, minor in accounts},
    }
