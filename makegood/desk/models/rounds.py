"""Signs of life: heartbeats of the rounds, and canaries sent through real mail."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a round last went by."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    trouble = models.CharField(max_length=300, blank=True)


class Canary(models.Model):
    """A complaint of our own that must come back through the mail door."""

    token = models.CharField(max_length=40, unique=True)
    sent_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
