"""Today's board: who waits on us, by time left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet

from makegood.desk import access, models

PAGE = 50


class Group(StrEnum):
    """When the next promise of a case falls due."""

    BROKEN = "broken"
    HOUR = "hour"
    TODAY = "today"
    LATER = "later"
    THEIRS = "theirs"
    """Nothing is due from us that the customer would notice before it is his turn."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person who waits on us."""

    case: models.Case
    promise: models.Promise | None
    group: Group
    waits_since: datetime
    """The oldest unanswered contact, else the last substantive reply, else the opening."""
    last_door: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ringing:
    """A case on which an alarm rings until somebody says "I have it"."""

    case: models.Case
    alarm: models.Alarm
    told: tuple[models.Staff, ...]
    skipped: tuple[models.Staff, ...]
    promise: models.Promise | None


@dataclass(frozen=True, kw_only=True)
class Board:
    rows: tuple[Row, ...]
    ringing: tuple[Ringing, ...]
    total: int
    broken: int
    within_hour: int
    longest: Row | None
    mine: int
    offered: int
    page: int
    pages: int
    counts: dict[str, int] = field(default_factory=dict)


def waiting(who: models.Staff) -> QuerySet[models.Case]:
    """Return the open cases somebody may see, soonest due first."""
    return access.cases_for(who).filter(open=True)


def board(
    who: models.Staff,
    *,
    now: datetime,
    zone: str,
    whose: str = "all",
    door: str = "",
    source: str = "",
    page: int = 1,
) -> Board:
    """Return the board for somebody. `whose`: all, mine, offered. Pages hold 50 rows; none is cut off."""
    everything = waiting(who)
    chosen = everything
    if whose == "mine":
        chosen = chosen.filter(owner=who)
    elif whose == "offered":
        chosen = chosen.filter(offered_to=who)
    if door:
        chosen = chosen.filter(door=door)
    if source:
        chosen = chosen.filter(promises__outstanding=True, promises__shown=True, promises__source=source).distinct()
    count = chosen.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    ordered = with_promises(chosen).order_by("next_due_at", "pk")[(page - 1) * PAGE : page * PAGE]
    rows = [row(case, now=now, zone=zone) for case in ordered]
    oldest = with_promises(everything.filter(ball="us")).order_by("unanswered_at", "received_at").first()
    return Board(
        rows=tuple(sorted(rows, key=_order)),
        ringing=tuple(ringing(everything)),
        total=everything.count(),
        broken=broken_promises(everything),
        within_hour=everything.filter(next_due_at__gt=now, next_due_at__lte=now + timedelta(hours=1)).count(),
        longest=row(oldest, now=now, zone=zone) if oldest else None,
        mine=everything.filter(owner=who).count(),
        offered=everything.filter(offered_to=who).count(),
        page=page,
        pages=pages,
    )


def broken_promises(cases: QuerySet[models.Case]) -> int:
    """Return how many shown promises on these cases are broken and still owed."""
    return models.Promise.objects.filter(case__in=cases, state="broken", outstanding=True, shown=True).count()


def with_promises(cases: QuerySet[models.Case]) -> QuerySet[models.Case]:
    """Return the cases with what a row of a list shows, in a fixed number of queries."""
    owed = models.Promise.objects.filter(outstanding=True).order_by("due_at")
    return cases.select_related("customer", "owner", "offered_to").prefetch_related(
        Prefetch("promises", queryset=owed, to_attr="owed")
    )


def row(case: models.Case, *, now: datetime, zone: str) -> Row:
    """Return one line of a list: the promise that matters next, and how long he waits."""
    owed: list[models.Promise] = getattr(case, "owed", None) or list(case.promises.filter(outstanding=True))
    shown = [p for p in owed if p.shown]
    first = min(shown or owed, key=lambda p: (p.due_at, not p.said), default=None)
    since = case.unanswered_at or case.substantive_at or case.received_at
    return Row(
        case=case,
        promise=first,
        group=group(first, now=now, zone=zone),
        waits_since=since,
        last_door=case.door,
        tags=tuple(_tags(case, owed)),
    )


def group(promise: models.Promise | None, *, now: datetime, zone: str) -> Group:
    """Return the group of the board a promise belongs to, by the reader's own day."""
    if promise is None:
        return Group.THEIRS
    if promise.state == "broken":
        return Group.BROKEN
    if promise.due_at <= now + timedelta(hours=1):
        return Group.HOUR
    local = ZoneInfo(zone)
    today = promise.due_at.astimezone(local).date() == now.astimezone(local).date()
    return Group.TODAY if today else Group.LATER


def _order(row: Row) -> tuple[int, datetime]:
    return (list(Group).index(row.group), row.waits_since)


def _tags(case: models.Case, owed: Iterable[models.Promise]) -> Iterable[str]:
    if case.quarantined:
        yield "quarantined"
    if case.rung >= 0:
        yield f"rung {case.rung + 1}"
    kinds = Counter(p.kind for p in owed)
    if kinds["executive"]:
        yield "executive letter"
    if kinds["manager"]:
        yield "asked for a manager"
    if case.ball == "customer":
        yield "their turn"
    if case.slipped_at:
        yield "slipped"


def ringing(cases: QuerySet[models.Case]) -> list[Ringing]:
    """Return the cases with an unanswered alarm, the highest and oldest first; one line a case."""
    alarms = (
        models.Alarm.objects.filter(case__in=cases, over_at=None)
        .select_related("case", "case__customer", "case__owner")
        .prefetch_related("to")
        .order_by("case", "-rung", "-told_at", "-pk")
    )
    latest: dict[int, models.Alarm] = {}
    for alarm in alarms:
        latest.setdefault(alarm.case_id, alarm)
    skipped = {pk for a in latest.values() for pk in a.skipped}
    people = {s.pk: s for s in models.Staff.objects.filter(pk__in=skipped)}
    found = [
        Ringing(
            case=a.case,
            alarm=a,
            told=tuple(a.to.all()),
            skipped=tuple(people[pk] for pk in a.skipped if pk in people),
            promise=a.case.promises.filter(number__in=a.numbers).order_by("-said", "due_at").first(),
        )
        for a in latest.values()
    ]
    return sorted(found, key=lambda r: (-r.alarm.rung, r.alarm.told_at))


def find(who: models.Staff, words: str) -> QuerySet[models.Case]:
    """Return the cases somebody may see whose number, subject, customer or address holds these words."""
    wanted = words.strip()[:100]
    if not wanted:
        return models.Case.objects.none()
    return (
        access.cases_for(who)
        .filter(
            Q(number__icontains=wanted)
            | Q(subject__icontains=wanted)
            | Q(customer__name__icontains=wanted)
            | Q(customer__addresses__value__icontains=wanted.lower())
        )
        .distinct()
        .order_by("-open", "next_due_at", "-pk")
    )
