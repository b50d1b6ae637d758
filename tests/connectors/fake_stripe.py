"""A Stripe on this machine: payments, refunds, coupons and promotion codes, as its published API v1 has them.

Idempotency is as docs.stripe.com/api/idempotent_requests says: the first answer under a key is kept and given
again, a failure too; other parameters under the same key are an error; what fails validation is not kept.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.connectors.fake_api import Asked, FakeApi, Reply, running

KEY = "sk_test_51FakeKeyOfLarkfield"
VERSION = "2026-07-29.dahlia"
PAGE = 3
"""Fewer on a page than are asked for, so that turning pages is tried."""


class _Refused(Exception):  # noqa: N818 - said as what happened
    """They refuse: a status, and an error as they write it."""

    def __init__(self, status: int, kind: str, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message}}


@dataclass
class FakeStripe:
    """What it holds. `status` is what its next refunds are."""

    api: FakeApi = field(init=False)
    payments: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: list[dict[str, Any]] = field(default_factory=list)
    coupons: dict[str, dict[str, Any]] = field(default_factory=dict)
    promotion_codes: list[dict[str, Any]] = field(default_factory=list)
    status: str = "succeeded"
    kept: dict[str, tuple[bytes, Reply]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.api = FakeApi(answer=self.answer, changes=lambda asked: asked.method == "POST")

    def paid(self, name: str, minor: int, currency: str = "usd") -> str:
        """Take in a payment."""
        self.payments[name] = {
            "id": name,
            "object": "payment_intent" if name.startswith("pi_") else "charge",
            "amount": minor,
            "currency": currency,
        }
        return name

    def refunded(self, payment: str) -> int:
        """Return how much of a payment was given back in all."""
        lost = ("failed", "canceled")
        return sum(r["amount"] for r in self.refunds if r["of"] == payment and r["status"] not in lost)

    def answer(self, asked: Asked) -> Reply:
        """Answer as they would."""
        if asked.headers.get("Authorization") != f"Basic {b64encode(f'{KEY}:'.encode()).decode()}":
            message = "Invalid API Key provided: sk_test_***"
            return 401, {"error": {"type": "invalid_request_error", "message": message}}
        assert asked.headers.get("Stripe-Version") == VERSION
        key = asked.headers.get("Idempotency-Key", "")
        if asked.method == "GET":
            return self._answered(asked)
        assert 0 < len(key) <= 255, "every change has its key"
        if key in self.kept:
            body, reply = self.kept[key]
            if body == asked.path.encode() + asked.body:
                return reply
            message = "Keys for idempotent requests can only be used with the same parameters."
            return 400, {"error": {"type": "idempotency_error", "message": message}}
        reply = self._answered(asked)
        if reply[0] == 200:
            self.kept[key] = (asked.path.encode() + asked.body, reply)
        return reply

    def _answered(self, asked: Asked) -> Reply:
        parts = urlsplit(asked.path)
        form = dict(parse_qsl(parts.query or asked.body.decode(), strict_parsing=bool(asked.body)))
        place = parts.path.removeprefix("/v1/").split("/")
        try:
            return 200, self._way(asked.method, place)(form, *place[1:2])
        except _Refused as refused:
            return refused.status, refused.body

    def _way(self, method: str, place: list[str]) -> Callable[..., dict[str, Any]]:
        ways: dict[tuple[str, str, int], Callable[..., dict[str, Any]]] = {
            ("GET", "payment_intents", 2): self._payment,
            ("GET", "charges", 2): self._payment,
            ("POST", "refunds", 1): self._refund,
            ("GET", "refunds", 1): self._list_refunds,
            ("POST", "refunds", 3): self._cancel,
            ("POST", "coupons", 1): self._coupon,
            ("POST", "promotion_codes", 1): self._promotion_code,
            ("GET", "promotion_codes", 1): self._list_codes,
            ("POST", "promotion_codes", 2): self._switch,
        }
        return ways[method, place[0], len(place)]

    def _payment(self, _: dict[str, str], name: str) -> dict[str, Any]:
        if name not in self.payments:
            raise _Refused(404, "invalid_request_error", "resource_missing", f"No such payment_intent: '{name}'")
        return self.payments[name]

    def _refund(self, form: dict[str, str]) -> dict[str, Any]:
        of = form.get("payment_intent") or form["charge"]
        paid, amount = self._payment({}, of), int(form["amount"])
        left = paid["amount"] - self.refunded(of)
        if left == 0:
            message = f"Charge {of} has already been refunded."
            raise _Refused(400, "invalid_request_error", "charge_already_refunded", message)
        if not 0 < amount <= left:
            message = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
            raise _Refused(400, "invalid_request_error", "amount_too_large", message)
        assert form["reason"] == "requested_by_customer"
        made = {
            "id": f"re_{len(self.refunds) + 1}",
            "object": "refund",
            "amount": amount,
            "currency": paid["currency"],
            "status": self.status,
            "metadata": _metadata(form),
            "of": of,
        }
        self.refunds.append(made)
        return made

    def _list_refunds(self, form: dict[str, str]) -> dict[str, Any]:
        of = form.get("payment_intent") or form["charge"]
        self._payment({}, of)
        newest = [r for r in reversed(self.refunds) if r["of"] == of]
        after = form.get("starting_after")
        start = next((n + 1 for n, r in enumerate(newest) if r["id"] == after), 0)
        return {"object": "list", "data": newest[start : start + PAGE], "has_more": len(newest) > start + PAGE}

    def _cancel(self, _: dict[str, str], name: str) -> dict[str, Any]:
        refund = next(r for r in self.refunds if r["id"] == name)
        if refund["status"] != "requires_action":
            raise _Refused(400, "invalid_request_error", "", "You cannot cancel this refund.")
        refund["status"] = "canceled"
        return refund

    def _coupon(self, form: dict[str, str]) -> dict[str, Any]:
        if form["id"] in self.coupons:
            raise _Refused(400, "invalid_request_error", "resource_already_exists", "Coupon already exists.")
        assert (form["duration"], form["max_redemptions"]) == ("once", "1")
        made = {"id": form["id"], "object": "coupon", "amount_off": int(form["amount_off"]), "name": form["name"]}
        self.coupons[form["id"]] = made | {"currency": form["currency"]}
        return made

    def _promotion_code(self, form: dict[str, str]) -> dict[str, Any]:
        assert form["promotion[type]"] == "coupon"
        coupon = form["promotion[coupon]"]
        if coupon not in self.coupons:
            raise _Refused(404, "invalid_request_error", "resource_missing", f"No such coupon: '{coupon}'")
        assert form["code"].isascii()
        assert form["code"].isalnum()
        if any(each["code"].lower() == form["code"].lower() and each["active"] for each in self.promotion_codes):
            raise _Refused(400, "invalid_request_error", "resource_already_exists", "An active code already exists.")
        made = {
            "id": f"promo_{len(self.promotion_codes) + 1}",
            "object": "promotion_code",
            "code": form["code"],
            "active": True,
            "promotion": {"type": "coupon", "coupon": coupon},
            "times_redeemed": 0,
            "max_redemptions": int(form["max_redemptions"]),
            "customer": form.get("customer"),
            "metadata": _metadata(form),
        }
        self.promotion_codes.append(made)
        return made

    def _list_codes(self, form: dict[str, str]) -> dict[str, Any]:
        found = [each for each in self.promotion_codes if each["promotion"]["coupon"] == form["coupon"]]
        return {"object": "list", "data": found, "has_more": False}

    def _switch(self, form: dict[str, str], name: str) -> dict[str, Any]:
        found = next(each for each in self.promotion_codes if each["id"] == name)
        found["active"] = form["active"] == "true"
        return found


def _metadata(form: dict[str, str]) -> dict[str, str]:
    return {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")}


@contextmanager
def stripe() -> Iterator[FakeStripe]:
    """A Stripe that answers until the test is over."""
    fake = FakeStripe()
    with running(fake.api):
        yield fake
