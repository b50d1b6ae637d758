"""The round of orders: sent once, asked for before it is sent again, and heard of by people while nobody knows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from makegood.connectors.base import Fate, NotSetUp, Outcome
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import order_tasks, orders, remedies
from makegood.desk.queries import invariants
from makegood.rules.orders import CannotTakeBack
from makegood.watch import orders as round_of_orders
from tests.desk.making_good import heard
from tests.desk.ordered import DONE, LATER, NEVER, TAKEN, TROUBLE, UNKNOWN, Told, refund_ordered, remedy_ordered, walk

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def order(cast: Cast, monday_ten: datetime) -> models.Order:
    return refund_ordered(cast, at=monday_ten)


def state(order: models.Order) -> tuple[str, str]:
    order.refresh_from_db()
    order.remedy.refresh_from_db()
    return order.state, order.remedy.step


def told(order: models.Order) -> list[tuple[str, str]]:
    found = order.case.notices.filter(kind__startswith="order.").order_by("pk")
    return [(notice.kind, str(notice.staff)) for notice in found]


def sound(now: datetime) -> list[str]:
    return [v.what for verdict in invariants.ask_all(now=now) for v in verdict.violations]


# ── once ─────────────────────────────────────────────────────────────────────


def test_what_was_chosen_is_ordered_carried_out_and_confirmed_by_the_payment(
    order: models.Order, monday_ten: datetime
) -> None:
    assert state(order) == ("waiting", "ordered")
    assert (order.key, order.minor, order.means) == (str(order.remedy.key), 10_000, {"payment": "pi_tent"})
    shop = Told()
    assert walk(shop, now=monday_ten) == 1
    assert state(order) == ("done", "confirmed")
    assert order.remedy.evidence == "Stripe refund re_1"
    assert [each.key for each in shop.sent] == [order.key]
    assert shop.asked == []
    assert walk(shop, now=monday_ten + timedelta(days=9)) == 0
    assert sound(monday_ten) == []


def test_an_order_is_held_by_one_worker(order: models.Order, monday_ten: datetime) -> None:
    mine = orders.claim("one", now=monday_ten)
    assert mine is not None
    assert orders.claim("another", now=monday_ten) is None
    assert orders.claim("another", now=monday_ten + orders.LEASE + MINUTE) is not None
    assert not orders.hand_over(mine, now=monday_ten), "its lease was over: another holds it"
    assert not orders.settle(mine, DONE, now=monday_ten)


def test_what_cannot_be_reached_was_not_sent_and_is_tried_again_without_asking(
    order: models.Order, monday_ten: datetime
) -> None:
    shop = Told(answers=[LATER, LATER])
    walk(shop, now=monday_ten)
    assert state(order) == ("waiting", "ordered")
    assert walk(shop, now=monday_ten + MINUTE / 2) == 0
    for minutes in (2, 10):
        walk(shop, now=monday_ten + minutes * MINUTE)
    assert state(order) == ("done", "confirmed")
    assert (len(shop.sent), shop.asked) == (3, [])


def test_a_wait_that_they_ask_for_is_kept(order: models.Order, monday_ten: datetime) -> None:
    busy = Outcome(fate=Fate.LATER, code="too-many", wait=timedelta(minutes=30))
    shop = Told(answers=[busy])
    walk(shop, now=monday_ten)
    assert walk(shop, now=monday_ten + 29 * MINUTE) == 0
    assert walk(shop, now=monday_ten + 31 * MINUTE) == 1


# ── nobody knows ─────────────────────────────────────────────────────────────


def test_what_may_have_happened_is_asked_for_and_found(order: models.Order, monday_ten: datetime) -> None:
    shop = Told(answers=[UNKNOWN], known=[DONE])
    walk(shop, now=monday_ten)
    assert state(order) == ("unknown", "ordered")
    walk(shop, now=monday_ten + MINUTE)
    assert state(order) == ("done", "confirmed")
    assert (len(shop.sent), len(shop.asked)) == (1, 1)
    assert told(order) == [], "it was known again before anybody had to worry"


def test_what_they_do_not_have_is_sent_again_under_its_own_key(order: models.Order, monday_ten: datetime) -> None:
    shop = Told(answers=[UNKNOWN, UNKNOWN, DONE])
    for minutes in (0, 1, 3):
        walk(shop, now=monday_ten + minutes * MINUTE)
    assert state(order) == ("done", "confirmed")
    assert {each.key for each in shop.sent} == {order.key}
    assert (len(shop.sent), len(shop.asked)) == (3, 2)


def test_when_they_may_have_forgotten_the_key_a_person_decides(order: models.Order, monday_ten: datetime) -> None:
    cannot_ask: list[Outcome | None] = [UNKNOWN] * 40
    shop = Told(answers=[UNKNOWN], known=cannot_ask)
    walk(shop, now=monday_ten)
    for hours in range(1, 24):
        walk(shop, now=monday_ten + hours * HOUR)
    shop.known.clear()
    walk(shop, now=monday_ten + 25 * HOUR)
    assert state(order) == ("unknown", "ordered")
    assert order.code == "key-forgotten"
    assert len(shop.sent) == 1, "nothing is sent into the dark"
    assert order.due_at is not None
    assert order.due_at > monday_ten + 25 * HOUR, "and it is asked for as long as it takes"


def test_the_owner_hears_after_ten_minutes_and_somebody_higher_after_an_hour(
    cast: Cast, order: models.Order, monday_ten: datetime
) -> None:
    shop = Told(answers=[UNKNOWN], known=[UNKNOWN] * 60)
    walk(shop, now=monday_ten)
    for minutes in range(1, 10):
        walk(shop, now=monday_ten + minutes * MINUTE)
    assert told(order) == []
    walk(shop, now=monday_ten + 11 * MINUTE)
    assert told(order) == [("order.unknown", str(cast.priya))]
    alarms = order.case.journal.filter(name="alarm.raised")
    for minutes in range(12, 60, 4):
        walk(shop, now=monday_ten + minutes * MINUTE)
    assert not alarms.exists()
    walk(shop, now=monday_ten + 62 * MINUTE)
    (alarm,) = alarms
    assert alarm.facts["rung"] == 1
    assert cast.priya.pk not in alarm.facts["to"]
    walk(shop, now=monday_ten + 5 * HOUR)
    assert (alarms.count(), len(told(order))) == (1, 1), "once each; the clocks of the remedy ring beside that"


def test_a_worker_that_died_while_sending_leaves_an_order_that_is_asked_for_first(
    order: models.Order, monday_ten: datetime
) -> None:
    dead = orders.claim("dead", now=monday_ten)
    assert dead is not None
    assert orders.hand_over(dead, now=monday_ten)
    assert state(order)[0] == "sending"
    shop = Told(known=[DONE])
    assert walk(shop, now=monday_ten + MINUTE) == 0, "he may still be at it"
    walk(shop, now=monday_ten + orders.LEASE + MINUTE)
    assert state(order) == ("done", "confirmed")
    assert shop.sent == []


def test_a_worker_that_died_before_sending_leaves_an_order_that_was_not_sent(
    order: models.Order, monday_ten: datetime
) -> None:
    assert orders.claim("dead", now=monday_ten) is not None
    shop = Told()
    walk(shop, now=monday_ten + orders.LEASE + MINUTE)
    assert state(order) == ("done", "confirmed")
    assert shop.asked == []


def test_after_a_restore_everything_under_way_is_asked_for_before_it_is_sent(
    order: models.Order, monday_ten: datetime
) -> None:
    orders.after_a_restore(copied_at=monday_ten)
    shop = Told(known=[DONE])
    walk(shop, now=monday_ten + HOUR)
    assert state(order) == ("done", "confirmed")
    assert shop.sent == [], "it had gone out in the lost hours"


# ── the house must mend something ────────────────────────────────────────────


def test_what_is_not_set_up_waits_and_the_house_and_the_owner_hear_at_once(
    cast: Cast, order: models.Order, monday_ten: datetime
) -> None:
    def nothing(_: str) -> Told:
        raise NotSetUp("Stripe isn't set up: put a key into MAKEGOOD_STRIPE_KEY.")

    assert round_of_orders.carry_out_one("worker", now=monday_ten, find=nothing)
    assert state(order) == ("waiting", "ordered")
    assert told(order) == [("order.held_up", str(cast.priya))]
    house = models.Notice.objects.filter(kind="connector.trouble")
    assert {notice.staff.role for notice in house} == {"admin", "head"}
    assert "MAKEGOOD_STRIPE_KEY" in house[0].facts["why"]
    shop = Told()
    assert orders.bring_forward("stripe", now=monday_ten + MINUTE) == 1
    walk(shop, now=monday_ten + MINUTE)
    assert state(order) == ("done", "confirmed")


def test_a_key_that_is_refused_for_days_is_mended_and_nothing_counts_as_forgotten(
    order: models.Order, monday_ten: datetime
) -> None:
    shop = Told(answers=[TROUBLE] * 3)
    for days in range(3):
        walk(shop, now=monday_ten + days * 24 * HOUR)
    walk(shop, now=monday_ten + 4 * 24 * HOUR)
    assert state(order) == ("done", "confirmed")
    assert shop.asked == [], "nothing had happened, so there was nothing to ask for"


def test_one_cause_is_told_to_the_house_once_an_hour(cast: Cast, monday_ten: datetime) -> None:
    for number in range(3):
        refund_ordered(cast, at=monday_ten, sender=f"somebody{number}@quintero.example")
    walk(Told(answers=[TROUBLE] * 3), now=monday_ten)
    house = models.Notice.objects.filter(kind="connector.trouble")
    assert house.count() == len({notice.staff_id for notice in house})


def test_a_missing_payment_is_supplied_and_tried_at_once(cast: Cast, monday_ten: datetime) -> None:
    order = remedy_ordered(cast, heard(cast, at=monday_ten), "refund", at=monday_ten, connector="stripe", payment="")
    lacking = Outcome(fate=Fate.TROUBLE, code="missing-payment", sentence="Say which payment is refunded.")
    shop = Told(answers=[lacking])
    walk(shop, now=monday_ten)
    order_tasks.supply(order.pk, payment="pi_tent", by=cast.priya, now=monday_ten + MINUTE)
    walk(shop, now=monday_ten + MINUTE)
    assert state(order) == ("done", "confirmed")
    assert shop.sent[-1].means == {"payment": "pi_tent"}
    assert models.Entry.objects.filter(name="order.supplied", by=cast.priya).exists()


# ── refused, slow, taken back ────────────────────────────────────────────────


def test_what_they_refuse_for_good_fails_the_remedy_and_somebody_higher_hears_at_once(
    order: models.Order, monday_ten: datetime
) -> None:
    walk(Told(answers=[NEVER]), now=monday_ten)
    assert state(order) == ("failed", "failed")
    assert order.remedy.ended_why == "The payment is disputed."
    assert order.case.journal.filter(name="alarm.raised").exists()
    assert sound(monday_ten) == []


def test_what_the_bank_takes_days_over_is_on_its_way_and_arrives(order: models.Order, monday_ten: datetime) -> None:
    shop = Told(answers=[TAKEN], known=[TAKEN, TAKEN, DONE])
    walk(shop, now=monday_ten)
    assert state(order) == ("taken", "shipped")
    for hours in (2, 10, 20):
        walk(shop, now=monday_ten + hours * HOUR)
    assert state(order) == ("done", "confirmed")
    assert len(shop.sent) == 1


def test_what_the_bank_sends_back_after_days_fails_the_remedy(order: models.Order, monday_ten: datetime) -> None:
    shop = Told(answers=[TAKEN], known=[NEVER])
    walk(shop, now=monday_ten)
    walk(shop, now=monday_ten + 2 * HOUR)
    assert state(order) == ("failed", "failed")


def test_what_was_taken_back_before_it_left_never_leaves(cast: Cast, order: models.Order, monday_ten: datetime) -> None:
    remedies.reverse(order.case_id, order.remedy.number, why="He has it already.", by=cast.priya, now=monday_ten)
    shop = Told()
    walk(shop, now=monday_ten)
    assert state(order) == ("withdrawn", "reversed")
    assert shop.sent == []


def test_money_on_its_way_is_not_taken_back_and_the_books_say_nothing_else(
    cast: Cast, order: models.Order, monday_ten: datetime
) -> None:
    walk(Told(), now=monday_ten)
    with pytest.raises(CannotTakeBack):
        remedies.reverse(order.case_id, order.remedy.number, why="Wrong customer.", by=cast.priya, now=monday_ten)
    assert state(order) == ("done", "confirmed")


def test_a_code_in_a_shop_that_is_taken_back_is_switched_off(cast: Cast, monday_ten: datetime) -> None:
    order = remedy_ordered(cast, heard(cast, at=monday_ten), "credit", at=monday_ten, connector="shopify")
    shop = Told(name="shopify")
    walk(shop, now=monday_ten)
    remedies.reverse(order.case_id, order.remedy.number, why="Given by mistake.", by=cast.priya, now=monday_ten)
    walk(shop, now=monday_ten + MINUTE)
    assert [each.key for each in shop.undone] == [order.key]
    assert state(order.reversed_by)[0] == "done"


def test_what_was_taken_back_while_it_was_being_sent_is_undone_when_it_turns_out_to_be_done(
    cast: Cast, monday_ten: datetime
) -> None:
    order = remedy_ordered(cast, heard(cast, at=monday_ten), "credit", at=monday_ten, connector="shopify")
    shop = Told(name="shopify", answers=[UNKNOWN], known=[DONE])
    walk(shop, now=monday_ten)
    remedies.reverse(order.case_id, order.remedy.number, why="Given by mistake.", by=cast.priya, now=monday_ten)
    for minutes in (1, 2):
        walk(shop, now=monday_ten + minutes * MINUTE)
    assert state(order) == ("done", "reversed")
    assert [each.key for each in shop.undone] == [order.key]


def test_an_order_that_makes_us_fail_steps_aside_loudly_and_is_asked_for_again(
    order: models.Order, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Told(known=[DONE])
    with monkeypatch.context() as broken:
        broken.setattr(orders, "settle", _breaks)
        walk(shop, now=monday_ten)
    assert models.Entry.objects.filter(name="order.crashed").exists()
    assert models.Notice.objects.filter(kind="order.crashed").exists()
    assert walk(shop, now=monday_ten + 30 * MINUTE) == 0
    walk(shop, now=monday_ten + 61 * MINUTE)
    assert state(order) == ("done", "confirmed")
    assert len(shop.sent) == 1


def _breaks(*_: object, **__: object) -> bool:
    raise RuntimeError("we made a mistake")
