"""Shopify: refunds of an order's payment, and discount codes for one use.

    api.py        one GraphQL call: the version, the token; what an error of theirs means
    refunds.py    a refund under its own idempotency key, found again by its note
    discounts.py  a discount code, found again by its text

Written against the published GraphQL Admin API, version 2026-07; docs/connectors.md says what was read where.
"""

from __future__ import annotations

from datetime import timedelta

from makegood.connectors.base import Connector, Fate, Order, Outcome

from .api import Api
from .discounts import Discounts
from .refunds import Refunds

__all__ = ["Shopify"]


class Shopify:
    """Has the shop do it. `secret` is our own, from which the texts of codes are made."""

    name = "shopify"
    #: They keep an idempotency key for 24 hours; an hour is kept for clocks that differ.
    remembers: timedelta | None = timedelta(hours=23)

    def __init__(self, *, url: str, token: str, secret: str) -> None:
        """Raises NotSetUp for an address or a token that can't be meant."""
        api = Api(url=url, token=token)
        self._by_kind: dict[str, Connector] = {
            "refund": Refunds(api),
            "code": Discounts(api, secret=secret),
            "credit": Discounts(api, secret=secret),
        }

    def carry_out(self, order: Order) -> Outcome:
        """Refund, or make the discount code."""
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
    sentence = f"Shopify can refund and give codes; a {order.kind} must be done by hand."
    return Outcome(fate=Fate.TROUBLE, code="wrong-connector", sentence=sentence)
