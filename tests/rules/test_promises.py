"""What becomes of a promise: kept, kept late, broken, released, replaced; and what is never edited away."""

from __future__ import annotations

import pytest

from makegood.rules import events as ev
from makegood.rules import refusals
from makegood.rules.promises import State
from tests.rules.company import ANN, POLICY, Desk, at, shown


def promised(due: str = "2026-03-04 12:00", *, near: str | None = None) -> tuple[Desk, int]:
    """Return a case on which a date was said to the customer, and the promise's number."""
    desk = Desk("2026-03-02 10:00")
    desk.promises("2026-03-02 11:00", due, near=near)
    return desk, desk.promise("said").number


def test_promises_are_numbered_in_the_order_they_were_made() -> None:
    desk, _ = promised()

    assert [p.number for p in desk.case.promises] == list(range(1, len(desk.case.promises) + 1))


def test_a_promise_kept_by_its_due_is_kept() -> None:
    desk, number = promised()

    desk.keeps("2026-03-04 12:00", number)

    assert desk.case.promise(number).state is State.KEPT_LATE  # due is the first moment that is too late


def test_a_promise_kept_before_its_due_is_kept() -> None:
    desk, number = promised()

    desk.keeps("2026-03-04 11:59", number)

    assert desk.case.promise(number).state is State.KEPT


def test_a_promise_breaks_at_its_due_whenever_we_look() -> None:
    desk, number = promised()

    desk.wait("2026-03-04 12:30")

    assert desk.case.promise(number).state is State.BROKEN
    assert desk.case.promise(number).broken_at == at("2026-03-04 12:00")


def test_a_broken_promise_kept_afterwards_is_kept_late_and_shows_when_it_broke() -> None:
    desk, number = promised()
    desk.wait("2026-03-04 12:30")

    desk.keeps("2026-03-04 13:00", number)

    assert desk.case.promise(number).state is State.KEPT_LATE
    assert desk.case.promise(number).broken_at == at("2026-03-04 12:00")


def test_only_the_customer_lets_us_off() -> None:
    desk, number = promised()

    with pytest.raises(refusals.OnlyTheCustomerReleases):
        desk.releases("2026-03-03 12:00", number, by_customer=False)

    desk.releases("2026-03-03 12:00", number)
    assert desk.case.promise(number).state is State.RELEASED


def test_a_broken_promise_that_he_lets_us_off_stays_broken_and_rings_no_more() -> None:
    desk, number = promised()
    desk.wait("2026-03-04 12:30")

    desk.releases("2026-03-04 13:00", number)

    assert desk.case.promise(number).state is State.BROKEN
    assert number not in {p.number for p in desk.case.ringing}


def test_what_is_over_is_neither_kept_nor_released_again() -> None:
    desk, number = promised()
    desk.releases("2026-03-03 12:00", number)

    with pytest.raises(refusals.PromiseIsOver):
        desk.keeps("2026-03-03 13:00", number)
    with pytest.raises(refusals.PromiseIsOver):
        desk.releases("2026-03-03 13:00", number)


def test_nobody_keeps_a_clock_of_the_house_by_hand() -> None:
    desk = Desk("2026-03-02 10:00")

    for kind in ("reply", "silence", "resolution"):
        with pytest.raises(refusals.ClockOfTheHouse):
            desk.keeps("2026-03-02 11:00", desk.promise(kind).number)


def test_nobody_is_let_off_a_clock_of_the_house() -> None:
    desk = Desk("2026-03-02 10:00")

    with pytest.raises(refusals.ClockOfTheHouse):
        desk.releases("2026-03-02 11:00", desk.promise("resolution").number)


def test_a_message_may_keep_what_was_said_and_never_a_clock_of_the_house() -> None:
    desk, number = promised()
    resolution = desk.promise("resolution").number

    contact = desk.sends("2026-03-03 12:00", "acknowledgement", keeps=(number, resolution))

    assert desk.case.promise(number).kept_by == contact
    assert desk.case.promise(resolution).running


def test_a_replaced_promise_keeps_its_place_and_its_successor_names_it() -> None:
    desk, number = promised()

    desk.promises("2026-03-03 11:00", "2026-03-06 12:00", replaces=number)

    older, newer = desk.case.promise(number), desk.promise("said")
    assert (older.state, older.replaced_by) == (State.REPLACED, newer.number)
    assert (newer.ancestor, shown(newer.due_at)) == (number, "Fri 03-06 12:00 EST")
    assert shown(older.due_at) == "Wed 03-04 12:00 EST"


def test_a_broken_promise_stays_broken_when_a_new_one_takes_its_place() -> None:
    desk, number = promised()
    desk.wait("2026-03-04 12:30")

    desk.promises("2026-03-04 13:00", "2026-03-06 12:00", replaces=number)

    assert desk.case.promise(number).state is State.BROKEN
    assert desk.promise("said").ancestor == number


def test_a_date_said_to_the_customer_replaces_no_clock_of_the_house() -> None:
    desk = Desk("2026-03-02 10:00")
    resolution = desk.promise("resolution").number

    desk.promises("2026-03-02 11:00", "2026-06-01 12:00", replaces=resolution)

    assert desk.case.promise(resolution).running
    assert desk.promise("said").ancestor is None


def test_any_number_of_promises_run_at_once() -> None:
    desk, first = promised()

    desk.promises("2026-03-02 12:00", "2026-03-05 12:00")
    desk.wait("2026-03-04 12:00")

    assert desk.case.promise(first).state is State.BROKEN
    assert desk.promise("said").running


def test_the_near_end_of_a_range_warns_the_owner_and_the_far_end_breaks() -> None:
    desk, number = promised("2026-03-04 11:00", near="2026-03-03 11:00")

    desk.watch("2026-03-04 11:00")

    warned = [shown(e.at) for e in desk.all_of(ev.PromiseWarned) if e.number == number]
    assert warned == ["Tue 03-03 11:00 EST"]
    assert shown(desk.case.promise(number).broken_at or at("2000-01-01")) == "Wed 03-04 11:00 EST"


def test_a_voicemail_greeting_of_24_to_48_hours_counts_hours_and_not_business_hours() -> None:
    desk = Desk("2026-03-06 15:00", door="phone", policy=POLICY)

    standing = desk.promise("standing phone")

    assert standing.near_at == at("2026-03-07 15:00")
    assert shown(standing.due_at) == "Sun 03-08 16:00 EDT"  # 48 hours over the change of the clocks
    assert (standing.said, standing.source) == (True, "automatic text")


def test_what_was_said_and_nobody_kept_rings_until_somebody_acts() -> None:
    desk, number = promised("2026-03-03 12:00")

    desk.watch("2026-03-04 12:00")

    assert next(e.to for e in desk.all_of(ev.AlarmRaised) if number in e.numbers) == (ANN,)
    assert number in {p.number for p in desk.case.ringing}
