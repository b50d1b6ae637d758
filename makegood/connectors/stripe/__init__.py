"""Stripe: refunds to the original payment, and coupons with a promotion code of their own.

    api.py       one call: the version, the key, the idempotency key; what an error of theirs means
    refunds.py   a refund, found again by its metadata
    coupons.py   a coupon and its promotion code, found again by the coupon's name

Written against the published API v1, version 2026-07-29.dahlia; docs/connectors.md says what was read where.
"""

from __future__ import annotations

from datetime import timedelta

from makegood.connectors.base import Connector, Fate, Order, Outcome

from .api import Api
from .coupons import Coupons
from .refunds import Refunds

__all__ = ["Stripe"]


class Stripe:
    """Has Stripe do it. `secret` is our own, from which the texts of codes are made."""

    name = "stripe"
    #: They may forget an idempotency key once it is 24 hours old; an hour is kept for clocks that differ.
    remembers: timedelta | None = timedelta(hours=23)

    def __init__(self, *, url: str, key: str, secret: str) -> None:
        """Raises NotSetUp for an address or a key that can't be meant."""
        api = Api(url=url, key=key)
        self._by_kind: dict[str, Connector] = {
            "refund": Refunds(api),
            "code": Coupons(api, secret=secret),
            "credit": Coupons(api, secret=secret),
        }

    def carry_out(self, order: Order) -> Outcome:
        """Refund, or make the coupon and its code."""
        way = self._by_kind.get(order.kind)
        return way.carry_out(order) if way else _not_ours(order)

    def ask(self, order: Order) -> Outcome | None:
        """Find what became of it by the key that it carries there."""
        way = self._by_kind.get(order.kind)
        return way.ask(order) if way else None

    def reverse(self, order: Order) -> Outcome:
        """Take back what can be taken back."""
        way = self._by_kind.get(order.kind)
        return way.reverse(order) if way else _not_ours(order)


def _not_ours(order: Order) -> Outcome:
    sentence = f"Stripe can refund and give codes; a {order.kind} must be done by hand."
    return Outcome(fate=Fate.TROUBLE, code="wrong-connector", sentence=sentence)
