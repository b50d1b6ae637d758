"""Policies, every version kept as it was read."""

from __future__ import annotations

from django.db import models


class PolicyVersion(models.Model):
    """The text of a policy as it was loaded. A case keeps the version it began with."""

    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=120)
    text = models.TextField()
    laws = models.JSONField(default=dict)
    """The law files it included, as they were: id → text."""
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    holidays = models.JSONField(default=dict)
    """The holidays of each calendar as they were when it was loaded; a newer library moves none of them."""

    class Meta:
        get_latest_by = "number"
