"""Today's board: who waits on us, by time left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from makegood.desk import access, models, reading

from .listed import Listed, by_key, headings, listed
from .one_moment import one_moment

PAGE = 50
_EARLIEST = datetime.min.replace(tzinfo=UTC)
RINGING = 20
"""So many ringing cases are shown above the board; the others ring on in their rows."""
SETTLED_AT_ONCE = 100
"""So many automatic mails that may have arrived are settled by one press."""


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
    in_doubt: tuple[models.OutboxItem, ...]
    """Letters of which nobody knows whether they arrived, the oldest first; so many as ringing cases are shown."""
    automatic: tuple[models.OutboxItem, ...]
    """What the desk wrote by itself and nobody knows of, the oldest first; some SETTLED_AT_ONCE of it."""
    mine: int
    offered: int
    page: int
    pages: int


def waiting(who: models.Staff) -> QuerySet[models.Case]:
    """Return the open cases somebody may see, soonest due first."""
    return access.cases_for(who).filter(open=True)


def set_aside(who: models.Staff) -> int:
    """Return how many cases that somebody may see wait for a person's judgement."""
    return sum(part.filter(quarantined=True).order_by().count() for part in by_index(waiting(who)))


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
    """Return the board for somebody, as of one moment. `whose`: all, mine, offered. Pages hold 50 rows."""
    with one_moment():
        return _board(who, now=now, zone=zone, whose=whose, door=door, source=source, page=page)


def _board(who: models.Staff, *, now: datetime, zone: str, whose: str, door: str, source: str, page: int) -> Board:
    everything = waiting(who)
    left = chosen(everything, who, whose=whose, door=door, source=source)
    sums = _sums(everything, who, now=now)
    unfiltered = {"all": sums.total, "mine": sums.mine, "offered": sums.offered}
    count = left.count() if door or source else unfiltered.get(whose, sums.total)
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    ordered = left.order_by("next_due_at", "pk").values_list("pk", flat=True)[(page - 1) * PAGE : page * PAGE]
    since = Coalesce("unanswered_at", "substantive_at", "received_at")
    longest = everything.filter(ball="us").order_by(since, "pk").values_list("pk", flat=True).first()
    rows = {found.case.pk: row(found, now=now, zone=zone) for found in listed(_once(*ordered, longest))}
    unknown = in_doubt(access.cases_for(who))[: RINGING + SETTLED_AT_ONCE]
    return Board(
        rows=tuple(sorted((rows[pk] for pk in ordered), key=_order)),
        ringing=tuple(ringing(everything)),
        rings=unanswered(everything).aggregate(cases=Count("case", distinct=True))["cases"],
        count=count,
        total=sums.total,
        broken=broken_promises(everything),
        within_hour=sums.within_hour,
        longest=rows[longest] if longest else None,
        in_doubt=tuple(mail for mail in unknown if mail.contact_id is not None)[:RINGING],
        automatic=tuple(mail for mail in unknown if mail.contact_id is None),
        mine=sums.mine,
        offered=sums.offered,
        page=page,
        pages=pages,
    )


def chosen(
    cases: QuerySet[models.Case], who: models.Staff, *, whose: str, door: str, source: str
) -> QuerySet[models.Case]:
    """Return what the filters of the board leave."""
    if whose == "mine":
        cases = cases.filter(owner=who)
    elif whose == "offered":
        cases = cases.filter(offered_to=who)
    if door:
        cases = cases.filter(door=door)
    if source:
        # What is owed is little: it is gathered first, and each open case is not asked for it.
        owed = models.Promise.objects.filter(outstanding=True, shown=True, source=source)
        cases = cases.filter(pk__in=owed.order_by().values("case"))
    return cases


def _once(*keys: int | None) -> list[int]:
    """Return each key once, in order, without the ones that are missing."""
    return [pk for pk in dict.fromkeys(keys) if pk is not None]


@dataclass(frozen=True, kw_only=True)
class _Sums:
    total: int
    mine: int
    offered: int
    within_hour: int


def _sums(cases: QuerySet[models.Case], who: models.Staff, *, now: datetime) -> _Sums:
    """Count what the head of the board says: what falls due soon by a look at an index, the rest in one walk."""
    dated, undated = (
        part.order_by().aggregate(
            total=Count("pk"),
            mine=Count("pk", filter=Q(owner=who)),
            offered=Count("pk", filter=Q(offered_to=who)),
        )
        for part in by_index(cases)
    )
    soon = cases.order_by().filter(next_due_at__gt=now, next_due_at__lte=now + timedelta(hours=1))
    return _Sums(within_hour=soon.count(), **{name: dated[name] + undated[name] for name in dated})


