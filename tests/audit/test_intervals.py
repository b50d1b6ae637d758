"""Intervals against published numbers, and what may be said from them."""

import pytest

from makegood.audit.intervals import Share, newcombe, wilson, z_of_many


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0, 0.2775), (8, 10, 0.4902, 0.9433), (95, 100, 0.8882, 0.9785), (0, 1000, 0, 0.0038)],
)
def test_wilson_gives_the_known_intervals(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "difference", "low", "high"),
    [
        ((56, 70), (48, 80), 0.2, 0.0524, 0.3339),
        ((90, 100), (70, 100), 0.2, 0.0900, 0.3058),
        ((18, 20), (160, 200), 0.1, -0.1070, 0.1944),
    ],
)
def test_newcombe_gives_the_known_intervals(
    one: tuple[int, int], other: tuple[int, int], difference: float, low: float, high: float
) -> None:
    made = newcombe(Share(hits=one[0], n=one[1]), Share(hits=other[0], n=other[1]))
    assert (made.value, made.low, made.high) == pytest.approx((difference, low, high), abs=5e-5)


def test_a_difference_whose_interval_holds_zero_is_not_shown() -> None:
    assert newcombe(Share(hits=18, n=20), Share(hits=160, n=200)).verdict == "not shown"
    assert newcombe(Share(hits=56, n=70), Share(hits=48, n=80)).verdict == "more"
    assert newcombe(Share(hits=48, n=80), Share(hits=56, n=70)).verdict == "fewer"


def test_of_no_cases_nothing_is_known() -> None:
    nothing = Share(hits=0, n=0)
    assert nothing.value is None
    assert not nothing.shown
    assert nothing.interval == (0, 1)


def test_nineteen_cases_give_no_share_and_twenty_do() -> None:
    assert not Share(hits=19, n=19).shown
    assert Share(hits=20, n=20).shown


def test_the_more_is_compared_the_wider_each_interval() -> None:
    assert z_of_many(1) == pytest.approx(1.959964, abs=1e-6)
    assert z_of_many(15) == pytest.approx(2.935199, abs=1e-6)
