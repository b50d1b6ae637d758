"""The journal: append-only, hash-chained, one chain a case and one for the house."""

from __future__ import annotations

from django.db import models

from .cases import Case
from .people import Staff


class Entry(models.Model):
    """One thing that happened. Triggers in the database refuse to change or remove a row."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="journal")
    """None for what happened to the house: people, policies, sign-ins, what the ledger refused."""
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    """When it became true."""
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=20)
    """staff, customer, mail, watch or program."""
    facts = models.JSONField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="entry_of_case"),
            models.UniqueConstraint(fields=["seq"], condition=models.Q(case=None), name="entry_of_house"),
        ]
        indexes = [models.Index(fields=["name", "at"], name="entry_name")]


class Anchor(models.Model):
    """A day's seal over the heads of all chains, also written outside the database."""

    day = models.DateField(unique=True)
    sealed_at = models.DateTimeField()
    entries = models.PositiveBigIntegerField()
    last_entry = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
