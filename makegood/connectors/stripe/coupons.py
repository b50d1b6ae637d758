"""A coupon worth an amount, and the one promotion code by which the customer uses it, once.

The coupon's id is made from our key, so there can be no second one; its
promotion code is found again by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from makegood.connectors.base import Fate, Order, Outcome, code_text, missing

from .api import ORDER, Api, Heard, as_theirs

LONGEST_NAME = 40
"""Signs of a coupon's name; it stands on the customer's invoice."""


class Coupons:
    """Promotion codes, each with a coupon of its own. `means["customer"]` (cus_…), if given, binds it to him."""

    name = "stripe"
    remembers: timedelta | None = None

    def __init__(self, api: Api, *, secret: str) -> None:
        self._api = api
        self._secret = secret

    def carry_out(self, order: Order) -> Outcome:
        """Make the coupon, then its code."""
        if order.amount is None or order.amount.minor <= 0:
            return missing("amount", "Say what the code is worth. The order waits.")
        amount = as_theirs(order.amount)
        coupon: dict[str, str | int] = {
            "id": _coupon(order),
            "amount_off": amount.minor,
            "currency": amount.currency,
            "duration": "once",
            "max_redemptions": 1,
            "name": (order.title or "Code")[:LONGEST_NAME],
            f"metadata[{ORDER}]": order.key,
        }
        made = self._api.do("coupons", coupon, key=f"{order.key}-coupon")
        if isinstance(made, Outcome) and made.code != "resource-already-exists":
            return made
        code: dict[str, str | int] = {
            "promotion[type]": "coupon",
            "promotion[coupon]": _coupon(order),
            "code": code_text(order, secret=self._secret),
            "max_redemptions": 1,
            f"metadata[{ORDER}]": order.key,
        }
        if order.means.get("customer"):
            code["customer"] = order.means["customer"]
        found = self._api.do("promotion_codes", code, key=f"{order.key}-code")
        if isinstance(found, Heard):
            return _outcome(found.body)
        # "Already exists" is said of a code that we made before they forgot the key.
        return (self.ask(order) or found) if found.fate is Fate.NEVER else found

    def ask(self, order: Order) -> Outcome | None:
        """Find the code by the coupon that it belongs to. A coupon without one gives nobody anything."""
        page = self._api.look("promotion_codes", coupon=_coupon(order), limit=10)
        if isinstance(page, Outcome):
            if page.code == "no-such":
                return None
            sentence = f"Whether it was done can't be asked now. {page.sentence}"
            return Outcome(fate=Fate.UNKNOWN, code=page.code, sentence=sentence, wait=page.wait)
        found = [each for each in page.body.get("data", ()) if isinstance(each, dict)]
        ours = [each for each in found if (each.get("metadata") or {}).get(ORDER) == order.key]
        return _outcome(ours[0]) if ours else None

    def reverse(self, order: Order) -> Outcome:
        """Switch the code off. One that was used stays used."""
        found = self._api.do(f"promotion_codes/{order.reference}", {"active": "false"}, key=f"{order.key}-off")
        if not isinstance(found, Heard):
            return found
        if found.body.get("times_redeemed"):
            return Outcome(fate=Fate.NEVER, code="redeemed", sentence="The code was used already.")
        return Outcome(fate=Fate.DONE, code="reversed", reference=order.reference)


def _coupon(order: Order) -> str:
    return f"makegood-{order.key}"


def _outcome(found: Mapping[str, Any]) -> Outcome:
    reference, code = str(found.get("id", "")), str(found.get("code") or "")
    if not reference or not code:
        sentence = "Stripe's answer can't be read. We ask by its key."
        return Outcome(fate=Fate.UNKNOWN, code="unreadable", sentence=sentence)
    return Outcome(
        fate=Fate.DONE, code="done", reference=reference, evidence=f"Stripe promotion code {reference}", shown_once=code
    )
