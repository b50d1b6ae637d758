"""Who hears next when nobody acted, at which instant, and why it never stops on its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from makegood.rules import escalation, rounds
from makegood.rules import events as ev
from makegood.rules.people import People
from tests.rules.company import ANN, BEN, CAST, ELI, EVE, HAL, LEA, Desk, at, away, gone, shown
from tests.rules.invariants import able
from tests.rules.small_world import HOUR, NOW, POLICIES, Status, people_of


def rungs(desk: Desk) -> list[tuple[str, int, tuple[int, ...]]]:
    """Return when each rung was first told, and who heard."""
    return [(shown(e.at), e.rung, e.to) for e in desk.all_of(ev.AlarmRaised) if not e.repeat]


def test_a_complaint_nobody_answers_reaches_the_executive_at_the_instants_of_story_0() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.watch("2026-03-09 10:00")

    assert rungs(desk) == [
        ("Tue 03-03 10:00 EST", 0, (ANN,)),
        ("Wed 03-04 10:00 EST", 1, (LEA,)),
        ("Thu 03-05 10:00 EST", 2, (HAL,)),
        ("Mon 03-09 10:00 EDT", 3, (EVE,)),
    ]


def test_what_breaks_together_rings_as_one_alarm() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.watch("2026-03-03 10:00")

    (alarm,) = desk.all_of(ev.AlarmRaised)
    assert [desk.case.promise(n).kind for n in alarm.numbers] == ["reply", "silence"]


def test_somebody_absent_is_skipped_upwards() -> None:
    people = away(CAST, LEA, "2026-03-04 09:00", "2026-03-06 09:00")
    desk = Desk("2026-03-02 10:00", people=people)

    desk.watch("2026-03-04 10:00")

    alarm = desk.all_of(ev.AlarmRaised)[-1]
    assert (alarm.to, alarm.skipped) == ((HAL,), (LEA,))


def test_an_absent_owner_is_skipped_upwards_until_the_case_has_moved() -> None:
    people = away(CAST, ANN, "2026-03-03 09:30", "2026-03-03 10:15")
    desk = Desk("2026-03-02 10:00", people=people)

    desk.watch("2026-03-03 10:00")

    alarm = desk.all_of(ev.AlarmRaised)[-1]
    assert (alarm.rung, alarm.to, alarm.skipped) == (0, (LEA,), (ANN,))


def test_an_owner_who_is_a_lead_is_passed_over_on_the_rung_above() -> None:
    desk = Desk("2026-03-02 10:00", owner=LEA)

    desk.watch("2026-03-04 10:00")

    assert rungs(desk) == [("Tue 03-03 10:00 EST", 0, (LEA,)), ("Wed 03-04 10:00 EST", 1, (HAL,))]


def test_when_nobody_above_is_in_every_executive_is_told_and_so_is_whoever_is_in() -> None:
    people = CAST
    for person in (LEA, HAL, EVE, ELI):
        people = away(people, person, "2026-03-01 09:00")
    desk = Desk("2026-03-02 10:00", people=people)

    desk.watch("2026-03-04 10:00")

    assert desk.all_of(ev.AlarmRaised)[-1].to == (EVE, ELI, BEN)


def test_an_executive_who_left_hears_nothing() -> None:
    desk = Desk("2026-03-02 10:00", people=gone(CAST, EVE, "2026-03-01 09:00"))

    desk.watch("2026-03-09 10:00")

    assert desk.all_of(ev.AlarmRaised)[-1].to == (ELI,)


def test_i_have_it_buys_the_grace_and_then_the_next_rung_hears() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.watch("2026-03-03 10:00")

    desk.acknowledges("2026-03-03 11:00", ANN)
    desk.watch("2026-03-04 11:00")

    assert rungs(desk)[1:] == [("Wed 03-04 11:00 EST", 1, (LEA,))]


def test_i_have_it_is_no_answer_so_the_ladder_goes_on_from_there() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.watch("2026-03-03 10:00")
    desk.acknowledges("2026-03-03 11:00", ANN)

    desk.watch("2026-03-09 16:00")

    assert rungs(desk)[1:] == [
        ("Wed 03-04 11:00 EST", 1, (LEA,)),
        ("Thu 03-05 11:00 EST", 2, (HAL,)),
        ("Mon 03-09 11:00 EDT", 3, (EVE,)),
    ]


def test_i_have_it_silences_everything_that_rings_on_the_case() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.watch("2026-03-03 10:00")

    desk.acknowledges("2026-03-03 11:00", ANN)

    assert desk.case.ringing == ()


def test_an_alarm_nobody_answers_is_said_again_before_the_next_rung() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.watch("2026-03-03 14:00")

    assert desk.told() == [("Tue 03-03 10:00 EST", (ANN,)), ("Tue 03-03 14:00 EST", (ANN,))]


def test_the_last_rung_repeats_for_ever() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.watch("2026-03-20 17:00")

    reply = desk.promise("reply").number
    last = [shown(e.at) for e in desk.all_of(ev.AlarmRaised) if reply in e.numbers and e.to == (EVE,)][-2:]
    assert last == ["Fri 03-20 10:00 EDT", "Fri 03-20 14:00 EDT"]
    assert rounds.wakes_at(desk.case, desk.house) is not None


def test_i_have_it_at_the_top_buys_the_grace_and_the_top_hears_again() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.watch("2026-03-09 10:00")

    desk.acknowledges("2026-03-09 11:00", EVE)
    told = len(desk.all_of(ev.AlarmRaised))
    desk.watch("2026-03-10 11:00")

    assert [(shown(e.at), e.rung) for e in desk.all_of(ev.AlarmRaised)[told:] if 3 in e.numbers] == [
        ("Tue 03-10 11:00 EDT", 3)
    ]


def test_not_resolved_starts_every_ladder_one_rung_higher() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer")
    desk.closes("2026-03-02 12:00")

    desk.says_unresolved("2026-03-03 09:00")
    desk.watch("2026-03-04 17:00")

    assert rungs(desk) == [("Tue 03-03 17:00 EST", 1, (LEA,)), ("Wed 03-04 17:00 EST", 2, (HAL,))]


def test_the_ask_ladder_reminds_then_tries_another_door_then_a_human_decides() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "answer", "ask")

    desk.watch("2026-03-17 12:00")

    ask = desk.promise("ask").number
    heard = [(shown(e.at), e.to) for e in desk.all_of(ev.AlarmRaised) if e.numbers == (ask,) and not e.repeat]
    assert heard[:2] == [("Thu 03-05 11:00 EST", (ANN,)), ("Mon 03-09 11:00 EDT", (ANN,))]
    assert ("Mon 03-16 11:00 EDT", (LEA,)) in heard


# ── every company there can be ───────────────────────────────────────────────

STATUSES: tuple[Status, ...] = ("in", HOUR, "gone")
COMPANIES = [c for c in product(STATUSES, repeat=6) if not c[4] == c[5] == "gone"]
"""Every way in which six people can be in, away or gone; the desk keeps one executive."""


def test_whoever_is_in_some_alarm_reaches_a_person_who_is_in() -> None:
    policy = POLICIES["as the house"]
    ladder = policy.ladders["house"]  # every role there is
    case = Desk().case
    for statuses in COMPANIES:
        house = escalation.House(policy=policy, people=people_of(statuses))
        here = set(able(house.people, NOW))
        for owner in (ANN, LEA, HAL, EVE):
            owned = replace(case, owner=owner)
            for rung in range(len(ladder.rungs)):
                told = escalation.hearers(owned, rung, ladder, house, at=NOW)
                assert told.to, statuses
                assert all(statuses[p - 1] != "gone" for p in told.to), statuses
                assert not here or here & set(told.to), statuses


def test_whoever_is_in_a_case_goes_to_somebody_who_is_in() -> None:
    policy = POLICIES["as the house"]
    case = Desk().case
    for statuses in COMPANIES:
        house = escalation.House(policy=policy, people=people_of(statuses))
        here = set(able(house.people, NOW))
        for owner in range(1, 7):
            to = escalation.successor(replace(case, owner=owner), house, at=NOW)
            assert statuses[to - 1] != "gone", statuses
            assert to in here or not here, statuses


def test_whoever_stands_in_for_an_absent_owner_owns_the_case() -> None:
    people: People = away(CAST, ANN, "2026-03-02 12:00", "2026-03-05 09:00", cover=BEN)
    desk = Desk("2026-03-02 10:00", people=people)

    desk.watch("2026-03-02 13:00")

    assert desk.case.owner == BEN
    assert desk.case.owned_at == at("2026-03-02 13:00")
