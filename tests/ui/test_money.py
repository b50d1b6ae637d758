"""Money on a page: exact, in the reader's way of writing, with the currency's own digits."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules.money import EXPONENTS, Money, NotMoney
from makegood.ui import money

#: As babel 2.18 (CLDR 47) writes them; it is not among our packages. A code stands off from its digits, as in CLDR.
WRITTEN = [
    (Money("USD", 21_900), "$219.00", "219,00 US$"),
    (Money("USD", 123_450), "$1,234.50", "1.234,50 US$"),
    (Money("USD", 1_234_567), "$12,345.67", "12.345,67 US$"),
    (Money("USD", -350), "-$3.50", "-3,50 US$"),
    (Money("USD", 5), "$0.05", "0,05 US$"),
    (Money("EUR", 123_400), "€1,234.00", "1.234,00 €"),
    (Money("JPY", 1_200), "¥1,200", "1.200 JPY"),
    (Money("KWD", 3_125), "KWD 3.125", "3,125 KWD"),
    (Money("CHF", 123_456_780), "CHF 1,234,567.80", "1.234.567,80 CHF"),
    (Money("UYW", 10_001), "UYW 1.0001", "1,0001 UYW"),
]


@pytest.mark.parametrize(("amount", "english", "spanish"), WRITTEN)
def test_an_amount_is_written_as_the_reader_writes_it(amount: Money, english: str, spanish: str) -> None:
    with translation.override("en"):
        assert money.said(amount).replace(money.SPACE, " ") == english
    with translation.override("es"):
        assert money.said(amount).replace(money.SPACE, " ") == spanish


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(EXPONENTS)),
    st.integers(0, 10**14),
    st.sampled_from(["en", "es"]),
    st.booleans(),
)
def test_what_is_shown_is_what_is_read_when_it_is_typed_again(
    currency: str, minor: int, language: str, whole: bool
) -> None:
    amount = Money(currency, minor)
    with translation.override(language):
        assert money.typed(money.said(amount) if whole else money.field(amount), currency) == amount


@pytest.mark.parametrize(
    ("language", "text", "minor"),
    [
        ("en", "1,234.50", 123_450),
        ("en", "219,00", 21_900),
        ("en", "1,234", 123_400),
        ("en", "$ 12", 1_200),
        ("es", "1.234,50", 123_450),
        ("es", "219.00", 21_900),
        ("es", "1.234", 123_400),
        ("es", "12 US$", 1_200),
    ],
)
def test_a_comma_is_read_as_the_reader_means_it(language: str, text: str, minor: int) -> None:
    with translation.override(language):
        assert money.typed(text, "USD") == Money("USD", minor)


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1,2,3", "12.3.4", "1,23,456.00", "٣", "1e3"])
def test_what_is_no_amount_is_refused_and_never_rounded(text: str) -> None:
    with translation.override("en"), pytest.raises(NotMoney):
        money.typed(text, "USD")


def test_amounts_in_a_sentence_of_ours_are_written_as_everywhere_else() -> None:
    said = "It would be 2800.00 USD for all of them together, more than 1200 JPY."
    with translation.override("en"):
        assert money.amounts(said) == "It would be $2,800.00 for all of them together, more than ¥1,200."
        assert money.amounts("It takes 5 DAY and 1.5 USD.") == "It takes 5 DAY and $1.50."
