"""Redeeming a code: one order wins, whoever asks at the same moment, and asking again changes nothing.

What is left goes down in one conditional update under the row's lock, together with the redemption, the books and the
journal. A wrong code is counted against whoever tried it; only fingerprints of people are kept, and never the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from makegood.desk import models
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries import codes as queries
from makegood.rules import books as accounts
from makegood.rules import code_text
from makegood.rules import codes as rules
from makegood.rules.codes import Asked, CodeIsOver, CodeOfAnother, CodeUnknown, State, TooManyWrongCodes
from makegood.rules.money import Money

from . import books, codes, entitlements, journal


@dataclass(frozen=True, kw_only=True)
class Till:
    """Who asks: a member of staff at the shop's page, or a program by its token."""

    staff: models.Staff | None = None
    token: models.Token | None = None

    @property
    def name(self) -> str:
        return f"staff {self.staff.pk}" if self.staff else f"token {self.token.pk}" if self.token else "nobody"


@dataclass(frozen=True, kw_only=True)
class Order:
    """The order from which a code takes something off."""

    number: str
    total: Money
    amount: Money | None = None
    items: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Redeemed:
    """What was taken off, and what is left."""

    row: models.Code
    amount: Money
    left: Money
    again: bool
    """Whether this order had it already: nothing was taken a second time."""


def look_up(typed: str, *, customer: str | None, till: Till, now: datetime) -> models.Code:
    """Return the code that was typed. `customer` is the mail address of whoever holds it up; None where staff look.

    Raises CodeMistyped, CodeUnknown, CodeOfAnother, TooManyWrongCodes.
    """
    who = queries.fingerprint(f"{till.name} {customer or ''}")
    door = queries.fingerprint(till.name)
    if queries.must_wait(who=who, door=door, now=now):
        raise TooManyWrongCodes
    canonical = code_text.read(typed)
    row = queries.by_text(canonical)
    if row is None or (customer is not None and not _his(row, customer)):
        with transaction.atomic():
            journal.write_house("code.refused", {"who": who, "door": door}, now=now, by=till.staff)
        raise CodeUnknown if row is None else CodeOfAnother
    return _as_time_left_it(row, now=now)


def _as_time_left_it(row: models.Code, *, now: datetime) -> models.Code:
    """Return a code whose end, where it has one, stands as it does now: come, or still because he waits for us."""
    if row.entitlement_id is None:
        return row
    with transaction.atomic():
        held = entitlements.caught_up(row.entitlement_id, now=now)
    row.refresh_from_db()
    row.entitlement = held
    return row


def _his(row: models.Code, address: str) -> bool:
    found = queries.customer_at(address)
    return found is not None and found.pk == row.customer_id


def redeem(code: models.Code, order: Order, *, till: Till, now: datetime) -> Redeemed:
    """Take a code off an order. `code` is what `look_up` returned. Raises the Refusal that says why it can't be."""
    _refuse_late_comers(code, order)
    with transaction.atomic():
        # In this order everywhere: the entitlement, the code, the journal of the house.
        held = entitlements.caught_up(code.entitlement_id, now=now) if code.entitlement_id else None
        row = models.Code.objects.select_for_update(of=("self",)).select_related("customer", "case").get(pk=code.pk)
        row.entitlement = held
        earlier = row.redemptions.filter(order=order.number).first()
        if earlier is not None:
            amount = Money(row.currency, earlier.amount)
            return Redeemed(row=row, amount=amount, left=Money(row.currency, row.left), again=True)
        asked = Asked(total=order.total, amount=order.amount, items=order.items, customer=row.customer_id)
        card = queries.card(row)
        taken = rules.redeem(card, asked, now=now)
        _take(row, order, card, taken, till=till, now=now)
        crashpoint("redeem.before_commit")
    crashpoint("redeem.after_commit")
    return Redeemed(row=row, amount=taken, left=Money(row.currency, row.left), again=False)


def _refuse_late_comers(code: models.Code, order: Order) -> None:
    """Refuse without waiting in line what is over by now: of a hundred at once, those who lost need no lock.

    One that is still open decides itself under the lock; one that had this order before hears of it there.
    """
    now_so = models.Code.objects.filter(pk=code.pk).values_list("state", flat=True).get()
    if now_so != State.OPEN and not models.Redemption.objects.filter(code=code, order=order.number).exists():
        raise CodeIsOver(*rules.why_over(State(now_so)))


def _take(row: models.Code, order: Order, card: rules.Card, taken: Money, *, till: Till, now: datetime) -> None:
    after = rules.after(card, taken)
    cost_before, cost_after = queries.cost_of(row, row.left), queries.cost_of(row, after.left.minor)
    lapsed = queries.cost_of(row, after.lapsed.minor)
    over = {} if after.state is State.OPEN else {"seed": b"", "over_at": now, "over_by": till.staff}
    # The row is locked; that it is still as it was read is asked all the same, since money hangs on it.
    still = models.Code.objects.filter(pk=row.pk, state=State.OPEN, left=row.left)
    if not still.update(left=after.left.minor, state=after.state, **over):
        raise CodeIsOver
    crashpoint("redeem.after_taking")
    row.left, row.state = after.left.minor, after.state
    if after.state is not State.OPEN:
        codes.used_up(row, now=now)
    row.redemptions.create(
        order=order.number,
        amount=taken.minor,
        total=order.total.minor,
        at=now,
        by=till.staff,
        token=till.token,
    )
    _book(row, redeemed=cost_before - cost_after - lapsed, lapsed=lapsed, till=till, now=now)
    facts = {"code": row.pk, "order": order.number, "amount": taken.plain(), "left": after.left.plain()}
    journal.write_house(
        "code.redeemed",
        facts | {"case": row.case.number if row.case else ""},
        now=now,
        by=till.staff,
        actor=_actor(till),
    )


def _actor(till: Till) -> str:
    return "staff" if till.staff else "api"


def _book(row: models.Code, *, redeemed: Money, lapsed: Money, till: Till, now: datetime) -> None:
    # An order's number is the shop's words; its place among the code's orders always fits into a key.
    nth = row.redemptions.count()
    for step, amount, into in (("redeemed", redeemed, accounts.REDEEMED), ("rest", lapsed, accounts.LAPSED)):
        moved = accounts.move(f"code:{row.pk}:{step}:{nth}", amount, out_of=accounts.LIABILITY, into=into)
        if moved is not None:
            books.post(moved, now=now, case_id=row.case_id, by=till.staff.pk if till.staff else None)
