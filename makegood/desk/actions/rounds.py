"""What the watch changes: waking a case whose time has come, and its own signs of life."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Count, Max, Q, QuerySet

from makegood.desk import facts, models, reading
from makegood.desk.chain import START, digest_of_heads
from makegood.desk.crashpoints import crashpoint
from makegood.desk.prepared import prepared
from makegood.rules import rounds as rules
from makegood.rules.people import People
from makegood.rules.unfolding import Unfolding

from . import journal, notices, orders, outbox
from .record import FOLLOWS_THE_JOURNAL, Decision, record_all

log = logging.getLogger(__name__)
STEP_ASIDE = timedelta(hours=1)


def due_cases(*, now: datetime, limit: int) -> list[int]:
    """Return the cases whose time has come, oldest first; nothing is cut off, the rest follow next round."""
    return list(_due(now).values_list("pk", flat=True)[:limit])


def anything_due(*, now: datetime) -> bool:
    """Say whether the time of any case has come: what an idle watch asks each second."""
    return bool(_one_due(now))


@prepared("pk")
def _one_due(now: datetime) -> QuerySet[models.Case]:
    return _due(now)[:1]


def _due(now: datetime) -> QuerySet[models.Case]:
    awake = Q(crashed_until=None) | Q(crashed_until__lte=now)
    # In no order but that of the index: ten thousand of one moment would be sorted for every handful.
    return models.Case.objects.filter(awake, wakes_at__lte=now).order_by("wakes_at")


def wake_all(*, now: datetime, limit: int, people: People | None = None) -> int:
    """Let time do to up to `limit` cases, oldest first, what it has brought; returns to how many it did.

    All in one transaction, in which they are claimed, too: with any number of watchers each alarm is raised
    once, and none waits for another. Where one case makes the rules fail, each is woken by itself, so that the
    others go on.
    """
    claimed: list[models.Case] = []
    try:
        _wake_some(_due(now)[:limit], claimed, now=now, people=people)
    except (InterfaceError, OperationalError):
        # The database is locked, restarting or gone: that is nothing the cases did.
        raise
    except Exception:
        if not claimed:
            raise
        return sum(wake(row.pk, now=now, people=people) for row in claimed)
    return len(claimed)


def wake(case_id: int, *, now: datetime, people: People | None = None) -> bool:
    """Let time do to one case what it has brought. Returns whether it did anything.

    A case that makes the rules fail steps aside for an hour, loudly.
    """
    claimed: list[models.Case] = []
    try:
        _wake_some(_due(now).filter(pk=case_id), claimed, now=now, people=people)
    except (InterfaceError, OperationalError):
        raise
    except Exception as error:
        _step_aside(case_id, error, now=now)
        return True
    return bool(claimed)


def _wake_some(
    due: QuerySet[models.Case], claimed: list[models.Case], *, now: datetime, people: People | None
) -> None:
    """Wake these, and tell in `claimed` which they are, even where it fails."""
    with transaction.atomic():
        # Whoever holds a row is at work on it; what is left to do then comes up again next round.
        free = due.select_for_update(skip_locked=True, of=("self",))
        claimed += reading.rows(free, "language", *FOLLOWS_THE_JOURNAL)
        crashpoint("watch.after_claim")
        _wake(claimed, now=now, people=people or facts.people())
        crashpoint("action.before_commit")
    crashpoint("action.after_commit")


def _wake(rows: Sequence[models.Case], *, now: datetime, people: People) -> None:
    stories, houses = facts.all_cases(rows), facts.houses(rows, people)
    woken = []
    for row in rows:
        u = Unfolding(stories[row.pk], houses[row.policy_id], now=now)
        rules.advance(u, now=now)
        woken.append(Decision(row=row, u=u, actor="watch", by_time=len(u.events)))
    record_all(woken, now=now)
    for decision in woken:
        if not decision.u.events:
            _wake_later(decision)
        if decision.row.wakes_at is not None and decision.row.wakes_at <= now:
            raise RuntimeError("time stood still: the case would wake again at once")


def _wake_later(d: Decision) -> None:
    """Set the next hour anew where time brought nothing: somebody's absence was changed meanwhile."""
    d.row.wakes_at = d.u.wakes_at
    models.Case.objects.filter(pk=d.row.pk).update(wakes_at=d.row.wakes_at, crashed_until=None)


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
        notices.write_to_house("watch.failed", {"error": type(error).__name__}, now=now, case=row, owner=row.owner_id)


def beat(name: str, *, now: datetime, trouble: str = "") -> None:
    """Say that a round went by, so that its silence can be seen."""
    models.Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "trouble": trouble[:300]})


def show_trouble(name: str, trouble: str, *, now: datetime) -> None:
    """Show trouble with a round, or take it away, without saying that the round went by."""
    models.Heartbeat.objects.get_or_create(name=name, defaults={"at": now})
    models.Heartbeat.objects.filter(name=name).update(trouble=trouble[:300])


def seal_day(*, now: datetime) -> models.Anchor | None:
    """Seal the heads of all chains once a day; returns the seal, or None if today has one."""
    day = now.date()
    if models.Anchor.objects.filter(day=day).exists():
        return None
    try:
        with transaction.atomic():
            _hold_the_journal()
            last = models.Entry.objects.filter(case=None).order_by("-seq").first()
            heads = models.Case.objects.order_by("pk").values_list("pk", "head_seq", "head_hash")
            sums = models.Entry.objects.aggregate(entries=Count("pk"), last=Max("pk"))
            anchor = models.Anchor.objects.create(
                day=day,
                sealed_at=now,
                entries=sums["entries"],
                last_entry=sums["last"] or 0,
                digest=digest_of_heads((last.seq, last.hash) if last else (0, START), heads.iterator()),
            )
            crashpoint("seal.before_commit")
            return anchor
    except IntegrityError:
        # Another process sealed the day a moment ago.
        return None


def _hold_the_journal() -> None:
    """Let nobody write to the journal until this transaction ends, so that the seal is over one moment.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE desk_entry IN SHARE MODE")


def clock_jumped(told: Mapping[str, Any], *, backwards: bool, now: datetime) -> None:
    """Write down that the clock jumped. Backwards, nothing may wait for a moment read off the wrong clock."""
    with transaction.atomic():
        journal.write_house("clock.jumped", told, now=now, actor="watch")
        # Their flight can't be timed across a jump.
        models.Canary.objects.filter(back_at=None, missed_at=None).update(sent_at=now)
        if backwards:
            outbox.after_the_clock_went_back(now=now)
            orders.after_the_clock_went_back(now=now)
            models.Case.objects.filter(crashed_until__gt=now + STEP_ASIDE).update(crashed_until=now + STEP_ASIDE)
            notices.write_to_house("clock.jumped", told, now=now)


def delivery_failed(item: models.OutboxItem, error: Exception, *, now: datetime) -> None:
    """A mail made us fail when what became of it was to be written down: it steps aside for an hour, loudly."""
    log.error("mail %s made delivery fail and steps aside for an hour", item.pk, exc_info=error)
    told = {"mail": item.pk, "error": type(error).__name__}
    with transaction.atomic():
        outbox.step_aside(item, until=now + STEP_ASIDE)
        journal.write_house("delivery.failed", told, now=now, actor="watch")
        notices.write_to_house("delivery.failed", told, now=now, case=item.case)


def canary_is_back(token: str, *, now: datetime) -> bool:
    """Record that a canary came through the mail door; returns whether it was one of ours."""
    return bool(models.Canary.objects.filter(token=token, back_at=None).update(back_at=now))
