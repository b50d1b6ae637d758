"""Budgets: opened when first drawn from in a period, made larger or smaller by the policy, spent under a lock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from makegood.desk import facts, models
from makegood.rules import books as rules
from makegood.rules.money import Money
from makegood.rules.policy import Budget as Stated
from makegood.rules.policy import Period, Policy

from . import books


def take(name: str, policy: Policy, *, now: datetime) -> models.Budget | None:
    """Return the budget of this name in its running period, locked; None where the policy has none.

    Opened at the first draw. Its amount is what the newest policy says. Part of the caller's transaction.
    """
    version = models.PolicyVersion.objects.only("pk", "number").order_by("-number").first()
    newest = facts.policy(version) if version else policy
    stated = newest.budgets.get(name) or policy.budgets.get(name)
    if stated is None:
        return None
    period = period_of(stated, newest, now=now)
    _open(stated, period, newest, now=now)
    # NO KEY: a remedy that refers to it, written by somebody else meanwhile, needn't wait.
    budget = models.Budget.objects.select_for_update(no_key=True).get(name=name, period=period)
    if budget.amount != stated.amount and budget.policy < newest.version:
        _restate(budget, stated.amount, newest, now=now)
    return budget


def period_of(stated: Stated, policy: Policy, *, now: datetime) -> str:
    """Return the name of the period that runs now: the month in the house's own zone, or the programme."""
    if stated.period is not Period.MONTH:
        return str(stated.period)
    zone = policy.calendars[policy.default_calendar].zone
    return f"{now.astimezone(ZoneInfo(zone)):%Y-%m}"


def account_name(budget: models.Budget | None) -> str:
    """Return what the books call this budget, its period included; empty for what is drawn from none."""
    return f"{budget.name}:{budget.period}" if budget else ""


def _open(stated: Stated, period: str, policy: Policy, *, now: datetime) -> None:
    # Two who draw first at once: one of them makes it, and the other waits until it is there.
    _, made = models.Budget.objects.get_or_create(
        name=stated.name,
        period=period,
        defaults={
            "currency": stated.currency,
            "amount": stated.amount,
            "left": stated.amount,
            "owner_role": str(stated.owner),
            "policy": policy.version,
            "opened_at": now,
        },
    )
    if made:
        _fund(stated.name, period, policy.version, Money(stated.currency, stated.amount), now=now)


def _fund(name: str, period: str, version: int, amount: Money, *, now: datetime) -> None:
    account = f"{name}:{period}"
    transfer = rules.move(f"budget:{account}:{version}", amount, out_of=rules.HOUSE, into=rules.budget(account))
    if transfer is not None:
        books.post(transfer, now=now, follow=False)


def _restate(budget: models.Budget, amount: int, policy: Policy, *, now: datetime) -> None:
    """Make a budget as large as a newer policy says; what is reserved or spent already stays."""
    change = max(amount - budget.amount, -budget.left)
    _fund(budget.name, budget.period, policy.version, Money(budget.currency, change), now=now)
    budget.amount, budget.left, budget.policy = budget.amount + change, budget.left + change, policy.version
    budget.save(update_fields=["amount", "left", "policy"])
