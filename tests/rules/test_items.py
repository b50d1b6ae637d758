"""Several things in one case: each is made right by itself, and the case closes when all are."""

from __future__ import annotations

import pytest

from makegood.rules import closing, items, refusals
from tests.rules.making_right import ANY_BAG, CODE, REFUND, Amends

NOT_RIGHT = "A thing of this case is not right yet: give something for it, or say that it needs nothing."


def two_dresses() -> Amends:
    desk = Amends()
    assert (desk.names("2026-03-02 10:01", "the blue dress"), desk.names("2026-03-02 10:02", "the red one")) == (1, 2)
    return desk


def test_the_same_name_is_the_same_thing_and_none_without_a_name() -> None:
    desk = two_dresses()
    assert desk.names("2026-03-02 10:03", "The Blue Dress") == 1
    with pytest.raises(refusals.NeedsReason):
        desk.names("2026-03-02 10:03", "  ")
    assert [item.what for item in desk.case.items] == ["the blue dress", "the red one"]


def test_a_case_with_one_thing_not_right_does_not_close() -> None:
    desk = two_dresses()
    assert NOT_RIGHT in closing.reasons_not_to_close(desk.case)
    desk.proposes("2026-03-02 10:10", REFUND, item=1)
    desk.orders("2026-03-02 10:15")
    desk.arrives("2026-03-03 10:00")
    desk.confirms("2026-03-03 11:00")
    assert [items.is_right(desk.case, item) for item in desk.case.items] == [True, False]
    assert NOT_RIGHT in closing.reasons_not_to_close(desk.case)
    desk.needs_nothing("2026-03-03 12:00", 2)
    assert NOT_RIGHT not in closing.reasons_not_to_close(desk.case)


def test_a_remedy_stands_only_in_the_place_of_what_failed_for_the_same_thing() -> None:
    desk = two_dresses()
    desk.proposes("2026-03-02 10:10", CODE, item=1)
    desk.orders("2026-03-02 10:15")
    desk.fails("2026-03-02 11:00")
    desk.proposes("2026-03-02 11:10", REFUND, item=2)
    assert desk.remedy.ancestor is None and desk.case.remedy(1).undone
    desk.proposes("2026-03-02 11:20", REFUND, item=1)
    assert desk.remedy.ancestor == 1 and not desk.case.remedy(1).undone


def test_two_failures_for_one_thing_leave_the_other_free() -> None:
    desk = two_dresses()
    for minute in (10, 20):
        desk.proposes(f"2026-03-02 10:{minute}", CODE, item=1)
        desk.orders(f"2026-03-02 10:{minute + 1}")
        desk.fails(f"2026-03-02 10:{minute + 2}")
    with pytest.raises(refusals.ChoiceOwed):
        desk.proposes("2026-03-02 10:30", CODE, item=1)
    desk.proposes("2026-03-02 10:31", CODE, item=2)
    desk.proposes("2026-03-02 10:32", REFUND, ANY_BAG, item=1)
    assert desk.case.failed_remedies == 2 and desk.case.lowest_rung == 2, "the ladder hears of both things"


def test_nothing_is_given_for_a_thing_that_the_case_does_not_have() -> None:
    desk = Amends()
    with pytest.raises(refusals.NoSuchThing):
        desk.proposes("2026-03-02 10:10", REFUND, item=1)
    with pytest.raises(refusals.NoSuchThing):
        desk.needs_nothing("2026-03-02 10:11", 1)
