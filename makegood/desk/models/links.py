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
