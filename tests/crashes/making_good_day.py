"""A day on which two customers are made good, in steps that may each be done again: money back, and a code.

Rosa's remedy needs her lead's approval; she chooses the refund on her page, and it is carried out at a Stripe of this
machine. Ivo's code is made in the transaction that orders it, redeemed in a till, and confirmed by that. Ines wrote
twice of one thing: her cases are merged, and parted again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from makegood.demo import cast as the_cast
from makegood.desk import models
from makegood.desk.actions import approvals, merging, redeeming, remedies
from makegood.desk.actions.redeeming import Order, Till
from makegood.desk.actions.wanted import Choice
from makegood.desk.queries.codes import text_of
from makegood.watch import held, orders
from tests.crashes import money
from tests.crashes.day import BEGIN, IVO, Day, Say, live_as
from tests.desk.making_good import complaint, dollars, heard, wanted
from tests.intake.letters import ROSA

ORDER, INES = "1001", "ines@more.example"


def furnish(task: dict[str, Any], _: Say) -> None:
    """Make an empty database a house in which two customers have said what they would like."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    cast = the_cast.load(now=BEGIN, password=None, policy=task["policy"])
    for sender in (ROSA, IVO):
        heard(cast, at=BEGIN, sender=sender)
    for _ in range(2):
        complaint(cast, at=BEGIN, sender=INES)


def live(task: dict[str, Any], say: Say) -> None:
    """Live the day, broken at a place if the task names one; says what the record adds up to in the end."""
    live_as(MakingGoodDay(task, say), task, say)


class MakingGoodDay(Day):
    """The day as one process lives it. Whoever hears of no success sends the same form or types the code again."""

    def end(self) -> dict[str, Any]:
        """Return the record and the money."""
        return {**super().end(), **money.found()}

    def live(self) -> None:
        """Do every step at its moment; one that fails is done again."""
        for at, step in self._steps():
            self._do(at, step)

    def _steps(self) -> Iterator[tuple[datetime, Callable[[], None]]]:
        for minute, step in enumerate((
            self._ask_for_a_refund, self._approve, self._offer, self._choose, self._propose_a_code, self._order,
            self._redeem, self._look, self._merge, self._part,
        )):  # fmt: skip
            yield BEGIN + timedelta(minutes=minute), step
        # What she chose she may change for two hours. A worker who died holds his order for five minutes; what made
        # us fail steps aside for an hour.
        for minutes in (130, 150, 240):
            yield BEGIN + timedelta(minutes=minutes), self._carry_out
            yield BEGIN + timedelta(minutes=minutes), self._look

    def _of(self, address: str) -> models.Case:
        return models.Case.objects.select_related("owner", "customer").get(contacts__from_address=address)

    def _remedy(self, address: str) -> models.Remedy:
        return self._of(address).remedies.get()

    def _propose(self, address: str, *choices: Choice, dollars_paid: int) -> None:
        case = self._of(address)
        key = uuid5(NAMESPACE_URL, f"day/{address}")
        remedies.propose(case.pk, wanted(*choices, price=dollars(dollars_paid), key=key), by=case.owner, now=self.now)

    def _ask_for_a_refund(self) -> None:
        """Four hundred are more than an agent may give."""
        code = Choice(catalogue="code", cost=dollars(90), value=dollars(90))
        self._propose(ROSA, Choice(catalogue="refund", means="pi_tent"), code, dollars_paid=400)

    def _approve(self) -> None:
        lead = models.Staff.objects.get(email="marta@larkfield.example")
        if self._remedy(ROSA).step == "proposed":
            approvals.approve(self._of(ROSA).pk, 1, by=lead, now=self.now)

    def _offer(self) -> None:
        if self._remedy(ROSA).step == "approved":
            remedies.offer(self._of(ROSA).pk, 1, by=self._of(ROSA).owner, now=self.now)

    def _choose(self) -> None:
        page = models.Link.objects.filter(case=self._of(ROSA), purpose=models.Link.Purpose.PAGE).order_by("pk")[0]
        remedies.choose_by_customer(page, 1, "refund", now=self.now)

    def _propose_a_code(self) -> None:
        self._propose(IVO, Choice(catalogue="code"), dollars_paid=10)

    def _order(self) -> None:
        remedies.order(self._of(IVO).pk, 1, by=self._of(IVO).owner, now=self.now)

    def _carry_out(self) -> None:
        while orders.carry_out_one("worker", now=self.now):
            pass

    def _redeem(self) -> None:
        """Half of it; the till knows the code as it was typed, and asks again until it hears."""
        row = models.Code.objects.get()
        typed = next((each.removeprefix("typed ") for each in self._heard if each.startswith("typed ")), text_of(row))
        self._heard.add(f"typed {typed}")
        self._say(heard=f"typed {typed}")
        till = Till(staff=self._of(IVO).owner)
        found = redeeming.look_up(typed, customer=None, till=till, now=self.now)
        redeeming.redeem(found, Order(number=ORDER, total=dollars(5)), till=till, now=self.now)

    def _two(self) -> list[models.Case]:
        cases = models.Case.objects.select_related("owner").filter(customer__addresses__value=INES)
        return list(cases.order_by("pk"))

    def _merge(self) -> None:
        self.break_in("merge")
        kept, gone = self._two()
        if not gone.journal.filter(name="case.merged").exists():
            merging.merge(kept.pk, gone=gone.number, why="one pack", by=kept.owner, now=self.now)

    def _part(self) -> None:
        self.break_in("part")
        _, gone = self._two()
        if gone.merged_into_id is not None:
            merging.part(gone.pk, by=gone.owner, now=self.now)

    def _look(self) -> None:
        held.look(now=self.now)
