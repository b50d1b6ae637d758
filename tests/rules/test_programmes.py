"""Nobody gets less than the terms he saw, no end runs while he waits for us, and nobody is left with nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules import programmes
from makegood.rules.money import Money
from makegood.rules.programmes import Balance, Held, Terms, Turn, narrower

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PRODUCTS = st.frozensets(st.sampled_from(["boots", "tent", "lamp", "pack"]), max_size=3)
SUMS = st.none() | st.builds(Money, st.sampled_from(["USD", "EUR"]), st.integers(1, 3))
TERMS = st.builds(
    Terms,
    percent=st.sampled_from([0, 10, 20]),
    value=SUMS,
    scope=PRODUCTS,
    excluded=PRODUCTS,
    least=SUMS,
    days=st.none() | st.integers(1, 3),
    uses=st.integers(1, 2),
)
ANY_WATCH = Terms(percent=20)


def test_a_coupon_for_selected_products_is_narrower_than_any_product() -> None:
    assert narrower(replace(ANY_WATCH, scope=frozenset({"the blue one"})), ANY_WATCH) == (
        "It is only for selected products, and the terms don't say so.",
    )


@pytest.mark.parametrize(
    ("given_terms", "promised"),
    [
        (Terms(percent=10), Terms(percent=20)),
        (Terms(percent=20, value=Money("USD", 5)), Terms(percent=20)),
        (Terms(percent=20, value=Money("USD", 5)), Terms(percent=20, value=Money("USD", 6))),
        (Terms(value=Money("USD", 5)), Terms(value=Money("USD", 6))),
        (Terms(value=Money("EUR", 5)), Terms(value=Money("USD", 5))),
        (Terms(value=Money("USD", 500)), Terms(percent=20)),
        (Terms(), Terms(value=Money("USD", 6))),
        (Terms(excluded=frozenset({"tent"})), Terms()),
        (Terms(excluded=frozenset({"tent"})), Terms(scope=frozenset({"tent", "boots"}))),
        (Terms(scope=frozenset({"boots"})), Terms(scope=frozenset({"tent", "boots"}))),
        (Terms(least=Money("USD", 1)), Terms()),
        (Terms(days=30), Terms()),
        (Terms(days=30), Terms(days=60)),
        (Terms(uses=1), Terms(uses=2)),
    ],
)
def test_less_is_seen_in_whatever_it_is_less(given_terms: Terms, promised: Terms) -> None:
    assert len(narrower(given_terms, promised)) == 1


@given(TERMS)
@settings(max_examples=50, deadline=None)
def test_nothing_is_narrower_than_itself_and_terms_survive_being_kept(terms: Terms) -> None:
    assert narrower(terms, terms) == ()
    assert programmes.from_plain(terms.plain()) == terms


@given(TERMS, TERMS, TERMS)
@settings(max_examples=200, deadline=None)
def test_as_good_as_what_is_as_good_is_as_good(a: Terms, b: Terms, c: Terms) -> None:
    if not narrower(a, b) and not narrower(b, c):
        assert narrower(a, c) == ()


def held(**more: object) -> Held:
    return replace(Held(issued_at=NOON, expires_at=NOON + 30 * DAY), **more)  # type: ignore[arg-type]


def test_somebody_hears_of_an_end_fourteen_seven_and_one_day_before() -> None:
    now, told = held(), []
    for _ in range(5):
        at = programmes.next_at(now)
        assert at is not None
        step = programmes.step(now, now=at, case_since=None)
        assert step is not None and step.at == at
        told.append((step.turn, step.days, (now.expires_at or NOON) - step.at))
        if step.turn is Turn.LAPSE:
            break
        now = replace(now, warned=step.days)

    assert told == [
        (Turn.WARN, 14, 14 * DAY),
        (Turn.WARN, 7, 7 * DAY),
        (Turn.WARN, 1, DAY),
        (Turn.LAPSE, 0, timedelta(0)),
    ]


def test_nobody_is_warned_of_what_was_given_later_than_the_warning() -> None:
    assert programmes.next_at(held(expires_at=NOON + 5 * DAY)) == NOON + 4 * DAY


def test_after_a_standstill_of_ours_only_the_nearest_warning_is_news() -> None:
    step = programmes.step(held(), now=NOON + 29 * DAY + timedelta(hours=1), case_since=None)

    assert step is not None and (step.turn, step.days) == (Turn.WARN, 1)


def test_an_end_does_not_come_while_a_case_of_his_is_open() -> None:
    since = NOON + 29 * DAY

    step = programmes.step(held(warned=1), now=NOON + 40 * DAY, case_since=since)

    assert step is not None and (step.turn, step.at) == (Turn.FREEZE, since)


def test_a_case_opened_after_the_end_does_not_bring_it_back() -> None:
    step = programmes.step(held(warned=1), now=NOON + 40 * DAY, case_since=NOON + 31 * DAY)

    assert step is not None and step.turn is Turn.LAPSE


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 200), st.integers(0, 90))
@settings(max_examples=100, deadline=None)
def test_however_late_it_is_noticed_waiting_for_us_costs_him_nothing(
    lasts: int, opened: int, noticed: int, waits: int
) -> None:
    """He has as many days left when it goes on as on the day on which his case was opened."""
    mine = held(expires_at=NOON + lasts * DAY)
    since = NOON + opened * DAY
    now = max(NOON + noticed * DAY, since)
    while (step := programmes.step(mine, now=now, case_since=since)) is not None and step.turn is Turn.WARN:
        mine = replace(mine, warned=step.days)
    if opened < lasts:
        assert step is None or step.turn is Turn.FREEZE
    if step is None or step.turn is Turn.LAPSE:
        return
    frozen = replace(mine, frozen_at=step.at)
    assert programmes.next_at(frozen) is None
    assert programmes.step(frozen, now=now + 500 * DAY, case_since=None) is None
    again = now + waits * DAY
    assert programmes.resumed(frozen, at=again) - again == (mine.expires_at or NOON) - since


def test_what_has_no_end_never_wakes_anybody() -> None:
    endless = held(expires_at=None)

    assert programmes.next_at(endless) is None
    assert programmes.step(endless, now=NOON + 9_999 * DAY, case_since=None) is None


def test_an_extension_extends() -> None:
    programmes.check_extension(held(), None, now=NOON)
    programmes.check_extension(held(), NOON + 31 * DAY, now=NOON)
    for until in (NOON + 30 * DAY, NOON + 29 * DAY):
        with pytest.raises(programmes.NoLongerExtends):
            programmes.check_extension(held(), until, now=NOON)
    with pytest.raises(programmes.NoLongerExtends):
        programmes.check_extension(held(expires_at=None), NOON + 9_999 * DAY, now=NOON)


def test_nothing_goes_on_that_does_not_stand_still() -> None:
    with pytest.raises(programmes.NotFrozen):
        programmes.resumed(held(), at=NOON)


@pytest.mark.parametrize("his", ["codes", "entitlements", "offers", "promises"])
def test_whoever_holds_anything_of_ours_is_not_left_with_nothing(his: str) -> None:
    assert Balance(held=1).unjust
    assert not Balance(held=1, **{his: 1}).unjust
    assert not Balance(held=0).unjust
