"""A shop on this machine: orders, refunds and discount codes, as the GraphQL Admin API of 2026-07 has them.

Idempotency is as shopify.dev/docs/api/usage/implementing-idempotency says, for refunds only: without a key they
refuse; the same key and variables give the first result again; other variables under it are a user error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.connectors.fake_api import Asked, FakeApi, Reply, running

TOKEN = "shpat_fakeTokenOfLarkfield"
PATH = "/admin/api/2026-07/graphql.json"
_OPERATION = re.compile(r"\s*(query|mutation)\s+(\w+)")


@dataclass
class FakeShopify:
    """What it holds. `status` is what its next refunds' transactions are; `errors` come instead of an answer."""

    api: FakeApi = field(init=False)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    currency: str = "USD"
    status: str = "SUCCESS"
    kept: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.api = FakeApi(answer=self.answer, changes=lambda asked: b'"\\nmutation' in asked.body)

    def paid(self, number: int, amount: str, currency: str = "USD") -> str:
        """Take in an order that was paid at once; returns its id."""
        name = f"gid://shopify/Order/{number}"
        sale = _transaction(f"{number}1", "SALE", amount, currency, "SUCCESS")
        self.orders[name] = {"id": name, "transactions": [sale], "refunds": []}
        return name

    def refunded(self, name: str) -> Decimal:
        """Return how much of an order was given back in all."""
        back = [t for t in self.orders[name]["transactions"] if t["kind"] == "REFUND" and t["status"] == "SUCCESS"]
        return sum((Decimal(t["amountSet"]["presentmentMoney"]["amount"]) for t in back), Decimal(0))

    def answer(self, asked: Asked) -> Reply:
        """Answer as they would."""
        if asked.headers.get("X-Shopify-Access-Token") != TOKEN:
            return 401, {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}
        assert (asked.method, asked.path) == ("POST", PATH)
        if self.errors:
            return 200, self.errors.pop(0)
        sent = json.loads(asked.body)
        operation = _OPERATION.match(sent["query"])
        assert operation is not None
        ways: dict[str, Callable[[str, dict[str, Any]], dict[str, Any]]] = {
            "MakegoodOrder": self._order,
            "MakegoodRefund": self._refund_once,
            "MakegoodCode": self._code,
            "MakegoodDiscount": self._discount,
            "MakegoodOff": self._off,
        }
        return 200, {"data": ways[operation[2]](sent["query"], sent["variables"])}

    def _order(self, _: str, variables: dict[str, Any]) -> dict[str, Any]:
        return {"order": self.orders.get(variables["id"])}

    def _refund_once(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        assert "refundCreate(input: $input) @idempotent(key: $key)" in query, "mandatory since 2026-04"
        key, told = variables["key"], json.dumps(variables, sort_keys=True)
        if key in self.kept:
            before, made = self.kept[key]
            if before == told:
                return made
            message = "The same idempotency key cannot be used with different operation parameters."
            return {"refundCreate": {"refund": None, "userErrors": [{"field": None, "message": message}]}}
        made = {"refundCreate": self._refund(variables["input"])}
        if made["refundCreate"]["refund"]:
            self.kept[key] = (told, made)
        return made

    def _refund(self, asked: dict[str, Any]) -> dict[str, Any]:
        order, (move,) = self.orders[asked["orderId"]], asked["transactions"]
        parent = next(t for t in order["transactions"] if t["id"] == move["parentId"])
        assert (move["kind"], move["gateway"], asked["notify"]) == ("REFUND", parent["gateway"], False)
        left = Decimal(parent["amountSet"]["presentmentMoney"]["amount"]) - self.refunded(asked["orderId"])
        if Decimal(move["amount"]) > left:
            message = "Refund amount cannot be greater than the refundable amount."
            return {"refund": None, "userErrors": [{"field": ["transactions"], "message": message}]}
        number = len(order["refunds"]) + 1
        done = _transaction(f"9{number}", "REFUND", move["amount"], asked["currency"], self.status, parent["id"])
        refund = {
            "id": f"gid://shopify/Refund/{number}",
            "note": asked["note"],
            "transactions": {"nodes": [{"status": self.status}]},
        }
        order["transactions"].append(done)
        order["refunds"].append(refund)
        return {"refund": refund, "userErrors": []}

    def _code(self, _: str, variables: dict[str, Any]) -> dict[str, Any]:
        found = self.codes.get(variables["code"].lower())
        return {"shop": {"currencyCode": self.currency}, "codeDiscountNodeByCode": found}

    def _discount(self, _: str, variables: dict[str, Any]) -> dict[str, Any]:
        asked = variables["discount"]
        assert {"title", "code", "startsAt", "context", "customerGets"} <= set(asked)
        assert asked["customerGets"]["items"] == {"all": True}
        if asked["code"].lower() in self.codes:
            taken = {"field": ["basicCodeDiscount", "code"], "message": "Code must be unique.", "code": "TAKEN"}
            return {"discountCodeBasicCreate": {"codeDiscountNode": None, "userErrors": [taken]}}
        node = {
            "id": f"gid://shopify/DiscountCodeNode/{len(self.codes) + 1}",
            "codeDiscount": {
                "__typename": "DiscountCodeBasic",
                "title": asked["title"],
                "status": "ACTIVE",
                "asyncUsageCount": 0,
                "asked": asked,
            },
        }
        self.codes[asked["code"].lower()] = node
        return {"discountCodeBasicCreate": {"codeDiscountNode": {"id": node["id"]}, "userErrors": []}}

    def _off(self, _: str, variables: dict[str, Any]) -> dict[str, Any]:
        node = next(each for each in self.codes.values() if each["id"] == variables["id"])
        node["codeDiscount"]["status"] = "EXPIRED"
        return {"discountCodeDeactivate": {"codeDiscountNode": {"id": node["id"]}, "userErrors": []}}


def _transaction(
    number: str, kind: str, amount: str, currency: str, status: str, parent: str | None = None
) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/OrderTransaction/{number}",
        "kind": kind,
        "status": status,
        "gateway": "shopify_payments",
        "amountSet": {"presentmentMoney": {"amount": amount, "currencyCode": currency}},
        "parentTransaction": {"id": parent} if parent else None,
    }


@contextmanager
def shopify() -> Iterator[FakeShopify]:
    """A shop that answers until the test is over."""
    fake = FakeShopify()
    with running(fake.api):
        yield fake
