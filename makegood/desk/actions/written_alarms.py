"""Alarm rows: each rung that was told, and the end of those whose cause is answered. Part of recording a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from makegood.desk import models
from makegood.rules import events as ev

from . import rows
from .written_promises import Happened


def save(stories: Sequence[Happened], entries: Mapping[int, Sequence[models.Entry]], *, now: datetime) -> None:
    """Write the alarms of these cases. `entries` are the journal's of each case, one an event, in their order."""
    ringing = _ringing(stories)
    new: list[tuple[models.Alarm, Sequence[int]]] = []
    for story in stories:
        bells = ringing.setdefault(story.row.pk, [])
        for event, entry in zip(story.u.events, entries[story.row.pk], strict=True):
            if isinstance(event, ev.AlarmRaised | ev.AlarmMissed):
                alarm = _alarm(story.row, event, entry, now=now)
                new.append((alarm, getattr(event, "to", ())))
                bells.append(alarm)
            elif isinstance(event, ev.AlarmAcknowledged):
                for alarm in bells:
                    _end(alarm, at=event.at, by=event.by)
        rings = {p.number for p in story.u.case.ringing} if story.u.case.open else set()
        for alarm in bells:
            if not rings & set(alarm.numbers):
                _end(alarm, at=now)
    # What was just made is written whole; of the others, those that are over now.
    over = [a for bells in ringing.values() for a in bells if a.pk is not None and a.over_at is not None]
    rows.update(over, ("over_at", "acknowledged_by"))
    _create(new)


def _ringing(stories: Sequence[Happened]) -> dict[int, list[models.Alarm]]:
    """Return the unanswered alarms of the cases that may have some: a case that was just opened has none."""
    older = [s.row.pk for s in stories if not isinstance(s.u.events[0], ev.CaseOpened)]
    found: dict[int, list[models.Alarm]] = {}
    if older:
        for alarm in models.Alarm.objects.filter(case__in=older, over_at=None).order_by("pk"):
            found.setdefault(alarm.case_id, []).append(alarm)
    return found


def _alarm(
    row: models.Case, event: ev.AlarmRaised | ev.AlarmMissed, entry: models.Entry, *, now: datetime
) -> models.Alarm:
    missed = isinstance(event, ev.AlarmMissed)
    return models.Alarm(
        case=row,
        seq=entry.seq,
        numbers=list(event.numbers),
        rung=event.rung,
        due_at=event.at,
        told_at=event.told_at,
        repeat=getattr(event, "repeat", False),
        missed=missed,
        skipped=list(getattr(event, "skipped", ())),
        # An alarm about no promise (asked for a manager) is word, not a bell: its promise rings later.
        over_at=now if missed or not event.numbers else None,
    )


def _end(alarm: models.Alarm, *, at: datetime, by: int | None = None) -> None:
    if alarm.over_at is None:
        alarm.over_at, alarm.acknowledged_by_id = at, by


def _create(new: Sequence[tuple[models.Alarm, Sequence[int]]]) -> None:
    models.Alarm.objects.bulk_create([alarm for alarm, _to in new])
    told = models.Alarm.to.through
    told.objects.bulk_create(
        told(alarm_id=alarm.pk, staff_id=person) for alarm, to in new for person in dict.fromkeys(to)
    )
