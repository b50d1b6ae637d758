"""A-60: somebody changes where money goes, and then asks for it. It goes back by the way it came, or a day later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import letters, payouts, remedies
from makegood.desk.actions.wanted import Choice
from makegood.desk.queries import invariants
from makegood.desk.queries.codes import text_of
from makegood.rules import refusals
from makegood.watch import orders
from tests.customer.visitor import visit
from tests.desk.making_good import dollars, heard, page_of, wanted

HIS, NEW = "rosalia@quintero.example", "rosalia.q@cove.example"


@pytest.fixture
def case(cast: Cast, monday_ten: datetime) -> models.Case:
    return heard(cast, at=monday_ten)


def approved(case: models.Case, cast: Cast, now: datetime, *, means: str = "") -> int:
    want = wanted(Choice(catalogue="refund", means=means), price=dollars(90))
    number = remedies.propose(case.pk, want, by=cast.priya, now=now)
    remedies.offer(case.pk, number, by=cast.priya, now=now)
    return number


def mails_to(address: str) -> list[models.OutboxItem]:
    return list(models.OutboxItem.objects.filter(purpose="security", to_address=address))


def test_a_new_address_is_told_to_the_old_one_and_nothing_worth_money_leaves_for_a_day(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    payouts.change_address(case.pk, address=NEW, by=cast.priya, now=monday_ten)
    (told,) = mails_to(HIS)
    text = bytes(told.body).decode()
    assert "r=E2=80=A6@cove.example" in text or "r…@cove.example" in text
    assert NEW not in text and "/c/" not in text, "neither the new address nor a link to the page"
    number = approved(case, cast, monday_ten)
    remedies.choose_by_customer(page_of(case, now=monday_ten), number, "refund", now=monday_ten)
    assert case.remedies.get(number=number).step == "accepted", "chosen, and not ordered"
    with pytest.raises(refusals.CoolingOff):
        remedies.order(case.pk, number, by=cast.priya, now=monday_ten + timedelta(hours=23, minutes=59))
    assert not orders.order_chosen(now=monday_ten + timedelta(hours=23, minutes=59))
    assert orders.order_chosen(now=monday_ten + timedelta(hours=24)), "by itself, once the day is over"
    assert case.remedies.get(number=number).step == "ordered"
    assert [v.what for verdict in invariants.ask_all(now=monday_ten) for v in verdict.violations] == []


def test_from_then_on_we_write_to_the_new_address(cast: Cast, case: models.Case, monday_ten: datetime) -> None:
    payouts.change_address(case.pk, address=NEW, by=cast.priya, now=monday_ten)
    assert letters.customer_address(case) == NEW


def test_a_repair_and_an_apology_need_not_wait(cast: Cast, case: models.Case, monday_ten: datetime) -> None:
    payouts.change_address(case.pk, address=NEW, by=cast.priya, now=monday_ten)
    want = wanted(Choice(catalogue="repair"), price=dollars(90))
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    remedies.order(case.pk, number, by=cast.priya, now=monday_ten)
    assert case.remedies.get(number=number).step == "ordered"


def test_money_goes_back_by_the_way_it_came_and_no_other_is_slipped_in(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    approved(case, cast, monday_ten, means="pi_original_4711")
    assert models.PaymentMeans.objects.get().changed is False
    with pytest.raises(refusals.Refusal, match="the way it came"):
        approved(case, cast, monday_ten, means="pi_elsewhere_0815")
    hidden = Choice(title="Money back", kind="refund", cost=dollars(90), means="pi_elsewhere_0815")
    with pytest.raises(refusals.Refusal, match="the way it came"):
        remedies.propose(case.pk, wanted(hidden, why="He asked."), by=cast.priya, now=monday_ten)
    assert case.remedies.count() == 1


def test_another_payment_must_be_noted_first_is_told_to_the_customer_and_cools_off(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    for reference in ("pi_original_4711", "pi_second_0815"):
        payouts.note_means(case.pk, reference=reference, by=cast.priya, now=monday_ten)
    (told,) = mails_to(HIS)
    assert "0815" in bytes(told.body).decode() and "pi_second" not in bytes(told.body).decode()
    number = approved(case, cast, monday_ten, means="pi_second_0815")
    remedies.choose(case.pk, number, "refund", by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.CoolingOff):
        remedies.order(case.pk, number, by=cast.priya, now=monday_ten + timedelta(hours=1))
    remedies.order(case.pk, number, by=cast.priya, now=monday_ten + timedelta(days=1))


def test_a_second_person_may_ask_him_and_what_waited_is_ordered(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    payouts.change_address(case.pk, address=NEW, by=cast.marta, now=monday_ten)
    number = approved(case, cast, monday_ten)
    remedies.choose_by_customer(page_of(case, now=monday_ten), number, "refund", now=monday_ten)
    with pytest.raises(refusals.NotEnoughAuthority):
        payouts.check(case.pk, by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.OwnRequest):
        payouts.check(case.pk, by=cast.marta, now=monday_ten)
    assert not orders.order_chosen(now=monday_ten)
    payouts.check(case.pk, by=cast.ruth, now=monday_ten)
    assert orders.order_chosen(now=monday_ten)
    assert case.remedies.get(number=number).step == "ordered"
    assert models.AddressChange.objects.get().checked_by == cast.ruth


def test_a_code_that_he_has_is_not_shown_to_whoever_reads_the_new_address(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    number = remedies.propose(
        case.pk, wanted(Choice(catalogue="credit"), failure="process"), by=cast.priya, now=monday_ten
    )
    remedies.order(case.pk, number, by=cast.priya, now=monday_ten)
    text = text_of(models.Code.objects.get())
    assert text and text in visit(case, now=monday_ten).html()
    payouts.change_address(case.pk, address=NEW, by=cast.priya, now=monday_ten)
    held = visit(case, now=monday_ten + timedelta(hours=23))
    assert text not in held.html() and "this code is shown again" in held.words()
    assert text in visit(case, now=monday_ten + timedelta(hours=24)).html()


def test_an_address_of_another_customer_is_never_taken_over(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    heard(cast, at=monday_ten, sender="ines@quill.example")
    for wrong in ("ines@quill.example", "not an address", ""):
        with pytest.raises(refusals.Refusal):
            payouts.change_address(case.pk, address=wrong, by=cast.priya, now=monday_ten)
    assert not models.AddressChange.objects.exists()
