"""Handoffs: offered, then accepted or returned."""

from __future__ import annotations

from django.db import models

from .cases import Case
from .people import Staff


class Handoff(models.Model):
    """One offer of a case to somebody, and his answer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handoffs")
    from_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    to_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["offered_at", "id"]
