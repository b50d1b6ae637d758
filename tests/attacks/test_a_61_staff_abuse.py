"""A-61: an agent splits what he gives, approves his own request, gives to himself. Each is stopped at the sum."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.http import Http404

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import approvals, delivery, letters, outbox, remedies
from makegood.desk.actions.cases import close as close_case
from makegood.desk.actions.wanted import Choice
from makegood.rules import refusals
from makegood.rules.money import Money
from tests.desk.making_good import custom, dollars, heard, wanted

# The demo's policy: an agent gives 250 a case, 500 a customer in 30 days, 1,000 a day.


def give(case: models.Case, amount: float, by: models.Staff, now: datetime, what: str = "Tickets") -> models.Remedy:
    number = remedies.propose(case.pk, custom(what, dollars(amount)), by=by, now=now)
    return case.remedies.get(number=number)


def test_what_is_split_on_one_case_is_caught_at_the_sum(cast: Cast, monday_ten: datetime) -> None:
    case = heard(cast, at=monday_ten)
    steps = [give(case, 125, by, monday_ten).step for by in (cast.priya, cast.tom, cast.priya, cast.luis)]
    assert steps == ["approved", "approved", "proposed", "proposed"], "two agents can't share it out either"


def test_what_is_split_over_the_cases_of_one_customer_is_caught_at_the_sum(cast: Cast, monday_ten: datetime) -> None:
    cases = [heard(cast, at=monday_ten + timedelta(days=9 * n)) for n in range(4)]
    steps = [give(case, 245, cast.priya, monday_ten + timedelta(days=9 * n)).step for n, case in enumerate(cases)]
    assert steps == ["approved", "approved", "proposed", "proposed"]
    fresh = heard(cast, at=monday_ten + timedelta(days=70))
    assert give(fresh, 245, cast.priya, monday_ten + timedelta(days=70)).step == "approved", "30 days have passed"


def test_what_is_split_over_many_customers_is_caught_at_the_sum_of_the_day(cast: Cast, monday_ten: datetime) -> None:
    cases = [heard(cast, at=monday_ten, sender=f"c{n}@quill.example") for n in range(6)]
    steps = [give(case, 200, cast.priya, monday_ten).step for case in cases]
    assert steps == ["approved"] * 5 + ["proposed"]
    tomorrow = monday_ten + timedelta(days=1)
    assert give(heard(cast, at=tomorrow, sender="n@quill.example"), 200, cast.priya, tomorrow).step == "approved"


def test_a_request_that_waits_is_counted_already_and_one_that_was_denied_is_not(
    cast: Cast, monday_ten: datetime
) -> None:
    case = heard(cast, at=monday_ten)
    waiting = give(case, 300, cast.priya, monday_ten)
    assert give(case, 10, cast.priya, monday_ten).step == "proposed"
    approvals.deny(case.pk, waiting.number, why="Too much.", by=cast.marta, now=monday_ten)
    assert give(case, 200, cast.priya, monday_ten).step == "approved"


def test_nobody_approves_what_he_proposed_himself(cast: Cast, monday_ten: datetime) -> None:
    case = heard(cast, at=monday_ten)
    for proposer, amount in ((cast.priya, 300), (cast.marta, 1_200)):
        asked = give(case, amount, proposer, monday_ten)
        with pytest.raises(refusals.OwnRequest):
            approvals.approve(case.pk, asked.number, by=proposer, now=monday_ten)


def test_nobody_gives_to_himself_or_lets_a_colleague_ask_for_it(cast: Cast, monday_ten: datetime) -> None:
    for sender in (cast.tom.email, cast.tom.email.replace("@", "+shop@")):
        own = heard(cast, at=monday_ten, sender=sender, owner=cast.tom)
        with pytest.raises(refusals.OwnRequest):
            give(own, 5, cast.tom, monday_ten)
    leads_own = heard(cast, at=monday_ten, sender=cast.marta.email)
    asked = give(leads_own, 300, cast.priya, monday_ten)
    with pytest.raises(refusals.NotEnoughAuthority, match="It is for you"):
        approvals.approve(leads_own.pk, asked.number, by=cast.marta, now=monday_ten)
    approvals.approve(leads_own.pk, asked.number, by=cast.ruth, now=monday_ten)


def test_an_approver_is_measured_by_his_own_sums_at_that_moment(cast: Cast, monday_ten: datetime) -> None:
    case = heard(cast, at=monday_ten)
    asked = give(case, 900, cast.priya, monday_ten)
    assert asked.needs == "lead"
    give(case, 200, cast.ruth, monday_ten)
    with pytest.raises(refusals.NotEnoughAuthority):
        approvals.approve(case.pk, asked.number, by=cast.marta, now=monday_ten)
    with pytest.raises(refusals.NotEnoughAuthority):
        approvals.approve(case.pk, asked.number, by=cast.tom, now=monday_ten)
    approvals.approve(case.pk, asked.number, by=cast.ruth, now=monday_ten)
    asked.refresh_from_db()
    assert (asked.step, asked.given_by) == ("approved", cast.ruth)


def test_a_currency_without_a_rate_needs_the_highest_role(cast: Cast, monday_ten: datetime) -> None:
    case = heard(cast, at=monday_ten)
    yen = wanted(Choice(title="A day at the hut", cost=Money("JPY", 500)), why="He asked for it.")
    number = remedies.propose(case.pk, yen, by=cast.priya, now=monday_ten)
    asked = case.remedies.get(number=number)
    assert (asked.step, asked.needs, asked.counted) == ("proposed", "executive", None)
    with pytest.raises(refusals.NotEnoughAuthority):
        approvals.approve(case.pk, number, by=cast.ruth, now=monday_ten)
    approvals.approve(case.pk, number, by=cast.grace, now=monday_ten)
    euros = wanted(Choice(title="A day at the hut", cost=Money("EUR", 22_900)), why="He asked for it.")
    other = heard(cast, at=monday_ten, sender="ines@quill.example")
    number = remedies.propose(other.pk, euros, by=cast.priya, now=monday_ten)
    row = other.remedies.get(number=number)
    assert (row.step, row.counted) == ("proposed", 25_190), "229 euros are more than 250 dollars"


def test_no_remedy_is_slipped_onto_a_closed_case_or_by_somebody_who_may_not_see_it(
    cast: Cast, monday_ten: datetime
) -> None:
    case = heard(cast, at=monday_ten)
    with pytest.raises(Http404):
        give(case, 5, cast.wen, monday_ten)
    letters.reply(case.pk, by=cast.priya, text="A new buckle is on its way.", kinds=["answer"], now=monday_ten)
    while item := outbox.claim("test", now=monday_ten):
        delivery.accepted(item, answer="250 taken", now=monday_ten)
    close_case(case.pk, by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.CaseIsClosed):
        give(case, 5, cast.priya, monday_ten)


@pytest.mark.parametrize(
    "cheap",
    [
        Choice(catalogue="code", cost=dollars(0), value=dollars(900)),
        Choice(catalogue="credit", cost=dollars(1), value=dollars(900)),
        Choice(title="Tickets for the season", cost=dollars(0), value=dollars(900)),
        Choice(catalogue="replacement", title="A tent for twelve", cost=dollars(0), value=dollars(1500)),
        Choice(catalogue="express", title="A card for the shop", cost=dollars(0), value=dollars(900)),
    ],
)
def test_what_is_as_good_as_money_is_not_called_cheap(cast: Cast, monday_ten: datetime, cheap: Choice) -> None:
    case = heard(cast, at=monday_ten)
    with pytest.raises(refusals.NotARemedy, match=r"so it costs us (900|450)\.00 USD at least"):
        remedies.propose(case.pk, wanted(cheap, why="He is a friend."), by=cast.priya, now=monday_ten)
    assert not case.remedies.exists()


def test_a_refund_is_promised_at_what_it_costs(cast: Cast, monday_ten: datetime) -> None:
    case = heard(cast, at=monday_ten)
    big = Choice(catalogue="refund", cost=dollars(0.01), value=dollars(5_000))
    with pytest.raises(refusals.NotARemedy, match="the same sum for both"):
        remedies.propose(case.pk, wanted(big), by=cast.priya, now=monday_ten)


def test_taking_back_what_he_has_makes_no_room_for_more(cast: Cast, monday_ten: datetime) -> None:
    case = heard(cast, at=monday_ten)
    given = give(case, 200, cast.priya, monday_ten)
    remedies.order(case.pk, given.number, by=cast.priya, now=monday_ten)
    remedies.deliver(case.pk, given.number, evidence="handed over", by=cast.priya, now=monday_ten)
    remedies.reverse(case.pk, given.number, why="A mistake.", by=cast.priya, now=monday_ten)
    assert give(case, 200, cast.priya, monday_ten).step == "proposed"


def test_an_administrator_gives_nothing_by_himself(cast: Cast, monday_ten: datetime) -> None:
    assert give(heard(cast, at=monday_ten), 5, cast.sam, monday_ten).step == "proposed"
