"""A case is nothing but the fold of its events."""

from __future__ import annotations

import pytest

from makegood.rules import cases
from makegood.rules import events as ev
from makegood.rules.cases import Ball
from tests.rules.company import BEN, EVE, Desk, at


def test_folding_half_a_story_gives_the_case_as_it_was_then() -> None:
    desk = Desk("2026-03-02 10:00")
    half = len(desk.story)
    before = desk.case
    desk.sends("2026-03-02 11:00", "answer")

    assert cases.fold(desk.story[:half]) == before


def test_a_case_begins_as_our_turn() -> None:
    assert Desk("2026-03-02 10:00").case.ball is Ball.US


def test_there_is_no_promise_nought_and_none_beyond_the_last() -> None:
    case = Desk("2026-03-02 10:00").case

    for number in (0, -1, case.next_number):
        with pytest.raises(IndexError):
            case.promise(number)


def test_the_oldest_unanswered_contact_is_the_one_that_counts() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.writes("2026-03-02 11:00")
    desk.writes("2026-03-02 12:00")

    assert desk.case.unanswered_at == at("2026-03-02 10:00")
    assert len(desk.case.unanswered_by) == 3


def test_a_substantive_reply_answers_all_that_waited() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.writes("2026-03-02 11:00")

    desk.sends("2026-03-02 12:00", "answer")

    assert (desk.case.unanswered_at, desk.case.unanswered_by) == (None, ())


def test_owners_are_counted_from_the_last_substantive_reply() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.hands_over("2026-03-02 11:00", BEN)
    assert desk.case.handoffs == 1

    desk.sends("2026-03-02 12:00", "answer")

    assert desk.case.handoffs == 0
    assert desk.case.owners == (BEN,)


def test_a_note_and_a_repin_change_nothing_else() -> None:
    case = Desk("2026-03-02 10:00").case
    when = case.last_at

    assert cases.after(case, ev.NoteWritten(at=when, by=EVE, note=1)) == case
    repinned = cases.after(case, ev.CaseRepinned(at=when, by=EVE, policy=2, why="new hours"))
    assert repinned.policy == 2
    assert repinned.promises == case.promises
