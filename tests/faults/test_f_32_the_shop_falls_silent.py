"""F-32: the payment or shop API falls silent, and nobody knows whether it was done. It is asked for by its key.

The other side is a Stripe and a shop on real sockets, which speak their published APIs (`tests/connectors`). A
worker is killed at every place; whatever happens, the customer is paid once, and nobody forgets that he is owed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from makegood.connectors.shopify import Shopify
from makegood.connectors.stripe import Stripe
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import order_tasks
from makegood.desk.queries import invariants
from tests.connectors import fake_shopify, fake_stripe
from tests.connectors.fake_api import CUT_AFTER, CUT_BEFORE, FAIL_AFTER, FAIL_BEFORE, GARBAGE, TOO_MANY
from tests.connectors.fake_shopify import FakeShopify
from tests.connectors.fake_stripe import FakeStripe
from tests.crashes.kitchen import Kitchen
from tests.desk.ordered import refund_ordered, walk
from tests.faults.test_f_31_asked_twice import at_once, committing

PLACES = (
    "order.after_claim",
    "order.after_hand_over",
    "order.after_answer",
    "order.before_commit",
    "action.before_commit",
    "order.after_settle",
)
NEVER_LEFT = ("order.after_claim", "order.after_hand_over")
OVER = ("order.after_settle",)
MINUTE = timedelta(minutes=1)


__all__ = ["committing"]


@pytest.fixture
def stripe() -> Iterator[FakeStripe]:
    with fake_stripe.stripe() as fake:
        fake.paid("pi_tent", 50_000)
        yield fake


@pytest.fixture
def shop() -> Iterator[FakeShopify]:
    with fake_shopify.shopify() as fake:
        fake.paid(1001, "500.00")
        yield fake


# ── a worker is killed ───────────────────────────────────────────────────────


class House:
    """A house in which one refund is ordered, and copies of it for processes that may be killed."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.kitchen = stack.enter_context(Kitchen(folder))
        self.home = self.kitchen.empty("refund")
        made = self.kitchen.do(self.home, "tests.faults.an_order:furnish", connector="stripe", payment="pi_tent")
        assert made.code == 0, made.last("failed")

    def do(self, home: Path, part: str, **words: Any) -> Any:
        return self.kitchen.do(home, f"tests.faults.an_order:{part}", **words)

    def look(self, home: Path, minutes: int) -> dict[str, Any]:
        told = self.do(home, "look", minutes=minutes)
        assert told.code == 0, told.last("failed")
        return {key: value for line in told.lines for key, value in line.items()}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with ExitStack() as stack:
        yield House(stack, tmp_path_factory.mktemp("refund"))


@pytest.mark.parametrize("place", PLACES)
def test_killed_at_any_place_he_is_paid_once_and_is_not_forgotten(house: House, stripe: FakeStripe, place: str) -> None:
    settings = {"MAKEGOOD_STRIPE_URL": stripe.api.url, "MAKEGOOD_STRIPE_KEY": fake_stripe.KEY}
    with house.kitchen.copy(house.home, place.replace(".", "_")) as home:
        assert house.do(home, "carry_out", minutes=0, crash_at=f"{place}:1", settings=settings).code == -9
        assert len(stripe.refunds) == (place not in NEVER_LEFT)
        found = house.look(home, 0)
        assert found["broken"] == []
        assert found["due"] is (place not in OVER), "whatever is not over has its time"
        # The lease of the dead worker runs out, and the next one asks first.
        assert house.do(home, "carry_out", minutes=6, settings=settings).code == 0
        found = house.look(home, 6)
    assert (found["order"], found["remedy"], found["broken"]) == ("done", "confirmed", [])
    assert len(stripe.refunds) == 1
    assert stripe.refunded("pi_tent") == 10_000


# ── the line is ──────────────────────────────────────────────────────────────

#: What goes wrong, one after the other, with what changes something and with what asks.
MOODS = (
    ([CUT_AFTER], []),
    ([CUT_BEFORE, CUT_AFTER], []),
    ([FAIL_AFTER], [CUT_BEFORE]),
    ([TOO_MANY, GARBAGE], [FAIL_BEFORE]),
    ([FAIL_BEFORE, TOO_MANY, CUT_BEFORE, FAIL_AFTER], [CUT_BEFORE, CUT_BEFORE]),
)


def sound(now: datetime) -> list[str]:
    return [v.what for verdict in invariants.ask_all(now=now) for v in verdict.violations]


