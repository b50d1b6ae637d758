"""A remedy goes from proposed to confirmed, each step with a clock, and nobody is paid twice or forgotten."""

from __future__ import annotations

import pytest

from makegood.rules import refusals
from makegood.rules import remedy_events as rev
from makegood.rules.authority import Verdict
from makegood.rules.money import Money
from makegood.rules.policy import Role
from makegood.rules.remedies import Option, Step
from tests.rules.company import ANN, HAL, LEA, at
from tests.rules.making_right import ANY_BAG, CODE, REFUND, SOMETHING, SORRY, Amends

# ── the wish ─────────────────────────────────────────────────────────────────


def test_nothing_is_proposed_before_anybody_knows_the_wish() -> None:
    desk = Amends(wish=False)

    with pytest.raises(refusals.WishFirst):
        desk.proposes("2026-03-02 10:10", REFUND)
    assert desk.case.remedies == ()

    desk.asks_wish("2026-03-02 10:15")
    assert desk.case.wish_asked_at == at("2026-03-02 10:15")
    desk.wishes("2026-03-02 10:20", himself=True)
    desk.proposes("2026-03-02 10:30", REFUND)

    assert desk.case.wish_at == at("2026-03-02 10:20")
    assert not desk.remedy.before_wish


def test_the_gate_is_soft_with_a_reason_and_it_is_on_record() -> None:
    desk = Amends(wish=False)

    with pytest.raises(refusals.NeedsReason):
        desk.passes_wish("2026-03-02 10:10", "  ")
    desk.passes_wish("2026-03-02 10:10")
    desk.proposes("2026-03-02 10:15", REFUND)

    assert desk.remedy.before_wish
    assert [e.why for e in desk.all_of(rev.WishPassed)] == ["He is at the airport."]


def test_words_alone_need_no_wish() -> None:
    desk = Amends(wish=False)

    desk.proposes("2026-03-02 10:10", SORRY, failure="process")

    assert desk.remedy.step is Step.APPROVED


def test_what_an_incident_gives_to_everybody_waits_for_nobodys_wish() -> None:
    desk = Amends(wish=False)

    desk.proposes("2026-03-02 10:10", REFUND, incident=7)
    desk.orders("2026-03-02 10:11")

    assert desk.remedy.before_wish
    assert desk.remedy.step is Step.ORDERED


# ── from proposed to confirmed ───────────────────────────────────────────────


def test_within_authority_it_is_approved_at_once_and_each_step_has_its_clock() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND, ANY_BAG)
    told = [desk.clocks()]
    desk.offers_it("2026-03-02 10:20")
    told.append(desk.clocks())
    desk.chooses("2026-03-02 15:00", "choose_any")
    told.append(desk.clocks())
    desk.orders("2026-03-02 15:10")
    told.append(desk.clocks())
    desk.ships("2026-03-03 11:00")
    told.append(desk.clocks())
    desk.arrives("2026-03-05 11:00")
    told.append(desk.clocks())
    desk.confirms("2026-03-05 12:00")
    told.append(desk.clocks())

    assert told == [["offering"], ["choice"], ["ordering"], ["shipping"], ["delivery"], ["confirmation"], []]
    assert desk.steps() == [
        "proposed", "approved", "offered", "accepted", "ordered", "shipped", "delivered", "confirmed",
    ]  # fmt: skip
    assert desk.remedy.approved_by == ANN
    assert desk.remedy.cost() == Money("USD", 13_140)


def test_the_dearest_option_counts_until_his_choice_stands() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND, ANY_BAG)
    assert desk.remedy.cost() == Money("USD", 21_900)
    desk.offers_it("2026-03-02 10:20")
    desk.chooses("2026-03-02 11:00", "choose_any")
    assert (desk.remedy.cost(), desk.remedy.stands_at) == (Money("USD", 21_900), at("2026-03-02 13:00"))
    desk.orders("2026-03-02 13:00")

    assert desk.remedy.cost() == Money("USD", 13_140)
    assert desk.remedy.chosen_kind == "choose_any"


def test_he_may_choose_another_as_long_as_the_policy_says_and_no_longer_for_that() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND, ANY_BAG)
    desk.offers_it("2026-03-02 10:20")
    desk.chooses("2026-03-02 11:00", "choose_any")
    desk.chooses("2026-03-02 12:59", "refund")
    assert (desk.remedy.chosen, desk.remedy.stands_at) == ("refund", at("2026-03-02 13:00"))
    with pytest.raises(refusals.NotAtThisStep):
        desk.chooses("2026-03-02 13:00", "choose_any")


def test_a_remedy_goes_its_way_and_leaves_the_clocks_of_another_alone() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.proposes("2026-03-02 10:12", CODE)
    desk.orders("2026-03-02 10:15", number=1)

    assert desk.clocks(1) == ["shipping"]
    assert desk.clocks(2) == ["offering"]


def test_a_case_does_not_close_on_an_offer_nor_before_he_has_it() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.sends("2026-03-02 10:30", "answer")
    for step in (lambda: None, lambda: desk.offers_it("2026-03-02 11:00"), lambda: desk.chooses("2026-03-02 12:00"),
                 lambda: desk.orders("2026-03-02 12:10"), lambda: desk.arrives("2026-03-02 12:20")):  # fmt: skip
        step()
        with pytest.raises(refusals.CannotClose, match="A remedy is not done"):
            desk.closes("2026-03-02 12:30")
    desk.confirms("2026-03-02 12:40")
    desk.closes("2026-03-02 12:50")

    assert not desk.case.open


