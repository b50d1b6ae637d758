"""P5: the books can't be bent, and where somebody bends them or a row from outside, the doctor names the place."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from makegood.config import shipped
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import approvals, books, policies, remedies
from makegood.desk.actions.wanted import Choice
from makegood.desk.queries import invariants, kept_remedies
from makegood.rules import books as rules
from makegood.rules.money import Money
from tests.desk.making_good import custom, dollars, heard, sums, wanted

BUDGET = "budget:recovery:2026-03"


@pytest.fixture
def ordered(cast: Cast, monday_ten: datetime) -> models.Remedy:
    """A repair that is ordered."""
    case = heard(cast, at=monday_ten)
    want = wanted(Choice(catalogue="repair"), price=dollars(200))
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    remedies.order(case.pk, number, by=cast.priya, now=monday_ten)
    return case.remedies.get(number=number)


def p5(now: datetime) -> str:
    return "; ".join(v.what for v in invariants.no_money_twice(now=now).violations)


def p8(now: datetime) -> str:
    return "; ".join(v.what for v in invariants.history_is_straight(now=now).violations)


def change(remedy: models.Remedy, **columns: object) -> None:
    models.Remedy.objects.filter(pk=remedy.pk).update(**columns)


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["desk_posting", "desk_transfer"])
def test_the_database_refuses_to_change_or_remove_what_was_booked(
    ordered: models.Remedy, table: str, statement: str
) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_one_movement_is_booked_once(ordered: models.Remedy, monday_ten: datetime) -> None:
    again = rules.spend(ordered.case_id, ordered.number, "recovery:2026-03", "repair", dollars(60))
    assert again is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        books.post(again, now=monday_ten)
    assert p5(monday_ten) == ""


def test_postings_that_make_money_are_named(ordered: models.Remedy, monday_ten: datetime) -> None:
    transfer = models.Transfer.objects.create(key="slipped in", at=monday_ten)
    assert "slipped in moves nothing" in p5(monday_ten)
    models.Posting.objects.create(transfer=transfer, account=BUDGET, currency="USD", minor=5)
    named = p5(monday_ten)
    assert "transfer slipped in is off by 5 USD" in named
    assert "shows 1994000 as left, its books say 1994005" in named


def test_money_left_behind_or_never_set_aside_is_named(
    cast: Cast, ordered: models.Remedy, monday_ten: datetime
) -> None:
    books.post(
        rules.Transfer(
            "astray",
            (rules.Posting("reserved:recovery:2026-03", "USD", 7), rules.Posting("spent:repair", "USD", -7)),
        ),
        now=monday_ten, case_id=ordered.case_id, number=ordered.number,
    )  # fmt: skip
    assert "remedy 1 is ordered and 7 is still set aside for it" in p5(monday_ten)
    change(ordered, step="approved", ordered_at=None, number=9)
    assert "remedy 9 is approved and nothing is set aside for it" in p5(monday_ten)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"approved_at": None}, "remedy 1 was ordered and nobody approved it"),
        ({"needs": "lead"}, "remedy 1 needed lead and was approved by who proposed it"),
    ],
)
def test_what_nobody_had_the_authority_for_is_named(
    ordered: models.Remedy, monday_ten: datetime, columns: dict[str, object], said: str
) -> None:
    change(ordered, **columns)
    assert said in p5(monday_ten)


def test_an_approval_that_the_journal_does_not_know_is_named(
    cast: Cast, ordered: models.Remedy, monday_ten: datetime
) -> None:
    change(ordered, approved_by=cast.marta)
    assert "remedy 1 shows an approval that its journal doesn't know" in p5(monday_ten)
    assert "remedy 1 counts against somebody who did not approve it" in p5(monday_ten)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"step": "confirmed"}, "remedy 1 shows step as confirmed, its journal says ordered"),
        ({"cost": 1}, "remedy 1 shows cost as 1, its journal says 6000"),
        ({"gives": False}, "remedy 1 shows gives as False, its journal says True"),
        ({"words": "We owe you nothing."}, "remedy 1 shows other words than those that were proposed"),
    ],
)
def test_a_row_that_shows_something_else_than_its_journal_is_named(
    ordered: models.Remedy, monday_ten: datetime, columns: dict[str, object], said: str
) -> None:
    change(ordered, **columns)
    assert said in p8(monday_ten)


def test_a_holding_that_vanished_from_the_record_is_named(cast: Cast, monday_ten: datetime) -> None:
    from makegood.desk.actions import holdings

    case = heard(cast, at=monday_ten)
    holdings.take(case.pk, what="His watch", by=cast.priya, now=monday_ten)
    assert kept_remedies.kept([case])[case.pk].held
    models.Holding.objects.update(returned_at=monday_ten)
    assert "the record holds [] of the customer's" in p8(monday_ten)


# ── budgets ──────────────────────────────────────────────────────────────────


def test_each_month_has_a_budget_of_its_own_in_the_houses_own_zone(cast: Cast, monday_ten: datetime) -> None:
    late = datetime(2026, 4, 1, 4, 30, tzinfo=monday_ten.tzinfo)  # Still 31 March in Chicago.
    for nth, at in enumerate((monday_ten, late, late + timedelta(hours=1))):
        case = heard(cast, at=at, sender=f"c{nth}@quill.example")
        remedies.propose(case.pk, custom("Tickets", dollars(10)), by=cast.priya, now=at)
    assert list(models.Budget.objects.values_list("period", "left")) == [("2026-03", 1_998_000), ("2026-04", 1_999_000)]


@pytest.mark.parametrize(("amount", "left"), [("3_000_000", 2_994_000), ("500", 0)])
def test_a_newer_policy_makes_a_running_budget_larger_or_as_small_as_what_is_spent_allows(
    cast: Cast, ordered: models.Remedy, monday_ten: datetime, amount: str, left: int
) -> None:
    text = shipped.demo_policy().replace("amount = 2_000_000", f"amount = {amount}")
    policies.load(text, name="Larkfield Outdoor", laws=shipped.law_texts(), now=monday_ten)
    case = heard(cast, at=monday_ten, sender="ines@quill.example")
    try:
        remedies.propose(case.pk, custom("A word", dollars(0)), by=cast.priya, now=monday_ten)
    finally:
        assert models.Budget.objects.get().left == left
    assert sums()[BUDGET, "USD"] == left if left else (BUDGET, "USD") not in sums()
    assert p5(monday_ten) == ""


def test_what_is_given_in_another_currency_is_booked_at_the_policys_rate(cast: Cast, monday_ten: datetime) -> None:
    case = heard(cast, at=monday_ten)
    want = wanted(Choice(title="A night at the hut", cost=Money("EUR", 10_000)), why="He asked for it.")
    remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    assert models.Budget.objects.get().left == 2_000_000 - 11_000
    assert case.remedies.get().counted == 11_000
    assert p5(monday_ten) == ""


def test_what_has_no_rate_is_booked_beside_the_budget_and_taken_from_nothing(cast: Cast, monday_ten: datetime) -> None:
    case = heard(cast, at=monday_ten)
    want = wanted(Choice(title="A night at the hut", cost=Money("JPY", 10_000)), why="He asked for it.")
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    approvals.approve(case.pk, number, by=cast.grace, now=monday_ten)
    remedies.order(case.pk, number, by=cast.priya, now=monday_ten)
    assert models.Budget.objects.get().left == 2_000_000
    assert sums()["spent:custom", "JPY"] == 10_000
    assert p5(monday_ten) == ""
