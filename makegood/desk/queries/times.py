"""P3 and P7: whether what ran out was told, and whether every due time follows from what it was made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from makegood.desk import facts, models
from makegood.rules import cases, spans
from makegood.rules import events as ev
from makegood.rules.cases import Case
from makegood.rules.clocks import REPLY
from makegood.rules.escalation import House
from makegood.rules.people import People

from . import kept_incidents
from .coverage import Coverage
from .history import event_of, journals
from .verdicts import Violation

DELIVERED_WITHIN = timedelta(minutes=15)
"""An alarm whose mail has not been accepted after this long has reached nobody by mail."""

# ── P3 ───────────────────────────────────────────────────────────────────────


def missed_silently(now: datetime) -> Iterator[Violation]:
    """Yield each promise or rung that ran out without a human being told in time, and without that being shown."""
    told_by = _alarm_limit(now)
    cases_ = models.Case.objects.filter(open=True, wakes_at__lt=now - told_by).order_by("pk")
    for case in cases_.iterator():
        yield Violation(what="its time came and the watch did not", case=case.number, since=case.wakes_at)
    broken = models.Promise.objects.filter(broken_at__isnull=False).select_related("case").order_by("pk")
    untold = broken.filter(told_at=None, outstanding=True, broken_at__lt=now - told_by)
    rung = models.Alarm.objects.filter(case=OuterRef("case"))
    for promise in untold.filter(~Exists(rung)).iterator():
        yield _violation(promise, "broke and nobody was told")
    for promise in broken.filter(pk__in=_perhaps_late(told_by)):
        if _told_late(promise, told_by):
            yield _violation(promise, "was told too late, and the case does not say that it slipped")
    yield from _undelivered(now)
    yield from kept_incidents.untold(now=now, late=told_by)


def _perhaps_late(limit: timedelta) -> list[int]:
    """Return the promises that were told of later than this after they broke, on cases that say nothing of it.

    The difference is taken here: SQLite would call back into Python for it, which costs more.
    """
    told = models.Promise.objects.filter(broken_at__isnull=False, told_at__gt=F("broken_at"), case__slipped_at=None)
    moments = told.order_by().values_list("pk", "broken_at", "told_at").iterator(chunk_size=5_000)
    return [pk for pk, broken_at, told_at in moments if broken_at and told_at and told_at - broken_at > limit]


def _alarm_limit(now: datetime) -> timedelta:
    version = models.PolicyVersion.objects.order_by("-number").first()
    if version is None:
        return timedelta(minutes=1)
    policy = facts.policy(version)
    return spans.due_at(policy.alarm_limit, now, policy.calendars[policy.default_calendar]) - now


def _told_late(promise: models.Promise, limit: timedelta) -> bool:
    """Whether the first alarm about a promise was told later than its own moment allows.

    A ladder may begin after the break, when somebody could act; the alarm knows its own moment.
    """
    alarms = promise.case.alarms.filter(missed=False, repeat=False).order_by("told_at", "pk")
    first = next((a for a in alarms if promise.number in a.numbers), None)
    return first is None or first.told_at - first.due_at > limit


def _violation(promise: models.Promise, what: str) -> Violation:
    name = f"promise {promise.number} ({promise.kind})"
    return Violation(what=f"{name} {what}", case=promise.case.number, since=promise.broken_at)


def _undelivered(now: datetime) -> Iterator[Violation]:
    """Yield alarms that still ring and whose mail has not gone out a quarter of an hour later."""
    ringing = models.Alarm.objects.filter(case=OuterRef("case"), seq=OuterRef("seq"), over_at=None)
    notices = models.Notice.objects.filter(Exists(ringing), rings=True, staff__is_active=True, mail=True)
    old = notices.filter(written_at__lt=now - DELIVERED_WITHIN).select_related("case", "staff").order_by("pk")
    unsent = Q(mailed=None) | ~Q(mailed__state=models.OutboxItem.State.ACCEPTED)
    for notice in old.filter(unsent).iterator():
        number = notice.case.number if notice.case else ""
        yield Violation(what=f"the alarm to {notice.staff} has not gone out", case=number, since=notice.written_at)


# ── P7 ───────────────────────────────────────────────────────────────────────


def unexplained(part: Coverage, *, passed: Callable[[int], None] = lambda _: None) -> Iterator[Violation]:
    """Yield each due time of a clock that does not follow from policy, calendar, beginning and pauses."""
    nobody = People(())
    versions = {v.number: v for v in models.PolicyVersion.objects.defer("text", "laws")}
    for rows in part.batches(passed):
        contacts = models.Contact.objects.filter(case__in=[row.pk for row in rows], direction="in").order_by()
        doors = dict(contacts.values_list("pk", "door"))
        stories = journals(rows)
        for row in rows:
            try:
                story = [event_of(entry) for entry in stories[row.pk]]
                found = [fault.what for fault in _unexplained_in(story, versions, doors, nobody)]
                found += _carried_elsewhere(story)
            except (ValueError, KeyError, IndexError, TypeError, AssertionError) as error:
                found = [f"its journal can't be read: {type(error).__name__}"]
            yield from (Violation(what=what, case=row.number) for what in found)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A due time that does not follow from what it was made of, and what would."""

    what: str
    number: int = 0
    would_be: datetime | None = None


