"""Kaplan–Meier against a worked example, and against what cases that wait still must not change."""

import random

import pytest

from makegood.audit.survival import curve


def test_a_worked_example_comes_out() -> None:
    # 6 cases: answered at 1, 2, 2 and 5; one still open at 3, one at 6.
    made = curve([(1, 1, 0), (2, 2, 0), (3, 0, 1), (5, 1, 0), (6, 0, 1)])
    assert [(step.at, step.share) for step in made.steps] == [
        (0, 1),
        (1, pytest.approx(5 / 6)),
        (2, pytest.approx(3 / 6)),
        (5, pytest.approx(3 / 6 * 1 / 2)),
    ]
    assert (made.n, made.open) == (6, 2)
    assert made.reached(0.5) == 2
    assert made.reached(0.9) is None


def test_without_open_cases_it_is_the_plain_share() -> None:
    chance = random.Random(5)
    lasted = [chance.randrange(50) for _ in range(400)]
    made = curve([(at, 1, 0) for at in lasted])
    for at in range(50):
        assert made.at(at).share == pytest.approx(sum(one > at for one in lasted) / 400)


def test_a_case_that_is_still_open_makes_no_desk_look_faster() -> None:
    answered = [(float(at), 1, 0) for at in range(1, 31)]
    waiting = [(40.0, 0, 1)] * 10
    with_open = curve([*answered, *waiting]).reached(0.5)
    without = curve(answered).reached(0.5)
    assert with_open is not None
    assert without is not None
    assert with_open > without


def test_where_most_still_wait_there_is_no_median() -> None:
    assert curve([(1, 10, 0), (2, 0, 30)]).reached(0.5) is None


def test_of_nothing_there_is_a_curve_of_nothing() -> None:
    made = curve([])
    assert (made.n, made.shown, made.at(3).share) == (0, False, 1)


def test_the_interval_holds_the_share_and_grows_with_what_is_lost() -> None:
    made = curve([(float(at), 2, 1) for at in range(1, 20)])
    for step in made.steps[1:]:
        assert 0 <= step.low <= step.share <= step.high <= 1
