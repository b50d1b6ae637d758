"""Promises: rows with history, any number at once on a case."""

from __future__ import annotations

from django.db import models

from .cases import Case
from .contacts import Contact
from .people import Staff


class Promise(models.Model):
    """One promise. Made once; only what became of it is filled in later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    source = models.CharField(max_length=20)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT)
    said = models.BooleanField(default=False)
    shown = models.BooleanField(default=False)
    """Whether the customer sees it: what was said to him, and clocks of the policy that he may know."""
    words = models.TextField(blank=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="made")
    from_at = models.DateTimeField()
    made_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    """As it was when made. For words said, the same as `due_at` for ever."""
    due_at = models.DateTimeField()
    near_at = models.DateTimeField(null=True)
    calendar = models.CharField(max_length=60)
    zone = models.CharField(max_length=64)
    pauses = models.JSONField(default=list)
    """Periods in which a clock of the policy stood still: [[from, to or null], …]."""
    state = models.CharField(max_length=12, default="open")
    running = models.BooleanField(default=True)
    outstanding = models.BooleanField(default=True)
    broken_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    """When a human was first told that it broke (P3: within the alarm limit)."""
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="kept")
    evidence = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    """When it was released, replaced or ended."""
    ancestor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="promise_number"),
            models.CheckConstraint(
                condition=models.Q(said=False) | models.Q(due_at=models.F("first_due_at")),
                name="a_said_date_never_moves",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="promise_due", condition=models.Q(running=True)),
            # How many are broken now, and how often a door's own words were kept lately.
            models.Index(
                fields=["state", "shown", "source", "case"], name="promise_owed", condition=models.Q(outstanding=True)
            ),
            models.Index(fields=["kind", "due_at", "state"], name="promise_said", condition=models.Q(said=True)),
        ]
