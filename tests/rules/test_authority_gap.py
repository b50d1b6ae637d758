"""How often whoever had the case first could not have made it right alone, and which limit would have sufficed."""

from __future__ import annotations

from makegood.rules.authority_gap import Recovery, authority_gaps
from makegood.rules.money import Money
from makegood.rules.policy import Role
from tests.rules.policy_texts import house

POLICY = house()


def agent(cost: int, waited: float | None = None, currency: str = "USD") -> Recovery:
    return Recovery(cost=Money(currency, cost), first_handler=Role.AGENT, waited_hours=waited)


def test_a_recovery_is_above_where_somebody_was_asked_or_the_limit_is_lower() -> None:
    (gap,) = authority_gaps([agent(25_000), agent(25_001), agent(100, waited=3.0), agent(100, waited=1.0)], POLICY)

    assert gap.role is Role.AGENT
    assert gap.above and (gap.above.hits, gap.above.of) == (3, 4)
    assert gap.median_wait_hours == 2.0


def test_a_limit_is_suggested_that_would_have_covered_nine_in_ten() -> None:
    (gap,) = authority_gaps([agent(cost) for cost in range(11_000, 51_000, 2_000)], POLICY)

    assert gap.above and gap.above.hits == 12
    assert gap.suggested == Money("USD", 45_000)


def test_few_recoveries_suggest_nothing_and_neither_do_those_that_were_covered() -> None:
    assert authority_gaps([agent(90_000)] * 19, POLICY)[0].suggested is None
    assert authority_gaps([agent(20_000)] * 40, POLICY)[0].suggested is None


def test_another_currency_counts_at_its_rate_and_one_without_a_rate_is_above() -> None:
    (gap,) = authority_gaps([agent(22_000, currency="EUR"), agent(1, currency="CHF")], POLICY)

    assert gap.above and gap.above.hits == 1


def test_each_first_role_has_its_own_and_nothing_has_none() -> None:
    lead = Recovery(cost=Money("USD", 50_000), first_handler=Role.LEAD)

    assert [gap.role for gap in authority_gaps([lead, agent(1)], POLICY)] == [Role.AGENT, Role.LEAD]
    assert authority_gaps([], POLICY) == []
