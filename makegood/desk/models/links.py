"""Private links: the customer's page, and "I have it" in a mail."""

from __future__ import annotations

from django.db import models

from .cases import Case
from .people import Customer, Staff


class Link(models.Model):
    """A secret address, stored only as its hash; it expires and can be revoked."""

    class Purpose(models.TextChoices):
        PAGE = "page"
        ACKNOWLEDGE = "acknowledge"

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)


class LinkRequest(models.Model):
    """Somebody asked for a new private link. Forgotten after a day, whoever he was."""

    address = models.CharField(max_length=320)
    """As it was typed, normalised; nobody knows yet whether it is a customer's."""
    network = models.CharField(max_length=32)
    """The fingerprint of where it was asked from."""
    asked_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    """When the watch looked whose address it is; the page that asked never waits for that."""
    sent = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="link_request_waits", condition=models.Q(looked_at=None)),
            models.Index(fields=["network", "asked_at"], name="link_request_from"),
            models.Index(fields=["address", "asked_at"], name="link_request_for"),
        ]
