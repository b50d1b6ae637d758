"""What mail programs report of our mails: bounces, delays, vacation notes. None of it is a customer's word.

Each is kept on the case it is about, moves no clock by being there, and ends its ledger item in the same
transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from makegood.desk import models
from makegood.rules import events as ev
from makegood.rules import outgoing
from makegood.rules.findings import find
from makegood.rules.policy import Door

from . import delivery, ledger, messages
from .messages import Coming, Incoming
from .record import Decision, deciding, deciding_all

Joined = models.InboxItem.State.JOINED


def keep(
    message: Incoming, *, case_id: int, door: Door, item: models.InboxItem, why: str, now: datetime
) -> models.Contact:
    """Keep an automatic message with the case it answers. Nobody owes it anything, and it keeps nothing waiting."""
    return keep_all([Kept(message=message, case_id=case_id, door=door, item=item, why=why)], now=now)[0]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An automatic message that belongs to a case, and what it is."""

    message: Incoming
    case_id: int
    door: Door
    item: models.InboxItem
    why: str


def keep_all(kept: Sequence[Kept], *, now: datetime) -> list[models.Contact]:
    """Keep automatic messages, each with a case of its own, all in one transaction."""
    with deciding_all([one.case_id for one in kept], now=now, actor="mail") as decisions:
        contacts = _note_all([(d, k.message, k.door, k.item) for d, k in zip(decisions, kept, strict=True)], now=now)
        for why in dict.fromkeys(one.why for one in kept):
            alike = [one.item for one in kept if one.why == why]
            ledger.settle_all(alike, Joined, code="automatic", why=why, now=now)
    return contacts


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
    return _note_all([(d, message, door, item)], now=now)[0]


def _note_all(
    notes: Sequence[tuple[Decision, Incoming, Door, models.InboxItem]], *, now: datetime
) -> list[models.Contact]:
    # Without its id: no answer of ours may ever be threaded onto a machine's message.
    coming = [
        Coming(row=d.row, message=replace(said, automatic=True, message_id=""), door=door, item=item, customer=None)
        for d, said, door, item in notes
    ]
    contacts = messages.keep_all(coming, now=now)
    for (d, said, door, _), contact in zip(notes, contacts, strict=True):
        at = min(said.received_at, now)
        d.u.happen(ev.ContactReceived(at=at, contact=contact.pk, door=door.name, wants_answer=False))
    return contacts
