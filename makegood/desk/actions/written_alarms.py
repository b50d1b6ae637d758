"""Alarm rows: each rung that was told, and the end of those whose cause is answered. Part of recording a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from makegood.desk import models
from makegood.desk.chain import Line
from makegood.rules import events as ev

from . import rows
from .written_promises import Happened


def save(stories: Sequence[Happened], entries: Mapping[int, Sequence[Line]], *, now: datetime) -> None:
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
    rows.update([(alarm, _UNANSWERED) for alarm in over], ("over_at", "acknowledged_by_id"))
    _create(new)


_UNANSWERED = (None, None)


def _ringing(stories: Sequence[Happened]) -> dict[int, list[models.Alarm]]:
    """Return the unanswered alarms of the cases that may have some: a case that was just opened has none."""
    older = [s.row.pk for s in stories if not isinstance(s.u.events[0], ev.CaseOpened)]
    found: dict[int, list[models.Alarm]] = {}
    if older:
        for alarm in models.Alarm.objects.filter(case__in=older, over_at=None).order_by("pk"):
            found.setdefault(alarm.case_id, []).append(alarm)
    return found


def _alarm(
    row: models.Case, event: ev.AlarmRaised | ev.AlarmMissed, entry: Line, *, now: datetime
) -> models.Alarm:
    missed = isinstance(event, ev.AlarmMissed)
    return models.Alarm(
        case_id=row.pk,
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


_COLUMNS = (
    "case_id",
    "seq",
    "numbers",
    "rung",
    "due_at",
    "told_at",
    "repeat",
    "missed",
    "skipped",
    "over_at",
    "acknowledged_by_id",
)


def _create(new: Sequence[tuple[models.Alarm, Sequence[int]]]) -> None:
    if not new:
        return
    rows.insert(models.Alarm, _COLUMNS, [rows.read(alarm, _COLUMNS) for alarm, _to in new])
    cases, entries = ({getattr(alarm, name) for alarm, _to in new} for name in ("case_id", "seq"))
    made = models.Alarm.objects.filter(case__in=cases, seq__in=entries).order_by()
    keys = {(case, seq): pk for case, seq, pk in made.values_list("case_id", "seq", "pk")}
    told = [(keys[alarm.case_id, alarm.seq], person) for alarm, to in new for person in dict.fromkeys(to)]
    rows.insert(models.Alarm.to.through, ("alarm_id", "staff_id"), told)