def changed_since(row: models.Case, story: Sequence[ev.Event]) -> list[Fault]:
    """Return the clocks of a case that would be due at another time by today's calendars and zones."""
    versions = {v.number: v for v in models.PolicyVersion.objects.defer("text", "laws")}
    doors = dict(row.contacts.filter(direction="in").order_by().values_list("pk", "door"))
    return [fault for fault in _unexplained_in(story, versions, doors, People(())) if fault.would_be is not None]


def _unexplained_in(
    story: Sequence[ev.Event],
    versions: dict[int, models.PolicyVersion],
    doors: dict[int, str],
    people: People,
) -> Iterator[Fault]:
    """Walk one journal, and recompute each due with the policy the case had at that moment."""
    found = list(_faults(story, versions, doors, people))
    explained = {event.number for event in story if isinstance(event, ev.PromiseRecomputed)}
    yield from (fault for fault in found if fault.number not in explained)


def _faults(
    story: Sequence[ev.Event],
    versions: dict[int, models.PolicyVersion],
    doors: dict[int, str],
    people: People,
) -> Iterator[Fault]:
    case: Case | None = None
    for event in story:
        before = case
        case = cases.opened(event) if case is None else cases.after(case, event)
        if before is None or not isinstance(event, ev.PromiseMade | ev.PromiseResumed):
            continue
        version = versions.get(before.policy)
        if version is None:
            yield Fault(what=f"the policy {before.policy} it was pinned to is gone")
            return
        house = facts.house(version, people)
        if isinstance(event, ev.PromiseResumed):
            if (would_be := _after_pause(event, before, house)) != event.due_at:
                what = f"promise {event.number} is due {_written(event.due_at)} after a pause, and no pause says why"
                yield Fault(what=what, number=event.number, would_be=would_be)
        elif not event.said and event.from_case is None:
            dues = set(_dues(event, before, house, doors))
            if event.due_at not in dues:
                name = f"promise {event.number} ({event.kind})"
                what = f"{name} is due {_written(event.due_at)}, and its policy says otherwise"
                nearest = min(dues, key=lambda due: abs(due - event.due_at), default=None)
                yield Fault(what=what, number=event.number, would_be=nearest)


def _carried_elsewhere(story: Sequence[ev.Event]) -> Iterator[str]:
    """Yield each promise that came with a merged case and is due at no moment at which it was due there."""
    for event in story:
        if not isinstance(event, ev.PromiseMade) or event.from_case is None:
            continue
        dated = models.Entry.objects.filter(case=event.from_case, name__in=("promise.made", "promise.resumed"))
        told = (e for e in map(facts.event, dated) if isinstance(e, ev.PromiseMade | ev.PromiseResumed))
        if event.due_at not in {e.due_at for e in told if e.number == event.from_number}:
            yield f"promise {event.number} is due {_written(event.due_at)}, and was not on the case it came from"


def _written(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _dues(event: ev.PromiseMade, case: Case, house: House, doors: dict[int, str]) -> Iterator[datetime]:
    """Yield the dues this clock may have: by the case's door or the contact's own, or a need-by before it."""
    kind = house.policy.kinds.get(event.kind)
    if kind is None:
        return
    hours = house.hours(event.calendar)
    for door in {case.door, doors.get(event.contact or 0, case.door)}:
        due_at = spans.due_at(house.policy.within(kind, door), event.from_at, hours)
        yield due_at
        if kind.name == REPLY and case.need_by is not None:
            yield max(min(due_at, case.need_by), event.from_at)
            yield min(due_at, max(case.need_by, event.at))


def _after_pause(event: ev.PromiseResumed, case: Case, house: House) -> datetime | None:
    """Return when it is due after the pause that ends here; None where there was none."""
    promise = case.promise(event.number)
    if promise.paused_at is None:
        return None
    hours = house.hours(promise.calendar)
    stood_still = hours.open_seconds(promise.paused_at, max(event.at, promise.paused_at))
    return hours.due(promise.due_at, stood_still) if stood_still else promise.due_at
