"""Catalogue, budgets and rates are read whole, or every mistake is told with what to write instead."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from makegood.rules.catalogue import Cost, Evidence, Failure, RemedyKind
from makegood.rules.policy import Period, Role, Signal
from makegood.rules.policy_remedies import CLOCKS, STEPS_WITH_A_CLOCK
from tests.rules.policy_texts import HOUSE, errors_of, house, with_change, without


def test_the_house_gives_something_of_every_kind() -> None:
    policy = house()

    assert {entry.kind for entry in policy.remedies.values()} == set(RemedyKind)
    code = policy.remedies["code"]
    assert (code.cost, code.value, code.connector, code.evidence) == (
        Cost(percent=100), Cost(percent=100), "codes", Evidence.REDEEMED,
    )  # fmt: skip
    assert code.failures == (Failure.OUTCOME, Failure.PROCESS)
    assert code.budget == "recovery"
    assert policy.remedies["custom"].failures == (Failure.OUTCOME, Failure.PROCESS)


def test_its_budget_and_rates_are_exact() -> None:
    policy = house()
    budget = policy.budgets["recovery"]

    assert (budget.amount, budget.currency, budget.period, budget.owner) == (
        2_000_000, "USD", Period.MONTH, Role.HEAD,
    )  # fmt: skip
    assert policy.rates == {"EUR": Decimal("1.10"), "GBP": Decimal("1.28")}


def test_every_step_of_a_remedy_has_its_clock() -> None:
    policy = house()
    opened = {signal for kind in policy.kinds.values() for signal in kind.opens_on}

    assert opened >= STEPS_WITH_A_CLOCK
    assert all(Signal.REMEDY_SETTLED in policy.kinds[name].kept_by for name in CLOCKS)


@pytest.mark.parametrize("name", sorted(CLOCKS))
def test_no_clock_of_a_remedy_can_be_removed_while_there_are_remedies(name: str) -> None:
    (error,) = errors_of(without(f"kinds.{name}"))

    assert error.where == f"kinds.{name}"
    assert "no [remedies]" in error.instead


def test_a_policy_without_remedies_needs_none_of_their_clocks() -> None:
    text = HOUSE[: HOUSE.index("[remedies.apology]")]
    for name in CLOCKS:
        text = re.sub(rf"(?m)^\[kinds\.{name}\].*\n(?:(?!\[).*\n)*", "", text)

    assert house(text).remedies == {}


@pytest.mark.parametrize(
    ("old", "new", "where", "what", "instead"),
    [
        # the catalogue
        ('kind = "refund"', 'kind = "refnd"', "remedies.refund.kind", "unknown", '"refund"'),
        ('failures = "process"', "failures = []", "remedies.apology.failures", "names nothing", "at least one"),
        ('failures = "process"', 'failures = "mood"', "remedies.apology.failures", "unknown", "one of"),
        ('cost = "percent 30"', 'cost = "30 %"', "remedies.repair.cost", "no cost", "percent 30"),
        ('cost = "percent 30"', 'cost = "percent 1001"', "remedies.repair.cost", "no cost", "price"),
        ('cost = "percent 30"', "cost = 30", "remedies.repair.cost", "wrong kind", "text"),
        ('cost = "percent 30"\n', "", "remedies.repair.cost", "missing", "text"),
        ('cost = "fixed 2_500"', 'cost = "fixed 25.00"', "remedies.credit.cost", "no cost", "minor unit"),
        ('cost = "fixed 2_500"', 'cost = "fixed 99999999999999999999"', "remedies.credit.cost", "no cost", "fixed"),
        ('kind = "apology"', 'kind = "apology"\ncost = "fixed 9"', "remedies.apology.cost", "costs nothing", "no cost"),
        ('evidence = "carrier"', 'evidence = "hope"', "remedies.repair.evidence", "unknown", "one of"),
        ('connector = "codes"', 'connector = "paypal"', "remedies.code.connector", "unknown", "one of"),
        ("within_days = 14", "within_days = 0", "remedies.repair.within_days", "too few", "1 or more"),
        ("within_days = 14", 'within_days = 14\nbudget = "gifts"', "remedies.repair.budget", "unknown", "recovery"),
        ("within_days = 14", "within_days = 14\nlasts_days = 9", "remedies.repair.lasts_days", "of our own", "codes"),
        ("within_days = 14", "within_days = 14\nmost = 0", "remedies.repair.most", "too few", "1 or more"),
        ("within_days = 14", "within_days = 14\nmood = 1", "remedies.repair.mood", "no key", "kind"),
        # budgets and rates
        ("amount = 2_000_000", "amount = 0", "budgets.recovery.amount", "too few", "1 or more"),
        ("amount = 2_000_000", "amount = 9_000_000_000_000_000", "budgets.recovery.amount", "more than", "at most"),
        ('period = "month"', 'period = "week"', "budgets.recovery.period", "unknown", "month"),
        ('owner = "head"', 'owner = "admin"', "budgets.recovery.owner", "unknown", "head"),
        ('owner = "head"', 'owner = "head"\ncurrency = "CHF"', "budgets.recovery.currency", "no rate", "[rates]"),
        ('owner = "head"', 'owner = "head"\ncurrency = "Frank"', "budgets.recovery.currency", "no currency", "EUR"),
        ('EUR = "1.10"', "EUR = 1.10", "rates.EUR", "wrong kind", "quotation"),
        ('EUR = "1.10"', 'EUR = "0"', "rates.EUR", "no rate", "1.08"),
        ('EUR = "1.10"', 'EUR = "NaN"', "rates.EUR", "no rate", "1.08"),
        ('EUR = "1.10"', 'EURO = "1.10"', "rates.EURO", "no currency", "EUR"),
        ('EUR = "1.10"', 'USD = "1.10"', "rates.USD", "own currency", "other"),
        # authority
        ("per_30_days = 500_000", "per_30_days = 90_000", "authority.agent.per_30_days", "less than", "as much"),
        # clocks
        ('opens_on = "remedy.shipped"', 'opens_on = "remedy.ordered"', "kinds.delivery.opens_on", "must open on",
         "remedy.shipped"),
        ('kept_by = "remedy.settled"', 'kept_by = "reply.any"', "kinds.confirmation.kept_by", "can't be kept by",
         "remedy.settled"),
        ('opens_on = "remedy.failed"', 'opens_on = "remedy.failed"\nonly_our_turn = true', "kinds.amends.only_our_turn",
         "his turn", "false"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_place_with_what_to_write_instead(
    old: str, new: str, where: str, what: str, instead: str
) -> None:
    found = {error.where: error for error in errors_of(with_change(old, new))}

    assert where in found, found
    assert what in found[where].what
    assert instead in found[where].instead
