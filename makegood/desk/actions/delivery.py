"""What became of a mail of ours: accepted, refused, delayed, uncertain, bounced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from makegood.desk import models
from makegood.rules import outgoing

from . import outbox
from .promises import from_plain, said
from .record import deciding

Standing = models.Contact.Standing


def accepted(item: models.OutboxItem, *, answer: str, now: datetime) -> None:
    """The customer's server took it: what it keeps is kept, what it says is promised. Once."""
    contact = item.contact
    if contact is None or item.case_id is None:
        outbox.mark_accepted(item, answer=answer, now=now)
        return
    with deciding(item.case_id, now=now, actor="mail") as d:
        if not outbox.mark_accepted(item, answer=answer, now=now):
            return
        models.Contact.objects.filter(pk=contact.pk).update(standing=Standing.ACCEPTED, accepted_at=now)
        outgoing.accept(
            d.u,
            contact=contact.pk,
            kinds=tuple(contact.kinds),
            by=contact.staff_id,
            at=now,
            automatic=contact.automatic,
            promises=tuple(said(from_plain(words), d) for words in contact.says),
            keeps=tuple(contact.keeps),
        )


def refused(item: models.OutboxItem, *, answer: str, now: datetime) -> None:
    """The server will never take it: the customer was not reached, and the owner hears."""
    _not_reached(item, answer=answer, final=True, now=now)


def delayed(item: models.OutboxItem, *, answer: str, now: datetime) -> None:
    """The server would not take it now. It is tried again; the promise clock runs; the owner hears once."""
    if now - item.written_at > outbox.GIVE_UP_AFTER:
        _not_reached(item, answer=answer, final=True, now=now)
        return
    outbox.try_later(item, answer=answer, now=now)
    if item.attempts == 1:
        _not_reached(item, answer=answer, final=False, now=now)


def _not_reached(item: models.OutboxItem, *, answer: str, final: bool, now: datetime) -> None:
    if item.contact is None or item.case_id is None:
        if final:
            outbox.mark_refused(item, answer=answer, now=now)
        return
    with deciding(item.case_id, now=now, actor="mail") as d:
        if final:
            if not outbox.mark_refused(item, answer=answer, now=now):
                return
            models.Contact.objects.filter(pk=item.contact_id).update(standing=Standing.REFUSED)
        outgoing.refuse_delivery(d.u, contact=item.contact_id or 0, why=answer[:300], final=final, at=now)


def uncertain(item: models.OutboxItem, *, answer: str, now: datetime) -> None:
    """The line went dead after everything was sent. Whether it arrived is for a person to find out."""
    with transaction.atomic():
        if outbox.mark_uncertain(item, answer=answer, now=now) and item.contact_id:
            models.Contact.objects.filter(pk=item.contact_id).update(standing=Standing.UNCERTAIN)
    if item.contact_id:
        _not_reached(item, answer=f"not known whether it arrived: {answer}", final=False, now=now)


def bounced(contact: models.Contact, *, why: str, now: datetime) -> None:
    """A mail that the server had accepted came back: whatever it kept is owed again. Part of a transaction."""
    with deciding(contact.case_id, now=now, actor="mail") as d:
        changed = models.Contact.objects.filter(pk=contact.pk).exclude(standing=Standing.BOUNCED)
        if changed.update(standing=Standing.BOUNCED):
            outgoing.bounce(d.u, contact=contact.pk, why=why[:300], at=now)
