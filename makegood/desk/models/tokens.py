"""Tokens by which the house's own programs speak to the desk."""

from __future__ import annotations

from django.db import models

from .people import Staff


class Token(models.Model):
    """One program's token, stored only as its hash."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    """Which program it is: the till in Oak Street."""
    may = models.JSONField(default=list)
    """What it may do: `codes.look_up`, `codes.redeem`."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "made_at"]

    def __str__(self) -> str:
        return self.name
