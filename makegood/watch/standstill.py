"""Seeing that a part of the desk stands still while the others go on, and saying so by the second path (F-40).

A process that died altogether is missed by the outside watcher, and mail that gets lost by the canary. This is for
what lies between: one round that no longer goes by, letters that nobody judges, a line on which no mail can go.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from makegood.desk import models
from makegood.desk.actions import rounds as signs

from . import second_path
from .rounds import MAIL_LINE, say_trouble

STILL_AFTER = timedelta(minutes=10)
"""Longer than any round rests, and than the database is ever busy."""
FORGOTTEN_AFTER = timedelta(days=1)
"""A part that nobody has started for this long is not missed any more."""
PARTS = ("watch", "word", "delivery", "orders", "judge", "imap", "held", "incidents", "new links", "beat", "watch too")
NAME = "standstill"


def sound(*, now: datetime, since: datetime) -> bool:
    """Sound the alarm by the second path when something begins to stand still; says whether it did.

    `since` is when this process began to look, or when the clock jumped last: what is silent from before then may
    be about to speak.
    """
    if now - since < STILL_AFTER:
        return False
    found = list(_found(now))
    was = models.Heartbeat.objects.filter(name=NAME).values_list("trouble", flat=True).first()
    say_trouble(NAME, " ".join(found), now=now)
    if not found or was:
        return False
    trouble = second_path.sound_alarm("desk.stands_still", {"what": found}, now=now)
    signs.beat("second path", now=now, trouble=f"Second path for alarms: {trouble}." if trouble else "")
    return True


def _found(now: datetime) -> Iterator[str]:
    long_ago = now - STILL_AFTER
    silent = models.Heartbeat.objects.filter(name__in=PARTS, at__lt=long_ago, at__gt=now - FORGOTTEN_AFTER)
    for sign in silent.order_by("name"):
        yield f"The round “{sign.name}” has not gone by since {sign.at:%Y-%m-%d %H:%M} UTC."
    if models.InboxItem.objects.filter(state=models.InboxItem.State.STORED, stored_at__lt=long_ago).exists():
        yield "Letters have come in that nobody has read for ten minutes."
    if models.Attachment.objects.filter(waits_since__lt=long_ago).exists():
        yield "The disk has had no room for files of letters for ten minutes; they are kept in the letters."
    for line in models.Heartbeat.objects.filter(name=MAIL_LINE).exclude(trouble=""):
        yield line.trouble
    for box in models.MailboxCursor.objects.filter(trouble_since__lt=long_ago).order_by("pk"):
        yield f"{box.mailbox} can't be read."
