"""Whose case it is: an offer until it is accepted, one owner always, and nobody gone or away."""

from __future__ import annotations

import pytest

from makegood.rules import events as ev
from makegood.rules import refusals
from makegood.rules.promises import State
from tests.rules.company import ANN, BEN, CAST, ELI, EVE, HAL, LEA, Desk, at, away, gone, shown


def test_until_an_offer_is_accepted_the_old_owner_still_owns() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.offers("2026-03-02 11:00", BEN)
    assert desk.case.owner == ANN
    desk.accepts("2026-03-02 12:00", BEN)
    assert desk.case.owner == BEN


def test_an_offer_lapses_after_four_business_hours_and_the_owner_hears() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.offers("2026-03-02 11:00", BEN)
    desk.watch("2026-03-02 15:00")

    assert desk.case.owner == ANN
    assert desk.case.offer is None
    assert desk.promise("handoff").state is State.BROKEN
    assert desk.told() == [("Mon 03-02 15:00 EST", (ANN,))]
    assert desk.case.ringing == ()


def test_an_offer_that_lapsed_while_nobody_watched_is_told_to_the_owner_all_the_same() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.offers("2026-03-02 11:00", BEN)

    desk.wait("2026-03-06 11:00")

    assert ("Fri 03-06 11:00 EST", (ANN,)) in desk.told()
    assert desk.case.offer is None


def test_a_lapsed_offer_can_not_be_accepted() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.offers("2026-03-02 11:00", BEN)

    with pytest.raises(refusals.NotOffered):
        desk.accepts("2026-03-02 15:00", BEN)


def test_a_returned_offer_stays_with_its_owner() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.offers("2026-03-02 11:00", BEN)

    desk.returns("2026-03-02 12:00", BEN)

    assert desk.case.owner == ANN
    assert desk.promise("handoff").state is State.KEPT


def test_an_offer_is_refused_to_the_owner_the_absent_and_the_gone() -> None:
    people = gone(away(CAST, BEN, "2026-03-01 09:00"), HAL, "2026-03-01 09:00")
    desk = Desk("2026-03-02 10:00", people=people)

    for person in (ANN, BEN, HAL):
        with pytest.raises(refusals.CannotReceive):
            desk.offers("2026-03-02 11:00", person)


def test_a_case_is_offered_to_one_person_at_a_time() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.offers("2026-03-02 11:00", BEN)

    with pytest.raises(refusals.AlreadyOffered):
        desk.offers("2026-03-02 11:01", LEA)


def test_nobody_accepts_what_was_offered_to_another() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.offers("2026-03-02 11:00", BEN)

    with pytest.raises(refusals.NotOffered):
        desk.accepts("2026-03-02 11:30", HAL)


def test_from_one_to_another_and_back_is_ping_pong() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.hands_over("2026-03-02 11:00", BEN)
    desk.hands_over("2026-03-02 12:00", ANN)

    assert desk.found() == ["MG202"]


def test_the_third_handoff_without_substance_makes_somebody_higher_the_owner() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.hands_over("2026-03-02 11:00", BEN)
    desk.hands_over("2026-03-02 12:00", ANN)

    desk.offers("2026-03-02 13:00", BEN)

    assert desk.case.owner == LEA
    assert desk.case.offer is None
    assert desk.found() == ["MG202", "MG202"]
    assert desk.told() == [("Mon 03-02 13:00 EST", (HAL,))]


def test_a_lead_who_passes_it_down_again_loses_it_to_the_head_of_service() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.hands_over("2026-03-02 11:00", BEN)
    desk.hands_over("2026-03-02 12:00", ANN)
    desk.offers("2026-03-02 13:00", BEN)

    desk.offers("2026-03-02 14:00", ANN)

    assert desk.case.owner == HAL


def test_a_substantive_reply_gives_the_handoff_budget_back() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.hands_over("2026-03-02 11:00", BEN)
    desk.hands_over("2026-03-02 12:00", LEA)
    desk.sends("2026-03-02 12:30", "news")

    desk.hands_over("2026-03-02 13:00", ANN)

    assert desk.case.owner == ANN
    assert desk.found() == []


