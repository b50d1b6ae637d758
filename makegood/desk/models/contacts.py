"""Everything said in or out by any door, and the notes that stay inside."""

from __future__ import annotations

from django.db import models

from .cases import Case
from .inbox import InboxItem
from .people import Customer, Staff


class Contact(models.Model):
    """One message in or out. An internal note is another table, so it can't be sent by mistake."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    class Standing(models.TextChoices):
        JOINED = "joined"
        PROPOSED = "proposed"
        """From somebody we can't vouch for: the owner decides whether it joins the case."""
        DECLINED = "declined"
        WAITING = "waiting"
        """Ours, not yet accepted by the receiving server."""
        ACCEPTED = "accepted"
        UNCERTAIN = "uncertain"
        REFUSED = "refused"
        BOUNCED = "bounced"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.JOINED)
    door = models.CharField(max_length=60)
    kinds = models.JSONField(default=list)
    automatic = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    """In: when the house could first have known. Out: when it was written."""
    seen_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    second_read_at = models.DateTimeField(null=True)
    """When the second reader was asked about it, whatever came of that. It is asked once."""
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT)
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=320, blank=True)
    to_addresses = models.JSONField(default=list)
    verified = models.BooleanField(default=False)
    """Whether the sender's address was proved, by our own token or by an authentication we trust."""
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    """The new words, with quotes and signature folded away."""
    folded = models.TextField(blank=True)
    html = models.TextField(blank=True)
    """Sanitised on reading; nothing in it fetches anything."""
    trouble = models.JSONField(default=list)
    message_id = models.CharField(max_length=300, blank=True)
    """Ours: unique and signed for by the outbox. Theirs: a hint only."""
    item = models.ForeignKey(InboxItem, null=True, on_delete=models.PROTECT, related_name="contacts")
    keeps = models.JSONField(default=list)
    """Numbers of promises that this reply keeps once it is accepted."""
    says = models.JSONField(default=list)
    """Promises this reply makes once it is accepted: due_at, near_at, words, replaces."""

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [
            models.Index(fields=["case", "received_at"], name="contact_of_case"),
            models.Index(fields=["message_id"], name="contact_message", condition=~models.Q(message_id="")),
            # Whether somebody wrote before, and whether this is the same letter again.
            models.Index(fields=["from_address", "received_at"], name="contact_sender"),
        ]


class Attachment(models.Model):
    """A file that came with a contact. The name is what the sender called it and nothing more."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=255)
    declared_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=64, unique=True)
    """Random; the file lies under it in MAKEGOOD_HOME/attachments, outside anything that is served."""
    waits_since = models.DateTimeField(null=True)
    """When the disk had no room for it: until it has, the file is in the letter alone."""

    class Meta:
        indexes = [
            models.Index(fields=["contact"], name="attachment_waits", condition=models.Q(waits_since__isnull=False))
        ]


class Note(models.Model):
    """What colleagues write to each other about a case. Never leaves the house."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["written_at", "id"]


class Composing(models.Model):
    """Somebody has a reply to this case open in front of him."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="composing")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="one_composer")]
