"""What a test of the mail door does again and again: hand in a letter, have it judged, look what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from makegood.desk import models
from makegood.desk.actions import delivery, digests, outbox
from makegood.intake.judging import judge_next
from makegood.intake.mail.arrivals import from_smtp
from makegood.intake.mail.our_addresses import read_ours
from tests.intake.letters import HELP, ROSA


def hand_in(raw: bytes, *, now: datetime, sender: str = ROSA, to: tuple[str, ...] = (HELP,)) -> list[models.InboxItem]:
    """Store a letter as the listener would, without a socket."""
    return from_smtp(raw, envelope_from=sender, recipients=to, ours=read_ours(), now=now)


def judge_all(now: datetime) -> int:
    """Judge everything that waits; returns how many."""
    count = 0
    while judge_next(now=now):
        count += 1
    return count


def receive(raw: bytes, *, now: datetime, sender: str = ROSA, to: tuple[str, ...] = (HELP,)) -> models.InboxItem:
    """Hand in a letter, judge it, and return its (first) item as it ended."""
    item = hand_in(raw, now=now, sender=sender, to=to)[0]
    judge_all(now)
    item.refresh_from_db()
    return item


def case_of(item: models.InboxItem) -> models.Case:
    """Return the case that an item's contact is on."""
    contact = item.contacts.get()
    return contact.case


def open_rosas_case(now: datetime) -> models.Case:
    """Return the case that Rosa's first letter opens."""
    from tests.intake.letters import letter

    return case_of(receive(letter(), now=now))


def deliver_all(now: datetime) -> list[EmailMessage]:
    """Let the customer's server accept everything in the outbox; returns the mails as they left."""
    mails = []
    while item := outbox.claim("test", now=now):
        mails.append(message_from_bytes(bytes(item.body), policy=default))
        delivery.accepted(item, answer="250 2.0.0 taken", now=now)
    return mails


def notice_to(staff: models.Staff, *, now: datetime) -> EmailMessage:
    """Write the digest that tells this colleague what waits, and return it."""
    assert digests.mail_digest(staff.pk, now=now)
    item = models.OutboxItem.objects.filter(purpose="notice", to_address=staff.email).latest("pk")
    return message_from_bytes(bytes(item.body), policy=default)


MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
