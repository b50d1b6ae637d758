"""Stripe: only to the original payment, only in its currency, and what the bank says later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from makegood.connectors.base import Fate
from makegood.connectors.stripe.api import as_theirs
from makegood.rules import code_text
from makegood.rules.money import Money
from tests.connectors.benches import Bench, an_order, stripe_bench
from tests.connectors.fake_stripe import FakeStripe, stripe


@pytest.fixture
def shop() -> Iterator[FakeStripe]:
    with stripe() as fake:
        yield fake


@pytest.fixture
def refund(shop: FakeStripe) -> Bench:
    return stripe_bench(shop, "refund")


def test_a_refund_goes_to_the_payment_it_came_from(shop: FakeStripe, refund: Bench) -> None:
    outcome = refund.connector.carry_out(refund.order)
    assert (outcome.fate, outcome.evidence) == (Fate.DONE, "Stripe refund re_1")
    assert shop.refunds[0]["metadata"] == {"makegood_order": refund.order.key}
    assert shop.refunded("pi_tent") == 21900


def test_a_charge_can_be_refunded_too(shop: FakeStripe, refund: Bench) -> None:
    charge = replace(refund.order, means={"payment": shop.paid("ch_old", 30000)})
    assert refund.connector.carry_out(charge).fate is Fate.DONE
    assert shop.refunded("ch_old") == 21900


@pytest.mark.parametrize("payment", ["", "tent", "cus_1", "pi_1/../refunds", "pi_1?x=1", "pi_ü"])
def test_without_a_payment_the_order_waits_for_somebody_to_say_which(
    shop: FakeStripe, refund: Bench, payment: str
) -> None:
    outcome = refund.connector.carry_out(replace(refund.order, means={"payment": payment}))
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "missing-payment")
    assert shop.api.asked == []


def test_a_payment_that_stripe_does_not_know_is_corrected_and_not_given_up(refund: Bench) -> None:
    outcome = refund.connector.carry_out(replace(refund.order, means={"payment": "pi_typo"}))
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "no-such")


def test_dollars_are_not_refunded_as_euros(shop: FakeStripe, refund: Bench) -> None:
    euros = replace(refund.order, means={"payment": shop.paid("pi_euros", 50000, "eur")})
    outcome = refund.connector.carry_out(euros)
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "other-currency")
    assert "EUR" in outcome.sentence
    assert "219.00 USD" in outcome.sentence
    assert shop.refunds == []


def test_more_than_was_paid_is_refused_for_good_in_their_words(shop: FakeStripe, refund: Bench) -> None:
    outcome = refund.connector.carry_out(replace(refund.order, means={"payment": shop.paid("pi_small", 100)}))
    assert (outcome.fate, outcome.code) == (Fate.NEVER, "amount-too-large")
    assert "greater than unrefunded" in outcome.sentence


def test_a_payment_refunded_in_full_by_somebody_else_is_not_ours(shop: FakeStripe, refund: Bench) -> None:
    whole = replace(refund.order, means={"payment": shop.paid("pi_whole", 21900)})
    assert refund.connector.carry_out(replace(whole, key="another")).fate is Fate.DONE
    outcome = refund.connector.carry_out(whole)
    assert (outcome.fate, outcome.code) == (Fate.NEVER, "charge-already-refunded")


def test_a_payment_refunded_in_full_by_this_very_order_is_done(shop: FakeStripe, refund: Bench) -> None:
    whole = replace(refund.order, means={"payment": shop.paid("pi_whole", 21900)})
    first = refund.connector.carry_out(whole)
    shop.kept.clear()
    assert refund.connector.carry_out(whole) == first
    assert shop.refunded("pi_whole") == 21900


def test_a_refund_among_many_is_found_on_a_later_page(shop: FakeStripe, refund: Bench) -> None:
    shop.paid("pi_tent", 10_000_000)
    refund.connector.carry_out(refund.order)
    for number in range(7):
        refund.connector.carry_out(replace(refund.order, key=f"other-{number}"))
    found = refund.connector.ask(refund.order)
    assert found is not None
    assert found.reference == "re_1"


def test_what_the_bank_takes_its_time_over_is_taken_and_done_when_it_is(shop: FakeStripe, refund: Bench) -> None:
    shop.status = "pending"
    assert refund.connector.carry_out(refund.order).fate is Fate.TAKEN
    shop.refunds[0]["status"] = "succeeded"
    found = refund.connector.ask(refund.order)
    assert found is not None
    assert found.fate is Fate.DONE


def test_what_the_bank_sends_back_is_over_and_says_so(shop: FakeStripe, refund: Bench) -> None:
    refund.connector.carry_out(refund.order)
    shop.refunds[0] |= {"status": "failed", "failure_reason": "lost_or_stolen_card"}
    found = refund.connector.ask(refund.order)
    assert found is not None
    assert (found.fate, found.code) == (Fate.NEVER, "bank-refused")
    assert "lost or stolen card" in found.sentence


def test_a_refund_on_its_way_cannot_be_called_back(shop: FakeStripe, refund: Bench) -> None:
    done = refund.connector.carry_out(refund.order)
    back = refund.connector.reverse(replace(refund.order, reference=done.reference))
    assert (back.fate, back.code) == (Fate.NEVER, "on-its-way")


def test_a_refund_that_waits_for_the_customer_can(shop: FakeStripe, refund: Bench) -> None:
    shop.status = "requires_action"
    taken = refund.connector.carry_out(refund.order)
    assert refund.connector.reverse(replace(refund.order, reference=taken.reference)).fate is Fate.DONE
    assert shop.refunded("pi_tent") == 0


def test_a_code_is_worth_the_amount_once_and_may_be_bound_to_him(shop: FakeStripe) -> None:
    bench = stripe_bench(shop, "code")
    outcome = bench.connector.carry_out(replace(bench.order, means={"customer": "cus_9"}))
    (code,) = shop.promotion_codes
    assert (code["code"], code["max_redemptions"], code["customer"]) == (outcome.shown_once, 1, "cus_9")
    assert shop.coupons[f"makegood-{bench.order.key}"]["amount_off"] == 21900
    assert code_text.read(outcome.shown_once) == outcome.shown_once, "typed as our own codes are"


@pytest.mark.parametrize(
    ("money", "theirs"),
    [
        (Money("USD", 21900), ("usd", 21900)),
        (Money("JPY", 500), ("jpy", 500)),
        (Money("KWD", 1250), ("kwd", 1250)),
        (Money("ISK", 5), ("isk", 500)),
        (Money("UGX", 5), ("ugx", 500)),
    ],
)
def test_amounts_are_said_in_the_units_that_stripe_counts(money: Money, theirs: tuple[str, int]) -> None:
    found = as_theirs(money)
    assert (found.currency, found.minor) == theirs


def test_no_key_is_in_an_order_that_has_none(shop: FakeStripe, refund: Bench) -> None:
    refund.connector.carry_out(an_order(payment="pi_tent"))
    changes = [each for each in shop.api.asked if each.method == "POST"]
    assert [each.headers["Idempotency-Key"] for each in changes] == [refund.order.key]
