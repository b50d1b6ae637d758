"""The alarm for what must never be so: we have something of a customer's, and he has nothing of ours."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from makegood.desk import models
from makegood.desk.queries import programmes as queries
from makegood.rules import findings

from .record import deciding

CODE = "custody"
"""No check of the audit's, hence no MG number: what a customer holds of ours stands in no case's log."""


def look(*, now: datetime) -> int:
    """Raise the alarm for each thing of a customer's against which he holds nothing, once as long as that lasts.

    Returns how many alarms. It rings above the owner at once: nobody is waiting for a date here, since there is none.
    """
    raised = 0
    out = models.Holding.objects.filter(returned_at=None).select_related("customer", "case")
    told = dict(models.Imbalance.objects.filter(over_at=None).values_list("holding", "pk"))
    balances: dict[int, bool] = {}
    for holding in out.order_by("pk"):
        if holding.customer_id not in balances:
            balances[holding.customer_id] = queries.balance(holding.customer, now=now).unjust
        if balances[holding.customer_id] and holding.pk not in told:
            raised += _raise(holding, now=now)
        elif not balances[holding.customer_id] and holding.pk in told:
            models.Imbalance.objects.filter(pk=told[holding.pk], over_at=None).update(over_at=now)
    back = models.Imbalance.objects.filter(over_at=None, holding__returned_at__isnull=False)
    back.update(over_at=now)
    return raised


def _raise(holding: models.Holding, *, now: datetime) -> bool:
    with transaction.atomic(), deciding(holding.case_id, now=now, actor="watch") as d:
        # The case is the lock; two watches that look at once raise one alarm.
        if not d.u.case.open or models.Imbalance.objects.filter(holding=holding, over_at=None).exists():
            return False
        if not queries.balance(holding.customer, now=now).unjust:
            return False
        since = queries.unjust_since(holding)
        models.Imbalance.objects.create(holding=holding, since=min(since, now), told_at=now)
        findings.find(d.u, CODE, at=now, evidence=f"we hold {holding.what}")
        findings.tell_higher(d.u, at=now)
    return True
