"""Reminders of codes: only who ticked it, of each thing once, never of what was redeemed or while he waits for us."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import codes, entitlement_rows, redeeming, reminders
from makegood.desk.actions.redeeming import Order, Till
from makegood.desk.queries import invariants
from makegood.rules.codes import Worth
from makegood.rules.money import Money
from makegood.rules.reminding import Reminder, Reminders, Unredeemed, due
from tests.customer.visitor import closed
from tests.desk.making_good import dollars, heard, page_of

DAY = timedelta(days=1)


@pytest.fixture
def case(cast: Cast, monday_ten: datetime) -> models.Case:
    """A case that is closed: nobody waits."""
    found = heard(cast, at=monday_ten)
    closed(cast, found, at=monday_ten)
    assert not found.open
    return found


def code_of(case: models.Case, at: datetime, *, days: int | None = None, single: bool = True) -> codes.Issued:
    worth = Worth(value=Money("USD", 5_000), single=single)
    issued = codes.issue(codes.Wanted(title="Any pack", worth=worth), customer=case.customer, case=case, now=at)
    if days is not None:
        entitlement_rows.give_an_end(issued.row, days=days, now=at)
    return issued


def reminded() -> int:
    return models.OutboxItem.objects.filter(purpose="reminder").count()


def tick(case: models.Case, at: datetime, *, wanted: bool = True) -> None:
    reminders.ask(page_of(case, now=at), wanted=wanted, now=at)
    case.customer.refresh_from_db()


def run(at: datetime, days: int) -> None:
    """Let so many days go by, looked at as the watch does."""
    for day in range(days):
        reminders.send_due(now=at + day * DAY)


def test_nobody_is_reminded_who_did_not_ask(case: models.Case, monday_ten: datetime) -> None:
    code_of(case, monday_ten, days=30)
    run(monday_ten, 200)
    assert reminded() == 0


def test_who_asked_is_reminded_once_before_the_end_and_once_after_long(case: models.Case, monday_ten: datetime) -> None:
    tick(case, monday_ten)
    code_of(case, monday_ten, days=300)
    run(monday_ten, 179)
    assert reminded() == 0
    run(monday_ten + 179 * DAY, 40)
    assert reminded() == 1
    run(monday_ten + 219 * DAY, 90)
    assert reminded() == 2
    row = models.Code.objects.get()
    assert (row.unused_reminded_at, row.end_reminded_at) == (monday_ten + 180 * DAY, monday_ten + 286 * DAY)
    mail = bytes(models.OutboxItem.objects.filter(purpose="reminder").order_by("pk")[0].body).decode()
    assert "50.00 USD" in mail and "Auto-Submitted: auto-generated" in mail
    assert [v.what for verdict in invariants.ask_all(now=monday_ten) for v in verdict.violations] == []


def test_what_was_redeemed_or_taken_back_is_never_reminded_of(
    case: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    tick(case, monday_ten)
    used, revoked, in_part = (code_of(case, monday_ten, single=False) for _ in range(3))
    till = Till(staff=cast.priya)
    redeeming.redeem(used.row, Order(number="1", total=dollars(60)), till=till, now=monday_ten)
    redeeming.redeem(in_part.row, Order(number="2", total=dollars(10)), till=till, now=monday_ten)
    codes.revoke(revoked.row, why="lost", by=cast.marta, now=monday_ten)
    run(monday_ten, 200)
    assert reminded() == 0
    assert not models.Code.objects.exclude(remind_at=None).exists()


def test_while_a_case_of_his_is_open_nothing_is_sent_and_afterwards_it_is(
    case: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    tick(case, monday_ten)
    code_of(case, monday_ten)
    another = heard(cast, at=monday_ten)
    assert another.customer == case.customer
    run(monday_ten, 190)
    assert reminded() == 0
    models.Case.objects.filter(pk=another.pk).update(open=False)
    run(monday_ten + 190 * DAY, 2)
    assert reminded() == 1


def test_who_takes_the_tick_away_hears_nothing_more_and_may_set_it_again(
    case: models.Case, monday_ten: datetime
) -> None:
    code_of(case, monday_ten)
    tick(case, monday_ten)
    tick(case, monday_ten, wanted=False)
    run(monday_ten, 200)
    assert reminded() == 0
    tick(case, monday_ten + 200 * DAY)
    tick(case, monday_ten + 200 * DAY)
    run(monday_ten + 200 * DAY, 3)
    assert reminded() == 1
    assert models.Entry.objects.filter(name="customer.reminders").count() == 3


def test_a_moment_that_is_gone_is_due_and_what_was_said_is_not_said_again(monday_ten: datetime) -> None:
    end = monday_ten + 10 * DAY
    code = Unredeemed(made_at=monday_ten - 200 * DAY, used=False, expires_at=end, sent=frozenset())
    assert due(code, Reminders()) == (monday_ten - 20 * DAY, Reminder.UNUSED)
    sent = frozenset({Reminder.UNUSED})
    left = Unredeemed(made_at=code.made_at, used=False, expires_at=end, sent=sent)
    assert due(left, Reminders(days_before_end=3)) == (monday_ten + 7 * DAY, Reminder.END)
    assert due(Unredeemed(made_at=code.made_at, used=True, expires_at=None, sent=frozenset()), Reminders()) is None
