"""Money is exact in every currency, and two currencies are never added."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.rules.money import EXPONENTS, CurrenciesDiffer, Money, NotMoney, read, total

CURRENCIES = st.sampled_from(sorted(EXPONENTS))
AMOUNTS = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("219.00", "USD", 21_900),
        ("219", "USD", 21_900),
        (" 0.5 ", "EUR", 50),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1_234),
        ("1.2345", "UYW", 12_345),
        ("219.00 USD", "USD", 21_900),
        ("-3.50", "GBP", -350),
        ("219.0000", "USD", 21_900),
    ],
)
def test_what_was_typed_is_read_exactly(text: str, currency: str, minor: int) -> None:
    assert read(text, currency) == Money(currency, minor)


@pytest.mark.parametrize(
    ("text", "currency", "why"),
    [
        ("219.005", "USD", "2 digits"),
        ("1.5", "JPY", "no digits"),
        ("1.2345", "BHD", "3 digits"),
        ("219,00", "USD", "with a point"),
        ("1e5", "USD", "in digits"),
        ("٣", "USD", "in digits"),
        ("NaN", "USD", "in digits"),
        ("", "USD", "in digits"),
        ("1 000", "USD", "in digits"),
        ("9999999999999999", "USD", "in digits"),
        ("99999999999999", "USD", "more than"),
        ("5 EUR", "USD", "in digits"),
    ],
)
def test_what_cannot_be_said_exactly_is_refused_with_what_to_write(text: str, currency: str, why: str) -> None:
    with pytest.raises(NotMoney, match=why):
        read(text, currency)


def test_there_is_no_money_in_a_currency_that_is_none() -> None:
    for code in ("usd", "XXX", "", "US Dollar"):
        with pytest.raises(NotMoney):
            Money(code, 1)


@given(CURRENCIES, AMOUNTS)
def test_what_is_shown_is_read_back(currency: str, minor: int) -> None:
    amount = Money(currency, minor)

    assert read(amount.plain(), currency) == amount


@given(CURRENCIES, st.lists(AMOUNTS, max_size=6))
def test_a_sum_loses_nothing(currency: str, amounts: list[int]) -> None:
    assert total((Money(currency, a) for a in amounts), currency).minor == sum(amounts)


@given(CURRENCIES, CURRENCIES, AMOUNTS)
def test_two_currencies_are_neither_added_nor_compared(one: str, other: str, minor: int) -> None:
    a, b = Money(one, minor), Money(other, minor)
    if one == other:
        assert (a - b).minor == 0
        return
    for attempt in (lambda: a + b, lambda: a - b, lambda: a < b, lambda: a >= b, lambda: total([a], other)):
        with pytest.raises(CurrenciesDiffer):
            attempt()
    assert a != b


def test_a_percentage_rounds_half_away_from_zero() -> None:
    assert Money("USD", 25).percent(50) == Money("USD", 13)
    assert Money("USD", 21_900).percent(33) == Money("USD", 7_227)
    assert Money("JPY", 999).percent(Decimal("33.3")) == Money("JPY", 333)


def test_a_rate_counts_main_units_whatever_the_exponents() -> None:
    assert Money("JPY", 10_000).into("USD", Decimal("0.0067")) == Money("USD", 6_700)
    assert Money("USD", 6_700).into("JPY", Decimal("150")) == Money("JPY", 10_050)
    assert Money("KWD", 1_000).into("USD", Decimal("3.25")) == Money("USD", 325)
    assert Money("USD", 1).into("JPY", Decimal("150")) == Money("JPY", 2)
