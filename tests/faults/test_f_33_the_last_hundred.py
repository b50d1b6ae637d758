"""F-33: twenty agents spend the last hundred at once. The budget, and each one's authority, hold to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from makegood.config import shipped
from makegood.demo import cast as the_cast
from makegood.demo.cast import Cast
from makegood.desk import facts, models
from makegood.desk.actions import approvals, people, policies, remedies
from makegood.desk.queries import invariants
from makegood.rules import refusals
from makegood.rules.policy import Role
from tests.desk.making_good import custom, dollars, heard, sums
from tests.faults.test_f_31_asked_twice import at_once

AGENTS = 20


@pytest.fixture
def cast(committed: None, monday_ten: datetime, home: Path) -> Iterator[Cast]:
    """The cast, in a database to which every thread really commits; the month's budget is one hundred dollars."""
    small = shipped.demo_policy().replace("amount = 2_000_000", "amount = 10_000")
    facts.forget_policies()
    yield the_cast.load(now=monday_ten, password=None, policy=small)
    facts.forget_policies()


def whole(now: datetime) -> list[str]:
    return [v.what for verdict in invariants.ask_all(now=now) for v in verdict.violations]


def test_of_twenty_who_each_want_thirty_out_of_the_last_hundred_three_get_it(cast: Cast, monday_ten: datetime) -> None:
    team = models.Team.objects.get(name="support")
    agents = [
        people.hire(email=f"a{n}@larkfield.example", name=f"Agent {n}", role=Role.AGENT, team=team, now=monday_ten)
        for n in range(AGENTS)
    ]
    cases = [heard(cast, at=monday_ten, sender=f"c{n}@quill.example", owner=agent) for n, agent in enumerate(agents)]
    jobs = iter(list(zip(cases, agents, strict=True)))

    def give() -> int:
        case, agent = next(jobs)
        return remedies.propose(case.pk, custom("Tickets", dollars(30)), by=agent, now=monday_ten)

    came_back = at_once(AGENTS, give)
    assert sorted(map(str, (type(each).__name__ for each in came_back))) == ["BudgetSpent"] * 17 + ["int"] * 3
    budget = models.Budget.objects.get()
    assert (budget.amount, budget.left) == (10_000, 1_000)
    assert sums()["reserved:recovery:2026-03", "USD"] == 9_000
    assert whole(monday_ten) == []


def test_one_agent_in_eight_windows_does_not_get_past_his_own_limit(cast: Cast, monday_ten: datetime) -> None:
    policies.load(shipped.demo_policy(), name="Larkfield Outdoor", laws=shipped.law_texts(), now=monday_ten)
    case = heard(cast, at=monday_ten)

    def give() -> str:
        number = remedies.propose(case.pk, custom("Tickets", dollars(60)), by=cast.priya, now=monday_ten)
        return case.remedies.get(number=number).step

    assert sorted(map(str, at_once(8, give))) == ["approved"] * 4 + ["proposed"] * 4, "250 a case"
    waiting = [row.number for row in case.remedies.filter(step="proposed")]
    numbers = iter(waiting * 2)
    tried = at_once(8, lambda: approvals.approve(case.pk, next(numbers), by=cast.marta, now=monday_ten))
    assert sum(each is None for each in tried) == 4
    assert all(isinstance(each, refusals.NotAtThisStep) for each in tried if each is not None), "decided once each"
    assert whole(monday_ten) == []
