"""What opens a clock of the policy, what keeps it, and what pauses it: the clocks of words.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from makegood.rules import clocks, outgoing
from makegood.rules import events as ev
from makegood.rules.cases import Ball
from makegood.rules.policy import Kind
from makegood.rules.promises import State
from tests.rules.company import ANN, POLICY, QUIET_DOORS, Desk, at, shown

# ── reply ────────────────────────────────────────────────────────────────────


def test_a_reply_is_due_eight_business_hours_after_the_first_unanswered_contact() -> None:
    desk = Desk("2026-03-06 16:00")

    assert shown(desk.promise("reply").due_at) == "Mon 03-09 16:00 EDT"


def test_writing_again_never_moves_the_reply_clock() -> None:
    desk = Desk("2026-03-02 10:00")

    for day in ("2026-03-02 16:00", "2026-03-03 09:00", "2026-03-03 09:59"):
        desk.writes(day)

    (reply,) = [p for p in desk.case.promises if p.kind == "reply"]
    assert shown(reply.due_at) == "Tue 03-03 10:00 EST"
    assert shown(desk.case.unanswered_at or at("2000-01-01")) == "Mon 03-02 10:00 EST"


def test_writing_again_never_calms_an_alarm_that_rings() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.watch("2026-03-03 10:00")

    desk.writes("2026-03-03 11:00")

    assert {p.kind for p in desk.case.ringing} == {"reply", "silence"}


def test_a_mail_held_up_on_its_way_counts_from_when_it_was_sent() -> None:
    desk = Desk("2026-03-02 12:00")

    desk.writes("2026-03-02 15:00", sent="2026-03-02 10:00")

    assert shown(desk.promise("reply").due_at) == "Tue 03-03 10:00 EST"
    assert desk.case.unanswered_at == at("2026-03-02 10:00")


def test_a_public_post_on_a_case_that_came_by_mail_is_due_within_the_hour() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.writes("2026-03-02 12:00", door="social")

    by_mail, by_post = [p for p in desk.case.promises if p.kind == "reply"]
    assert shown(by_post.due_at) == "Mon 03-02 13:00 EST"
    assert (by_mail.state, by_post.ancestor) == (State.REPLACED, by_mail.number)


def test_the_customers_need_by_counts_if_it_is_earlier() -> None:
    desk = Desk("2026-03-02 10:00", written=False)

    desk.writes("2026-03-02 10:00", need_by="2026-03-02 12:00")

    assert shown(desk.promise("reply").due_at) == "Mon 03-02 12:00 EST"


def test_a_need_by_told_later_brings_the_due_forward() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.writes("2026-03-02 11:00", need_by="2026-03-02 15:00")

    assert shown(desk.promise("reply").due_at) == "Mon 03-02 15:00 EST"


def test_a_need_by_that_somebody_reads_brings_a_paused_clock_forward_too() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "ask")

    desk.needs("2026-03-02 12:00", "2026-03-02 16:00")

    assert shown(desk.promise("reply").due_at) == "Mon 03-02 16:00 EST"
    assert not desk.promise("reply").paused


def test_a_need_by_that_has_passed_makes_the_reply_due_at_once() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.needs("2026-03-02 12:00", "2026-03-02 11:00")
    desk.watch("2026-03-02 12:00")

    assert desk.promise("reply").broken_at == at("2026-03-02 12:00")


def test_a_need_by_after_the_due_moves_nothing() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.writes("2026-03-02 11:00", need_by="2026-03-20 15:00")

    assert shown(desk.promise("reply").due_at) == "Tue 03-03 10:00 EST"


@pytest.mark.parametrize("kind", ["answer", "offer", "news"])
def test_substance_keeps_the_reply_clock(kind: str) -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 15:00", kind)

    assert desk.promise("reply").state is State.KEPT


@pytest.mark.parametrize("kind", ["ask", "acknowledgement", "transfer", "apology", "survey"])
def test_what_has_no_substance_does_not_keep_it(kind: str) -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 15:00", kind)

    assert desk.promise("reply").state is State.OPEN


def test_an_automatic_text_never_keeps_it() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 10:01", "answer", automatic=True)

    assert desk.promise("reply").state is State.OPEN


def test_an_assurance_without_a_date_does_not_keep_it() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 15:00", "promise")

    assert desk.promise("reply").state is State.OPEN


def test_a_reply_keeps_nothing_before_a_server_took_it() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.writes_back("2026-03-02 15:00", "answer")

    assert desk.promise("reply").state is State.OPEN


def test_a_reply_after_its_due_is_kept_late() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-03 10:01", "answer")

    assert desk.promise("reply").state is State.KEPT_LATE


def test_meeting_one_clock_never_stops_another() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.asks_for_manager("2026-03-02 11:00")

    desk.sends("2026-03-02 12:00", "answer", by=ANN)

    assert desk.promise("reply").state is State.KEPT
    assert desk.promise("manager").running
    assert desk.promise("resolution").running


# ── an ask ───────────────────────────────────────────────────────────────────


def test_an_ask_pauses_the_reply_clock_until_the_customer_answers() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 12:00", "ask")
    desk.writes("2026-03-02 16:00")

    assert shown(desk.promise("reply").due_at) == "Tue 03-03 14:00 EST"


def test_an_ask_pauses_for_two_business_days_at_most() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 12:00", "ask")
    desk.watch("2026-03-04 12:00")

    assert shown(desk.promise("reply").due_at) == "Thu 03-05 10:00 EST"
    assert not desk.promise("reply").paused
    assert desk.case.ball is Ball.US


def test_a_second_ask_without_substance_pauses_nothing_and_is_found_as_drip_asks() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 12:00", "ask")
    desk.writes("2026-03-02 13:00")

    desk.sends("2026-03-02 14:00", "ask")

    assert desk.found() == ["MG201"]
    assert not desk.promise("reply").paused
    assert desk.case.ball is Ball.US


def test_an_ask_after_substance_may_pause_again() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "ask")
    desk.sends("2026-03-02 12:00", "news")
    desk.writes("2026-03-02 13:00")

    desk.sends("2026-03-02 14:00", "ask")

    assert desk.found() == []
    assert desk.promise("reply").paused


def test_substance_ends_what_an_ask_had_paused() -> None:
    policy = replace(QUIET_DOORS, kinds={**QUIET_DOORS.kinds, "reply": _never_kept()})
    desk = Desk("2026-03-02 10:00", policy=policy)
    desk.sends("2026-03-02 11:00", "ask")

    desk.sends("2026-03-02 12:00", "news")

    assert shown(desk.promise("reply").due_at) == "Tue 03-03 11:00 EST"


def _never_kept() -> Kind:
    return replace(QUIET_DOORS.kinds["reply"], kept_by=())


def test_a_policy_may_forbid_pausing() -> None:
    policy = replace(QUIET_DOORS, pauses=replace(QUIET_DOORS.pauses, per_reply=0))
    desk = Desk("2026-03-02 10:00", policy=policy)

    desk.sends("2026-03-02 12:00", "ask")

    assert not desk.promise("reply").paused


def test_a_pause_never_moves_a_date_that_was_said() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.promises("2026-03-02 11:00", "2026-03-04 12:00")
    desk.writes("2026-03-02 12:00")

    desk.sends("2026-03-02 13:00", "ask")
    desk.writes("2026-03-03 13:00")

    said = desk.promise("said")
    assert not said.paused
    assert shown(said.due_at) == "Wed 03-04 12:00 EST"


def test_resolution_is_the_one_clock_nothing_pauses() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 12:00", "ask")
    desk.watch("2026-03-04 12:00")

    assert shown(desk.promise("resolution").due_at) == "Mon 03-16 10:00 EDT"


def test_an_unanswered_ask_never_closes_the_case() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 12:00", "ask")

    desk.watch("2026-03-31 12:00")

    assert desk.case.open


# ── silence and update ───────────────────────────────────────────────────────


def test_silence_is_measured_from_the_last_reply_while_it_is_our_turn() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 15:00", "news")

    assert shown(desk.promise("silence").due_at) == "Tue 03-03 15:00 EST"


def test_after_an_answer_it_is_his_turn_and_no_silence_is_measured() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.sends("2026-03-02 15:00", "answer")

    assert desk.case.ball is Ball.CUSTOMER
    assert not desk.promise("silence").outstanding


def test_the_customers_turn_comes_back_to_us_by_itself() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 15:00", "answer")

    desk.watch("2026-03-09 15:00")

    assert desk.case.ball is Ball.US
    assert shown(desk.promise("silence").due_at) == "Tue 03-10 15:00 EDT"


def test_a_date_we_gave_covers_the_silence_until_then() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.promises("2026-03-02 11:00", "2026-03-05 12:00")

    assert shown(desk.promise("silence").due_at) == "Fri 03-06 12:00 EST"


def test_silence_begins_anew_with_the_first_contact_after_our_reply_and_not_with_the_second() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "news")

    desk.writes("2026-03-02 15:00")
    desk.writes("2026-03-02 16:00")

    assert shown(desk.promise("silence").due_at) == "Tue 03-03 15:00 EST"


def test_word_is_owed_every_five_business_days_and_each_reply_counts_anew() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "news")

    desk.sends("2026-03-04 11:00", "news")

    first, second = [p for p in desk.case.promises if p.kind == "update"]
    assert (first.state, shown(second.due_at)) == (State.KEPT, "Wed 03-11 11:00 EDT")


def test_a_clock_that_restarts_does_so_for_us_and_never_for_the_customer() -> None:
    reply = replace(QUIET_DOORS.kinds["reply"], restarts=True)
    desk = Desk("2026-03-02 10:00", policy=replace(QUIET_DOORS, kinds={**QUIET_DOORS.kinds, "reply": reply}))

    desk.writes("2026-03-02 16:00")

    assert shown(desk.promise("reply").due_at) == "Tue 03-03 10:00 EST"


# ── whose turn, and warnings ─────────────────────────────────────────────────


def test_somebody_elses_turn_always_ends() -> None:
    u = Desk().unfolding("2026-03-02 11:00")

    with pytest.raises(ValueError, match="only a turn of somebody else's runs out"):
        clocks.pass_ball(u, Ball.PARTNER, at=u.now)


def test_the_owner_is_warned_before_a_reply_is_due() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.watch("2026-03-03 09:00")

    (warned,) = desk.all_of(ev.PromiseWarned)
    assert (shown(warned.at), warned.to) == ("Tue 03-03 09:00 EST", (ANN,))


def test_a_warning_told_after_an_outage_says_so() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.wait("2026-03-03 09:40")

    (warned,) = desk.all_of(ev.PromiseWarned)
    assert (warned.at, warned.told_at) == (at("2026-03-03 09:00"), at("2026-03-03 09:40"))


def test_the_clock_counts_the_hours_of_the_owners_calendar() -> None:
    desk = Desk("2026-03-02 10:00")

    assert desk.promise("reply").calendar == POLICY.default_calendar


def test_every_kind_of_reply_is_known() -> None:
    assert set(outgoing.OUTGOING_KINDS) >= outgoing.SUBSTANTIVE
