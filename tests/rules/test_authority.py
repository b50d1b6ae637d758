"""Who may give how much: every limit holds at the sum, so splitting helps nobody."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules.authority import Given, in_house, judge, may_approve, nothing_given
from makegood.rules.money import Money
from makegood.rules.policy import Authority, Role
from tests.rules.policy_texts import house

POLICY = house()
AGENT = POLICY.authority[Role.AGENT]
NOTHING = nothing_given("USD")


def usd(minor: int) -> Money:
    return Money("USD", minor)


def test_within_every_limit_he_gives_it_at_once() -> None:
    assert judge(usd(AGENT.per_case), role=Role.AGENT, given=NOTHING, policy=POLICY).within


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (replace(NOTHING, case=usd(10_001)), "on this case"),
        (replace(NOTHING, customer=usd(35_001)), "to this customer in 30 days"),
        (replace(NOTHING, day=usd(85_001)), "by you today"),
        (replace(NOTHING, thirty_days=usd(485_001)), "by you in 30 days"),
    ],
)
def test_each_sum_has_its_limit_and_says_so(given: Given, where: str) -> None:
    verdict = judge(usd(15_000), role=Role.AGENT, given=given, policy=POLICY)

    assert verdict.needs is Role.LEAD
    assert len(verdict.reasons) == 1
    assert where in verdict.reasons[0]
    assert judge(usd(14_999), role=Role.AGENT, given=given, policy=POLICY).within


def test_the_lowest_role_that_covers_it_is_asked() -> None:
    asked = {cost: judge(usd(cost), role=Role.AGENT, given=NOTHING, policy=POLICY).needs
             for cost in (25_001, 100_001, 500_001, 2_500_001)}  # fmt: skip

    assert list(asked.values()) == [Role.LEAD, Role.HEAD, Role.EXECUTIVE, Role.EXECUTIVE]


def test_above_the_highest_limit_another_executive_must_agree() -> None:
    verdict = judge(usd(2_500_001), role=Role.EXECUTIVE, given=NOTHING, policy=POLICY)
    assert verdict.needs is Role.EXECUTIVE

    assert may_approve(approver=6, role=Role.EXECUTIVE, proposer=5, beneficiary=None, verdict=verdict) == ()
    assert may_approve(approver=5, role=Role.EXECUTIVE, proposer=5, beneficiary=None, verdict=verdict)


def test_who_has_no_authority_gives_nothing_and_asks_for_everything() -> None:
    for role in (Role.ADMIN, Role.AGENT):
        policy = replace(POLICY, authority={r: a for r, a in POLICY.authority.items() if r is not role})
        assert judge(usd(1), role=role, given=NOTHING, policy=policy).needs is not None
        assert judge(usd(0), role=role, given=NOTHING, policy=policy).within


def test_a_policy_that_sets_no_limit_for_30_days_has_none() -> None:
    without = {Role.AGENT: replace(AGENT, per_30_days=0)}
    given = replace(NOTHING, thirty_days=usd(10**9))

    assert judge(usd(100), role=Role.AGENT, given=given, policy=replace(POLICY, authority=without)).within


# ── currencies ───────────────────────────────────────────────────────────────


def test_another_currency_counts_at_its_rate() -> None:
    policy = replace(POLICY, rates={"EUR": Decimal("1.10"), "JPY": Decimal("0.0067")})

    assert in_house(Money("EUR", 10_000), policy) == usd(11_000)
    assert in_house(Money("JPY", 10_000), policy) == usd(6_700)
    assert judge(Money("EUR", 22_727), role=Role.AGENT, given=NOTHING, policy=policy).within
    assert judge(Money("EUR", 22_728), role=Role.AGENT, given=NOTHING, policy=policy).needs is Role.LEAD


def test_without_a_rate_only_an_executive_can_say_yes() -> None:
    for role in (Role.AGENT, Role.LEAD, Role.HEAD):
        assert judge(Money("CHF", 1), role=role, given=NOTHING, policy=POLICY).needs is Role.EXECUTIVE
    assert judge(Money("CHF", 1), role=Role.EXECUTIVE, given=NOTHING, policy=POLICY).needs is None
    before = replace(NOTHING, unrated=True)
    assert judge(usd(1), role=Role.AGENT, given=before, policy=POLICY).needs is Role.EXECUTIVE


# ── budgets ──────────────────────────────────────────────────────────────────


def test_a_budget_is_a_wall_for_everybody() -> None:
    given = replace(NOTHING, budget_left=usd(10_000))

    assert judge(usd(10_000), role=Role.AGENT, given=given, policy=POLICY).within
    for role in (Role.AGENT, Role.EXECUTIVE):
        verdict = judge(usd(10_001), role=role, given=given, policy=POLICY)
        assert verdict.short == usd(1)
        assert not verdict.within


def test_a_budget_in_another_currency_is_counted_at_the_rates() -> None:
    left = replace(NOTHING, budget_left=Money("EUR", 10_000))

    assert judge(usd(11_000), role=Role.AGENT, given=left, policy=POLICY).short is None
    assert judge(usd(11_100), role=Role.AGENT, given=left, policy=POLICY).short == Money("EUR", 91)
    assert judge(Money("GBP", 8_600), role=Role.AGENT, given=left, policy=POLICY).short == Money("EUR", 7)
    assert judge(Money("EUR", 10_000), role=Role.AGENT, given=left, policy=POLICY).short is None


def test_a_budget_counts_nothing_that_has_no_rate_and_an_executive_answers_for_it() -> None:
    verdict = judge(Money("CHF", 1), role=Role.HEAD, given=replace(NOTHING, budget_left=usd(0)), policy=POLICY)

    assert (verdict.short, verdict.needs) == (None, Role.EXECUTIVE)


# ── approving ────────────────────────────────────────────────────────────────


def test_proposer_approver_and_beneficiary_are_three_people() -> None:
    fine = judge(usd(30_000), role=Role.LEAD, given=NOTHING, policy=POLICY)

    assert may_approve(approver=3, role=Role.LEAD, proposer=1, beneficiary=None, verdict=fine) == ()
    (own,) = may_approve(approver=3, role=Role.LEAD, proposer=3, beneficiary=None, verdict=fine)
    (his,) = may_approve(approver=3, role=Role.LEAD, proposer=1, beneficiary=3, verdict=fine)
    assert "You proposed it" in own
    assert "It is for you" in his


def test_nobody_approves_above_his_own_authority() -> None:
    too_much = judge(usd(130_000), role=Role.LEAD, given=NOTHING, policy=POLICY)

    assert may_approve(approver=3, role=Role.LEAD, proposer=1, beneficiary=None, verdict=too_much)
    assert may_approve(approver=9, role=Role.ADMIN, proposer=1, beneficiary=None, verdict=too_much)


# ── splitting ────────────────────────────────────────────────────────────────


@settings(max_examples=60)
@given(st.data())
def test_however_a_sum_is_split_no_more_is_given_alone_than_the_limits_allow(data: st.DataObject) -> None:
    limits = Authority(role=Role.AGENT, per_case=100, per_customer=150, per_day=200, per_30_days=300)
    policy = replace(POLICY, authority={Role.AGENT: limits}, rates={"EUR": Decimal("2")})
    gifts: list[tuple[int, int, int, int]] = []
    parts = st.tuples(
        st.integers(0, 3), st.integers(0, 2), st.integers(0, 4), st.sampled_from(["USD", "EUR"]), st.integers(0, 90)
    )
    for case, customer, day, currency, minor in data.draw(st.lists(parts, max_size=30)):
        amount = Money(currency, minor)
        given = Given(
            case=usd(sum(g[3] for g in gifts if g[:2] == (case, customer))),
            customer=usd(sum(g[3] for g in gifts if g[1] == customer)),
            day=usd(sum(g[3] for g in gifts if g[2] == day)),
            thirty_days=usd(sum(g[3] for g in gifts)),
        )
        if judge(amount, role=Role.AGENT, given=given, policy=policy).within:
            worth = in_house(amount, policy)
            assert worth is not None
            gifts.append((case, customer, day, worth.minor))

    for nth, limit in ((0, 100), (1, 150), (2, 200)):
        keys = {g[:2] if nth == 0 else g[nth] for g in gifts}
        for key in keys:
            assert sum(g[3] for g in gifts if (g[:2] if nth == 0 else g[nth]) == key) <= limit
    assert sum(g[3] for g in gifts) <= 300
