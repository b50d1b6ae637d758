"""What became of a mail of ours: accepted, refused, delayed, uncertain, bounced."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from makegood.desk import access, models
from makegood.rules import outgoing, refusals
from makegood.rules.events import ContactCleared, ContactRefused

from . import journal, merging, notices, outbox
from .promises import from_plain, said
from .record import Decision, deciding, deciding_all

Standing = models.Contact.Standing
TOLD_AGAIN_AFTER = timedelta(hours=1)


def accepted(item: models.OutboxItem, *, answer: str, now: datetime) -> None:
    """The customer's server took it: what it keeps is kept, what it says is promised. Once."""
    contact = item.contact
    if contact is None or item.case_id is None:
        outbox.mark_accepted(item, answer=answer, now=now)
        return
    with deciding(item.case_id, now=now, actor="mail") as d:
        if outbox.mark_accepted(item, answer=answer, now=now):
            _count(d, contact, now=now)


def _count(d: Decision, contact: models.Contact, *, now: datetime) -> None:
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
    """The server will never take it: the customer was not reached, and the owner hears.

    Word that one of our own can't be given is word for those who look after the house.
    """
    if item.contact is None or item.case_id is None:
        with transaction.atomic():
            if outbox.mark_refused(item, answer=answer, now=now) and item.purpose == "notice":
                _tell_of_word_refused(item, answer=answer, now=now)
        return
    with deciding(item.case_id, now=now, actor="mail") as d:
        if outbox.mark_refused(item, answer=answer, now=now):
            models.Contact.objects.filter(pk=item.contact.pk).update(standing=Standing.REFUSED)
            _not_reached(d, item, why=answer, final=True, now=now)


def _tell_of_word_refused(item: models.OutboxItem, *, answer: str, now: datetime) -> None:
    """Once an hour for each address: where every one of ours is refused, word of it would breed word of it for ever."""
    lately = models.Notice.objects.filter(kind="word.refused", facts__address=item.to_address)
    if not lately.filter(written_at__gt=now - TOLD_AGAIN_AFTER, written_at__lte=now).exists():
        notices.write_to_house("word.refused", {"address": item.to_address, "why": answer[:200]}, now=now)


def delayed(item: models.OutboxItem, *, answer: str, now: datetime) -> None:
    """The server would not take it now. It is tried again; the promise clock runs; the owner hears once."""
    if now - item.written_at > outbox.GIVE_UP_AFTER:
        refused(item, answer=f"given up after {outbox.GIVE_UP_AFTER.days} days: {answer}", now=now)
        return
    if item.contact is None or item.case_id is None:
        outbox.try_later(item, answer=answer, now=now)
        return
    with deciding(item.case_id, now=now, actor="mail") as d:
        if outbox.try_later(item, answer=answer, now=now) and not _heard_already(d, item):
            _not_reached(d, item, why=answer, final=False, now=now)


def uncertain(item: models.OutboxItem, *, answer: str, now: datetime) -> None:
    """The line went dead after everything was sent. Whether it arrived is for a person to find out.

    An automatic mail says nothing that hurts twice, so it goes out once more by itself, under the Message-ID it
    has always had; where nobody hears of that either, a person says. Word to our own people goes on.
    """
    if outbox.is_to_ourselves(item):
        delayed(item, answer=answer, now=now)
        return
    if item.contact is None or item.case_id is None:
        if outbox.goes_once_more(item):
            outbox.mark_uncertain(item, answer=answer, now=now)
        else:
            outbox.try_later(item, answer=f"{outbox.ONCE_MORE}{answer}", now=now)
        return
    with deciding(item.case_id, now=now, actor="mail") as d:
        if outbox.mark_uncertain(item, answer=answer, now=now):
            models.Contact.objects.filter(pk=item.contact.pk).update(standing=Standing.UNCERTAIN)
            why = f"not known whether it arrived: {answer}"[:300]
            outgoing.leave_in_doubt(d.u, contact=item.contact.pk, why=why, at=now)


