"""Everybody is held to the terms he saw, nothing ends while he waits for us, and nobody is left with nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from makegood.config import shipped
from makegood.demo import cast as the_cast
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import (
    codes,
    custody,
    entitlement_rows,
    entitlements,
    mismatches,
    programmes,
    redeeming,
    remedies,
)
from makegood.desk.actions.entitlements import Grant
from makegood.desk.actions.redeeming import Order, Till
from makegood.desk.actions.wanted import Choice
from makegood.desk.queries import invariants
from makegood.desk.queries import programmes as queries
from makegood.rules import codes as code_rules
from makegood.rules import programmes as rules
from makegood.rules import refusals
from makegood.rules.codes import Worth
from makegood.rules.money import Money
from makegood.rules.programmes import Terms
from tests.desk.making_good import dollars, heard, wanted

DAY = timedelta(days=1)
State = models.Entitlement.State
ANY = Terms(value=Money("USD", 5_000))
SELECTED = replace(ANY, scope=frozenset({"the blue pack"}))
FIFTY_OFF = codes.Wanted(title="Fifty off", worth=Worth(value=Money("USD", 5_000)))
WORDS = "Send us your old pack, and take 50 dollars off any new one."


@pytest.fixture
def trade_in(cast: Cast, monday_ten: datetime) -> models.Programme:
    return programmes.start(
        "trade-in", "Packs for packs", text=WORDS, terms=ANY, owner=cast.ruth, by=cast.ruth, now=monday_ten - 60 * DAY
    )


@pytest.fixture
def rosalia(cast: Cast, monday_ten: datetime) -> models.Customer:
    return models.Customer.objects.create(name="Rosalía Quintero", first_seen_at=monday_ten)


def enter(
    programme: models.Programme, customer: models.Customer, at: datetime, *, reference: str = "parcel 1"
) -> models.Entrant:
    return programmes.enter(programme, customer=customer, entered_at=at, reference=reference, by=None, now=at)


def fifty(days: int | None = None, *, code: bool = False) -> Grant:
    return Grant(title="Fifty off", terms=replace(ANY, days=days), code=FIFTY_OFF if code else None)


def lasting(customer: models.Customer, days: int, *, now: datetime) -> int:
    """A code that ends, as a law may have it."""
    code = codes.issue(FIFTY_OFF, customer=customer, now=now).row
    entitlement_rows.give_an_end(code, days=days, now=now)
    assert code.entitlement_id is not None
    return code.entitlement_id


def open_a_case(customer: models.Customer, letter: models.Case, *, at: datetime) -> models.Case:
    """Make the letter's case one of this customer's, opened then."""
    models.Case.objects.filter(pk=letter.pk).update(customer=customer, opened_at=at)
    return models.Case.objects.get(pk=letter.pk)


# ── the terms he saw ─────────────────────────────────────────────────────────


def test_whoever_enters_is_held_to_the_version_that_was_public_then(
    trade_in: models.Programme, rosalia: models.Customer, cast: Cast, monday_ten: datetime
) -> None:
    programmes.publish(trade_in, text=f"{WORDS} Selected ones only.", terms=SELECTED, by=cast.ruth, now=monday_ten)

    before = enter(trade_in, rosalia, monday_ten - DAY)
    after = enter(trade_in, rosalia, monday_ten + DAY, reference="parcel 2")

    assert (before.version.number, after.version.number) == (1, 2)
    assert before.version.text == WORDS and queries.unchanged(before.version)
    assert enter(trade_in, rosalia, monday_ten + DAY) == before
    with pytest.raises(rules.NothingPublishedYet):
        enter(trade_in, rosalia, monday_ten - 61 * DAY, reference="parcel 3")


def test_no_version_is_put_before_another(trade_in: models.Programme, cast: Cast, monday_ten: datetime) -> None:
    for read_at in (trade_in.started_at, trade_in.started_at - DAY):
        with pytest.raises(rules.TermsOutOfOrder):
            programmes.publish(trade_in, text="x", terms=SELECTED, by=cast.ruth, now=monday_ten, published_at=read_at)


def test_what_was_published_can_not_be_changed(trade_in: models.Programme) -> None:
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        models.ProgrammeVersion.objects.update(text="For selected packs only.")
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        models.ProgrammeVersion.objects.all().delete()


def test_less_than_the_terms_is_stopped_and_everybody_who_saw_them_is_listed(
    trade_in: models.Programme, rosalia: models.Customer, cast: Cast, monday_ten: datetime
) -> None:
    entrant = enter(trade_in, rosalia, monday_ten - DAY)
    dmitri = models.Customer.objects.create(name="Dmitri Halloran", first_seen_at=monday_ten)
    enter(trade_in, dmitri, monday_ten - DAY)

    for _ in range(2):
        with pytest.raises(rules.NarrowerThanPromised, match="only for selected products"):
            entitlements.issue(entrant, Grant(title="Coupon", terms=SELECTED), by=cast.priya, now=monday_ten)

    assert not models.Entitlement.objects.exists()
    stopped = models.Mismatch.objects.get()
    incident = models.Incident.objects.get()
    assert (stopped.times, stopped.incident, incident.owner) == (2, incident.pk, cast.ruth)
    assert set(incident.people.values_list("customer__name", flat=True)) == {"Rosalía Quintero", "Dmitri Halloran"}
    assert models.Notice.objects.filter(kind="terms.mismatched", staff=cast.ruth).count() == 1

    mismatches.settle(stopped, why="New coupons for any pack went out.", by=cast.ruth, now=monday_ten)
    assert not models.Mismatch.objects.filter(settled_at=None).exists()


def test_a_code_narrower_than_what_is_said_of_it_is_stopped_too(
    trade_in: models.Programme, rosalia: models.Customer, cast: Cast, monday_ten: datetime
) -> None:
    entrant = enter(trade_in, rosalia, monday_ten)
    small = codes.Wanted(title="Forty off", worth=Worth(value=Money("USD", 4_000)))

    with pytest.raises(rules.NarrowerThanPromised):
        entitlements.issue(entrant, Grant(title="Fifty off", terms=ANY, code=small), by=cast.priya, now=monday_ten)

    assert not models.Code.objects.exists()


def test_what_the_terms_promise_is_given_with_its_code(
    trade_in: models.Programme, rosalia: models.Customer, cast: Cast, monday_ten: datetime
) -> None:
    granted = entitlements.issue(enter(trade_in, rosalia, monday_ten), fifty(code=True), by=cast.priya, now=monday_ten)
    assert granted.code is not None

    redeeming.redeem(
        granted.code.row, Order(number="1", total=Money("USD", 9_000)), till=Till(staff=cast.priya), now=monday_ten
    )

    assert models.Entitlement.objects.get().state == State.USED


def test_for_one_entry_it_is_given_once_and_never_above_the_limit_of_who_gives_it(
    trade_in: models.Programme, rosalia: models.Customer, cast: Cast, monday_ten: datetime
) -> None:
    entrant = enter(trade_in, rosalia, monday_ten)
    dear = Grant(title="A season", terms=replace(ANY, value=Money("USD", 5_000_000)))
    with pytest.raises(refusals.NotEnoughAuthority):
        entitlements.issue(entrant, dear, by=cast.marta, now=monday_ten)

    entitlements.issue(entrant, fifty(code=True), by=cast.marta, now=monday_ten)
    with pytest.raises(rules.GivenOnce):
        entitlements.issue(entrant, fifty(code=True), by=cast.ruth, now=monday_ten)

    assert models.Code.objects.count() == 1


# ── the end ──────────────────────────────────────────────────────────────────


def test_his_case_s_owner_or_the_programmes_hears_before_it_ends_and_then_it_ends(
    rosalia: models.Customer, trade_in: models.Programme, cast: Cast, monday_ten: datetime
) -> None:
    pk = lasting(rosalia, 30, now=monday_ten)
    models.Entitlement.objects.filter(pk=pk).update(programme=trade_in)
    told = []
    for day in range(32):
        entitlements.wake_due(now=monday_ten + day * DAY)
        kinds = models.Notice.objects.filter(staff=cast.ruth).order_by("pk").values_list("kind", "facts__days")
        told += [(day, *kind) for kind in list(kinds)[len(told) :]]

    assert told == [
        (16, "entitlement.warned", 14),
        (23, "entitlement.warned", 7),
        (29, "entitlement.warned", 1),
        (30, "entitlement.lapsed", None),
    ]
    assert models.Entitlement.objects.get().state == State.LAPSED
    assert models.Code.objects.get().state == code_rules.State.LAPSED
    assert sum(models.Posting.objects.filter(account="liability:codes").values_list("minor", flat=True)) == 0


def test_it_does_not_end_while_a_case_of_his_is_open_and_goes_on_when_somebody_says_so(
    rosalia: models.Customer, letter: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    pk = lasting(rosalia, 30, now=monday_ten)
    case = open_a_case(rosalia, letter, at=monday_ten + 10 * DAY)
    code = models.Code.objects.get()

    # Nobody looked before it was long over; the till itself sees that he waits for us.
    late = monday_ten + 90 * DAY
    entitlements.wake_due(now=late)
    row = models.Entitlement.objects.get(pk=pk)
    assert (row.state, row.frozen_at, row.frozen_case) == (State.OPEN, case.opened_at, case)
    with pytest.raises(rules.CaseStillOpen):
        entitlements.resume(pk, by=cast.priya, now=late)

    models.Case.objects.filter(pk=case.pk).update(open=False)
    entitlements.resume(pk, by=cast.priya, now=late)

    row.refresh_from_db()
    assert row.expires_at == late + 20 * DAY
    redeeming.redeem(code, Order(number="1", total=Money("USD", 9_000)), till=Till(staff=cast.priya), now=late)


def test_a_code_whose_end_passed_unseen_is_still_good_at_the_till_if_he_waits_for_us(
    rosalia: models.Customer, letter: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    lasting(rosalia, 30, now=monday_ten)
    open_a_case(rosalia, letter, at=monday_ten + 29 * DAY)
    order = Order(number="1", total=Money("USD", 9_000))

    done = redeeming.redeem(models.Code.objects.get(), order, till=Till(staff=cast.priya), now=monday_ten + 31 * DAY)

    assert done.amount == Money("USD", 5_000)


def test_somebody_may_say_at_once_that_a_case_is_about_it(
    rosalia: models.Customer, letter: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    pk = lasting(rosalia, 30, now=monday_ten)
    with pytest.raises(rules.NotFrozen):
        entitlements.freeze(pk, case=letter, by=cast.priya, now=monday_ten)
    case = open_a_case(rosalia, letter, at=monday_ten)

    entitlements.freeze(pk, case=case, by=cast.priya, now=monday_ten + DAY)

    row = models.Entitlement.objects.get(pk=pk)
    assert (row.frozen_at, row.next_at) == (monday_ten, None)


# ── the end of a programme ───────────────────────────────────────────────────


def test_a_programme_ends_when_everybody_who_holds_something_has_an_answer(
    trade_in: models.Programme, rosalia: models.Customer, cast: Cast, monday_ten: datetime
) -> None:
    rows = [
        entitlements.issue(
            enter(trade_in, rosalia, monday_ten, reference=f"parcel {n}"),
            fifty(code=n != 1),
            by=cast.priya,
            now=monday_ten,
        ).row
        for n in range(3)
    ]
    with pytest.raises(rules.EntitlementsAreOpen) as refused:
        programmes.end(trade_in, by=cast.ruth, now=monday_ten)
    assert refused.value.reasons == ("Rosalía Quintero: Fifty off",) * 3

    less = Grant(title="Forty", terms=Terms(value=Money("USD", 4_000)))
    with pytest.raises(rules.SubstituteIsLess, match="worth less"):
        entitlements.substitute(rows[0].pk, less, by=cast.ruth, now=monday_ten)
    more = Grant(title="Sixty in the shop", terms=Terms(value=Money("USD", 6_000)))
    entitlements.substitute(rows[0].pk, more, by=cast.ruth, now=monday_ten)
    with pytest.raises(rules.CodeStandsForIt):
        entitlements.claim(rows[2].pk, evidence="order 1044", by=cast.ruth, now=monday_ten)
    entitlements.claim(rows[1].pk, evidence="order 1044", by=cast.ruth, now=monday_ten)
    with pytest.raises(rules.EntitlementsAreOpen):
        programmes.end(trade_in, by=cast.ruth, now=monday_ten)
    entitlements.extend(rows[2].pk, None, by=cast.ruth, now=monday_ten)
    programmes.end(trade_in, by=cast.ruth, now=monday_ten)

    with pytest.raises(rules.ProgrammeIsOver):
        enter(trade_in, rosalia, monday_ten + DAY, reference="late")
    with pytest.raises(rules.ProgrammeIsOver):
        programmes.publish(trade_in, text="Again!", terms=ANY, by=cast.ruth, now=monday_ten + DAY)
    held = queries.of_customer(rosalia)
    assert [row.title for row in held] == ["Sixty in the shop"]


# ── what each side holds ─────────────────────────────────────────────────────


def test_we_hold_his_and_he_holds_nothing_rings_once_and_is_over_when_he_has_something(
    letter: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    models.Holding.objects.create(case=letter, customer=letter.customer, what="his old pack", since=monday_ten)
    later = monday_ten + 2 * DAY

    # The door told him that he is answered within one working day: until then he has that.
    assert custody.look(now=monday_ten) == 0
    assert custody.look(now=later) == 1
    assert custody.look(now=later + DAY) == 0

    found = models.Entry.objects.get(case=letter, name="finding.made", facts__code=custody.CODE)
    assert found.facts["evidence"] == "we hold his old pack"
    assert models.Notice.objects.filter(case=letter, kind="alarm.raised", staff=cast.marta).exists()
    worth = Worth(value=Money("USD", 5_000))
    codes.issue(codes.Wanted(title="x", worth=worth), customer=letter.customer, now=later, by=cast.priya)
    custody.look(now=later + 2 * DAY)
    assert models.Imbalance.objects.get().over_at == later + 2 * DAY


def test_to_look_at_what_we_hold_costs_the_same_for_thirty_customers_as_for_one(
    cast: Cast, monday_ten: datetime, letter: models.Case
) -> None:
    for number in range(30):
        customer = models.Customer.objects.create(name=f"Customer {number}", first_seen_at=monday_ten)
        models.Holding.objects.create(case=letter, customer=customer, what="a pack", since=monday_ten)
        codes.issue(FIFTY_OFF, customer=customer, now=monday_ten)
    with CaptureQueriesContext(connection) as asked:
        assert custody.look(now=monday_ten) == 0
    assert len(asked) == 2


def test_a_date_he_was_given_is_something_he_holds(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    models.Holding.objects.create(case=letter, customer=letter.customer, what="his old pack", since=monday_ten)
    models.Promise.objects.filter(case=letter).update(said=False)
    balance = queries.balance(letter.customer, now=monday_ten)
    assert balance.unjust
    first = models.Promise.objects.filter(case=letter).order_by("number").first()
    assert first is not None
    models.Promise.objects.filter(pk=first.pk).update(said=True, first_due_at=first.due_at)

    assert not queries.balance(letter.customer, now=monday_ten).unjust


# ── the end that a policy gives a code ───────────────────────────────────────


def test_a_code_ends_where_the_policy_says_so_and_is_taken_back_together_with_that_end(
    db: None, monday_ten: datetime
) -> None:
    text = shipped.demo_policy().replace("[remedies.code]", "[remedies.code]\nlasts_days = 365")
    cast = the_cast.load(now=monday_ten, password=None, policy=text)
    case = heard(cast, at=monday_ten)
    remedies.propose(case.pk, wanted(Choice(catalogue="code"), price=dollars(10)), by=cast.priya, now=monday_ten)

    remedies.order(case.pk, 1, by=cast.priya, now=monday_ten)

    code = models.Code.objects.get()
    assert code.entitlement is not None
    assert (code.entitlement.expires_at, code.entitlement.case) == (monday_ten + 365 * DAY, case)
    remedies.reverse(case.pk, 1, why="It was for another.", by=cast.marta, now=monday_ten + DAY)
    assert models.Entitlement.objects.get().state == State.TAKEN_BACK
    assert [v.what for verdict in invariants.ask_all(now=monday_ten + DAY) for v in verdict.violations] == []
