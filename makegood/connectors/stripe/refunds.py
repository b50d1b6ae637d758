"""A refund to the original payment. It carries our key in its metadata, and is found again by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from makegood.connectors.base import Fate, Order, Outcome, missing

from .api import ORDER, Api, Heard, Sum, as_theirs

AT_ONCE = 100
PAGES = 5
"""A payment has seldom more than one refund; of one with five hundred a person must look."""


class Refunds:
    """Refunds of payments. `means["payment"]` is a PaymentIntent (pi_…) or a charge (ch_…, py_…)."""

    name = "stripe"
    remembers: timedelta | None = None

    def __init__(self, api: Api) -> None:
        self._api = api

    def carry_out(self, order: Order) -> Outcome:
        """Refund so much of the payment, in the currency that it was paid in and no other."""
        payment = _payment(order)
        if payment is None or order.amount is None:
            return missing("payment", "Say which payment is refunded: its pi_… or ch_… from Stripe. The order waits.")
        param, path = payment
        paid = self._api.look(path)
        if isinstance(paid, Outcome):
            return paid
        amount = as_theirs(order.amount)
        if paid.body.get("currency") != amount.currency:
            return _other_currency(str(paid.body.get("currency", "")), amount)
        asked: dict[str, str | int] = {
            param: order.means["payment"],
            "amount": amount.minor,
            "reason": "requested_by_customer",
            f"metadata[{ORDER}]": order.key,
        }
        found = self._api.do("refunds", asked, key=order.key)
        if isinstance(found, Heard):
            return _outcome(found.body)
        if found.code == "charge-already-refunded":
            # Perhaps by ourselves, before they forgot the key.
            return self.ask(order) or found
        return found

    def ask(self, order: Order) -> Outcome | None:
        """Find the refund among those of its payment."""
        payment = _payment(order)
        if payment is None:
            return None
        params: dict[str, str | int] = {payment[0]: order.means["payment"], "limit": AT_ONCE}
        found: list[Mapping[str, Any]] = []
        for _ in range(PAGES):
            page = self._api.look("refunds", **params)
            if isinstance(page, Outcome):
                return None if page.code == "no-such" else _not_now(page)
            refunds = [each for each in page.body.get("data", ()) if isinstance(each, dict)]
            found += [each for each in refunds if (each.get("metadata") or {}).get(ORDER) == order.key]
            if not page.body.get("has_more") or not refunds:
                break
            params["starting_after"] = str(refunds[-1].get("id", ""))
        else:
            if not found:
                sentence = "This payment has more refunds than we read. Look for ours there, and say what you found."
                return Outcome(fate=Fate.UNKNOWN, code="too-many-refunds", sentence=sentence)
        # One that failed does not hide one that didn't.
        found.sort(key=lambda each: each.get("status") in ("failed", "canceled"))
        return _outcome(found[0]) if found else None

    def reverse(self, order: Order) -> Outcome:
        """Cancel a refund that still waits for the customer; any other is on its way for good."""
        found = self._api.do(f"refunds/{order.reference}/cancel", {}, key=f"{order.key}-cancel")
        if isinstance(found, Heard):
            return Outcome(fate=Fate.DONE, code="reversed", reference=order.reference)
        if found.fate is Fate.NEVER:
            sentence = "The money is on its way and Stripe can't call it back. Agree with the customer instead."
            return Outcome(fate=Fate.NEVER, code="on-its-way", sentence=sentence)
        return found


def _payment(order: Order) -> tuple[str, str] | None:
    """Return the parameter that names the payment, and where to read it; None where it names none."""
    named = order.means.get("payment", "")
    if not named.isascii() or not named.replace("_", "").isalnum():
        return None
    if named.startswith("pi_"):
        return "payment_intent", f"payment_intents/{named}"
    if named.startswith(("ch_", "py_")):
        return "charge", f"charges/{named}"
    return None


def _other_currency(paid_in: str, amount: Sum) -> Outcome:
    sentence = (
        f"It was paid in {paid_in.upper() or 'an unknown currency'}, and this order says {amount.said}. Nothing was "
        "refunded: propose it in the currency of the payment, or do it by hand."
    )
    return Outcome(fate=Fate.TROUBLE, code="other-currency", sentence=sentence)


def _not_now(found: Outcome) -> Outcome:
    sentence = f"Whether it was done can't be asked now. {found.sentence}"
    return Outcome(fate=Fate.UNKNOWN, code=found.code, sentence=sentence, wait=found.wait)


def _outcome(refund: Mapping[str, Any]) -> Outcome:
    reference, status = str(refund.get("id", "")), refund.get("status")
    evidence = f"Stripe refund {reference}"
    if status == "succeeded":
        return Outcome(fate=Fate.DONE, code="done", reference=reference, evidence=evidence)
    if status in ("pending", "requires_action"):
        sentence = "Stripe has the refund and the bank has not paid it out yet. We look again."
        if status == "requires_action":
            sentence = "Stripe has mailed the customer, who must say where the money goes. We look again."
        code = str(status).replace("_", "-")
        return Outcome(fate=Fate.TAKEN, code=code, sentence=sentence, reference=reference, evidence=evidence)
    if status in ("failed", "canceled"):
        why = str(refund.get("failure_reason") or status).replace("_", " ")
        sentence = f"The refund failed at the bank ({why}); the money is back with us. Agree on another way with him."
        return Outcome(fate=Fate.NEVER, code="bank-refused", sentence=sentence, reference=reference)
    return Outcome(fate=Fate.UNKNOWN, code="unreadable", sentence="Stripe's answer can't be read. We ask by its key.")
