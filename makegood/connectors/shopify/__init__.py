"""Shopify: refunds of an order's payment, and discount codes for one use.

    api.py        one GraphQL call: the version, the token; what an error of theirs means
    refunds.py    a refund under its own idempotency key, found again by its note
    discounts.py  a discount code, found again by its text

Written against the published GraphQL Admin API, version 2026-07; docs/connectors.md says what was read where.
"""

from __future__ import annotations

from datetime import timedelta

from makegood.connectors.base import ByKind

from .api import Api
from .discounts import Discounts
from .refunds import Refunds

__all__ = ["Shopify"]


class Shopify(ByKind):
    """Has the shop do it. `secret` is our own, from which the texts of codes are made."""

    name = "shopify"
    title = "Shopify"
    #: They keep an idempotency key for 24 hours; an hour is kept for clocks that differ.
    remembers: timedelta | None = timedelta(hours=23)

    def __init__(self, *, url: str, token: str, secret: str) -> None:
        """Raises NotSetUp for an address or a token that can't be meant."""
        api = Api(url=url, token=token)
        super().__init__({
            "refund": Refunds(api),
            "code": Discounts(api, secret=secret),
            "credit": Discounts(api, secret=secret),
        })
