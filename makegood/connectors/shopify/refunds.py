"""A refund of an order's payment. Its note carries our key, and is found again by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from makegood.connectors.base import Fate, Order, Outcome, missing
from makegood.rules.money import Money

from .api import Api, Heard, not_now, unreadable

_ORDER = """
query MakegoodOrder($id: ID!) {
  order(id: $id) {
    id
    transactions(first: 100) {
      id kind status gateway
      amountSet { presentmentMoney { amount currencyCode } }
      parentTransaction { id }
    }
    refunds(first: 100) { id note transactions(first: 20) { nodes { status } } }
  }
}
"""
_REFUND = """
mutation MakegoodRefund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id note transactions(first: 20) { nodes { status } } }
    userErrors { field message }
  }
}
"""


class Refunds:
    """Refunds of orders. `means["payment"]` is the shop's order: gid://shopify/Order/… or its number there."""

    name = "shopify"
    remembers: timedelta | None = None

    def __init__(self, api: Api) -> None:
        self._api = api

    def carry_out(self, order: Order) -> Outcome:
        """Refund so much to the payment that can take the whole of it."""
        of = _of(order)
        if of is None or order.amount is None:
            return missing("payment", "Say which order is refunded: its id from the shop's admin. The order waits.")
        shop_order = self._read(of)
        if isinstance(shop_order, Outcome):
            return shop_order
        known = _ours(shop_order, order)
        if known is not None:
            return known
        paid = _payment(shop_order, order.amount)
        if isinstance(paid, Outcome):
            return paid
        asked = {
            "orderId": of,
            "note": _note(order),
            "notify": False,
            "currency": order.amount.currency,
            "transactions": [
                {
                    "orderId": of,
                    "parentId": paid["id"],
                    "gateway": paid["gateway"],
                    "kind": "REFUND",
                    "amount": f"{order.amount.amount():f}",
                }
            ],
        }
        made = self._api.do(_REFUND, "refundCreate", input=asked, key=order.key)
        if isinstance(made, Outcome):
            return made
        refund = made.data.get("refund")
        return _outcome(refund) if isinstance(refund, dict) else unreadable()

    def ask(self, order: Order) -> Outcome | None:
        """Find the refund among those of its order."""
        of = _of(order)
        if of is None:
            return None
        shop_order = self._read(of)
        if isinstance(shop_order, Outcome):
            return None if shop_order.code == "no-such" else not_now(shop_order)
        return _ours(shop_order, order)

    def reverse(self, order: Order) -> Outcome:  # noqa: ARG002 - as every connector's
        """Shopify has no way back for a refund."""
        sentence = "The money is on its way and Shopify can't call it back. Agree with the customer instead."
        return Outcome(fate=Fate.NEVER, code="on-its-way", sentence=sentence)

    def _read(self, of: str) -> Mapping[str, Any] | Outcome:
        found = self._api.look(_ORDER, id=of)
        if not isinstance(found, Heard):
            return found
        shop_order = found.data.get("order")
        if isinstance(shop_order, dict):
            return shop_order
        sentence = f"The shop doesn't know the order {of}. Correct it; the order waits."
        return Outcome(fate=Fate.TROUBLE, code="no-such", sentence=sentence)


def _of(order: Order) -> str | None:
    named = order.means.get("payment", "")
    number = named.removeprefix("gid://shopify/Order/")
    return f"gid://shopify/Order/{number}" if number.isascii() and number.isdigit() else None


def _note(order: Order) -> str:
    return f"Makegood {order.key}"


def _listed(found: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in found or () if isinstance(each, dict)]


def _ours(shop_order: Mapping[str, Any], order: Order) -> Outcome | None:
    ours = [_outcome(each) for each in _listed(shop_order.get("refunds")) if each.get("note") == _note(order)]
    # One that failed does not hide one that didn't.
    return min(ours, key=lambda each: each.fate is Fate.NEVER, default=None)


def _payment(shop_order: Mapping[str, Any], amount: Money) -> Mapping[str, Any] | Outcome:
    """Return the payment that can give the whole amount back, or why none can."""
    moves = _listed(shop_order.get("transactions"))
    paid = [each for each in moves if each.get("kind") in ("SALE", "CAPTURE") and each.get("status") == "SUCCESS"]
    same = [each for each in paid if _money(each)[1] == amount.currency]
    if not same:
        where = ", ".join(sorted({_money(each)[1] for each in paid})) or "nothing"
        sentence = f"It was paid in {where}, and this order says {amount.plain()}. Nothing was refunded: do it by hand."
        return Outcome(fate=Fate.TROUBLE, code="other-currency", sentence=sentence)
    for each in same:
        if _money(each)[0] - _given_back(each, moves) >= amount.amount():
            return each
    sentence = (
        f"No single payment of this order can give {amount.plain()} back. Nothing was refunded: do it by hand, "
        "or propose less."
    )
    return Outcome(fate=Fate.TROUBLE, code="too-much", sentence=sentence)


def _given_back(paid: Mapping[str, Any], moves: Sequence[Mapping[str, Any]]) -> Decimal:
    back = (
        _money(each)[0]
        for each in moves
        if each.get("kind") == "REFUND"
        and each.get("status") in ("SUCCESS", "PENDING")
        and (each.get("parentTransaction") or {}).get("id") == paid.get("id")
    )
    return sum(back, Decimal(0))


def _money(transaction: Mapping[str, Any]) -> tuple[Decimal, str]:
    told = (transaction.get("amountSet") or {}).get("presentmentMoney") or {}
    try:
        return Decimal(str(told.get("amount", "0"))), str(told.get("currencyCode", ""))
    except InvalidOperation:
        return Decimal(0), ""


def _outcome(refund: Mapping[str, Any]) -> Outcome:
    reference = str(refund.get("id", ""))
    evidence = f"Shopify refund {reference.rpartition('/')[2]}"
    # A refund is a record: the money has gone when its transactions say so.
    moves = {str(each.get("status")) for each in _listed((refund.get("transactions") or {}).get("nodes"))}
    if moves and moves <= {"FAILURE", "ERROR"}:
        sentence = "The payment provider refused the refund; the money is still with us. Agree on another way with him."
        return Outcome(fate=Fate.NEVER, code="bank-refused", sentence=sentence, reference=reference)
    if moves == {"SUCCESS"}:
        return Outcome(fate=Fate.DONE, code="done", reference=reference, evidence=evidence)
    sentence = "Shopify has the refund and the bank has not paid it out yet. We look again."
    return Outcome(fate=Fate.TAKEN, code="pending", sentence=sentence, reference=reference, evidence=evidence)
