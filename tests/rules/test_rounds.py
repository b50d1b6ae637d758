"""What time does to a case, also when our own watch stood still."""

from __future__ import annotations

import pytest

from makegood.rules import events as ev
from makegood.rules import rounds
from makegood.rules.unfolding import Unfolding
from tests.rules.company import ANN, CAST, EVE, HAL, LEA, Desk, at, away, shown
from tests.rules.invariants import wrongs_of_state


def test_an_open_case_always_says_when_it_wakes() -> None:
    desk = Desk("2026-03-02 10:00")

    assert rounds.wakes_at(desk.case, desk.house) == at("2026-03-03 09:00")  # the warning before the reply


def test_looking_twice_does_nothing_twice() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.wait("2026-03-04 10:00")
    known = len(desk.story)

    desk.wait("2026-03-04 10:00")

    assert len(desk.story) == known


def test_after_a_look_the_case_wakes_later_than_now() -> None:
    desk = Desk("2026-03-02 10:00")
    for day in range(2, 31):
        desk.wait(f"2026-03-{day:02d} 12:00")
        assert list(wrongs_of_state(desk.case, desk.house, now=at(f"2026-03-{day:02d} 12:00"))) == []


def test_events_are_dated_when_they_became_true_in_the_order_in_which_they_did() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.wait("2026-03-16 10:00")

    dates = [e.at for e in desk.story]
    assert dates == sorted(dates)
    assert {shown(e.at) for e in desk.all_of(ev.PromiseBroken)} == {
        "Tue 03-03 10:00 EST",
        "Mon 03-16 10:00 EDT",
    }


# ── an outage ────────────────────────────────────────────────────────────────


def test_after_an_outage_the_rungs_that_passed_are_missed_and_the_highest_is_told() -> None:
    desk = Desk("2026-03-05 10:00")  # due on Friday at 10

    desk.wait("2026-03-11 12:00")  # the watch stood still over the weekend, until Wednesday

    assert [(shown(e.at), e.rung) for e in desk.all_of(ev.AlarmMissed)] == [
        ("Fri 03-06 10:00 EST", 0),
        ("Mon 03-09 10:00 EDT", 1),
    ]
    assert [(shown(e.at), shown(e.told_at), e.rung, e.to) for e in desk.all_of(ev.AlarmRaised)] == [
        ("Tue 03-10 10:00 EDT", "Wed 03-11 12:00 EDT", 2, (HAL,))
    ]


def test_after_an_outage_the_ladder_goes_on_at_its_old_instants() -> None:
    desk = Desk("2026-03-05 10:00")
    desk.wait("2026-03-11 12:00")

    desk.watch("2026-03-12 10:00")

    first = [(shown(e.at), e.rung, e.to) for e in desk.all_of(ev.AlarmRaised) if not e.repeat]
    assert first[-1] == ("Thu 03-12 10:00 EDT", 3, (EVE,))


def test_a_rung_that_was_told_is_not_told_again_after_an_outage_when_the_next_is_due() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.watch("2026-03-03 10:00")

    desk.wait("2026-03-04 12:00")

    assert [(shown(e.at), e.repeat) for e in desk.all_of(ev.AlarmMissed)] == [("Tue 03-03 14:00 EST", True)]
    assert [(shown(e.at), e.to) for e in desk.all_of(ev.AlarmRaised)][1:] == [("Wed 03-04 10:00 EST", (LEA,))]


def test_an_alarm_told_a_moment_late_is_told_and_not_missed() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.wait("2026-03-03 10:01")

    (alarm,) = desk.all_of(ev.AlarmRaised)
    assert (shown(alarm.at), shown(alarm.told_at)) == ("Tue 03-03 10:00 EST", "Tue 03-03 10:01 EST")
    assert desk.all_of(ev.AlarmMissed) == []


def test_who_hears_is_chosen_when_he_is_told_and_not_when_it_was_due() -> None:
    desk = Desk("2026-03-02 10:00", people=away(CAST, LEA, "2026-03-04 11:00", "2026-03-06 09:00"))
    desk.watch("2026-03-03 10:00")

    desk.wait("2026-03-04 12:00")  # the lead was in when her rung came, and is not now

    assert desk.all_of(ev.AlarmRaised)[-1].to == (HAL,)


def test_a_mail_fetched_after_days_broke_its_promise_when_it_did() -> None:
    desk = Desk("2026-03-02 10:00", now="2026-03-05 10:00", written=False)
    desk.writes("2026-03-05 10:00", sent="2026-03-02 10:00")

    desk.wait("2026-03-05 10:00")

    assert desk.promise("reply").broken_at == at("2026-03-03 10:00")
    assert desk.all_of(ev.AlarmRaised)[-1].told_at == at("2026-03-05 10:00")


def test_the_rules_give_up_loudly_on_a_case_that_never_comes_to_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk("2026-03-02 10:00")
    monkeypatch.setattr(rounds, "_let_happen", lambda *_, **__: None)

    with pytest.raises(RuntimeError, match="never comes to rest"):
        rounds.advance(Unfolding(desk.case, desk.house, now=desk.case.last_at), now=at("2026-04-01 10:00"))


def test_the_owner_is_nobody_special_to_time() -> None:
    desk = Desk("2026-03-02 10:00", owner=HAL)

    desk.watch("2026-03-03 10:00")

    assert desk.told() == [("Tue 03-03 10:00 EST", (HAL,))]
    assert desk.case.owner != ANN
