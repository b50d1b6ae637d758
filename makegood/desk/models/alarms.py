"""Alarms, and the notices that tell people."""

from __future__ import annotations

from django.db import models

from .cases import Case
from .outbox import OutboxItem
from .people import Staff


class Alarm(models.Model):
    """A rung that was told. Rings until somebody says "I have it"."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alarms")
    seq = models.PositiveIntegerField()
    """The journal entry it is."""
    numbers = models.JSONField(default=list)
    rung = models.SmallIntegerField()
    due_at = models.DateTimeField()
    told_at = models.DateTimeField()
    repeat = models.BooleanField(default=False)
    missed = models.BooleanField(default=False)
    """Passed while our own watch stood still; only the highest was told."""
    to = models.ManyToManyField(Staff, related_name="alarms")
    skipped = models.JSONField(default=list)
    over_at = models.DateTimeField(null=True)
    """When it was acknowledged, or what it was about was settled."""
    acknowledged_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-told_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="one_alarm_an_entry")]
        # What rings: of each case its highest and latest alarm first.
        indexes = [
            models.Index(
                fields=["case", "-rung", "-told_at", "-id"],
                name="alarm_unanswered",
                condition=models.Q(over_at__isnull=True),
            )
        ]


class Notice(models.Model):
    """Word for one member of staff, written with what it tells of and mailed in a digest."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="notices")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="notices")
    seq = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    rings = models.BooleanField(default=False)
    """Whether it wants an "I have it"."""
    written_at = models.DateTimeField()
    mailed = models.ForeignKey(OutboxItem, null=True, on_delete=models.SET_NULL, related_name="notices")
    mail = models.BooleanField(default=True)
    """False for word that waits on the screen only."""

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [
            models.Index(
                fields=["staff", "written_at"],
                name="notice_unmailed",
                condition=models.Q(mail=True, mailed__isnull=True),
            )
        ]
