"""A discount code worth an amount, for one use. Its text is made from our key, and is found again by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any

from makegood.connectors.base import Fate, Order, Outcome, code_text, missing

from .api import Api, Heard, not_now, unreadable

_LOOK = """
query MakegoodCode($code: String!) {
  shop { currencyCode }
  codeDiscountNodeByCode(code: $code) {
    id
    codeDiscount { __typename ... on DiscountCodeBasic { title status asyncUsageCount } }
  }
}
"""
_MAKE = """
mutation MakegoodDiscount($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) {
    codeDiscountNode { id }
    userErrors { field message code }
  }
}
"""
_OFF = """
mutation MakegoodOff($id: ID!) {
  discountCodeDeactivate(id: $id) {
    codeDiscountNode { id }
    userErrors { field message code }
  }
}
"""


class Discounts:
    """Discount codes. `means["customer"]`, if given, is the shop's customer, and binds the code to him.

    A shop takes a code of the same text only once, whatever is tried again; so no key of theirs is needed.
    """

    name = "shopify"
    remembers: timedelta | None = None

    def __init__(self, api: Api, *, secret: str) -> None:
        self._api = api
        self._secret = secret

    def carry_out(self, order: Order) -> Outcome:
        """Make the code, unless the shop has it already."""
        if order.amount is None or order.amount.minor <= 0 or order.placed_at is None:
            return missing("amount", "Say what the code is worth. The order waits.")
        found = self._look(order)
        if isinstance(found, Outcome):
            return found
        known = self._known(found, order)
        if known is not None:
            return known
        currency = str((found.get("shop") or {}).get("currencyCode", ""))
        if currency != order.amount.currency:
            sentence = f"The shop counts in {currency}, and this order says {order.amount.plain()}. Nothing was made."
            return Outcome(fate=Fate.TROUBLE, code="other-currency", sentence=sentence)
        made = self._api.do(_MAKE, "discountCodeBasicCreate", discount=self._asked(order))
        if isinstance(made, Outcome):
            # Taken: by ourselves, when another worker was faster or the answer got lost.
            return (self.ask(order) or made) if made.fate is Fate.NEVER else made
        node = made.data.get("codeDiscountNode")
        return self._done(str(node["id"]), order) if isinstance(node, dict) and node.get("id") else unreadable()

    def ask(self, order: Order) -> Outcome | None:
        """Look the code up."""
        found = self._look(order)
        return not_now(found) if isinstance(found, Outcome) else self._known(found, order)

    def reverse(self, order: Order) -> Outcome:
        """Switch the code off. One that was used stays used."""
        found = self._look(order)
        if isinstance(found, Outcome):
            return found
        node = found.get("codeDiscountNodeByCode")
        if not isinstance(node, dict):
            return Outcome(fate=Fate.NEVER, code="not-there", sentence="There is no such code to switch off.")
        if (node.get("codeDiscount") or {}).get("asyncUsageCount"):
            return Outcome(fate=Fate.NEVER, code="redeemed", sentence="The code was used already.")
        made = self._api.do(_OFF, "discountCodeDeactivate", id=node.get("id"))
        if isinstance(made, Outcome):
            return made
        return Outcome(fate=Fate.DONE, code="reversed", reference=str(node.get("id", "")))

    def _look(self, order: Order) -> Mapping[str, Any] | Outcome:
        found = self._api.look(_LOOK, code=code_text(order, secret=self._secret))
        return found.data if isinstance(found, Heard) else found

    def _known(self, found: Mapping[str, Any], order: Order) -> Outcome | None:
        node = found.get("codeDiscountNodeByCode")
        if not isinstance(node, dict):
            return None
        if (node.get("codeDiscount") or {}).get("title") != _title(order):
            sentence = "The shop has another discount under this code. Give the code by hand."
            return Outcome(fate=Fate.NEVER, code="taken", sentence=sentence)
        return self._done(str(node.get("id", "")), order)

    def _asked(self, order: Order) -> dict[str, Any]:
        assert order.amount is not None
        assert order.placed_at is not None
        customer = order.means.get("customer", "")
        return {
            "title": _title(order),
            "code": code_text(order, secret=self._secret),
            "startsAt": order.placed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "usageLimit": 1,
            "appliesOncePerCustomer": True,
            "context": {"customers": {"add": [customer]}} if customer else {"all": "ALL"},
            "customerGets": {
                "value": {"discountAmount": {"amount": f"{order.amount.amount():f}", "appliesOnEachItem": False}},
                "items": {"all": True},
            },
        }

    def _done(self, reference: str, order: Order) -> Outcome:
        evidence = f"Shopify discount {reference.rpartition('/')[2]}"
        code = code_text(order, secret=self._secret)
        return Outcome(fate=Fate.DONE, code="done", reference=reference, evidence=evidence, shown_once=code)


def _title(order: Order) -> str:
    return f"Makegood {order.key}"
