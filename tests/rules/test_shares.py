"""Shares are said with the interval of Wilson, checked against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.rules.shares import share


def test_a_share_has_the_interval_of_wilson() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3: 81 of 263 and 15 of 148.
    large, small = share(81, 263), share(15, 148)
    assert large and (round(large.low, 4), round(large.high, 4)) == (0.2553, 0.3662)
    assert small and (round(small.low, 4), round(small.high, 4)) == (0.0624, 0.1605)


def test_nothing_has_no_share() -> None:
    assert share(0, 0) is None


def test_more_hits_than_things_are_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        share(3, 2)


@given(of=st.integers(1, 10_000), hits=st.integers(0, 10_000))
def test_the_interval_holds_the_share_and_stays_between_none_and_all(of: int, hits: int) -> None:
    found = share(min(hits, of), of)
    assert found and 0 <= found.low <= found.value <= found.high <= 1
