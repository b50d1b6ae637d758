"""A message of the customer's: what it opens, joins and reopens, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from makegood.rules import incoming
from makegood.rules.cases import Ball
from makegood.rules.policy import Source, Span, Standing, Unit
from makegood.rules.promises import State
from tests.rules.company import ANN, LEA, POLICY, QUIET_DOORS, Desk, at, shown


def test_a_case_opens_with_one_owner_and_its_clocks_in_the_same_breath() -> None:
    desk = Desk("2026-03-02 10:00")

    assert desk.case.owner == ANN
    assert {p.kind for p in desk.case.outstanding()} == {"resolution", "reply", "silence"}


def test_receipt_counts_from_when_the_house_could_first_have_known() -> None:
    desk = Desk("2026-03-02 10:00", now="2026-03-02 15:00", written=False)

    assert desk.case.opened_at == at("2026-03-02 10:00")
    assert shown(desk.promise("resolution").due_at) == "Mon 03-16 10:00 EDT"


def test_a_stamp_from_the_future_is_not_believed() -> None:
    desk = Desk("2026-03-05 10:00", now="2026-03-02 10:00", written=False)

    assert desk.case.opened_at == at("2026-03-02 10:00")


def test_a_message_in_answer_to_us_makes_it_our_turn() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")

    desk.writes("2026-03-02 15:00")

    assert desk.case.ball is Ball.US


def test_thanks_does_not_reopen_a_closed_case() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")

    desk.thanks("2026-03-02 13:00")

    assert not desk.case.open


def test_a_complaint_on_a_closed_case_reopens_it_with_the_old_clock() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")

    desk.writes("2026-03-05 13:00")

    assert desk.case.open
    assert desk.promise("resolution").running
    assert shown(desk.promise("resolution").due_at) == "Mon 03-16 10:00 EDT"
    assert desk.case.lowest_rung == 0


def test_not_resolved_reopens_with_the_old_clock_and_one_rung_higher() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")

    desk.says_unresolved("2026-03-05 13:00")

    assert shown(desk.promise("resolution").due_at) == "Mon 03-16 10:00 EDT"
    assert desk.case.lowest_rung == 1


def test_each_not_resolved_climbs_one_rung_further() -> None:
    desk = Desk("2026-03-02 10:00")
    for day in ("2026-03-02", "2026-03-03"):
        desk.sends(f"{day} 11:00", "answer")
        desk.closes(f"{day} 12:00")
        desk.says_unresolved(f"{day} 13:00")

    assert desk.case.lowest_rung == 2


def test_an_old_clock_that_ran_out_meanwhile_breaks_when_the_case_is_open_again() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")

    desk.says_unresolved("2026-04-01 13:00")
    desk.watch("2026-04-01 13:01")

    assert shown(desk.promise("resolution").due_at) == "Mon 03-16 10:00 EDT"
    assert desk.promise("resolution").broken_at == at("2026-04-01 13:00")
    assert desk.told() == [("Wed 04-01 13:00 EDT", (LEA,))]


def test_asking_for_a_manager_is_a_promise_of_its_own_and_tells_the_next_rung_at_once() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.asks_for_manager("2026-03-02 11:00")

    assert shown(desk.promise("manager").due_at) == "Mon 03-02 15:00 EST"
    assert desk.told() == [("Mon 03-02 11:00 EST", (LEA,))]
    assert desk.found() == ["MG302"]


def test_only_somebody_senior_answers_who_asked_for_a_manager() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.asks_for_manager("2026-03-02 11:00")

    desk.sends("2026-03-02 12:00", "answer", by=ANN)
    assert desk.promise("manager").running
    desk.sends("2026-03-02 13:00", "answer", by=LEA)
    assert desk.promise("manager").state is State.KEPT


def test_asking_for_a_manager_opens_a_closed_case() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")

    desk.asks_for_manager("2026-03-03 13:00")

    assert desk.case.open
    assert desk.told() == [("Tue 03-03 13:00 EST", (LEA,))]


# ── letters to executives ────────────────────────────────────────────────────


def test_a_letter_to_an_executive_has_a_clock_of_one_business_day() -> None:
    desk = Desk("2026-03-02 10:00", door="executive")

    assert shown(desk.promise("executive").due_at) == "Tue 03-03 10:00 EST"


def test_an_answer_keeps_the_executives_clock() -> None:
    desk = Desk("2026-03-02 10:00", door="executive")

    desk.sends("2026-03-02 15:00", "answer")

    assert desk.promise("executive").state is State.KEPT


def test_a_named_delegate_who_accepts_keeps_it_too_and_an_offer_alone_does_not() -> None:
    desk = Desk("2026-03-02 10:00", door="executive")

    desk.offers("2026-03-02 11:00", LEA)
    assert desk.promise("executive").running
    desk.accepts("2026-03-02 12:00", LEA)
    assert desk.promise("executive").state is State.KEPT


def test_a_second_executive_who_got_the_same_letter_opens_no_second_clock() -> None:
    desk = Desk("2026-03-02 10:00", door="executive")
    u = desk.unfolding("2026-03-02 10:05")

    incoming.also_to_executive(u, contact=101, door=desk.door("executive"), at=u.now)

    assert [p.kind for p in u.case.promises].count("executive") == 1


def test_who_writes_to_an_executive_after_we_broke_our_word_had_to_escalate_himself() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.watch("2026-03-03 10:00")

    desk.writes("2026-03-03 12:00", door="executive")

    assert desk.found() == ["MG302"]


def test_who_writes_to_an_executive_first_did_not() -> None:
    assert Desk("2026-03-02 10:00", door="executive").found() == []


# ── what a door says by itself ───────────────────────────────────────────────


def test_a_doors_own_words_are_a_promise_and_a_second_message_opens_no_later_one() -> None:
    desk = Desk("2026-03-02 10:00", policy=POLICY)

    desk.writes("2026-03-02 16:00")

    (standing,) = [p for p in desk.case.promises if p.kind == "standing mail"]
    assert shown(standing.due_at) == "Tue 03-03 10:00 EST"


def test_two_languages_of_one_greeting_say_the_same_promise_and_two_sources_say_two() -> None:
    def words(text: str, count: int, source: Source, language: str = "en") -> Standing:
        due = Span(count=count, unit=Unit.HOURS)
        return Standing(words=text, near=None, due=due, source=source, language=language)

    standing = (
        words("We call back in 48 hours.", 48, Source.AUTOMATIC),
        words("Le llamamos en 48 horas.", 48, Source.AUTOMATIC, "es"),
        words("Answers within a day.", 24, Source.WEB_PAGE),
    )
    phone = replace(QUIET_DOORS.doors["phone"], standing=standing)
    policy = replace(QUIET_DOORS, doors={**QUIET_DOORS.doors, "phone": phone})
    desk = Desk("2026-03-02 10:00", door="phone", policy=policy)

    said = [(p.source, shown(p.due_at)) for p in desk.case.promises if p.kind == "standing phone"]
    assert said == [("automatic text", "Wed 03-04 10:00 EST"), ("web page", "Tue 03-03 10:00 EST")]


# ── thanks, notes, strangers ─────────────────────────────────────────────────


def test_a_message_marked_as_thanks_needs_no_reply() -> None:
    desk = Desk("2026-03-02 10:00", policy=POLICY)
    desk.sends("2026-03-02 11:00", "answer")
    contact = desk.writes("2026-03-02 12:00")

    desk.marks("2026-03-02 13:00", contact)

    assert {p.kind for p in desk.case.outstanding()} == {"resolution", "update"}
    assert desk.case.unanswered_at is None


def test_marking_one_message_leaves_the_clock_of_another_alone() -> None:
    desk = Desk("2026-03-02 10:00")
    contact = desk.writes("2026-03-02 12:00")

    desk.marks("2026-03-02 13:00", contact)

    assert desk.promise("reply").running


def test_marking_a_message_that_was_answered_stops_no_clock() -> None:
    desk = Desk("2026-03-02 10:00", written=False)
    contact = desk.writes("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "news")

    desk.marks("2026-03-02 13:00", contact)

    assert desk.promise("silence").running


def test_a_strangers_message_is_laid_before_the_owner_with_a_clock() -> None:
    desk = Desk("2026-03-02 10:00")
    u = desk.unfolding("2026-03-02 11:00")

    incoming.propose(u, contact=7, why="unknown sender", at=u.now)

    assert shown(u.case.outstanding("quarantine")[0].due_at) == "Mon 03-02 15:00 EST"
    assert u.case.proposed == (7,)


def test_a_strangers_message_on_a_closed_case_is_not_forgotten() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")
    u = desk.unfolding("2026-03-05 11:00")

    incoming.propose(u, contact=7, why="unknown sender", at=u.now)

    assert u.case.open
    assert u.case.outstanding("quarantine")


@pytest.mark.parametrize("joins", [True, False])
def test_the_judgement_of_the_last_stranger_keeps_the_clock(joins: bool) -> None:
    desk = Desk("2026-03-02 10:00")
    u = desk.unfolding("2026-03-02 11:00")
    incoming.propose(u, contact=7, why="unknown sender", at=u.now)
    incoming.propose(u, contact=8, why="unknown sender", at=u.now)

    incoming.decline_proposed(u, contact=7, by=ANN, at=u.now, last=False)
    assert u.case.outstanding("quarantine")
    if joins:
        incoming.take_proposed(u, contact=8, door=desk.door("mail"), at=u.now, last=True)
    else:
        incoming.decline_proposed(u, contact=8, by=ANN, at=u.now, last=True)

    assert not u.case.outstanding("quarantine")
    assert (8 in u.case.unanswered_by) is joins
