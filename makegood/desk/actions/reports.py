"""What mail programs report of our mails: bounces, delays, vacation notes. None of it is a customer's word.

Each is kept on the case it is about, moves no clock by being there, and ends its ledger item in the same
transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from makegood.desk import models
from makegood.rules import events as ev
from makegood.rules import outgoing
from makegood.rules.findings import find
from makegood.rules.policy import Door

from . import delivery, ledger, messages
from .messages import Incoming
from .record import Decision, deciding

Joined = models.InboxItem.State.JOINED


def keep(
    message: Incoming, *, case_id: int, door: Door, item: models.InboxItem, why: str, now: datetime
) -> models.Contact:
    """Keep an automatic message with the case it answers. Nobody owes it anything, and it keeps nothing waiting."""
    with deciding(case_id, now=now, actor="mail") as d:
        contact = _note(d, message, door=door, item=item, now=now)
        ledger.settle(item, Joined, code="automatic", why=why, now=now)
    return contact


def bounced(
    ours: models.OutboxItem, message: Incoming, *, door: Door, item: models.InboxItem, why: str, now: datetime
) -> None:
    """A mail of ours to a customer came back: what it had kept is owed again, and the owner hears."""
    assert ours.case_id is not None
    with transaction.atomic():
        if ours.contact is not None:
            delivery.bounced(ours.contact, why=why, now=now)
        with deciding(ours.case_id, now=now, actor="mail") as d:
            if ours.contact is None:
                find(d.u, "MG301", at=now, evidence=why[:300])
            _note(d, message, door=door, item=item, now=now)
        ledger.settle(item, Joined, code="bounce", why=why, now=now)


def late(
    ours: models.OutboxItem, message: Incoming, *, door: Door, item: models.InboxItem, why: str, now: datetime
) -> None:
    """A mail of ours has not arrived yet; its server still tries. The owner hears; the clocks run."""
    assert ours.case_id is not None
    with deciding(ours.case_id, now=now, actor="mail") as d:
        if ours.contact_id is not None:
            outgoing.refuse_delivery(d.u, contact=ours.contact_id, why=why[:300], final=False, at=now)
        _note(d, message, door=door, item=item, now=now)
        ledger.settle(item, Joined, code="delayed", why=why, now=now)


def colleague_not_reached(ours: models.OutboxItem, *, item: models.InboxItem, why: str, now: datetime) -> None:
    """Word for a colleague came back: his address is dead, so somebody who can mend that hears."""
    with transaction.atomic():
        models.Notice.objects.bulk_create(
            models.Notice(
                staff=staff,
                case=ours.case,
                kind="staff.not_reached",
                facts={"address": ours.to_address, "why": why[:300]},
                written_at=now,
            )
            for staff in models.Staff.objects.filter(Q(role="admin") | Q(role="head"), is_active=True)
        )
        ledger.suppress(item, code="staff_bounce", why=why, now=now)


def _note(d: Decision, message: Incoming, *, door: Door, item: models.InboxItem, now: datetime) -> models.Contact:
    # Without its id: no answer of ours may ever be threaded onto a machine's message.
    message = replace(message, automatic=True, message_id="")
    contact = messages.keep(d.row, message, door=door, item=item, customer=None, now=now)
    at = min(message.received_at, now)
    d.u.happen(ev.ContactReceived(at=at, contact=contact.pk, door=door.name, wants_answer=False))
    return contact
