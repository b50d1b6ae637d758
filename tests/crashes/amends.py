"""What people of a desk at work do to make it right, one step at a time: whoever died over a step does it again.

What each case gets follows from its number: a code, a strap sent by hand, a tent that an executive approves, money
back through the payer, or a choice between money on the console and a code.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Exists, F, OuterRef, Q

from makegood.desk import models
from makegood.desk.actions import approvals, codes, order_tasks, redeeming, remedies, wishes
from makegood.desk.actions.redeeming import Order, Till
from makegood.desk.actions.wanted import Choice, Wanted
from makegood.desk.queries.codes import text_of
from makegood.rules.money import Money

Say = Callable[..., None]


def make_good(now: datetime, say: Say) -> bool:
    """Take the next step with what waits longest; says whether there was one."""
    return any(step(now, say) for step in (_approve, _go_on, _choose, _do_by_hand, _confirm, _renew, _redeem, _propose))


def _waiting(step: str) -> models.Remedy | None:
    rows = models.Remedy.objects.filter(case__open=True, step=step).select_related("case__owner")
    return rows.order_by("pk").first()


def _somebody(role: str) -> models.Staff:
    return models.Staff.objects.filter(role=role).order_by("pk")[0]


def _approve(now: datetime, _: Say) -> bool:
    row = _waiting("proposed")
    if row is None:
        return False
    if row.pk % 8 == 2:
        approvals.deny(row.case_id, row.number, why="Ask him first.", by=_somebody("executive"), now=now)
    else:
        approvals.approve(row.case_id, row.number, by=_somebody("executive"), now=now)
    return True


def _go_on(now: datetime, _: Say) -> bool:
    row = _waiting("approved")
    if row is None:
        return False
    if row.options.count() > 1:
        remedies.offer(row.case_id, row.number, by=row.case.owner, text="Choose one on your page.", now=now)
    else:
        remedies.order(row.case_id, row.number, by=row.case.owner, now=now)
    return True


def _page_of(row: models.Remedy) -> models.Link | None:
    return models.Link.objects.filter(case=row.case_id, purpose=models.Link.Purpose.PAGE).order_by("pk").first()


def _choose(now: datetime, _: Say) -> bool:
    row = _waiting("offered")
    if row is None:
        return False
    link, option = _page_of(row), row.options.order_by("key")[row.pk % 2]
    if row.pk % 7 == 1:
        remedies.decline(row.case_id, row.number, why="Neither.", by=row.case.owner, now=now)
    elif link is None:
        remedies.choose(row.case_id, row.number, option.key, by=row.case.owner, now=now)
    else:
        remedies.choose_by_customer(link, row.number, option.key, now=now)
    return True


def _do_by_hand(now: datetime, _: Say) -> bool:
    tasks = models.Order.objects.filter(state="by hand", case__open=True).select_related("remedy", "case__owner")
    task = tasks.order_by("pk").first()
    if task is None:
        return False
    if task.pk % 9 == 4:
        remedies.reverse(task.case_id, task.remedy.number, why="He has one.", by=_somebody("lead"), now=now)
    else:
        order_tasks.done(task.pk, evidence=f"parcel {task.pk}", by=task.case.owner, now=now)
    return True


def _confirm(now: datetime, _: Say) -> bool:
    rows = models.Remedy.objects.filter(case__open=True, step="delivered", codes=None)
    row = rows.annotate(third=F("pk") % 3).exclude(third=0).select_related("case").order_by("pk").first()
    if row is None or (link := _page_of(row)) is None:
        return False
    remedies.confirm_by_customer(link, row.number, now=now)
    return True


def _renew(now: datetime, _: Say) -> bool:
    """Every seventh customer loses his code and gets another."""
    codes_ = models.Code.objects.annotate(seventh=F("pk") % 7).select_related("case__owner")
    lost = codes_.filter(seventh=3, state="open", ancestor=None, redemptions=None).order_by("pk").first()
    if lost is None or lost.case is None:
        return False
    codes.replace(lost, why="He lost it.", by=lost.case.owner, now=now)
    return True


def _redeem(now: datetime, say: Say) -> bool:
    """A till takes a code off an order that costs more than it is worth, or less."""
    held = models.Code.objects.filter(state="open", remedy__step__in=("delivered", "shipped"), redemptions=None)
    row = held.annotate(fifth=F("pk") % 5).exclude(fifth=0).select_related("case__owner").order_by("pk").first()
    if row is None or row.case is None:
        return False
    till, total = Till(staff=row.case.owner), Money(row.currency, row.value * 2 if row.pk % 2 else row.value // 2)
    found = redeeming.look_up(text_of(row), customer=None, till=till, now=now)
    taken = redeeming.redeem(found, Order(number=f"T-{row.pk}", total=total), till=till, now=now)
    say(redeemed=f"T-{row.pk}", minor=taken.amount.minor)
    return True


def _propose(now: datetime, _: Say) -> bool:
    answered = Exists(models.Contact.objects.filter(case=OuterRef("pk"), direction="out"))
    given = Exists(models.Remedy.objects.filter(case=OuterRef("pk")))
    waiting = Q(answered) & ~Q(given)
    case = models.Case.objects.filter(waiting, open=True, quarantined=False).order_by("pk").first()
    if case is None:
        return False
    if not case.wishes.exists():
        wishes.say(case.pk, words="A new one, please.", door="phone", by=case.owner, now=now)
        return True
    key = uuid5(NAMESPACE_URL, f"torture/{case.pk}")
    choices, price = _what(case.pk)
    want = Wanted(key=key, failure="outcome", choices=choices, price=price, why="It broke on the second day.")
    remedies.propose(case.pk, want, by=case.owner, now=now)
    return True


def _what(case: int) -> tuple[tuple[Choice, ...], Money]:
    """Return what a case gets, and what the customer had paid."""
    code = Choice(catalogue="code", cost=Money("USD", 900), value=Money("USD", 900))
    return (
        ((code,), Money("USD", 900)),
        ((Choice(title="A new strap", cost=Money("USD", 400)),), Money("USD", 900)),
        ((Choice(title="A new tent", cost=Money("USD", 26_000)),), Money("USD", 40_000)),
        ((Choice(catalogue="refund", means=f"pi_{case}"),), Money("USD", 4_000)),
        ((Choice(catalogue="part_refund", means=f"pi_{case}"), code), Money("USD", 9_000)),
    )[case % 5]
