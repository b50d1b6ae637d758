"""The alarm for what must never be so: we have something of a customer's, and he has nothing of ours."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from makegood.desk import models
from makegood.desk.queries import programmes as queries
from makegood.rules import findings

from .record import deciding

CODE = "custody"
"""No check of the audit's, hence no MG number: what a customer holds of ours stands in no case's log."""


def look(*, now: datetime) -> int:
    """Raise the alarm for each thing of a customer's against which he holds nothing, once as long as that lasts.

    Two questions, however many customers there are. Returns how many alarms. It rings above the owner at once: nobody
    is waiting for a date here, since there is none.
    """
    told = models.Imbalance.objects.filter(over_at=None)
    unjust = queries.unjust(now=now)
    new = unjust.filter(~Exists(told.filter(holding=OuterRef("pk"))), case__open=True)
    raised = sum(_raise(holding, now=now) for holding in new.select_related("customer", "case").order_by("pk"))
    over = list(told.exclude(holding__in=unjust.order_by().values("pk")).values_list("pk", flat=True))
    if over:
        told.filter(pk__in=over).update(over_at=now)
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
