"""The books: every cent that a remedy reserves, spends or gives back, by double entry.

Transfers and postings are append-only, and the database refuses to change or remove one (migration 0010). The
postings of a transfer sum to zero in each currency, and its key is unique, so that nothing is booked twice.
"""

from __future__ import annotations

from django.db import models

from .cases import Case
from .people import Staff


class Budget(models.Model):
    """One budget in one period. Its row is the lock under which it is spent."""

    name = models.CharField(max_length=60)
    period = models.CharField(max_length=40)
    """A month, 2026-03, or `programme`."""
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    left = models.BigIntegerField()
    """What is neither reserved nor spent: the balance of its account, kept so that nobody adds up postings."""
    owner_role = models.CharField(max_length=12, blank=True)
    policy = models.PositiveIntegerField()
    """The number of the policy version from which its amount is."""
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "period"]
        constraints = [
            models.UniqueConstraint(fields=["name", "period"], name="budget_period"),
            models.CheckConstraint(condition=models.Q(left__gte=0), name="no_budget_is_overspent"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"


class Transfer(models.Model):
    """One thing that moved money, with the key that lets it happen once."""

    key = models.CharField(max_length=120, unique=True)
    """`remedy:CASE:NUMBER:STEP`, `budget:NAME:PERIOD:VERSION`, …"""
    at = models.DateTimeField()
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="transfers")
    remedy = models.PositiveIntegerField(null=True)
    """The number of the remedy within the case."""
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["case", "remedy"], name="transfer_of_remedy")]


class Posting(models.Model):
    """One line of a transfer: so much to (or, below zero, from) an account."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()

    class Meta:
        ordering = ["transfer", "id"]
        indexes = [models.Index(fields=["account", "currency", "minor"], name="posting_account")]
