"""The outbox: one row, one Message-ID for ever."""

from __future__ import annotations

from django.db import models

from .cases import Case
from .contacts import Contact


class OutboxItem(models.Model):
    """A mail that must go out. Written with what caused it; sent by a worker under a lease."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        ACCEPTED = "accepted"
        UNCERTAIN = "uncertain"
        """The server may have taken it: it is not sent again under another name."""
        REFUSED = "refused"

    message_id = models.CharField(max_length=200, unique=True)
    purpose = models.CharField(max_length=20)
    """reply, acknowledgement, notice, closing, canary."""
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="outbox")
    contact = models.OneToOneField(Contact, null=True, on_delete=models.PROTECT, related_name="outgoing")
    to_address = models.CharField(max_length=320)
    envelope_from = models.CharField(max_length=320, blank=True)
    """Empty for automatic mails, so that nothing answers them."""
    body = models.BinaryField()
    written_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=60, blank=True)
    handed_at = models.DateTimeField(null=True)
    """When its last byte was about to go out: a worker that dies after this leaves it uncertain."""
    settled_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    """What the server said last."""

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [
            # Of every state: SQLite does not see that a question for one state may use an index of two.
            models.Index(fields=["state", "next_at"], name="outbox_next"),
            # How many acknowledgements went out lately.
            models.Index(fields=["purpose", "written_at"], name="outbox_purpose"),
        ]
