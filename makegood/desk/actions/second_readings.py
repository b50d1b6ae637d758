"""Asking the second reader, where the house chose one, about what customers wrote. Its word is one more proposal."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from makegood import config
from makegood.desk import facts, models
from makegood.language.listening import Reading
from makegood.second_reader import client
from makegood.second_reader.line import ReaderFailed

from . import hearing

log = logging.getLogger(__name__)
NOT_OLDER = timedelta(days=1)
"""A house that switches it on has its last day read, not its history."""


def wanted() -> bool:
    """Return whether the house chose a second reader."""
    return bool(config.get("MAKEGOOD_READER_URL"))


def read_next(*, now: datetime) -> bool:
    """Have the oldest unread message read; says whether there was one. Raises ReaderFailed.

    It is marked before it is sent, so that each is asked about once, whatever the other side does. The
    question is asked outside any transaction: nothing of the desk waits for it.
    """
    if not wanted():
        return False
    new = models.Contact.objects.filter(direction="in", second_read_at=None, received_at__gt=now - NOT_OLDER)
    contact = new.exclude(text="").select_related("case__policy", "customer").order_by("received_at", "pk").first()
    if contact is None:
        return False
    if not new.filter(pk=contact.pk).update(second_read_at=now):
        return True  # another process took it
    spoken = hearing.their_clock(contact.customer, facts.policy(contact.case.policy), at=contact.received_at)
    found = client.read_incoming(
        contact.text,
        language=contact.case.language,
        names=names(contact.case, contact.from_name),
        said_at=contact.received_at,
        zone=spoken.zone,
    )
    known = [as_same(row.task, row.label, row.due_at, row.words) for row in contact.heard.all()]
    fresh = [r for r in found if as_same(r.task, r.label, r.due_at, r.words) not in known]
    hearing.keep(contact, fresh, reader=models.Heard.Reader.SECOND, now=now)
    return True


def as_same(task: str, label: str, due_at: datetime | None, words: str) -> tuple[object, ...]:
    """Return what makes two proposals about one message the same: a label, an instant, or the words."""
    if task in (models.Heard.Task.LABEL, models.Heard.Task.KIND):
        return task, label
    return (task, due_at) if due_at is not None else (task, " ".join(words.lower().split()))


def read_draft(text: str, *, case: models.Case, by: models.Staff, now: datetime) -> tuple[Reading, ...]:
    """Ask about the draft of a reply. Keeps nothing. Raises ReaderFailed."""
    spoken = hearing.our_clock(by, facts.policy(case.policy), at=now)
    return client.read_outgoing(text, language=case.language, names=names(case, by.name), said_at=now, zone=spoken.zone)


def names(case: models.Case, *more: str) -> list[str]:
    """Return everybody who must not be named outside: the customer, and all who work here."""
    staff = models.Staff.objects.values_list("name", flat=True)
    return [name for name in (case.customer.name, *more, *staff) if name]


__all__ = ["ReaderFailed", "as_same", "names", "read_draft", "read_next", "wanted"]
