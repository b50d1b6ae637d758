"""After a copy was put back (F-35): what may have happened since is not done again blindly, and the gap is on record.

The copy knows nothing of the hours after it. A mail that waited in its outbox may have gone out in them; a key of a
row or a number of a case may have been handed out. What came by mail in these hours comes again by the mailboxes'
cursors, which the copy has as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from makegood.desk import models

from . import delivery, incident_work, journal, notices, orders, outbox

_State = models.OutboxItem.State
EPOCH = 1_000_000
"""By how much every table's keys jump, so that none from the lost hours is handed out a second time."""
LEFT_OUT = 100
"""Case numbers that are left out at least; they are said on the telephone, so they stay short."""
WHY = "a copy from before was put back, and it may have gone out since"


@dataclass(frozen=True, kw_only=True)
class Gap:
    """The hours that are not on record, `[since, until)`, and what became of the mails that waited in the copy."""

    since: datetime
    until: datetime
    uncertain: int = 0
    """May have gone out: to customers, for a person to say."""
    arrived: int = 0
    """Were looked up, and had gone out."""
    numbers_from: dict[str, int] = field(default_factory=dict)
    """From where case numbers go on, by their year as they begin with it: `2026-`."""
    told_anew: int = 0
    """Mails to staff that are written anew: hearing of an alarm twice hurts nobody."""

    def told(self) -> dict[str, Any]:
        """Return it as the journal keeps it."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "uncertain": self.uncertain,
            "arrived": self.arrived,
            "told_anew": self.told_anew,
            "numbers_from": self.numbers_from,
        }


def begin_anew(*, copied_at: datetime, now: datetime, knows: Callable[[str], bool]) -> Gap:
    """Make a copy that was put back safe to work on; nothing may work on it before. Returns the gap.

    `knows` looks a Message-ID up where mail was sent to, and says whether it is there. That it is not there
    proves nothing: it may have gone another way in the lost hours. All is one transaction; done twice, the
    second finds nothing left to do.
    """
    with transaction.atomic():
        counts = dict.fromkeys(("uncertain", "arrived", "told_anew"), 0)
        unsent = models.OutboxItem.objects.filter(state__in=[_State.WAITING, _State.SENDING])
        for item in unsent.select_related("contact", "case").order_by("pk"):
            counts[_settle(item, knows(item.message_id), now=now)] += 1
        # Their mails are gone; that they don't come back says nothing about the doors.
        models.Canary.objects.filter(back_at=None, missed_at=None).update(missed_at=now)
        models.InboxItem.objects.filter(state=models.InboxItem.State.STORED).update(lease_until=None)
        orders.after_a_restore(copied_at=copied_at)
        incident_work.after_a_restore(now=now)
        numbers = {f"{year:04d}-": _free_from(f"{year:04d}-", copied_at) for year in {copied_at.year, now.year}}
        gap = Gap(since=copied_at, until=now, numbers_from=numbers, **counts)
        journal.write_house("backup.restored", gap.told(), now=now)
        notices.write_to_house("backup.restored", gap.told(), now=now)
        _leave_out_keys()
    return gap


def _settle(item: models.OutboxItem, arrived: bool, *, now: datetime) -> str:
    if item.purpose == "notice":
        outbox.mark_refused(item, answer=f"written anew: {WHY}", now=now)
        models.Notice.objects.filter(mailed=item).update(mailed=None)
        return "told_anew"
    if item.purpose == "canary":
        outbox.mark_refused(item, answer=WHY, now=now)
        return "told_anew"
    if arrived:
        delivery.accepted(item, answer="it was found where it had been sent to", now=now)
        return "arrived"
    if item.contact is None or item.case_id is None:
        outbox.mark_uncertain(item, answer=WHY, now=now)
    else:
        delivery.uncertain(item, answer=WHY, now=now)
    return "uncertain"


def _free_from(year: str, copied_at: datetime) -> int:
    """Return a number that no lost case has: twice as many are left out as a week brought, and 100 at least."""
    numbers = models.Case.objects.filter(number__startswith=year).values_list("number", flat=True)
    last = max((int(number.partition("-")[2]) for number in numbers.iterator()), default=0)
    week = models.Case.objects.filter(opened_at__gt=copied_at - timedelta(days=7)).count()
    return last + 1 + max(LEFT_OUT, 2 * week)


def _leave_out_keys() -> None:
    """Let every table of the desk number its next rows far above the last."""
    for model in apps.get_app_config("desk").get_models():
        table, key = model._meta.db_table, model._meta.pk
        if key.get_internal_type() != "BigAutoField":
            continue
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [EPOCH, table])
                if not cursor.rowcount:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, EPOCH])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), nextval(pg_get_serial_sequence(%s, %s)) + %s)",
                    [table, key.column, table, key.column, EPOCH],
                )
