"""When a case may close, and what a message that was set aside turns out to be."""

from __future__ import annotations

import pytest

from makegood.rules import events as ev
from makegood.rules import incoming, refusals, rounds
from makegood.rules.cases import Ball
from makegood.rules.promises import State
from tests.rules.company import ANN, POLICY, Desk, at, shown


def reasons(desk: Desk, when: str, *further: str) -> tuple[str, ...]:
    with pytest.raises(refusals.CannotClose) as refused:
        desk.closes(when, *further)
    return refused.value.reasons


def test_a_case_closes_once_nothing_is_owed() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")

    desk.closes("2026-03-02 12:00")

    assert not desk.case.open
    assert desk.case.ball is Ball.NOBODY
    assert desk.promise("resolution").state is State.KEPT
    assert desk.case.outstanding() == ()


def test_a_closed_case_sleeps() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")
    known = len(desk.story)

    desk.wait("2027-03-02 12:00")

    assert rounds.wakes_at(desk.case, desk.house) is None
    assert len(desk.story) == known


def test_every_reason_against_closing_is_told_at_once() -> None:
    desk = Desk("2026-03-02 10:00", door="executive", policy=POLICY)
    desk.asks_for_manager("2026-03-02 11:00")
    desk.writes_back("2026-03-02 11:30", "answer")
    u = desk.unfolding("2026-03-02 11:40")
    incoming.propose(u, contact=7, why="unknown sender", at=u.now)
    desk._settle(u)

    told = " ".join(reasons(desk, "2026-03-02 12:00", "A remedy is not done yet: confirm its delivery."))

    for word in ("promise", "no answer", "stranger", "mail server", "substantive", "manager", "executive"):
        assert word in told
    assert "remedy" in told
    assert desk.case.open


@pytest.mark.parametrize("kind", ["ask", "acknowledgement", "apology"])
def test_it_does_not_close_before_a_substantive_reply(kind: str) -> None:
    desk = Desk("2026-03-02 10:00", written=False)
    desk.sends("2026-03-02 11:00", kind)

    assert reasons(desk, "2026-03-02 12:00") == (
        "No substantive reply was ever sent: answer, offer, promise, or give a new fact.",
    )


def test_it_does_not_close_over_an_open_promise_even_a_broken_one() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.promises("2026-03-02 11:00", "2026-03-03 11:00")

    assert len(reasons(desk, "2026-03-02 12:00")) == 1
    assert len(reasons(desk, "2026-03-04 12:00")) == 1


def test_it_does_not_close_while_a_message_waits() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.writes("2026-03-02 12:00")

    assert reasons(desk, "2026-03-02 13:00") == (
        "The customer's last message has no answer: reply, or mark it as needing none.",
    )


def test_closing_withdraws_an_offer() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.offers("2026-03-02 11:30", 2)

    desk.closes("2026-03-02 12:00")

    assert desk.case.offer is None


def test_closed_is_closed_and_open_is_open() -> None:
    desk = Desk("2026-03-02 10:00")
    with pytest.raises(refusals.CaseIsOpen):
        desk.reopens("2026-03-02 10:30")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")

    with pytest.raises(refusals.CaseIsClosed):
        desk.closes("2026-03-02 13:00")


def test_a_case_reopened_by_staff_has_its_old_clock_and_its_silence() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")

    desk.reopens("2026-03-03 12:00")

    assert {p.kind for p in desk.case.outstanding()} == {"resolution", "silence"}
    assert shown(desk.promise("resolution").due_at) == "Mon 03-16 10:00 EDT"


# ── set aside ────────────────────────────────────────────────────────────────


def test_what_nobody_could_place_has_an_owner_and_a_clock() -> None:
    desk = Desk("2026-03-02 10:00", quarantined=True)

    assert desk.case.owner == ANN
    assert [p.kind for p in desk.case.outstanding()] == ["quarantine"]
    assert shown(desk.promise("quarantine").due_at) == "Mon 03-02 14:00 EST"


def test_a_complaint_that_was_set_aside_gets_the_clocks_it_has_had_all_along() -> None:
    desk = Desk("2026-03-02 10:00", quarantined=True, policy=POLICY)

    desk.judges("2026-03-02 13:00", genuine=True)

    assert shown(desk.promise("reply").due_at) == "Tue 03-03 10:00 EST"
    assert shown(desk.promise("standing mail").due_at) == "Tue 03-03 10:00 EST"
    assert shown(desk.promise("resolution").due_at) == "Mon 03-16 10:00 EDT"
    assert desk.promise("quarantine").state is State.KEPT


def test_a_letter_to_an_executive_that_was_set_aside_gets_her_clock_too() -> None:
    desk = Desk("2026-03-02 10:00", door="executive", quarantined=True)

    desk.judges("2026-03-02 13:00", genuine=True)

    assert shown(desk.promise("executive").due_at) == "Tue 03-03 10:00 EST"


def test_what_is_no_complaint_is_put_away() -> None:
    desk = Desk("2026-03-02 10:00", quarantined=True, policy=POLICY)

    desk.judges("2026-03-02 13:00", genuine=False)

    assert not desk.case.open
    assert desk.case.outstanding() == ()


def test_what_was_put_away_opens_as_a_complaint_when_he_writes_again() -> None:
    desk = Desk("2026-03-02 10:00", quarantined=True)
    desk.judges("2026-03-02 13:00", genuine=False)

    desk.writes("2026-03-03 10:00")

    assert {p.kind for p in desk.case.outstanding()} == {"resolution", "reply", "silence"}
    assert shown(desk.promise("reply").due_at) == "Wed 03-04 10:00 EST"
    assert shown(desk.promise("resolution").due_at) == "Mon 03-16 10:00 EDT"


def test_it_is_not_put_away_while_a_persons_word_is_owed() -> None:
    desk = Desk("2026-03-02 10:00", quarantined=True)
    desk.promises("2026-03-02 11:00", "2026-03-04 11:00")

    with pytest.raises(refusals.CannotClose):
        desk.judges("2026-03-02 13:00", genuine=False)


def test_it_is_judged_once_and_never_closed_before() -> None:
    desk = Desk("2026-03-02 10:00", quarantined=True)
    assert "It is set aside: judge it first." in reasons(desk, "2026-03-02 11:00")
    desk.judges("2026-03-02 13:00", genuine=True)

    with pytest.raises(refusals.AlreadyJudged):
        desk.judges("2026-03-02 14:00", genuine=True)


def test_nobody_judges_in_time_and_the_owner_hears() -> None:
    desk = Desk("2026-03-02 10:00", quarantined=True)

    desk.watch("2026-03-02 14:00")

    assert [e.at for e in desk.all_of(ev.AlarmRaised)] == [at("2026-03-02 14:00")]
