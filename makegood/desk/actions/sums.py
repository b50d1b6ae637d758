"""The locks under which authority and budgets are added up, and the verdict on a cost.

Two agents who spend the last hundred at once are told apart here: whoever comes second waits until the first is
written down, and then adds up with it. Locks are taken in one order everywhere (case, customer, giver, budget), so
that nobody waits in a circle. On SQLite a transaction that writes is alone from its start.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from makegood.desk import models
from makegood.desk.queries.given import given
from makegood.rules import authority
from makegood.rules.money import Money
from makegood.rules.policy import Role

from . import budgets
from .record import Decision


def lock(d: Decision, giver: models.Staff | None, budget: str, *, now: datetime) -> models.Budget | None:
    """Lock what the sums of this decision add up, and return the budget it draws from, if there is one.

    The case is locked already: whoever decides holds it.
    """
    # NO KEY: entries that refer to them may be written meanwhile.
    models.Customer.objects.select_for_update(no_key=True).only("pk").get(pk=d.row.customer_id)
    if giver is not None:
        models.Staff.objects.select_for_update(no_key=True).only("pk").get(pk=giver.pk)
    return budgets.take(budget, d.u.house.policy, now=now) if budget else None


def verdict(
    d: Decision,
    cost: Money,
    giver: models.Staff,
    budget: models.Budget | None,
    *,
    now: datetime,
    without: int | None = None,
) -> authority.Verdict:
    """Return whether this person may give it on top of everything that was given. Needs `lock`."""
    sums = given(d.row, giver, d.u.house, budget=budget, now=now, without=without)
    return authority.judge(cost, role=Role(giver.role), given=sums, policy=d.u.house.policy)


def short_of(d: Decision, cost: Money, budget: models.Budget | None) -> Money | None:
    """Return by how much a budget is too small for an incident's remedy, whoever approved that."""
    policy = d.u.house.policy
    alone = replace(
        authority.nothing_given(policy.currency),
        budget_left=Money(budget.currency, budget.left) if budget else None,
    )
    return authority.judge(cost, role=authority.HIGHEST, given=alone, policy=policy).short


def above_first_handler(d: Decision, cost: Money, *, now: datetime) -> bool:
    """Return whether the first handler of the case could not have given this cost, on top of what was given (M-26).

    It is whoever first wrote to the customer; until somebody has, the first owner.
    """
    wrote = d.row.journal.filter(name="contact.written", by__isnull=False).order_by("seq")
    first = wrote.values_list("by", flat=True).first()
    if first is None:
        opened = d.row.journal.filter(name="case.opened").values_list("facts", flat=True).first()
        first = opened["owner"] if opened else None
    handler = models.Staff.objects.filter(pk=first or 0).first()
    return handler is not None and verdict(d, cost, handler, None, now=now).needs is not None
