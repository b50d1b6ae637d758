"""Codes that customers hold, and the orders on which they were redeemed.

No row holds a code's text. It follows from the seed and the server's key (docs/decisions), and is looked up by hash.
"""

from __future__ import annotations

from django.db import models

from makegood.rules.codes import State

from .cases import Case
from .people import Customer, Staff
from .programmes import Entitlement
from .remedies import Remedy
from .tokens import Token


class Code(models.Model):
    """A code of one customer's. What is left of it goes down by one conditional update, so that one order wins."""

    digest = models.CharField(max_length=64, unique=True)
    seed = models.BinaryField(max_length=16)
    """From which, under the server's key, the text follows; emptied once the code is over."""
    title = models.CharField(max_length=200)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="codes")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="codes")
    """The recovery it belongs to."""
    remedy = models.ForeignKey(Remedy, null=True, on_delete=models.PROTECT, related_name="codes")
    nth = models.PositiveSmallIntegerField(default=1)
    """Of the codes of its remedy."""
    entitlement = models.OneToOneField(Entitlement, null=True, on_delete=models.PROTECT, related_name="code")
    """Where it came from a programme, or has an end; most have none."""
    currency = models.CharField(max_length=3)
    value = models.BigIntegerField()
    left = models.BigIntegerField()
    cost = models.BigIntegerField()
    """What all of it costs us, in minor units; of that, its share of `liability:codes` is in proportion to `left`."""
    percent = models.PositiveSmallIntegerField(default=100)
    scope = models.JSONField(default=list)
    """What it is for, as the shop names it; empty for any product."""
    single = models.BooleanField(default=True)
    state = models.CharField(max_length=12, default=str(State.OPEN))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    over_at = models.DateTimeField(null=True)
    over_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    over_why = models.CharField(max_length=300, blank=True)
    remind_at = models.DateTimeField(null=True)
    """When it is next looked at whether to remind him; None where he doesn’t want it, or nothing is left."""
    end_reminded_at = models.DateTimeField(null=True)
    unused_reminded_at = models.DateTimeField(null=True)
    ancestor = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="successor")
    """The code in whose place it stands."""

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["remedy", "nth"], name="code_of_remedy", condition=models.Q(ancestor__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(left__gte=0, left__lte=models.F("value")), name="code_left_within_value"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="open") | models.Q(left__gt=0),
                name="open_code_is_worth_something",
            ),
        ]
        indexes = [
            # What we owe, by age.
            models.Index(fields=["currency", "made_at", "left"], name="code_owed", condition=models.Q(state="open")),
            models.Index(fields=["remind_at"], name="code_reminders", condition=models.Q(remind_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Redemption(models.Model):
    """An order on which a code was redeemed: the recovery became a purchase. The database refuses to change one."""

    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="redemptions")
    order = models.CharField(max_length=100)
    """The shop's number. One code is redeemed once for one order, however often the shop asks."""
    amount = models.BigIntegerField()
    total = models.BigIntegerField()
    """What the covered things of the order cost."""
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    token = models.ForeignKey(Token, null=True, on_delete=models.PROTECT, related_name="+")
    """The program that asked, where no person did."""

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "order"], name="code_once_an_order"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, amount__lte=models.F("total")), name="redeemed_within_the_order"
            ),
        ]
        indexes = [models.Index(fields=["order"], name="redemption_order")]
