"""What the day came to, asked of the record itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Count, F, QuerySet

from makegood.desk import models
from makegood.desk.queries import invariants
from makegood.desk.queries.verdicts import Verdict

from .day import BEGINS, DAY, Day


def lines(day: Day, home: Path) -> Iterator[str]:
    """Yield what is printed."""
    came = day.came
    states = dict(_of_the_day().values_list("state").order_by("state").annotate(n=Count("pk")))
    yield f"handed to the door {came.accepted + came.again} times: {came.accepted} letters, {came.again} of them twice"
    yield f"in the ledger {sum(states.values())}: {states}"
    yield f"cases {models.Case.objects.count()}, open {models.Case.objects.filter(open=True).count()}"
    yield f"answers written {came.answered}; mails handed over {sum(day.outside.taken.values())}"
    yield f"of these twice: {sum(n - 1 for n in day.outside.taken.values())}"
    yield f"alarms {models.Alarm.objects.count()}, {_storm()}"
    yield f"alarms, seconds from due to told: {_spread(_alarm_lateness())}"
    yield f"letters, seconds from accepted to settled: {_spread(_judging_lateness())}"
    notices = models.Notice.objects.filter(mail=True)
    unmailed = notices.filter(mailed=None).count()
    yield f"notices to be mailed {notices.count()}, in {sum(day.outside.minutes.values())} mails; unmailed {unmailed}"
    yield f"most mails that one person got in one minute: {max(day.outside.minutes.values(), default=0)}"
    yield f"work: {came.worked:.0f} s of {DAY.total_seconds():.0f} ({came.worked / DAY.total_seconds():.1%} of a core)"
    yield f"database: {_size(home) / 1e6:,.0f} MB, {models.Entry.objects.count()} journal entries"
    for verdict in invariants.ask_all(now=day.now()):
        yield f"{verdict.code}: {verdict.count} violations{_first(verdict)}"


def _of_the_day() -> QuerySet[models.InboxItem]:
    return models.InboxItem.objects.filter(stored_at__gte=BEGINS)


def _first(verdict: Verdict) -> str:
    return f", the first: {verdict.violations[0].what}" if verdict.violations else ""


def _storm() -> str:
    """Return the fullest minute of the day."""
    minutes: dict[str, int] = {}
    for at in models.Alarm.objects.values_list("told_at", flat=True).iterator():
        minutes[f"{at:%H:%M}"] = minutes.get(f"{at:%H:%M}", 0) + 1
    fullest = max(minutes, key=lambda m: minutes[m], default="")
    return f"the fullest minute {fullest} UTC with {minutes.get(fullest, 0)}"


def _alarm_lateness() -> list[float]:
    raised = models.Entry.objects.filter(name="alarm.raised", at__gte=BEGINS)
    gaps = raised.annotate(late=F("recorded_at") - F("at")).values_list("late", flat=True)
    return sorted(gap.total_seconds() for gap in gaps)


def _judging_lateness() -> list[float]:
    rows = _of_the_day().exclude(settled_at=None)
    gaps = rows.annotate(late=F("settled_at") - F("stored_at")).values_list("late", flat=True)
    return sorted((gap or timedelta(0)).total_seconds() for gap in gaps)


def _spread(sorted_: Sequence[float]) -> str:
    if not sorted_:
        return "none"
    p50, p99 = sorted_[len(sorted_) // 2], sorted_[int(len(sorted_) * 0.99)]
    return f"p50 {p50:.1f}, p99 {p99:.1f}, most {sorted_[-1]:.1f} ({len(sorted_)})"


def _size(home: Path) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    return sum(file.stat().st_size for file in home.glob("makegood.sqlite3*"))


def whole(day: Day) -> bool:
    """Return whether nothing was lost, and nothing done twice."""
    twice = any(count > 1 for count in day.outside.taken.values())
    return _of_the_day().count() == day.came.accepted and not twice
