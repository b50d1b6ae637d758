"""Customers by their addresses. Nobody is ever merged silently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from makegood.desk.models import Customer, CustomerAddress

from . import rows
from .messages import Incoming, names_in


def of_messages(messages: Sequence[Incoming], *, now: datetime) -> list[Customer]:
    """Return whose each message is, in their order: known by his address, or new. Part of the caller's transaction.

    A message that names no sender we can read has a customer of its own, without an address.
    """
    senders = names_in(messages)
    found = CustomerAddress.objects.select_related("customer").filter(kind="mail", value__in=senders)
    known = {row.value: row.customer for row in found}
    new = {address: _new(senders[address], now=now) for address in senders if address not in known}
    nameless = [_new(message, now=now) for message in messages if not message.from_address]
    rows.create([*new.values(), *nameless])
    rows.create([CustomerAddress(customer=customer, value=address) for address, customer in new.items()])
    without = iter(nameless)
    return [(known | new)[m.from_address] if m.from_address else next(without) for m in messages]


def _new(message: Incoming, *, now: datetime) -> Customer:
    return Customer(name=message.from_name[:200], language=message.written_in, first_seen_at=now)


def prove(customer: Customer, address: str, *, now: datetime) -> None:
    """Record that the customer has shown an address to be his."""
    customer.addresses.filter(kind="mail", value=address, verified_at=None).update(verified_at=now)


def note_zone(customer: Customer, zone: str) -> None:
    """Record in which time zone a customer lives; his page and mails then use it."""
    customer.time_zone = zone
    customer.save(update_fields=["time_zone"])
