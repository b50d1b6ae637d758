"""A message of ours: what it keeps, whose turn it makes it, and what a bounce or a refusal undoes."""

from __future__ import annotations

from makegood.rules import events as ev
from makegood.rules import outgoing, rounds
from makegood.rules.cases import Ball
from makegood.rules.keeping import Said
from makegood.rules.promises import State
from tests.rules.company import ANN, BEN, POLICY, Desk, at, shown


def test_after_news_or_a_promise_it_is_still_our_turn() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 11:00", "answer")
    turns = [desk.case.ball]
    desk.sends("2026-03-02 12:00", "news")
    turns.append(desk.case.ball)
    desk.promises("2026-03-02 13:00", "2026-03-04 13:00")
    turns.append(desk.case.ball)

    assert turns == [Ball.CUSTOMER, Ball.US, Ball.US]


def test_a_substantive_reply_keeps_what_the_door_had_said() -> None:
    desk = Desk("2026-03-02 10:00", policy=POLICY)

    contact = desk.sends("2026-03-02 11:00", "news")

    assert desk.promise("standing mail").state is State.KEPT
    assert desk.promise("standing mail").kept_by == contact


def test_an_acknowledgement_keeps_nothing() -> None:
    desk = Desk("2026-03-02 10:00", policy=POLICY)
    owed = desk.case.outstanding()

    desk.sends("2026-03-02 11:00", "acknowledgement")

    assert desk.case.outstanding() == owed
    assert desk.case.ball is Ball.US


def test_a_refused_reply_keeps_nothing_and_the_owner_is_told() -> None:
    desk = Desk("2026-03-02 10:00")
    contact = desk.writes_back("2026-03-02 11:00", "answer")

    desk.refused("2026-03-02 11:01", contact)

    assert desk.promise("reply").running
    assert desk.found() == ["MG301"]
    assert desk.case.pending == ()


def test_a_server_that_says_later_leaves_the_reply_waiting() -> None:
    desk = Desk("2026-03-02 10:00")
    contact = desk.writes_back("2026-03-02 11:00", "answer")

    desk.refused("2026-03-02 11:01", contact, final=False)

    assert desk.case.pending == (contact,)


def test_what_can_not_be_delivered_makes_it_our_turn() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    contact = desk.writes_back("2026-03-02 12:00", "news")

    desk.refused("2026-03-02 12:01", contact)

    assert desk.case.ball is Ball.US


def test_a_bounce_reopens_what_the_mail_had_kept() -> None:
    desk = Desk("2026-03-02 10:00", policy=POLICY)
    contact = desk.sends("2026-03-02 15:00", "answer")

    desk.bounces("2026-03-02 16:00", contact)

    assert desk.promise("reply").running
    assert desk.promise("standing mail").running
    assert shown(desk.promise("reply").due_at) == "Tue 03-03 10:00 EST"
    assert desk.case.unanswered_at == at("2026-03-02 10:00")
    assert desk.case.substantive_at is None
    assert desk.case.ball is Ball.US
    assert desk.found() == ["MG301"]


def test_a_bounce_after_the_due_breaks_the_promise_then_and_rings() -> None:
    desk = Desk("2026-03-02 10:00")
    contact = desk.sends("2026-03-02 15:00", "answer")

    desk.bounces("2026-03-04 16:00", contact)
    desk.watch("2026-03-04 16:01")

    assert desk.promise("reply").broken_at == at("2026-03-04 16:00")
    assert desk.told()[0] == ("Wed 03-04 16:00 EST", (ANN,))


def test_a_bounce_of_what_had_kept_a_promise_late_lets_it_ring_again() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.watch("2026-03-03 10:00")
    contact = desk.sends("2026-03-03 11:00", "answer")
    told = len(desk.told())

    desk.bounces("2026-03-03 12:00", contact)
    desk.watch("2026-03-03 12:01")

    assert desk.promise("reply").state is State.BROKEN
    assert desk.promise("reply").broken_at == at("2026-03-03 10:00")
    assert desk.told()[told:] == [("Tue 03-03 12:00 EST", (ANN,))]


def test_a_bounce_opens_a_case_that_was_closed_on_the_strength_of_that_mail() -> None:
    desk = Desk("2026-03-02 10:00")
    contact = desk.sends("2026-03-02 15:00", "answer")
    desk.closes("2026-03-02 16:00")

    desk.bounces("2026-03-02 16:30", contact)

    assert desk.case.open
    assert desk.promise("reply").running
    assert desk.promise("resolution").running


def test_a_bounced_survey_opens_no_closed_case() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 15:00", "answer")
    desk.closes("2026-03-02 16:00")

    desk.bounces("2026-03-02 16:30", 999)

    assert not desk.case.open


def test_a_bounced_ask_was_never_asked() -> None:
    desk = Desk("2026-03-02 10:00")
    contact = desk.sends("2026-03-02 11:00", "ask")

    desk.bounces("2026-03-02 13:00", contact)

    assert desk.case.asks == 0
    assert not desk.case.outstanding("ask")
    assert shown(desk.promise("reply").due_at) == "Tue 03-03 12:00 EST"
    desk.sends("2026-03-02 14:00", "ask")
    assert "MG201" not in desk.found()


def test_a_bounce_gives_back_the_handoffs_and_asks_before_that_mail() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.hands_over("2026-03-02 11:00", BEN)
    desk.sends("2026-03-02 12:00", "ask")
    contact = desk.sends("2026-03-02 13:00", "answer")

    desk.bounces("2026-03-02 14:00", contact)

    assert (desk.case.handoffs, desk.case.asks) == (1, 1)


def test_a_bounced_reply_of_two_leaves_the_other_standing() -> None:
    desk = Desk("2026-03-02 10:00")
    first = desk.sends("2026-03-02 11:00", "answer")
    desk.sends("2026-03-02 12:00", "answer")

    desk.bounces("2026-03-02 13:00", first)

    assert desk.case.substantive_at == at("2026-03-02 12:00")
    assert desk.promise("reply").running


def test_a_reply_sent_while_the_case_was_set_aside_may_bounce_after_the_judgement() -> None:
    # Found by the proof: the judgement opens no reply clock, for he has his answer; the bounce must.
    desk = Desk("2026-03-02 10:00", quarantined=True)
    contact = desk.sends("2026-03-02 11:00", "answer")
    desk.judges("2026-03-02 12:00", genuine=True)

    desk.bounces("2026-03-02 13:00", contact)

    assert shown(desk.promise("reply").due_at) == "Tue 03-03 10:00 EST"


def test_a_date_said_on_a_closed_case_opens_it() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")
    u = desk.unfolding("2026-03-02 13:00")

    said = Said(due_at=at("2026-03-04 13:00"))
    outgoing.accept(u, contact=50, kinds=("promise",), by=ANN, at=u.now, promises=(said,))

    assert u.case.open
    assert rounds.wakes_at(u.case, u.house) is not None


def test_the_journal_says_of_each_message_whether_it_had_substance() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 11:00", "acknowledgement")
    desk.sends("2026-03-02 12:00", "apology", "answer")

    assert [e.substantive for e in desk.all_of(ev.ContactAccepted)] == [False, True]


def test_two_people_who_answer_one_letter_are_found() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer", by=ANN)

    desk.sends("2026-03-02 12:00", "offer", by=BEN)

    assert desk.found() == ["MG204"]


def test_a_second_apology_without_a_new_fact_is_found() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "apology", "answer")
    desk.sends("2026-03-02 12:00", "apology", "news")
    assert desk.found() == []

    desk.sends("2026-03-02 13:00", "apology")

    assert desk.found() == ["MG205"]
