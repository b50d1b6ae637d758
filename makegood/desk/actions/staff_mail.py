"""Staff who answer by mail: their reply to a notice becomes a reply to the customer, a note, or "I have it".

The same rules and the same rights as on the screen (A-14). A refusal leaves nothing sent, and the writer is
told why by mail, since there is no screen to show it on.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import Http404

from makegood.desk import access, models
from makegood.rules.refusals import Refusal

from . import alarms, ledger, letters, notes, notices

Joined = models.InboxItem.State.JOINED

KEPT_AS_NOTE = (
    "It began with “I have it” or “ok”, so the rest was kept as a note. Begin with “answer:” to write to the customer."
)


def reply(
    item: models.InboxItem,
    *,
    case_id: int,
    by: models.Staff,
    text: str,
    kind: str,
    seen: int | None,
    confirmed: bool,
    now: datetime,
) -> models.Contact:
    """Write to the customer, and say "I have it" to what rings. Raises a Refusal, or Http404 for a case not his."""
    with transaction.atomic():
        _answer_bells(case_id, by=by, now=now)
        contact = letters.reply(case_id, by=by, text=text, kinds=[kind], seen=seen, confirmed=confirmed, now=now)
        models.Contact.objects.filter(pk=contact.pk).update(item=item)
        ledger.settle(item, Joined, code="staff", why=f"an answer of {by.name}", now=now)
    return contact


def note(item: models.InboxItem, *, case_id: int, by: models.Staff, text: str, now: datetime) -> None:
    """Add an internal note. Raises Http404 for a case that is not his."""
    with transaction.atomic():
        notes.add(case_id, text=text, by=by, now=now)
        ledger.settle(item, Joined, code="staff", why=f"a note of {by.name}", now=now)


def have_it(item: models.InboxItem, *, case_id: int, by: models.Staff, text: str, now: datetime) -> None:
    """Say "I have it" to what rings; more words become a note. Raises Http404 for a case that is not his."""
    with transaction.atomic():
        _answer_bells(case_id, by=by, now=now)
        if text.strip():
            notes.add(case_id, text=text, by=by, now=now)
            row = models.Case.objects.get(pk=case_id)
            notices.tell([by], case=row, kind="mail.not_sent", facts={"why": KEPT_AS_NOTE}, now=now)
        ledger.settle(item, Joined, code="staff", why=f"{by.name} has it", now=now)


def refuse(item: models.InboxItem, *, case_id: int, by: models.Staff, why: str, now: datetime) -> None:
    """Tell the writer why his mail did nothing."""
    with transaction.atomic():
        row = models.Case.objects.get(pk=case_id)
        notices.tell([by], case=row, kind="mail.not_sent", facts={"why": why[:300]}, now=now)
        ledger.settle(item, Joined, code="staff_refused", why=f"from {by.name}, not sent: {why}", now=now)


def may_write(by: models.Staff, case_id: int) -> bool:
    """Return whether this member of staff may touch the case at all."""
    try:
        access.case_by_id(by, case_id)
    except Http404:
        return False
    return True


def _answer_bells(case_id: int, *, by: models.Staff, now: datetime) -> None:
    try:
        with transaction.atomic():
            alarms.acknowledge(case_id, by=by, now=now)
    except Refusal:
        # Nothing rings, or it does not ring for him: what he wrote counts all the same.
        return
