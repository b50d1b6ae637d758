"""Where a customer's mail and money went lately that they didn't go before: what the cooling-off waits for (A-60)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from makegood.desk import models

COOLING_OFF = timedelta(hours=24)
"""Nothing worth money leaves for so long after a change, unless a second person has asked the customer."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A new address or payment that cools off."""

    to: str
    """The address, or the reference of the payment."""
    money: bool
    """Whether it is a payment: then only what is paid back to it waits, and not his codes."""
    by: models.Staff | None
    changed_at: datetime

    @property
    def until(self) -> datetime:
        return self.changed_at + COOLING_OFF


def addresses(customer: int, *, since: datetime) -> QuerySet[models.AddressChange]:
    """Return the new addresses that nobody checked yet."""
    return models.AddressChange.objects.filter(customer=customer, changed_at__gt=since, checked_at=None)


def means(customer: int, *, since: datetime) -> QuerySet[models.PaymentMeans]:
    """Return the payments noted in place of an original one that nobody checked yet."""
    return models.PaymentMeans.objects.filter(customer=customer, changed=True, noted_at__gt=since, checked_at=None)


def moves(customer: int, *, now: datetime) -> list[Move]:
    """Return what cools off for this customer, the oldest first."""
    since = now - COOLING_OFF
    found = [
        Move(to=one.address.value, money=False, by=one.by, changed_at=one.changed_at)
        for one in addresses(customer, since=since).select_related("address", "by")
    ]
    found += [
        Move(to=one.reference, money=True, by=one.noted_by, changed_at=one.noted_at)
        for one in means(customer, since=since).select_related("noted_by")
    ]
    return sorted(found, key=lambda one: one.changed_at)


def codes_held_until(changed: Iterable[Move]) -> datetime | None:
    """Return until when his page doesn't show his codes: whoever reads a new address may not be him."""
    return max((one.until for one in changed if not one.money), default=None)
