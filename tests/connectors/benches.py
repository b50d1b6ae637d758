"""Each connector on a bench: an order for it, how many effects there were, and, over a network, how it goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from makegood.connectors.base import Connector, Order
from makegood.connectors.by_hand import ByHand
from makegood.connectors.codes import Codes, Issued
from makegood.connectors.console import Console
from makegood.connectors.shopify import Shopify
from makegood.connectors.stripe import Stripe
from makegood.rules.money import Money
from tests.connectors import fake_shopify, fake_stripe
from tests.connectors.fake_api import FINE, FakeApi

SECRET = "the key from which codes are made"
PLACED = datetime(2026, 3, 2, 16, tzinfo=UTC)


@dataclass(kw_only=True)
class Bench:
    """A connector and one order for it."""

    connector: Connector
    order: Order
    effects: Callable[[], int]
    #: None for those that use no network.
    api: FakeApi | None = None
    #: How many changes are sent before the one that counts.
    before: int = 0
    #: The same with a key that they don't take.
    locked_out: Connector | None = None

    def next_goes(self, mood: str) -> None:
        """Let the change that counts go wrong."""
        assert self.api is not None
        self.api.moods += [FINE] * self.before + [mood]


def an_order(kind: str = "refund", minor: int = 21900, currency: str = "USD", **means: str) -> Order:
    """An order for a tent that never came."""
    key = str(UUID(int=7, version=4))
    money = Money(currency, minor)
    return Order(key=key, kind=kind, amount=money, title="Ridge Tent", means=means, placed_at=PLACED)


def _console(folder: Path) -> Bench:
    console = Console(folder / "orders")
    return Bench(connector=console, order=an_order(), effects=lambda: len(console.carried_out()))


def _by_hand(_: Path) -> Bench:
    return Bench(connector=ByHand(), order=an_order("replacement"), effects=lambda: 0)


def _codes(_: Path) -> Bench:
    issued: dict[str, Issued] = {}

    def issue(order: Order) -> Issued:
        return issued.setdefault(order.key, Issued(reference=f"code-{len(issued) + 1}", shown_once="K7Q2"))

    connector = Codes(issue=issue, find=lambda order: issued.get(order.key), revoke=lambda order: order.key in issued)
    return Bench(connector=connector, order=an_order("code"), effects=lambda: len(issued))


def stripe_bench(fake: fake_stripe.FakeStripe, kind: str) -> Bench:
    """Stripe, for a refund or a code."""
    url, key = fake.api.url, fake_stripe.KEY
    if kind == "refund":
        order = an_order(payment=fake.paid("pi_tent", 21900 * 2))
        return Bench(
            connector=Stripe(url=url, key=key, secret=SECRET),
            order=order,
            effects=lambda: len(fake.refunds),
            api=fake.api,
            locked_out=Stripe(url=url, key="sk_test_wrong", secret=SECRET),
        )
    return Bench(
        connector=Stripe(url=url, key=key, secret=SECRET),
        order=an_order("code"),
        effects=lambda: len(fake.promotion_codes),
        api=fake.api,
        before=1,
        locked_out=Stripe(url=url, key="sk_test_wrong", secret=SECRET),
    )


def shopify_bench(fake: fake_shopify.FakeShopify, kind: str) -> Bench:
    """Shopify, for a refund or a code."""
    url, token = fake.api.url, fake_shopify.TOKEN
    order = an_order(payment=fake.paid(1001, "438.00")) if kind == "refund" else an_order("code")
    refunds = lambda: sum(len(each["refunds"]) for each in fake.orders.values())  # noqa: E731
    return Bench(
        connector=Shopify(url=url, token=token, secret=SECRET),
        order=order,
        effects=refunds if kind == "refund" else lambda: len(fake.codes),
        api=fake.api,
        locked_out=Shopify(url=url, token="shpat_wrong", secret=SECRET),
    )


OVER_A_NETWORK = ("stripe refund", "stripe code", "shopify refund", "shopify code")
HERE = {"console": _console, "by_hand": _by_hand, "codes": _codes}
ALL = (*HERE, *OVER_A_NETWORK)


@contextmanager
def bench(name: str, folder: Path) -> Iterator[Bench]:
    """Set one up."""
    shop, _, kind = name.partition(" ")
    if shop == "stripe":
        with fake_stripe.stripe() as stripe:
            yield stripe_bench(stripe, kind)
    elif shop == "shopify":
        with fake_shopify.shopify() as shopify:
            yield shopify_bench(shopify, kind)
    else:
        yield HERE[name](folder)
