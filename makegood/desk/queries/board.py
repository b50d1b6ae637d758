"""Today's board: who waits on us, by time left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from makegood.desk import access, models

PAGE = 50
RINGING = 20
"""So many ringing cases are shown above the board; the others ring on in their rows."""


class Group(StrEnum):
    """When the next promise of a case falls due."""

    BROKEN = "broken"
    HOUR = "hour"
    TODAY = "today"
    LATER = "later"
    THEIRS = "theirs"
    """It is the customer's turn, and nothing is due from us today."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person who waits on us."""

    case: models.Case
    promise: models.Promise | None
    due_at: datetime | None
    """When that promise is due as it stands now."""
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
    rings: int
    """How many cases ring, those not shown included."""
    count: int
    """How many cases the filters leave."""
    total: int
    broken: int
    within_hour: int
    longest: Row | None
    mine: int
    offered: int
    page: int
    pages: int


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
        # What is owed is little: it is gathered first, and each open case is not asked for it.
        owed = models.Promise.objects.filter(outstanding=True, shown=True, source=source)
        chosen = chosen.filter(pk__in=owed.order_by().values("case"))
    sums = _sums(everything, who, now=now)
    unfiltered = {"all": sums.total, "mine": sums.mine, "offered": sums.offered}
    count = chosen.count() if door or source else unfiltered.get(whose, sums.total)
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    ordered = with_promises(chosen).order_by("next_due_at", "pk")[(page - 1) * PAGE : page * PAGE]
    rows = [row(case, now=now, zone=zone) for case in ordered]
    since = Coalesce("unanswered_at", "substantive_at", "received_at")
    oldest = with_promises(everything.filter(ball="us")).order_by(since, "pk").first()
    return Board(
        rows=tuple(sorted(rows, key=_order)),
        ringing=tuple(ringing(everything)),
        rings=_unanswered(everything).aggregate(cases=Count("case", distinct=True))["cases"],
        count=count,
        total=sums.total,
        broken=broken_promises(everything),
        within_hour=sums.within_hour,
        longest=row(oldest, now=now, zone=zone) if oldest else None,
        mine=sums.mine,
        offered=sums.offered,
        page=page,
        pages=pages,
    )


@dataclass(frozen=True, kw_only=True)
class _Sums:
    total: int
    mine: int
    offered: int
    within_hour: int


def _sums(cases: QuerySet[models.Case], who: models.Staff, *, now: datetime) -> _Sums:
    """Count what the head of the board says, all in one walk."""
    soon = Q(next_due_at__gt=now, next_due_at__lte=now + timedelta(hours=1))
    counted = cases.order_by().aggregate(
        total=Count("pk"),
        mine=Count("pk", filter=Q(owner=who)),
        offered=Count("pk", filter=Q(offered_to=who)),
        within_hour=Count("pk", filter=soon),
    )
    return _Sums(**counted)


def broken_promises(cases: QuerySet[models.Case]) -> int:
    """Return how many shown promises on these cases are broken and still owed."""
    broken = models.Promise.objects.filter(outstanding=True, state="broken", shown=True)
    return broken.filter(_on_one_of(cases)).count()


def with_promises(cases: QuerySet[models.Case]) -> QuerySet[models.Case]:
    """Return the cases with what a row of a list shows, in a fixed number of queries."""
    owed = models.Promise.objects.filter(outstanding=True).order_by("due_at")
    return cases.select_related("customer", "owner", "offered_to").prefetch_related(
        Prefetch("promises", queryset=owed, to_attr="owed")
    )


def row(case: models.Case, *, now: datetime, zone: str) -> Row:
    """Return one line of a list: the promise that matters next, and how long he waits.

    The case must come from `with_promises`.
    """
    owed: list[models.Promise] = vars(case).get("owed") or []
    shown = [p for p in owed if p.shown]
    first = min(shown or owed, key=lambda p: (p.due_at, not p.said), default=None)
    since = case.unanswered_at or case.substantive_at or case.received_at
    return Row(
        case=case,
        promise=first,
        due_at=due_at(first, now=now) if first else None,
        group=group(first, now=now, zone=zone, ball=case.ball),
        waits_since=since,
        last_door=case.door,
        tags=tuple(_tags(case, owed)),
    )


