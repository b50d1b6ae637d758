"""What the watch changes: waking a case whose time has come, and its own signs of life."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q

from makegood.desk import models
from makegood.rules.people import People

from . import journal
from .record import deciding

log = logging.getLogger(__name__)
STEP_ASIDE = timedelta(hours=1)


def due_cases(*, now: datetime, limit: int = 100) -> list[int]:
    """Return the cases whose time has come, oldest first; nothing is cut off, the rest follow next round."""
    awake = Q(crashed_until=None) | Q(crashed_until__lte=now)
    return list(
        models.Case.objects.filter(awake, wakes_at__lte=now)
        .order_by("wakes_at", "pk")
        .values_list("pk", flat=True)[:limit]
    )


def wake(case_id: int, *, now: datetime, people: People | None = None) -> bool:
    """Let time do to one case what it has brought. Returns whether it did anything.

    The row is locked and its time looked at again, so that with any number of watchers each
    alarm is raised once. A case that makes the rules fail steps aside for an hour, loudly.
    """
    try:
        with transaction.atomic():
            row = models.Case.objects.select_for_update().filter(pk=case_id, wakes_at__lte=now).first()
            if row is None:
                return False
            with deciding(case_id, now=now, actor="watch", people=people) as d:
                d.by_time = len(d.u.events)
            if d.row.wakes_at is not None and d.row.wakes_at <= now:
                raise RuntimeError("time stood still: the case would wake again at once")
    except Exception as error:
        _step_aside(case_id, error, now=now)
    return True


def _step_aside(case_id: int, error: Exception, *, now: datetime) -> None:
    log.exception("case %s made the watch fail and steps aside for an hour", case_id)
    with transaction.atomic():
        models.Case.objects.filter(pk=case_id).update(crashed_until=now + STEP_ASIDE)
        row = models.Case.objects.get(pk=case_id)
        journal.write_house(
            "watch.failed",
            {"case": row.number, "error": f"{type(error).__name__}: {error}"[:300]},
            now=now,
            actor="watch",
        )
        for staff in models.Staff.objects.filter(Q(pk=row.owner_id) | Q(role__in=["admin", "head"]), is_active=True):
            models.Notice.objects.create(
                staff=staff,
                case=row,
                kind="watch.failed",
                facts={"error": type(error).__name__},
                written_at=now,
            )


def beat(name: str, *, now: datetime, trouble: str = "") -> None:
    """Say that a round went by, so that its silence can be seen."""
    models.Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "trouble": trouble[:300]})


def seal_day(*, now: datetime) -> models.Anchor | None:
    """Seal the heads of all chains once a day; returns the seal, or None if today has one."""
    day = now.date()
    if models.Anchor.objects.filter(day=day).exists():
        return None
    with transaction.atomic():
        heads = models.Case.objects.order_by("pk").values_list("pk", "head_seq", "head_hash")
        seal = hashlib.sha256()
        for pk, seq, head in heads.iterator():
            seal.update(f"{pk}:{seq}:{head}\n".encode())
        sums = models.Entry.objects.aggregate(entries=Count("pk"), last=Max("pk"))
        return models.Anchor.objects.create(
            day=day,
            sealed_at=now,
            entries=sums["entries"],
            last_entry=sums["last"] or 0,
            digest=seal.hexdigest(),
        )


def send_canary(token: str, *, now: datetime) -> models.Canary:
    """Record that a canary flew."""
    return models.Canary.objects.create(token=token, sent_at=now)


def canary_is_back(token: str, *, now: datetime) -> bool:
    """Record that a canary came through the mail door; returns whether it was one of ours."""
    return bool(models.Canary.objects.filter(token=token, back_at=None).update(back_at=now))


def miss_canaries(*, now: datetime, after: timedelta) -> list[models.Canary]:
    """Return the canaries that have been away too long, each once."""
    lost = models.Canary.objects.filter(back_at=None, missed_at=None, sent_at__lte=now - after)
    missed = [c for c in lost if models.Canary.objects.filter(pk=c.pk, missed_at=None).update(missed_at=now)]
    for canary in missed:
        journal.write_house("canary.missed", {"sent_at": canary.sent_at.isoformat()}, now=now, actor="watch")
    return missed