def by_index(cases: QuerySet[models.Case]) -> tuple[QuerySet[models.Case], QuerySet[models.Case]]:
    """Return open cases in two parts, with a next due and without one: counted together, they take a third as long.

    SQLite walks the index of open cases only for a stretch of it. Asked for all of them, it looks each one up.
    """
    return cases.filter(next_due_at__gte=_EARLIEST), cases.filter(next_due_at=None)


def broken_promises(cases: QuerySet[models.Case]) -> int:
    """Return how many shown promises on these cases are broken and still owed."""
    broken = models.Promise.objects.filter(outstanding=True, state="broken", shown=True)
    return broken.filter(_on_one_of(cases)).count()


def row(found: Listed, *, now: datetime, zone: str) -> Row:
    """Return one line of a list: the promise that matters next, and how long he waits."""
    case, owed = found
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


def unanswered(cases: QuerySet[models.Case]) -> QuerySet[models.Alarm]:
    """Return the alarms on these cases that nobody has answered."""
    return models.Alarm.objects.filter(_on_one_of(cases), over_at=None).order_by()


def _on_one_of(cases: QuerySet[models.Case]) -> Exists:
    # Each promise or alarm asks for its own case: what is broken now or rings is little, and open cases are many.
    return Exists(cases.order_by().filter(pk=OuterRef("case")))


def ringing(cases: QuerySet[models.Case], *, limit: int = RINGING) -> list[Ringing]:
    """Return cases with an unanswered alarm, the highest and oldest first; one line a case."""
    of_its_case = Window(RowNumber(), partition_by="case", order_by=["-rung", "-told_at", "-pk"])
    latest = unanswered(cases).annotate(nth=of_its_case).filter(nth=1).order_by("-rung", "told_at", "pk")
    keys = reading.keys(list(latest.values_list("pk", flat=True)[:limit]))
    chosen = models.Alarm.objects.filter(pk__in=keys).order_by("-rung", "told_at", "pk")
    alarms = list(reading.rows(chosen, "case", "numbers", "skipped", "told_at"))
    cases_of = headings([alarm.case_id for alarm in alarms])
    about = _about(alarms)
    told = defaultdict(list)
    for alarm_pk, staff_pk in models.Alarm.to.through.objects.filter(alarm__in=keys).values_list("alarm", "staff"):
        told[alarm_pk].append(staff_pk)
    named = {pk for alarm in alarms for pk in (*told[alarm.pk], *alarm.skipped)}
    people = by_key(models.Staff, named, "name")
    return [
        Ringing(
            case=cases_of[alarm.case_id],
            alarm=alarm,
            told=tuple(people[pk] for pk in told[alarm.pk]),
            skipped=tuple(people[pk] for pk in alarm.skipped if pk in people),
            promise=about.get(alarm.pk),
        )
        for alarm in alarms
    ]


def in_doubt(cases: QuerySet[models.Case]) -> QuerySet[models.OutboxItem]:
    """Return the mails on these cases that nobody knows arrived: replies, then automatic ones, the oldest first."""
    unknown = models.OutboxItem.objects.filter(state=models.OutboxItem.State.UNCERTAIN)
    whole = unknown.filter(_on_one_of(cases)).select_related("case__customer", "contact__staff").defer("body")
    return whole.order_by(F("contact").asc(nulls_last=True), "settled_at", "pk")


def _about(alarms: Sequence[models.Alarm]) -> dict[int, models.Promise]:
    """Return what each alarm rings for, by the alarm: what was said before what a clock says, the oldest first."""
    of_the_cases = models.Promise.objects.filter(case__in=reading.keys([alarm.case_id for alarm in alarms]))
    found = reading.rows(of_the_cases.order_by("case", "number"), "case", "number", "said", "words", "due_at")
    by_number = {(promise.case_id, promise.number): promise for promise in found}
    about: dict[int, models.Promise] = {}
    for alarm in alarms:
        rung_for = [by_number[alarm.case_id, number] for number in sorted(alarm.numbers)]
        if rung_for:
            about[alarm.pk] = min(rung_for, key=lambda p: (not p.said, p.due_at))
    return about


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
