"""What a code takes off, for whom, and that no sum of redemptions is ever more than it was worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules import codes
from makegood.rules.codes import Asked, Card, State, Worth
from makegood.rules.money import Money

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROSALIA, SOMEBODY = 1, 2


def usd(minor: int) -> Money:
    return Money("USD", minor)


def card(value: int = 20_000, **worth: object) -> Card:
    made = Worth(value=usd(value), **worth)  # type: ignore[arg-type]
    return Card(worth=made, left=made.value, state=State.OPEN, customer=ROSALIA)


def order(total: int, amount: int | None = None, **more: object) -> Asked:
    asked = Asked(total=usd(total), amount=None if amount is None else usd(amount), customer=ROSALIA)
    return replace(asked, **more)  # type: ignore[arg-type]


def test_it_takes_off_what_the_order_costs_and_no_more_than_it_is_worth() -> None:
    assert codes.redeem(card(), order(15_000), now=NOON) == usd(15_000)
    assert codes.redeem(card(), order(30_000), now=NOON) == usd(20_000)


def test_a_percentage_is_taken_of_the_order_up_to_its_limit() -> None:
    assert codes.redeem(card(5_000, percent=20), order(10_000), now=NOON) == usd(2_000)
    assert codes.redeem(card(5_000, percent=20), order(90_000), now=NOON) == usd(5_000)


def test_it_is_for_its_customer_and_says_nothing_of_itself_to_others() -> None:
    for over in (card(), replace(card(), state=State.REDEEMED, left=usd(0))):
        with pytest.raises(codes.CodeOfAnother):
            codes.redeem(over, order(1_000, customer=SOMEBODY), now=NOON)


@pytest.mark.parametrize("state", [s for s in State if s is not State.OPEN])
def test_one_that_is_over_says_why(state: State) -> None:
    with pytest.raises(codes.CodeIsOver) as refused:
        codes.redeem(replace(card(), state=state), order(1_000), now=NOON)

    assert refused.value.reasons


def test_one_whose_law_or_policy_ends_it_ends_at_that_moment() -> None:
    ends = replace(card(), expires_at=NOON)

    assert codes.redeem(ends, order(1_000), now=NOON - timedelta(seconds=1)) == usd(1_000)
    with pytest.raises(codes.CodeIsOver):
        codes.redeem(ends, order(1_000), now=NOON)


def test_without_a_scope_it_is_for_anything_and_with_one_for_what_is_in_it() -> None:
    boots = card(scope=codes.named(["Trail Boots"]))

    assert codes.redeem(boots, order(1_000, items=frozenset({" trail  BOOTS"})), now=NOON) == usd(1_000)
    with pytest.raises(codes.OutsideScope):
        codes.redeem(boots, order(1_000, items=frozenset({"tent"})), now=NOON)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (order(0), codes.OrderCostsNothing),
        (order(1_000, -5), codes.OrderCostsNothing),
        (order(1_000, 0), codes.OrderCostsNothing),
        (order(1_000, 1_001), codes.MoreThanIsLeft),
        (order(90_000, 20_001), codes.MoreThanIsLeft),
        (replace(order(1_000), total=Money("EUR", 1_000)), codes.WrongCurrency),
    ],
)
def test_a_sum_that_makes_no_sense_is_refused(asked: Asked, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        codes.redeem(card(), asked, now=NOON)


def test_a_single_use_code_is_over_with_its_first_order_and_the_rest_is_owed_to_nobody() -> None:
    after = codes.after(card(), usd(15_000))

    assert after == codes.After(left=usd(0), state=State.REDEEMED, lapsed=usd(5_000))


@given(st.integers(1, 10**6), st.lists(st.integers(1, 10**6), max_size=12), st.integers(1, 100))
@settings(max_examples=80, deadline=None)
def test_whatever_is_redeemed_in_parts_and_what_is_left_are_what_it_was_worth(
    value: int, totals: list[int], percent: int
) -> None:
    now, taken = card(value, single=False, percent=percent), 0
    for total in totals:
        try:
            amount = codes.redeem(now, order(total), now=NOON)
        except (codes.CodeIsOver, codes.OrderCostsNothing):
            continue
        after = codes.after(now, amount)
        taken += amount.minor
        now = replace(now, left=after.left, state=after.state)
        assert after.lapsed == usd(0)
        assert (after.state is State.OPEN) == (after.left.minor > 0)
        assert 0 < amount.minor <= total
    assert taken + now.left.minor == value
