"""The ledger: what arrived, raw, before anything judged it."""

from __future__ import annotations

from django.db import models


class InboxItem(models.Model):
    """One thing that came through a door, and where it ended. Σ received = joined + set aside + stopped."""

    class State(models.TextChoices):
        STORED = "stored"
        JOINED = "joined"
        QUARANTINED = "quarantined"
        SUPPRESSED = "suppressed"

    door = models.CharField(max_length=60)
    way = models.CharField(max_length=10)
    """smtp, imap, file or page."""
    source_id = models.CharField(max_length=200)
    """What the way in calls it, unique there: a queue number, UIDVALIDITY and UID, a hash."""
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField()
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.JSONField(default=list)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.STORED)
    why = models.CharField(max_length=300, blank=True)
    """Why it was set aside or stopped, as a sentence."""
    code = models.CharField(max_length=40, blank=True)
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    """The item this one is a copy of: the same letter to another of our addresses."""
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["way", "source_id"], name="one_item_a_source"),
        ]
        indexes = [
            models.Index(fields=["received_at"], name="inbox_unsettled", condition=models.Q(state="stored")),
            models.Index(fields=["sha256"], name="inbox_hash"),
            # The ledger, newest first, as it is and by its filters.
            models.Index(fields=["stored_at", "id"], name="inbox_stored"),
            models.Index(fields=["door", "stored_at", "id"], name="inbox_by_door"),
            models.Index(fields=["state", "stored_at", "id"], name="inbox_by_state"),
        ]


class RawItem(models.Model):
    """The bytes of an item. Where they held a card number, these are masked and `sealed` has the original."""

    item = models.OneToOneField(InboxItem, on_delete=models.PROTECT, related_name="raw", primary_key=True)
    body = models.BinaryField()
    sealed = models.BinaryField(null=True)
    """Encrypted to a public key whose private half no screen uses."""


class MailboxCursor(models.Model):
    """How far a mailbox has been read: everything up to `uid` is committed."""

    mailbox = models.CharField(max_length=200, unique=True)
    uidvalidity = models.PositiveBigIntegerField(default=0)
    uid = models.PositiveBigIntegerField(default=0)
    polled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    trouble_since = models.DateTimeField(null=True)