def test_he_himself_may_say_that_he_has_it_before_we_know() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.orders("2026-03-02 10:15")
    with pytest.raises(refusals.NotAtThisStep):
        desk.confirms("2026-03-02 11:00", weak=True)
    desk.confirms("2026-03-02 11:00")

    assert (desk.remedy.step, desk.remedy.weak) == (Step.CONFIRMED, False)


def test_words_that_arrived_are_all_there_is_to_confirm() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", SORRY)
    desk.orders("2026-03-02 10:15")
    desk.arrives("2026-03-02 10:16")

    assert (desk.remedy.step, desk.remedy.weak, desk.clocks()) == (Step.CONFIRMED, True, [])


def test_a_remedy_is_ordered_once_whoever_tries_again() -> None:
    desk = Amends()
    desk.makes_good("2026-03-02", REFUND)

    with pytest.raises(refusals.OrderedAlready):
        desk.orders("2026-03-02 11:00")
    assert desk.steps().count("ordered") == 1


def test_where_he_chooses_nobody_orders_for_him() -> None:
    substitute = Option(key="substitute", kind="substitute", cost=9_000, value=21_900)
    for options in ((REFUND, CODE), (substitute,), (ANY_BAG,)):
        desk = Amends()
        desk.proposes("2026-03-02 10:10", *options)
        with pytest.raises(refusals.HisChoice):
            desk.orders("2026-03-02 10:15")
        desk.offers_it("2026-03-02 10:20")
        with pytest.raises(refusals.HisChoice):
            desk.orders("2026-03-02 10:25")


def test_goods_and_money_nobody_wished_for_are_offered_first_and_a_code_may_surprise() -> None:
    desk = Amends(wish=False)
    desk.passes_wish("2026-03-02 10:05")
    desk.proposes("2026-03-02 10:10", REFUND)
    with pytest.raises(refusals.HisChoice):
        desk.orders("2026-03-02 10:15")
    desk.proposes("2026-03-02 10:20", CODE)
    desk.orders("2026-03-02 10:25")

    assert desk.remedy.step is Step.ORDERED


def test_an_option_he_was_not_offered_cannot_be_chosen() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.offers_it("2026-03-02 10:20")

    with pytest.raises(refusals.NoSuchOption):
        desk.chooses("2026-03-02 11:00", "gold")


def test_choosing_makes_it_our_turn() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND)
    desk.offers_it("2026-03-02 10:20")
    assert desk.case.ball == "customer"
    desk.chooses("2026-03-03 10:00")

    assert desk.case.ball == "us"


# ── approval ─────────────────────────────────────────────────────────────────


def test_above_the_limit_it_waits_for_somebody_above_and_the_clock_climbs() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND, allowed=Verdict(needs=Role.LEAD, reasons=("much",)))
    assert (desk.remedy.step, desk.clocks()) == (Step.PROPOSED, ["approval"])

    desk.watch("2026-03-03 12:00")

    assert ("Mon 03-02 14:10 EST", (LEA,)) in desk.told()
    assert any(to == (HAL,) for _, to in desk.told())


def test_nobody_approves_what_he_proposed_himself() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND, allowed=Verdict(needs=Role.LEAD), by=LEA)

    with pytest.raises(refusals.OwnRequest):
        desk.approves("2026-03-02 10:20", by=LEA)
    desk.approves("2026-03-02 10:20", by=HAL, role=Role.HEAD)

    assert (desk.remedy.step, desk.remedy.approved_by) == (Step.APPROVED, HAL)
    assert desk.clocks() == ["offering"]


def test_a_denial_has_a_reason_and_leaves_nothing_running() -> None:
    desk = Amends()
    desk.proposes("2026-03-02 10:10", REFUND, allowed=Verdict(needs=Role.LEAD))
    with pytest.raises(refusals.NeedsReason):
        desk.denies("2026-03-02 10:20", " ")
    desk.denies("2026-03-02 10:20")

    assert (desk.remedy.step, desk.remedy.undone, desk.remedy.counts, desk.clocks()) == (Step.DENIED, False, False, [])


def test_an_empty_budget_refuses_and_nothing_is_on_record() -> None:
    desk = Amends()

    with pytest.raises(refusals.BudgetSpent, match=r"19\.00 USD more"):
        desk.proposes("2026-03-02 10:10", REFUND, allowed=Verdict(short=Money("USD", 1_900)))
    assert desk.case.remedies == ()


def test_a_custom_remedy_says_why() -> None:
    desk = Amends()

    with pytest.raises(refusals.NeedsReason):
        desk.proposes("2026-03-02 10:10", SOMETHING, why="")
    desk.proposes("2026-03-02 10:10", SOMETHING)

    assert desk.remedy.custom


@pytest.mark.parametrize(
    ("option", "currency", "failure", "what"),
    [
        (Option(key="refund", kind="refund", cost=-1, value=1), "USD", "outcome", "below zero"),
        (Option(key="", kind="refund", cost=1, value=1), "USD", "outcome", "what it is"),
        (Option(key="refund", kind="bribe", cost=1, value=1), "USD", "outcome", "no kind"),
        (REFUND, "XXX", "outcome", "no currency"),
        (REFUND, "USD", "mood", "what went wrong"),
    ],
)
def test_nonsense_is_refused(option: Option, currency: str, failure: str, what: str) -> None:
    with pytest.raises(refusals.NotARemedy, match=what):
        Amends().proposes("2026-03-02 10:10", option, currency=currency, failure=failure)


def test_two_options_of_one_name_are_refused() -> None:
    with pytest.raises(refusals.NotARemedy, match="name of its own"):
        Amends().proposes("2026-03-02 10:10", REFUND, REFUND)
