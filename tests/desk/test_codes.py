"""A code is kept without its text, redeemed once, booked to the cent, and given anew when it is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import codes, redeeming
from makegood.desk.actions.redeeming import Order, Redeemed, Till
from makegood.desk.queries import codes as queries
from makegood.desk.queries import kept_codes
from makegood.rules import books
from makegood.rules.code_text import CodeMistyped
from makegood.rules.codes import CodeIsOver, CodeOfAnother, CodeUnknown, State, TooManyWrongCodes, Worth
from makegood.rules.money import Money
from makegood.rules.refusals import Refusal

HERS = "rosalia@quintero.example"


def usd(minor: int) -> Money:
    return Money("USD", minor)


@pytest.fixture
def till(cast: Cast) -> Till:
    return Till(staff=cast.priya)


def given(letter: models.Case, *, now: datetime, by: models.Staff, single: bool = True) -> codes.Issued:
    """A code of 200 USD for Rosalía that costs us 120."""
    wanted = codes.Wanted(title="Any pack", worth=Worth(value=usd(20_000), single=single), cost=usd(12_000))
    return codes.issue(wanted, customer=letter.customer, now=now, by=by, case=letter)


def on(number: str, total: int, amount: int | None = None) -> Order:
    return Order(number=number, total=usd(total), amount=None if amount is None else usd(amount))


def redeem(text: str, order: Order, *, till: Till, now: datetime) -> Redeemed:
    return redeeming.redeem(redeeming.look_up(text, customer=HERS, till=till, now=now), order, till=till, now=now)


def holds(account: str) -> int:
    return sum(models.Posting.objects.filter(account=account).values_list("minor", flat=True))


def test_the_record_does_not_hold_what_it_can_show(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya)
    bare = issued.text.replace("-", "")

    assert queries.text_of(models.Code.objects.get()) == issued.text
    for table in apps.get_models():
        kept = str(list(table._default_manager.values_list()))
        assert issued.text not in kept and bare not in kept and bare.lower() not in kept


def test_with_another_key_it_is_shown_no_more_and_redeemed_all_the_same(
    letter: models.Case, cast: Cast, till: Till, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya)
    monkeypatch.setenv("MAKEGOOD_SECRET_KEY", "another key, forty characters long or so")

    assert queries.text_of(issued.row) == ""
    assert queries.unreadable([issued.row]) == 1
    assert redeem(issued.text, on("1001", 5_000), till=till, now=monday_ten).amount == usd(5_000)


def test_a_single_use_code_is_over_with_its_order_and_the_books_balance(
    letter: models.Case, cast: Cast, till: Till, monday_ten: datetime
) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya)
    assert holds(books.LIABILITY) == 12_000

    done = redeem(issued.text.lower().replace("-", " "), on("1001", 15_000), till=till, now=monday_ten)

    assert (done.amount, done.left, done.again) == (usd(15_000), usd(0), False)
    # Three quarters of what it cost were redeemed; the rest is owed to nobody.
    assert (holds(books.LIABILITY), holds(books.REDEEMED), holds(books.LAPSED)) == (0, 9_000, 3_000)
    row = models.Code.objects.get()
    assert (row.state, bytes(row.seed), row.redemptions.get().order) == (State.REDEEMED, b"", "1001")
    with pytest.raises(CodeIsOver):
        redeem(issued.text, on("1002", 100), till=till, now=monday_ten)


def test_a_shop_that_asks_again_for_the_same_order_hears_the_same(
    letter: models.Case, cast: Cast, till: Till, monday_ten: datetime
) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya)
    first = redeem(issued.text, on("1001", 15_000), till=till, now=monday_ten)

    second = redeem(issued.text, on("1001", 15_000), till=till, now=monday_ten + timedelta(seconds=30))

    assert second.again and second.amount == first.amount
    assert models.Redemption.objects.count() == 1


def test_another_is_used_up_in_parts_to_the_last_cent(
    letter: models.Case, cast: Cast, till: Till, monday_ten: datetime
) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya, single=False)

    parts = [redeem(issued.text, on(str(n), 6_667), till=till, now=monday_ten) for n in range(3)]

    assert [part.amount.minor for part in parts] == [6_667, 6_667, 6_666]
    assert (holds(books.LIABILITY), holds(books.REDEEMED)) == (0, 12_000)
    assert models.Code.objects.get().state == State.REDEEMED


def test_it_is_the_customers_and_nobody_elses(
    letter: models.Case, cast: Cast, till: Till, monday_ten: datetime
) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya)

    with pytest.raises(CodeOfAnother):
        redeeming.look_up(issued.text, customer="dmitri@example.example", till=till, now=monday_ten)


def test_a_remedys_code_is_made_once_however_often_its_order_is_carried_out(
    letter: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    remedy = a_remedy(letter, cast, now=monday_ten)

    first, again = (codes.issue_for_remedy(remedy, now=monday_ten) for _ in range(2))

    assert first.text == again.text
    assert models.Code.objects.get().left == 5_000
    # What it costs was booked when the remedy was ordered.
    assert not models.Transfer.objects.exists()


def test_a_remedy_that_is_taken_back_takes_its_code_along_unless_it_was_used(
    letter: models.Case, cast: Cast, till: Till, monday_ten: datetime
) -> None:
    remedy = a_remedy(letter, cast, now=monday_ten)
    issued = codes.issue_for_remedy(remedy, now=monday_ten)
    assert codes.revoke_for_remedy(remedy, now=monday_ten)
    with pytest.raises(CodeIsOver):
        redeem(issued.text, on("1001", 100), till=till, now=monday_ten)
    with pytest.raises(CodeIsOver):
        codes.issue_for_remedy(remedy, now=monday_ten)

    other = codes.issue_for_remedy(remedy, now=monday_ten, nth=2)
    redeem(other.text, on("1002", 100), till=till, now=monday_ten)

    assert not codes.revoke_for_remedy(remedy, now=monday_ten)


def a_remedy(letter: models.Case, cast: Cast, *, now: datetime) -> models.Remedy:
    """A code of 50 USD, ordered. (How a remedy gets there is tested with the remedies.)"""
    return models.Remedy.objects.create(
        case=letter, number=1, key="0b5f3f0e-7d5c-4b8e-9d53-3f1a54a2c001", step="ordered", kind="code",
        failure="outcome", customer=letter.customer, currency="USD", cost=5_000, value=5_000,
        proposed_by=cast.priya, proposed_at=now, given_by=cast.priya, given_at=now, moved_at=now, words="A code.",
    )  # fmt: skip


def test_a_lost_code_is_replaced_by_a_new_one_for_what_is_left(
    letter: models.Case, cast: Cast, till: Till, monday_ten: datetime
) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya, single=False)
    redeem(issued.text, on("1001", 5_000), till=till, now=monday_ten)

    new = codes.replace(issued.row, why="lost", by=cast.marta, now=monday_ten)

    assert new.text != issued.text and new.row.left == 15_000
    with pytest.raises(CodeIsOver):
        redeem(issued.text, on("1002", 100), till=till, now=monday_ten)
    assert redeem(new.text, on("1003", 90_000), till=till, now=monday_ten).amount == usd(15_000)
    assert (holds(books.LIABILITY), holds(books.REDEEMED)) == (0, 12_000)


def test_one_that_is_taken_back_is_owed_no_more(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya)

    codes.revoke(issued.row, why="given by mistake", by=cast.marta, now=monday_ten)

    assert (holds(books.LIABILITY), holds(books.LAPSED)) == (0, 12_000)
    with pytest.raises(CodeIsOver):
        codes.revoke(issued.row, why="again", by=cast.marta, now=monday_ten)


def test_what_we_owe_is_told_by_age(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    for days in (0, 100, 100, 400):
        given(letter, now=monday_ten - timedelta(days=days), by=cast.priya)
    given(letter, now=monday_ten, by=cast.priya)
    codes.revoke(models.Code.objects.latest("pk"), why="x", by=cast.marta, now=monday_ten)

    owed = queries.liability(now=monday_ten)

    assert [(o.band, o.number, o.left) for o in owed] == [(0, 1, usd(20_000)), (2, 2, usd(40_000)), (4, 1, usd(20_000))]


def test_ten_orders_at_once_and_one_wins(committed: None, monday_ten: datetime) -> None:
    from makegood.demo import cast as the_cast
    from makegood.desk import facts

    facts.forget_policies()
    cast = the_cast.load(now=monday_ten, password=None)
    rosalia = models.Customer.objects.create(name="Rosalía Quintero", first_seen_at=monday_ten)
    wanted = codes.Wanted(title="Any pack", worth=Worth(value=usd(20_000)))
    issued = codes.issue(wanted, customer=rosalia, now=monday_ten, by=cast.priya)
    outcomes = at_once(
        10,
        lambda n: redeeming.redeem(issued.row, on(str(n), 20_000), till=Till(staff=cast.priya), now=monday_ten),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CodeIsOver"] * 9 + ["Redeemed"]
    assert models.Redemption.objects.count() == 1
    assert (holds(books.LIABILITY), holds(books.REDEEMED)) == (0, 20_000)
    facts.forget_policies()


def at_once(number: int, redeems: Callable[[int], Redeemed]) -> list[Redeemed | Refusal]:
    """Let this many threads begin together; what each got, or why it got nothing."""
    barrier, outcomes = threading.Barrier(number), list[Redeemed | Refusal]()

    def one(nth: int) -> None:
        barrier.wait()
        try:
            outcomes.append(redeems(nth))
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(nth,)) for nth in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_words_that_are_no_code_are_not_looked_up(cast: Cast, till: Till, monday_ten: datetime) -> None:
    with pytest.raises(CodeMistyped):
        redeeming.look_up("MAKE-GOOD", customer=HERS, till=till, now=monday_ten)

    assert not models.Entry.objects.filter(name="code.refused").exists()


def test_whoever_tries_too_many_waits(letter: models.Case, cast: Cast, till: Till, monday_ten: datetime) -> None:
    from makegood.rules import code_text

    issued = given(letter, now=monday_ten, by=cast.priya)
    for n in range(queries.BY_ONE):
        with pytest.raises(CodeUnknown):
            redeeming.look_up(code_text.written(bytes([n]) * 16), customer=HERS, till=till, now=monday_ten)

    with pytest.raises(TooManyWrongCodes):
        redeeming.look_up(issued.text, customer=HERS, till=till, now=monday_ten)
    # Whoever else stands at the same till does not wait for it, and neither does she when time has passed.
    with pytest.raises(CodeOfAnother):
        redeeming.look_up(issued.text, customer="other@quintero.example", till=till, now=monday_ten)
    assert redeeming.look_up(issued.text, customer=HERS, till=till, now=monday_ten + timedelta(minutes=16))


def test_the_doctor_sees_a_code_that_was_spent_or_kept_as_it_must_not_be(
    letter: models.Case, cast: Cast, till: Till, monday_ten: datetime
) -> None:
    issued = given(letter, now=monday_ten, by=cast.priya, single=False)
    redeem(issued.text, on("1001", 5_000), till=till, now=monday_ten)
    assert list(kept_codes.wrong()) == []

    models.Code.objects.update(left=20_000)
    assert [v.what for v in kept_codes.wrong()] == [
        f"code {issued.row.pk} shows another sum as left than its redemptions leave"
    ]
    models.Code.objects.update(left=0, state=State.REVOKED)
    assert [v.what for v in kept_codes.wrong()] == [f"code {issued.row.pk} is over and could still be shown"]
