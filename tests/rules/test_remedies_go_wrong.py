"""Offers that are late, bounce or run out; remedies that fail; what we hold; and where nothing can be given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from makegood.rules import refusals
from makegood.rules.authority import Verdict
from makegood.rules.policy import Role
from makegood.rules.remedies import Step
from tests.rules.company import EVE, LEA, Desk, at
from tests.rules.making_right import CODE, REFUND, SORRY, Amends

# ── offers ───────────────────────────────────────────────────────────────────


def test_what_would_come_after_he_needs_it_is_not_offered_unless_he_is_told() -> None:
    desk = Amends()
    desk.needs("2026-03-02 10:05", "2026-03-06 12:00")
    desk.proposes("2026-03-02 10:10", REFUND)
    with pytest.raises(refusals.ComesTooLate):
        desk.offers_it("2026-03-02 10:20", arrives="2026-03-09 12:00")
    desk.offers_it("2026-03-02 10:25", arrives="2026-03-09 12:00", although_late=True)

    assert desk.remedy.late


def test_what_came_after_he_needed_it_stays_on_record_as_too_late() -> None:
    for arrives, found in (("2026-03-06 12:00", []), ("2026-03-06 12:01", ["MG703"])):
        desk = Amends()
        desk.needs("2026-03-02 10:05", "2026-03-06 12:00")
        desk.proposes("2026-03-02 10:10", REFUND)
        desk.orders("2026-03-02 10:15")
        desk.arrives(arrives)

        assert desk.found() == found


def test_an_offer_stands_and_only_he_declines_it() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.offers_it("2026-03-02 10:20")
    with pytest.raises(refusals.OfferStands):
        desk.takes_back("2026-03-02 10:30")
    desk.declines("2026-03-02 11:00")

    assert (desk.remedy.step, desk.remedy.counts, desk.clocks()) == (Step.DECLINED, False, [])
    assert desk.case.ball == "us"


def test_before_he_was_told_it_may_be_taken_back() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.takes_back("2026-03-02 10:20")

    assert (desk.remedy.step, desk.remedy.counts, desk.clocks()) == (Step.REVERSED, False, [])


def test_an_offer_runs_out_only_where_the_delay_is_his() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.offers_it("2026-03-02 10:20", expires="2026-03-05 17:00")
    with pytest.raises(refusals.NotRunOut):
        desk.lapses("2026-03-05 16:59")

    desk.writes("2026-03-04 10:00")
    with pytest.raises(refusals.NotRunOut):
        desk.lapses("2026-03-05 17:00")
    assert desk.remedy.step is Step.OFFERED

    desk.sends("2026-03-05 17:00", "answer")
    desk.lapses("2026-03-05 17:05")
    assert desk.steps()[-1] == "declined"


def test_a_choice_that_comes_late_still_counts() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.offers_it("2026-03-02 10:20", expires="2026-03-05 17:00")
    desk.chooses("2026-03-06 10:00")

    assert desk.remedy.step is Step.ACCEPTED


def test_an_offer_whose_letter_bounced_is_owed_again_and_not_one_he_has_answered() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    letter = desk.offers_it("2026-03-02 10:20")
    desk.bounces("2026-03-02 10:30", letter)
    assert sorted(desk.clocks()) == ["choice", "offering"]

    letter = desk.offers_it("2026-03-02 10:40")
    assert desk.clocks() == ["choice"]
    desk.chooses("2026-03-02 11:00")
    desk.bounces("2026-03-02 11:10", letter)
    assert desk.clocks() == ["ordering"]


# ── when it fails ────────────────────────────────────────────────────────────


def test_a_remedy_that_fails_is_told_one_rung_up_and_owed_until_another_stands_in_its_place() -> None:
    desk = Amends()
    desk.sends("2026-03-02 10:05", "answer")
    desk.fails_again("2026-03-03")

    assert (desk.case.failed_remedies, desk.case.lowest_rung) == (1, 1)
    assert desk.alarms_to() == [LEA]
    assert (desk.remedy.undone, desk.clocks()) == (True, ["amends"])
    assert desk.found() == ["MG701"]
    with pytest.raises(refusals.CannotClose, match="nothing stands in its place"):
        desk.closes("2026-03-03 11:00")

    desk.proposes("2026-03-03 11:00", CODE)
    assert (desk.case.remedy(1).undone, desk.clocks(1), desk.remedy.ancestor) == (False, [], 1)


def test_what_stood_in_its_place_and_is_denied_leaves_it_owed_again() -> None:
    desk = Amends()
    desk.fails_again("2026-03-03")
    desk.proposes("2026-03-03 11:00", CODE, allowed=Verdict(needs=Role.LEAD))
    desk.denies("2026-03-03 12:00")

    assert (desk.case.remedy(1).undone, desk.clocks(1), desk.clocks(2)) == (True, ["amends"], [])


def test_an_apology_stands_in_for_nothing() -> None:
    desk = Amends()
    desk.fails_again("2026-03-03")
    desk.proposes("2026-03-03 11:00", SORRY, failure="process")

    assert desk.case.remedy(1).undone


def test_after_two_failures_he_gets_a_choice_and_after_three_an_executive_hears() -> None:
    desk = Amends()
    desk.fails_again("2026-03-03")
    desk.fails_again("2026-03-04")
    with pytest.raises(refusals.ChoiceOwed):
        desk.proposes("2026-03-05 09:30", CODE)
    assert EVE not in desk.alarms_to()
    desk.fails_again("2026-03-05")

    assert desk.case.failed_remedies == 3
    assert desk.alarms_to()[-1] == EVE


def test_a_remedy_that_turns_out_wrong_after_it_was_confirmed_opens_the_case_again() -> None:
    desk = Amends()
    desk.makes_good("2026-03-03", REFUND)
    desk.sends("2026-03-03 11:00", "answer")
    desk.closes("2026-03-03 11:10")
    desk.fails("2026-03-10 10:00")

    assert desk.case.open
    assert desk.clocks() == ["amends"]


def test_what_was_ordered_and_failed_counts_still_and_what_was_not_does_not() -> None:
    desk = Amends()
    desk.fails_again("2026-03-03")
    assert desk.remedy.counts

    desk.proposes("2026-03-03 11:00", REFUND)
    desk.offers_it("2026-03-03 11:05")
    desk.chooses("2026-03-03 11:10")
    desk.fails("2026-03-03 11:20", "sold out")
    assert not desk.remedy.counts


# ── what we hold ─────────────────────────────────────────────────────────────


def test_a_case_that_holds_his_property_does_not_close_until_he_has_it() -> None:
    desk = Amends()
    desk.sends("2026-03-02 10:10", "answer")
    desk.takes_his_thing("2026-03-02 10:15")
    with pytest.raises(refusals.AlreadyHeld):
        desk.takes_his_thing("2026-03-02 10:16")
    assert desk.promise("custody").outstanding
    with pytest.raises(refusals.CannotClose, match="We hold something of his"):
        desk.closes("2026-03-02 10:20")
    with pytest.raises(refusals.NotHeld):
        desk.gives_it_back("2026-03-02 10:20", holding=2)
    desk.gives_it_back("2026-03-02 10:25")
    desk.closes("2026-03-02 10:30")

    assert desk.promise("custody").kept_at == at("2026-03-02 10:25")


# ── where nothing can be given ───────────────────────────────────────────────


def test_a_closed_case_and_one_that_is_set_aside_get_no_remedy() -> None:
    aside = Amends(quarantined=True, written=False, wish=False)
    with pytest.raises(refusals.SetAside):
        aside.proposes("2026-03-02 10:10", SORRY)

    desk = Amends()
    desk.sends("2026-03-02 10:10", "answer")
    desk.closes("2026-03-02 10:20")
    with pytest.raises(refusals.CaseIsClosed):
        desk.proposes("2026-03-02 10:30", REFUND)
    with pytest.raises(refusals.CaseIsClosed):
        desk.wishes("2026-03-02 10:30")


def test_a_policy_without_clocks_for_remedies_can_give_none() -> None:
    older = Desk().policy
    kinds = {name: kind for name, kind in older.kinds.items() if name != "delivery"}
    desk = Amends(policy=replace(older, kinds=kinds))

    with pytest.raises(refusals.NoRemedyClocks):
        desk.proposes("2026-03-02 10:10", REFUND)


def test_there_is_no_remedy_that_nobody_proposed() -> None:
    with pytest.raises(refusals.NoSuchRemedy):
        Amends().orders("2026-03-02 10:10", number=1)