def test_passing_it_up_is_always_possible() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.hands_over("2026-03-02 11:00", BEN)
    desk.hands_over("2026-03-02 12:00", ANN)

    desk.hands_over("2026-03-02 13:00", HAL)

    assert desk.case.owner == HAL


# ── who left, who is away ────────────────────────────────────────────────────


def test_the_case_of_somebody_who_left_goes_to_the_next_one_up_at_once() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.people = gone(CAST, ANN, "2026-03-02 12:00")

    desk.wait("2026-03-02 12:01")

    (changed,) = desk.all_of(ev.OwnerChanged)
    assert (changed.to, changed.was, changed.why) == (LEA, ANN, "left")
    assert changed.at == at("2026-03-02 12:00")


def test_if_nobody_wrote_down_when_he_left_it_is_dated_when_we_noticed() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.people = gone(CAST, ANN)

    desk.wait("2026-03-04 12:01")

    assert desk.all_of(ev.OwnerChanged)[0].at == at("2026-03-04 12:01")


def test_the_case_of_somebody_away_moves_after_an_hour_of_open_time() -> None:
    desk = Desk("2026-03-02 10:00", people=away(CAST, ANN, "2026-03-02 16:30", "2026-03-20 09:00"))

    desk.watch("2026-03-03 09:30")

    assert desk.case.owner == LEA
    assert shown(desk.all_of(ev.OwnerChanged)[0].at) == "Tue 03-03 09:30 EST"


def test_a_short_absence_moves_nothing_and_hides_no_longer_one_behind_it() -> None:
    people = away(CAST, ANN, "2026-03-02 12:00", "2026-03-02 12:30")
    people = away(people, ANN, "2026-03-02 14:00", "2026-03-20 09:00")
    desk = Desk("2026-03-02 10:00", people=people)

    desk.watch("2026-03-02 13:00")
    assert desk.case.owner == ANN
    desk.watch("2026-03-02 15:00")
    assert desk.case.owner == LEA


def test_while_nobody_is_in_an_absent_owner_keeps_it_until_somebody_comes_in() -> None:
    people = away(CAST, ANN, "2026-03-01 09:00")
    for person in (BEN, LEA, EVE, ELI):
        people = away(people, person, "2026-03-01 09:00")
    people = away(people, HAL, "2026-03-01 09:00", "2026-03-02 14:00")
    desk = Desk("2026-03-02 10:00", people=people)

    desk.watch("2026-03-02 13:59")
    assert desk.case.owner == ANN
    desk.watch("2026-03-02 14:00")
    assert desk.case.owner == HAL


def test_an_agent_who_is_in_takes_over_where_nobody_above_is() -> None:
    people = CAST
    for person in (LEA, HAL, EVE, ELI):
        people = away(people, person, "2026-03-01 09:00")
    desk = Desk("2026-03-02 10:00", people=gone(people, ANN, "2026-03-02 11:00"))

    desk.wait("2026-03-02 11:00")

    assert desk.case.owner == BEN


def test_when_the_owner_of_an_offered_case_leaves_the_offer_ends_with_him() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.offers("2026-03-02 11:00", BEN)
    desk.people = gone(CAST, ANN, "2026-03-02 12:00")

    desk.wait("2026-03-02 12:01")

    assert (desk.case.owner, desk.case.offer) == (LEA, None)
    assert not desk.case.outstanding("handoff")


def test_falling_ill_is_no_handoff() -> None:
    desk = Desk("2026-03-02 10:00", people=away(CAST, ANN, "2026-03-02 11:00"))

    desk.watch("2026-03-02 12:00")

    assert desk.case.owner == LEA
    assert desk.case.handoffs == 0


def test_i_have_it_is_refused_where_nothing_rings() -> None:
    with pytest.raises(refusals.NothingRings):
        Desk("2026-03-02 10:00").acknowledges("2026-03-02 11:00", ANN)
