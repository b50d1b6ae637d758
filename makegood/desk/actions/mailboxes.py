"""How far each mailbox has been read, and what keeps us from reading it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from makegood.desk.models import MailboxCursor, Notice, Staff


def cursor(mailbox: str) -> MailboxCursor:
    """Return the mailbox's cursor, made on first use."""
    found, _ = MailboxCursor.objects.get_or_create(mailbox=mailbox)
    return found


def begin_numbering(mailbox: str, *, uidvalidity: int) -> None:
    """The server numbers this mailbox anew: read it from the start. What is known is known again by its bytes."""
    MailboxCursor.objects.filter(mailbox=mailbox).exclude(uidvalidity=uidvalidity).update(
        uidvalidity=uidvalidity, uid=0
    )


def advance(mailbox: str, *, uidvalidity: int, uid: int) -> None:
    """Everything up to `uid` is committed. Never goes back, however many poll at once."""
    MailboxCursor.objects.filter(mailbox=mailbox, uidvalidity=uidvalidity, uid__lt=uid).update(uid=uid)


def polled(mailbox: str, *, now: datetime) -> None:
    """A poll went through: whatever trouble there was is over."""
    MailboxCursor.objects.filter(mailbox=mailbox).update(polled_at=now, trouble="", trouble_since=None)


def in_trouble(mailbox: str, *, door: str, trouble: str, now: datetime) -> None:
    """A poll failed. The trouble stands on the cursor from its first moment on, and its beginning is told once."""
    with transaction.atomic():
        cursor(mailbox)
        begun = MailboxCursor.objects.filter(mailbox=mailbox, trouble_since=None)
        first = begun.update(trouble=trouble[:300], trouble_since=now)
        MailboxCursor.objects.filter(mailbox=mailbox).update(trouble=trouble[:300])
        if not first:
            return
        Notice.objects.bulk_create(
            Notice(staff=staff, kind="door.trouble", facts={"door": door, "trouble": trouble[:300]}, written_at=now)
            for staff in Staff.objects.filter(Q(role="admin") | Q(role="head"), is_active=True)
        )
