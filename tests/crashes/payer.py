"""Who pays for the desk under torture: a Stripe with moods, whose own ledger is compared with the desk's in the end.

Here no Django is set up: what the desk says of itself comes as `money.found` told it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from makegood.rules.books import LIABILITY
from tests.connectors.fake_api import CUT_AFTER, CUT_BEFORE, FAIL_AFTER, FAIL_BEFORE, FINE, GARBAGE, TOO_MANY, running
from tests.connectors.fake_stripe import KEY, FakeStripe

MOODS = (CUT_AFTER, CUT_BEFORE, FAIL_AFTER, FAIL_BEFORE, GARBAGE, TOO_MANY)
PAID = 50_000
"""What every payment was, in cents."""

CONNECTORS = {"refund": "stripe", "part_refund": "console"}
"""Which remedies of the catalogue go through which connector here; codes go through the desk's own."""


def policy(text: str) -> str:
    """Return a policy whose refunds are carried out by these connectors."""
    for name, connector in CONNECTORS.items():
        assert f"[remedies.{name}]" in text
        text = text.replace(f"[remedies.{name}]", f'[remedies.{name}]\nconnector = "{connector}"')
    return text


class MoodyPayer(FakeStripe):
    """Knows every payment. Mostly pays; falls silent before or after; a bank is slow with some, and refuses a few."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance
        self.calm = False
        self.silences = 0
        self.api.otherwise = self._mood

    @property
    def settings(self) -> dict[str, str]:
        """What a desk needs to be paid by it."""
        return {"MAKEGOOD_STRIPE_URL": self.api.url, "MAKEGOOD_STRIPE_KEY": KEY}

    def come_to_rest(self) -> None:
        """Answer everything from now on; banks are done with what they have."""
        self.calm = True
        for refund in self.refunds:
            if refund["status"] == "pending":
                refund["status"] = "succeeded"

    def wrong(self, orders: list[dict[str, Any]]) -> Iterator[str]:
        """Yield a sentence for each way in which the desk's orders of refunds and this ledger differ."""
        here = Counter((r["metadata"]["makegood_order"], r["amount"]) for r in self.refunds if r["status"] != "failed")
        there = Counter((o["key"], o["minor"]) for o in orders if o["state"] == "done" and not o["by_hand"])
        by_hand = {o["key"] for o in orders if o["by_hand"]} & {key for key, _ in here}
        yield from (f"refund {key} was given back, and once more by hand" for key in by_hand)
        yield from (f"the payer gave back {what} {n} times" for what, n in here.items() if n > 1)
        yield from (f"the payer gave back {what}, and the desk doesn't know" for what in here.keys() - there.keys())
        yield from (f"the desk says {what} was paid, and it was not" for what in there.keys() - here.keys())
        failed = {r["metadata"]["makegood_order"] for r in self.refunds if r["status"] == "failed"}
        said = {o["key"] for o in orders if o["state"] == "failed"}
        yield from (f"only one of both says that refund {key} failed" for key in failed ^ said)

    def _mood(self) -> str:
        if self.calm or self._chance.random() < 0.75:
            return FINE
        self.silences += 1
        return self._chance.choice(MOODS)

    def _payment(self, _: dict[str, str], name: str) -> dict[str, Any]:
        return self.payments.get(name) or self.payments[self.paid(name, PAID)]

    def _refund(self, form: dict[str, str]) -> dict[str, Any]:
        slow = "succeeded" if self.calm or self._chance.random() < 0.8 else "pending"
        self.status = "failed" if self._chance.random() < 0.05 else slow
        return super()._refund(form)


@contextmanager
def paying(chance: random.Random) -> Iterator[MoodyPayer]:
    """A payer on a free port of this machine."""
    payer = MoodyPayer(chance)
    with running(payer.api):
        yield payer


def unsettled(told: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each way in which a house at rest does not agree with itself about money."""
    sums, placed = told["sums"], told["orders"]
    if sum(sums.values()):
        yield f"the books are off by {sum(sums.values())}"
    if told["owed"] != (booked := sums.get(f"{LIABILITY} USD", 0)):
        yield f"codes may cost {told['owed']}, and the books say {booked}"
    for order in placed:
        if order["state"] not in ("done", "failed", "withdrawn"):
            ended = f"{order['state']} ({order['code']}), its remedy as {order['step']}"
            yield f"an order of {order['connector']} ended as {ended}"
    written = sum(order["connector"] == "console" and order["state"] == "done" for order in placed)
    if written != len(told["carried out"]):
        yield f"{written} orders went to the console, and {len(told['carried out'])} were carried out there"
    for number, times in Counter(number for number, _ in told["redeemed"]).items():
        if times > 1:
            yield f"{number} was redeemed {times} times"
