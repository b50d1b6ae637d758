"""Reminding customers of their codes: only who asked for it on his page, of each thing once, and never while he waits.

The mail and the mark that it was written are one transaction. Opening the page, or the mail's link, changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from makegood.desk import models
from makegood.desk.queries import codes as queries
from makegood.desk.queries import moves, programmes
from makegood.notify.email import compose
from makegood.notify.email.words import CodeReminder
from makegood.rules import reminding
from makegood.rules.codes import State
from makegood.rules.money import Money
from makegood.rules.reminding import Reminder

from . import journal, links, outbox
from .letters import customer_address, envelope, mail_domain, page_url
from .record import Decision, deciding

LOOK_AGAIN = timedelta(days=1)
"""While something keeps us from reminding him, it is looked at again so much later."""
_SENT = {Reminder.END: "end_reminded_at", Reminder.UNUSED: "unused_reminded_at"}


def ask(link: models.Link, *, wanted: bool, now: datetime) -> None:
    """He says on his page whether he wants to be reminded of his codes. Said twice, it is said once."""
    assert link.customer_id is not None
    with transaction.atomic():
        customer = models.Customer.objects.select_for_update(no_key=True).get(pk=link.customer_id)
        if (customer.reminders_at is not None) is wanted:
            return
        customer.reminders_at = now if wanted else None
        customer.save(update_fields=("reminders_at",))
        open_codes = models.Code.objects.filter(customer=customer, state=State.OPEN)
        open_codes.update(remind_at=now if wanted else None)
        facts = {"case": link.case.number, "wanted": wanted}
        journal.write_house("customer.reminders", facts, now=now, actor="customer")


def send_due(*, now: datetime, limit: int = 50) -> int:
    """Look at up to `limit` codes whose moment has come, and remind who is to be reminded; returns at how many.

    One that makes us fail keeps none of the others waiting: it is put off first, and looked at again tomorrow.
    """
    due = models.Code.objects.filter(remind_at__lte=now).order_by("remind_at", "pk").values_list("pk", flat=True)
    looked = list(due[:limit])
    for pk in looked:
        put_off = models.Code.objects.filter(pk=pk, remind_at__lte=now).update(remind_at=now + LOOK_AGAIN)
        row = models.Code.objects.select_related("customer", "entitlement").get(pk=pk)
        if put_off and (row.state != State.OPEN or row.customer.reminders_at is None):
            models.Code.objects.filter(pk=pk).update(remind_at=None)
        elif put_off and not _waits(row, now=now):
            _look(row, now=now)
    return len(looked)


def _waits(row: models.Code, *, now: datetime) -> bool:
    """Return whether he waits for us, an end stands still, or somebody else may read his mail at the moment."""
    frozen = row.entitlement is not None and row.entitlement.frozen_at is not None
    changed = moves.codes_held_until(moves.moves(row.customer_id, now=now))
    return frozen or changed is not None or programmes.case_since(row.customer_id) is not None


def _look(found: models.Code, *, now: datetime) -> None:
    """Remind him if it is time, and set when it is looked at next. The case from which he has the code is the lock."""
    case = found.case_id or _last_case(found.customer_id)
    if case is None:
        models.Code.objects.filter(pk=found.pk).update(remind_at=None)
        return
    with deciding(case, now=now, actor="program") as d:
        row = models.Code.objects.select_for_update(of=("self",)).select_related("customer").get(pk=found.pk)
        if row.state != State.OPEN or row.customer.reminders_at is None:
            return
        policy = d.u.house.policy.code_reminders
        next_one = reminding.due(queries.unredeemed(row), policy)
        if next_one is not None and next_one[0] <= now:
            if _write(d, row, next_one[1], now=now):
                setattr(row, _SENT[next_one[1]], now)
            next_one = reminding.due(queries.unredeemed(row), policy)
        row.remind_at = max(next_one[0], now + LOOK_AGAIN) if next_one else None
        row.save(update_fields=("remind_at", *_SENT.values()))


def _last_case(customer: int) -> int | None:
    cases = models.Case.objects.filter(customer=customer, quarantined=False)
    return cases.order_by("-opened_at", "-pk").values_list("pk", flat=True).first()


def _write(d: Decision, row: models.Code, what: Reminder, *, now: datetime) -> bool:
    """Put the reminder into the outbox; False where he has no address."""
    address = customer_address(d.row)
    if not compose.is_address(address):
        return False
    message_id = outbox.new_message_id(mail_domain(d.u.house.policy))
    secret = links.make(d.row, models.Link.Purpose.PAGE, customer=row.customer, now=now)
    letter = CodeReminder(
        envelope=envelope(d, from_name="", message_id=message_id, now=now),
        case=d.row.number,
        title=row.title,
        left=Money(row.currency, row.left).plain(),
        made_at=row.made_at,
        ends_at=row.entitlement.expires_at if row.entitlement and what is Reminder.END else None,
        page_url=page_url(secret),
    )
    outbox.enqueue(
        message_id=message_id,
        purpose="reminder",
        to_address=address,
        body=compose.code_reminder(letter),
        case=d.row,
        now=now,
    )
    journal.write_house("code.reminded", {"code": row.pk, "of": str(what)}, now=now, actor="watch")
    return True