def due_at(promise: models.Promise, *, now: datetime) -> datetime:
    """Return when a promise is due as it stands: a paused clock moves along with the pause."""
    if promise.running and promise.pauses and promise.pauses[-1][1] is None:
        return promise.due_at + max(now - datetime.fromisoformat(promise.pauses[-1][0]), timedelta())
    return promise.due_at


def group(promise: models.Promise | None, *, now: datetime, zone: str, ball: str = "us") -> Group:
    """Return the group of the board a promise belongs to, by the reader's own day."""
    if promise is None:
        return Group.THEIRS
    due = due_at(promise, now=now)
    if promise.state == "broken" or due <= now:
        return Group.BROKEN
    if due <= now + timedelta(hours=1):
        return Group.HOUR
    local = ZoneInfo(zone)
    if due.astimezone(local).date() == now.astimezone(local).date():
        return Group.TODAY
    return Group.THEIRS if ball == "customer" else Group.LATER


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
    if case.asks > 1:
        yield "asked twice"
    if case.apologised_twice:
        yield "apologised twice"
    if case.ball == "customer":
        yield "their turn"
    if case.slipped_at:
        yield "slipped"


def _unanswered(cases: QuerySet[models.Case]) -> QuerySet[models.Alarm]:
    return models.Alarm.objects.filter(_on_one_of(cases), over_at=None).order_by()


def _on_one_of(cases: QuerySet[models.Case]) -> Exists:
    # Each promise or alarm asks for its own case: what is broken now or rings is little, and open cases are many.
    return Exists(cases.order_by().filter(pk=OuterRef("case")))


def ringing(cases: QuerySet[models.Case], *, limit: int = RINGING) -> list[Ringing]:
    """Return cases with an unanswered alarm, the highest and oldest first; one line a case."""
    of_its_case = Window(RowNumber(), partition_by="case", order_by=["-rung", "-told_at", "-pk"])
    latest = _unanswered(cases).annotate(nth=of_its_case).filter(nth=1).order_by("-rung", "told_at", "pk")
    alarms = list(
        models.Alarm.objects.filter(pk__in=list(latest.values_list("pk", flat=True)[:limit]))
        .select_related("case", "case__customer", "case__owner")
        .prefetch_related("to", "case__promises")
        .order_by("-rung", "told_at", "pk")
    )
    skipped = {pk for alarm in alarms for pk in alarm.skipped}
    people = {s.pk: s for s in models.Staff.objects.filter(pk__in=skipped)}
    return [
        Ringing(
            case=alarm.case,
            alarm=alarm,
            told=tuple(alarm.to.all()),
            skipped=tuple(people[pk] for pk in alarm.skipped if pk in people),
            promise=_rung_for(alarm),
        )
        for alarm in alarms
    ]


def _rung_for(alarm: models.Alarm) -> models.Promise | None:
    about = [p for p in alarm.case.promises.all() if p.number in alarm.numbers]
    return min(about, key=lambda p: (not p.said, p.due_at), default=None)


def everything(who: models.Staff) -> QuerySet[models.Case]:
    """Return all cases somebody may see: open ones first, the soonest due on top; then the last ones closed."""
    return access.cases_for(who).order_by("-open", "next_due_at", "-pk")


def neighbours(who: models.Staff, case: models.Case) -> tuple[str, str]:
    """Return the numbers of the open cases due just before and just after this one, or empty strings."""
    if case.next_due_at is None:
        return "", ""
    others = waiting(who).exclude(pk=case.pk)
    here = Q(next_due_at=case.next_due_at)
    # The plain bound says nothing new, but an index can begin at it.
    before = others.filter(Q(next_due_at__lt=case.next_due_at) | here & Q(pk__lt=case.pk))
    before = before.filter(next_due_at__lte=case.next_due_at)
    after = others.filter(Q(next_due_at__gt=case.next_due_at) | here & Q(pk__gt=case.pk))
    after = after.filter(next_due_at__gte=case.next_due_at)
    earlier = before.order_by("-next_due_at", "-pk").values_list("number", flat=True).first()
    later = after.order_by("next_due_at", "pk").values_list("number", flat=True).first()
    return earlier or "", later or ""
