"""Shopify: which payment gives money back, what a throttled or refused query means, one code for one use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from makegood.connectors.base import Fate
from tests.connectors.benches import Bench, shopify_bench
from tests.connectors.fake_shopify import FakeShopify, shopify


@pytest.fixture
def shop() -> Iterator[FakeShopify]:
    with shopify() as fake:
        yield fake


@pytest.fixture
def refund(shop: FakeShopify) -> Bench:
    return shopify_bench(shop, "refund")


@pytest.fixture
def code(shop: FakeShopify) -> Bench:
    return shopify_bench(shop, "code")


def test_a_refund_goes_to_the_payment_of_the_order_and_carries_our_key(shop: FakeShopify, refund: Bench) -> None:
    outcome = refund.connector.carry_out(refund.order)
    assert (outcome.fate, outcome.evidence) == (Fate.DONE, "Shopify refund 1")
    assert shop.orders["gid://shopify/Order/1001"]["refunds"][0]["note"] == f"Makegood {refund.order.key}"
    assert str(shop.refunded("gid://shopify/Order/1001")) == "219.00"


def test_an_order_may_be_named_by_its_number_there(shop: FakeShopify, refund: Bench) -> None:
    assert refund.connector.carry_out(replace(refund.order, means={"payment": "1001"})).fate is Fate.DONE


@pytest.mark.parametrize("payment", ["", "tent", "gid://shopify/Customer/1", "1001) { x }"])
def test_without_an_order_ours_waits_for_somebody_to_say_which(shop: FakeShopify, refund: Bench, payment: str) -> None:
    outcome = refund.connector.carry_out(replace(refund.order, means={"payment": payment}))
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "missing-payment")
    assert shop.api.asked == []


def test_an_order_that_the_shop_does_not_know_is_corrected_and_not_given_up(refund: Bench) -> None:
    outcome = refund.connector.carry_out(replace(refund.order, means={"payment": "9"}))
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "no-such")


def test_dollars_are_not_refunded_as_euros(shop: FakeShopify, refund: Bench) -> None:
    euros = replace(refund.order, means={"payment": shop.paid(1002, "438.00", "EUR")})
    outcome = refund.connector.carry_out(euros)
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "other-currency")


def test_more_than_one_payment_can_give_back_is_left_to_a_person(shop: FakeShopify, refund: Bench) -> None:
    refund.connector.carry_out(replace(refund.order, key="the-first"))
    refund.connector.carry_out(replace(refund.order, key="the-second"))
    outcome = refund.connector.carry_out(refund.order)
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "too-much")
    assert len(shop.orders["gid://shopify/Order/1001"]["refunds"]) == 2


@pytest.mark.parametrize(
    ("status", "fate"),
    [("SUCCESS", Fate.DONE), ("PENDING", Fate.TAKEN), ("FAILURE", Fate.NEVER), ("AWAITING_RESPONSE", Fate.TAKEN)],
)
def test_a_refund_counts_when_its_money_has_gone(shop: FakeShopify, refund: Bench, status: str, fate: Fate) -> None:
    shop.status = status
    assert refund.connector.carry_out(refund.order).fate is fate
    found = refund.connector.ask(refund.order)
    assert found is not None
    assert found.fate is fate


def test_a_throttled_query_waits_until_the_bucket_holds_it(shop: FakeShopify, code: Bench) -> None:
    throttle = {"maximumAvailable": 1000.0, "currentlyAvailable": 66, "restoreRate": 50.0}
    cost = {"requestedQueryCost": 202, "actualQueryCost": None, "throttleStatus": throttle}
    shop.errors.append({"errors": [_error("THROTTLED", "Throttled")], "extensions": {"cost": cost}})
    outcome = code.connector.carry_out(code.order)
    assert (outcome.fate, outcome.wait) == (Fate.LATER, timedelta(seconds=3))


def _error(code: str, message: str) -> dict[str, Any]:
    return {"message": message, "extensions": {"code": code}}


def _made(refund: object = None, *said: str) -> dict[str, Any]:
    return {"data": {"refundCreate": {"refund": refund, "userErrors": [{"message": each} for each in said]}}}


@pytest.mark.parametrize(
    ("answer", "fate", "code_"),
    [
        ({"errors": [_error("ACCESS_DENIED", "no")], "data": None}, Fate.TROUBLE, "key-refused"),
        ({"errors": [_error("undefinedField", "no field x")]}, Fate.TROUBLE, "not-understood"),
        ({"errors": [_error("INTERNAL_SERVER_ERROR", "oops")]}, Fate.UNKNOWN, "their-fault"),
        ({"errors": [{"message": "half"}], "data": {"refundCreate": None}}, Fate.UNKNOWN, "their-fault"),
        ({"data": {"refundCreate": None}}, Fate.UNKNOWN, "unreadable"),
        (_made(), Fate.UNKNOWN, "unreadable"),
        (_made(None, "This request is currently in progress, please try again."), Fate.UNKNOWN, "in-progress"),
        (_made(None, "Order is archived"), Fate.NEVER, "refused"),
        ({}, Fate.UNKNOWN, "unreadable"),
    ],
)
def test_an_answer_with_errors_says_whether_anything_can_have_happened(
    shop: FakeShopify, refund: Bench, answer: dict[str, Any], fate: Fate, code_: str
) -> None:
    good = {"data": {"order": shop.orders["gid://shopify/Order/1001"]}}
    shop.errors += [good, answer]
    outcome = refund.connector.carry_out(refund.order)
    assert (outcome.fate, outcome.code) == (fate, code_)


def test_a_code_is_for_one_use_and_begins_when_it_was_ordered(shop: FakeShopify, code: Bench) -> None:
    outcome = code.connector.carry_out(code.order)
    asked = shop.codes[outcome.shown_once.lower()]["codeDiscount"]["asked"]
    assert (asked["usageLimit"], asked["appliesOncePerCustomer"]) == (1, True)
    assert asked["startsAt"] == "2026-03-02T16:00:00Z"
    assert asked["customerGets"]["value"] == {"discountAmount": {"amount": "219.00", "appliesOnEachItem": False}}
    assert asked["context"] == {"all": "ALL"}


def test_a_code_is_made_in_the_currency_of_the_shop_or_not_at_all(shop: FakeShopify, code: Bench) -> None:
    shop.currency = "CAD"
    outcome = code.connector.carry_out(code.order)
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "other-currency")
    assert shop.codes == {}


def test_a_discount_of_somebody_elses_under_the_same_text_is_not_taken_for_ours(shop: FakeShopify, code: Bench) -> None:
    done = code.connector.carry_out(code.order)
    shop.codes[done.shown_once.lower()]["codeDiscount"]["title"] = "Summer"
    found = code.connector.ask(code.order)
    assert found is not None
    assert (found.fate, found.code) == (Fate.NEVER, "taken")


def test_a_code_that_was_used_stays_used(shop: FakeShopify, code: Bench) -> None:
    done = code.connector.carry_out(code.order)
    shop.codes[done.shown_once.lower()]["codeDiscount"]["asyncUsageCount"] = 1
    assert code.connector.reverse(replace(code.order, reference=done.reference)).code == "redeemed"
