"""What tests of orders share: a refund or a parcel on its way, and a connector that answers as it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from makegood.connectors.base import Connector, Fate, Order, Outcome
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import remedies
from makegood.desk.actions.wanted import Choice
from makegood.watch import orders
from tests.desk.making_good import dollars, heard, page_of, wanted

DONE = Outcome(fate=Fate.DONE, code="done", reference="re_1", evidence="Stripe refund re_1")
UNKNOWN = Outcome(fate=Fate.UNKNOWN, code="timed-out", sentence="Nobody knows whether it was done.")
LATER = Outcome(fate=Fate.LATER, code="unreachable", sentence="It can't be reached.")
TROUBLE = Outcome(fate=Fate.TROUBLE, code="key-refused", sentence="The key was refused.")
NEVER = Outcome(fate=Fate.NEVER, code="charge-disputed", sentence="The payment is disputed.")
TAKEN = Outcome(fate=Fate.TAKEN, code="pending", sentence="The bank has it.", reference="re_1")


@dataclass
class Told:
    """A connector that answers what it is told, and notes what it was asked."""

    name: str = "stripe"
    remembers: timedelta | None = timedelta(hours=23)
    answers: list[Outcome] = field(default_factory=list)
    known: list[Outcome | None] = field(default_factory=list)
    sent: list[Order] = field(default_factory=list)
    asked: list[Order] = field(default_factory=list)
    undone: list[Order] = field(default_factory=list)
    on_send: Callable[[], None] = lambda: None

    def carry_out(self, order: Order) -> Outcome:
        self.sent.append(order)
        self.on_send()
        return self.answers.pop(0) if self.answers else DONE

    def ask(self, order: Order) -> Outcome | None:
        self.asked.append(order)
        return self.known.pop(0) if self.known else None

    def reverse(self, order: Order) -> Outcome:
        self.undone.append(order)
        return self.answers.pop(0) if self.answers else Outcome(fate=Fate.DONE, code="reversed")


def refund_ordered(
    cast: Cast, *, at: datetime, connector: str = "stripe", payment: str = "pi_tent", **about: object
) -> models.Order:
    """A refund of 100 dollars that the customer chose, to be carried out by this connector."""
    case = heard(cast, at=at, **about)
    return remedy_ordered(cast, case, "refund", at=at, connector=connector, payment=payment)


def remedy_ordered(
    cast: Cast, case: models.Case, catalogue: str, *, at: datetime, connector: str = "", payment: str = "pi_tent"
) -> models.Order:
    """Something of the catalogue, proposed, offered, chosen and so ordered."""
    means = payment if catalogue == "refund" else ""
    want = wanted(Choice(catalogue=catalogue, means=means), price=dollars(100), words="This, if you like.")
    number = remedies.propose(case.pk, want, by=cast.priya, now=at)
    row = case.remedies.get(number=number)
    if connector:
        row.options.update(connector=connector)
    remedies.offer(case.pk, number, by=cast.priya, text="Choose on your page.", now=at)
    option = row.options.get()
    remedies.choose_by_customer(page_of(case, now=at), number, option.key, now=at)
    return models.Order.objects.get(remedy=row)


def walk(connector: Connector, *, now: datetime) -> int:
    """Carry out whatever is due; returns how many steps were taken."""
    steps = 0
    while orders.carry_out_one("worker", now=now, find=lambda _: connector):
        steps += 1
        assert steps < 50, "an order never comes to rest"
    return steps
