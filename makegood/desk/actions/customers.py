"""Customers by their addresses. Nobody is ever merged silently."""

from __future__ import annotations

from datetime import datetime

from makegood.desk.models import Customer, CustomerAddress


def by_address(address: str, *, name: str, language: str = "", now: datetime) -> Customer:
    """Return the customer who has this address, or a new one. `address` must be normalised."""
    known = CustomerAddress.objects.select_related("customer").filter(kind="mail", value=address).first()
    if known is not None:
        return known.customer
    customer = Customer.objects.create(name=name[:200], language=language, first_seen_at=now)
    CustomerAddress.objects.create(customer=customer, value=address)
    return customer


def nobody(*, name: str, now: datetime) -> Customer:
    """Return a customer without an address, for a letter that names no sender we can read."""
    return Customer.objects.create(name=name[:200], first_seen_at=now)


def prove(customer: Customer, address: str, *, now: datetime) -> None:
    """Record that the customer has shown an address to be his."""
    customer.addresses.filter(kind="mail", value=address, verified_at=None).update(verified_at=now)


def note_zone(customer: Customer, zone: str) -> None:
    """Record in which time zone a customer lives; his page and mails then use it."""
    customer.time_zone = zone
    customer.save(update_fields=["time_zone"])
