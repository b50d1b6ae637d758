"""Stripe: refunds to the original payment, and coupons with a promotion code of their own.

    api.py       one call: the version, the key, the idempotency key; what an error of theirs means
    refunds.py   a refund, found again by its metadata
    coupons.py   a coupon and its promotion code, found again by the coupon's name

Written against the published API v1, version 2026-07-29.dahlia; docs/connectors.md says what was read where.
"""

from __future__ import annotations

from datetime import timedelta

from makegood.connectors.base import ByKind

from .api import Api
from .coupons import Coupons
from .refunds import Refunds

__all__ = ["Stripe"]


class Stripe(ByKind):
    """Has Stripe do it. `secret` is our own, from which the texts of codes are made."""

    name = "stripe"
    title = "Stripe"
    #: They may forget an idempotency key once it is 24 hours old; an hour is kept for clocks that differ.
    remembers: timedelta | None = timedelta(hours=23)

    def __init__(self, *, url: str, key: str, secret: str) -> None:
        """Raises NotSetUp for an address or a key that can't be meant."""
        api = Api(url=url, key=key)
        super().__init__({
            "refund": Refunds(api),
            "code": Coupons(api, secret=secret),
            "credit": Coupons(api, secret=secret),
        })