@pytest.mark.parametrize(("changes", "reads"), MOODS, ids=lambda moods: "-".join(moods).replace(" ", "_") or "none")
def test_however_often_stripe_falls_silent_he_is_paid_once(
    cast: Cast, monday_ten: datetime, stripe: FakeStripe, changes: list[str], reads: list[str]
) -> None:
    order = refund_ordered(cast, at=monday_ten)
    connector = Stripe(url=stripe.api.url, key=fake_stripe.KEY, secret="s")
    stripe.api.moods += changes
    for minutes in (0, 5, 20, 60, 180, 300, 420, 540):
        walk(connector, now=monday_ten + minutes * MINUTE)
        # First it is heard of, then the reads go wrong: what is asked for, too.
        stripe.api.read_moods, reads = [*stripe.api.read_moods, *reads], []
        assert sound(monday_ten + minutes * MINUTE) == []
    order.refresh_from_db()
    order.remedy.refresh_from_db()
    assert (order.state, order.remedy.step) == ("done", "confirmed")
    assert stripe.refunded("pi_tent") == 10_000
    assert len(stripe.refunds) == 1


@pytest.mark.parametrize("mood", [CUT_AFTER, FAIL_BEFORE, GARBAGE])
def test_however_the_shop_falls_silent_he_is_paid_once(
    cast: Cast, monday_ten: datetime, shop: FakeShopify, mood: str
) -> None:
    order = refund_ordered(cast, at=monday_ten, connector="shopify", payment="1001")
    connector = Shopify(url=shop.api.url, token=fake_shopify.TOKEN, secret="s")
    shop.api.moods.append(mood)
    for minutes in (0, 5, 20):
        walk(connector, now=monday_ten + minutes * MINUTE)
    order.refresh_from_db()
    assert order.state == "done"
    assert str(shop.refunded("gid://shopify/Order/1001")) == "100.00"
    assert sound(monday_ten) == []


def test_four_workers_at_once_pay_each_of_six_once(committing: Cast, monday_ten: datetime, stripe: FakeStripe) -> None:
    for number in range(6):
        sender = f"c{number}@quill.example"
        refund_ordered(committing, at=monday_ten, payment=stripe.paid(f"pi_{number}", 50_000), sender=sender)
    connector = Stripe(url=stripe.api.url, key=fake_stripe.KEY, secret="s")
    stripe.api.moods += [CUT_AFTER, FAIL_BEFORE]
    at_once(4, lambda: walk(connector, now=monday_ten))
    for minutes in (5, 20):
        walk(connector, now=monday_ten + minutes * MINUTE)
    assert [stripe.refunded(f"pi_{number}") for number in range(6)] == [10_000] * 6
    assert len(stripe.refunds) == 6
    assert not models.Order.objects.exclude(state="done").exists()
    assert sound(monday_ten) == []


def test_silent_for_longer_than_they_remember_a_person_looks_and_says_what_he_found(
    cast: Cast, monday_ten: datetime, stripe: FakeStripe
) -> None:
    order = refund_ordered(cast, at=monday_ten)
    connector = Stripe(url=stripe.api.url, key=fake_stripe.KEY, secret="s")
    stripe.api.moods.append(CUT_BEFORE)
    walk(connector, now=monday_ten)
    stripe.api.read_moods += [FAIL_BEFORE] * 30
    for hours in range(1, 25):
        walk(connector, now=monday_ten + timedelta(hours=hours))
    stripe.api.read_moods.clear()
    tomorrow = monday_ten + timedelta(hours=26)
    walk(connector, now=tomorrow)
    order.refresh_from_db()
    assert (order.state, order.code) == ("unknown", "key-forgotten")
    assert stripe.refunds == [], "nothing is sent into the dark"
    heard = {notice.kind for notice in models.Notice.objects.filter(case=order.case)}
    assert {"order.unknown", "alarm.raised"} <= heard
    order_tasks.not_done(order.pk, why="Stripe's dashboard shows no refund.", by=cast.priya, now=tomorrow)
    order_tasks.done(order.pk, evidence="Bank transfer 4711", by=cast.priya, now=tomorrow + MINUTE)
    order.refresh_from_db()
    order.remedy.refresh_from_db()
    assert (order.state, order.remedy.step, order.settled_by) == ("done", "confirmed", cast.priya)
    assert sound(tomorrow + MINUTE) == []