# ── a person says what became of it ──────────────────────────────────────────


def say_it_went(contact_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Somebody found out that a mail of which nobody knew did arrive; `why` is what shows it.

    From now on it counts as said: what it keeps is kept, and what it promised is promised. Raises NotInDoubt.
    """
    contact = access.contact_for(by, contact_id)
    if not why.strip():
        raise refusals.NeedsReason
    with deciding(contact.case_id, now=now) as d:
        item = _in_doubt(contact)
        outbox.mark_accepted(item, answer=f"{by.name}: {why.strip()}", now=now)
        d.u.happen(ContactCleared(at=now, by=by.pk, contact=contact.pk, arrived=True, why=why.strip()[:300]))
        _count(d, contact, now=now)


def send_once_more(contact_id: int, *, by: models.Staff, now: datetime) -> None:
    """Let a mail of which nobody knows whether it arrived go out again, under its own Message-ID. Raises NotInDoubt."""
    contact = access.contact_for(by, contact_id)
    with deciding(contact.case_id, now=now) as d:
        outbox.send_again(_in_doubt(contact), now=now)
        models.Contact.objects.filter(pk=contact.pk).update(standing=Standing.WAITING)
        d.u.happen(ContactCleared(at=now, by=by.pk, contact=contact.pk, arrived=False))


def say_of_automatic(mails: Collection[int], *, arrived: bool, by: models.Staff, now: datetime) -> int:
    """Settle those of these automatic mails that are in doubt and on cases he may see; returns how many.

    They arrived, or they go out once more, as the same mails. Raises NotInDoubt where none is.
    """
    with transaction.atomic():
        found = models.OutboxItem.objects.select_for_update(of=("self",)).filter(
            pk__in=mails, state=models.OutboxItem.State.UNCERTAIN, contact=None, case__in=access.cases_for(by)
        )
        chosen = list(found.select_related("case").order_by("pk"))
        if not chosen:
            raise refusals.NotInDoubt
        for item in chosen:
            if arrived:
                outbox.mark_accepted(item, answer=f"{by.name}: it arrived", now=now)
            else:
                outbox.send_again(item, now=now)
        told = {"cases": sorted({item.case.number for item in chosen if item.case}), "arrived": arrived}
        journal.write_house("mail.cleared", told, now=now, by=by)
    return len(chosen)


def _in_doubt(contact: models.Contact) -> models.OutboxItem:
    """Return the mail of a contact that is in doubt; its case is locked, so nobody else says so meanwhile."""
    item = models.OutboxItem.objects.filter(contact=contact, state=models.OutboxItem.State.UNCERTAIN).first()
    if item is None:
        raise refusals.NotInDoubt
    return item


def _heard_already(d: Decision, item: models.OutboxItem) -> bool:
    refusals = d.row.journal.filter(name=ContactRefused.name, facts__contact=item.contact_id)
    return refusals.filter(recorded_at__gte=item.written_at).exists()


def _not_reached(d: Decision, item: models.OutboxItem, *, why: str, final: bool, now: datetime) -> None:
    outgoing.refuse_delivery(d.u, contact=item.contact_id or 0, why=why[:300], final=final, at=now)


def bounced(contact: models.Contact, *, why: str, now: datetime) -> None:
    """A mail that the server had accepted came back: whatever it kept is owed again. Part of a transaction."""
    case = models.Case.objects.only("merged_into").get(pk=contact.case_id)
    cases = [contact.case_id, *([case.merged_into_id] if case.merged_into_id else [])]
    with deciding_all(cases, now=now, actor="mail") as (d, *home):
        changed = models.Contact.objects.filter(pk=contact.pk).exclude(standing=Standing.BOUNCED)
        if changed.update(standing=Standing.BOUNCED):
            outgoing.bounce(d.u, contact=contact.pk, why=why[:300], at=now)
        for kept in home:
            merging.carry_again(d, kept, now=now)
