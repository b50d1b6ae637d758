"""Alarm rows: each rung that was told, and the end of those whose cause is answered. Part of recording a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from makegood.desk import models, reading
from makegood.desk.chain import Line
from makegood.rules import events as ev

from . import rows
from .written_promises import Happened


@dataclass(kw_only=True)
class _New:
    """An alarm that is not written yet: its columns, and who hears it."""

    case_id: int
    seq: int
    numbers: Sequence[int]
    rung: int
    due_at: datetime
    told_at: datetime
    repeat: bool
    missed: bool
    skipped: Sequence[int]
    over_at: datetime | None
    acknowledged_by_id: int | None = None
    to: Sequence[int]


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
_END = ("over_at", "acknowledged_by_id")
_UNANSWERED = (None, None)


def save(stories: Sequence[Happened], entries: Mapping[int, Sequence[Line]], *, now: datetime) -> None:
    """Write the alarms of these cases. `entries` are the journal's of each case, one an event, in their order."""
    older = _ringing(stories)
    new: list[_New] = []
    for story in stories:
        bells: list[models.Alarm | _New] = [*older.get(story.row.pk, ())]
        for event, entry in zip(story.u.events, entries[story.row.pk], strict=True):
            if isinstance(event, ev.AlarmRaised | ev.AlarmMissed):
                alarm = _alarm(event, entry, now=now)
                new.append(alarm)
                bells.append(alarm)
            elif isinstance(event, ev.AlarmAcknowledged):
                for bell in bells:
                    _end(bell, at=event.at, by=event.by)
        if bells:
            rings = {p.number for p in story.u.case.ringing} if story.u.case.open else set()
            for bell in bells:
                if rings.isdisjoint(bell.numbers):
                    _end(bell, at=now)
    # What is new is written whole; of the others, those that are over now.
    over = [alarm for ringing in older.values() for alarm in ringing if alarm.over_at is not None]
    rows.update([(alarm, _UNANSWERED) for alarm in over], _END)
    _create(new)


def _ringing(stories: Sequence[Happened]) -> dict[int, list[models.Alarm]]:
    """Return the unanswered alarms of the cases that may have some: a case that was just opened has none."""
    older = [s.row.pk for s in stories if not isinstance(s.u.events[0], ev.CaseOpened)]
    unanswered = models.Alarm.objects.filter(case__in=reading.keys(older), over_at=None).order_by("pk")
    found: dict[int, list[models.Alarm]] = {}
    for alarm in reading.rows(unanswered, "case_id", "numbers", *_END):
        found.setdefault(alarm.case_id, []).append(alarm)
    return found


def _alarm(event: ev.AlarmRaised | ev.AlarmMissed, entry: Line, *, now: datetime) -> _New:
    assert entry.case_id is not None
    missed = isinstance(event, ev.AlarmMissed)
    return _New(
        case_id=entry.case_id,
        seq=entry.seq,
        numbers=event.numbers,
        rung=event.rung,
        due_at=event.at,
        told_at=event.told_at,
        repeat=event.repeat,
        missed=missed,
        skipped=() if isinstance(event, ev.AlarmMissed) else event.skipped,
        # An alarm about no promise (asked for a manager) is word, not a bell: its promise rings later.
        over_at=now if missed or not event.numbers else None,
        to=() if isinstance(event, ev.AlarmMissed) else event.to,
    )


def _end(alarm: models.Alarm | _New, *, at: datetime, by: int | None = None) -> None:
    if alarm.over_at is None:
        alarm.over_at, alarm.acknowledged_by_id = at, by


_HEARS = """
    INSERT INTO desk_alarm_to (alarm_id, staff_id)
    SELECT id, %s FROM desk_alarm WHERE case_id = %s AND seq = %s
"""
_HEAR = """
    INSERT INTO desk_alarm_to (alarm_id, staff_id)
    SELECT desk_alarm.id, told.staff_id
    FROM json_to_recordset(%s) AS told (staff_id bigint, case_id bigint, seq integer)
    JOIN desk_alarm ON desk_alarm.case_id = told.case_id AND desk_alarm.seq = told.seq
"""


def _create(new: Sequence[_New]) -> None:
    rows.insert(models.Alarm, _COLUMNS, map(attrgetter(*_COLUMNS), new))
    # A statement for many rows doesn't say which keys they got; an alarm is its journal entry's, and found by it.
    told = [(person, alarm.case_id, alarm.seq) for alarm in new for person in dict.fromkeys(alarm.to)]
    if rows.as_one_text():
        rows.execute(_HEAR, ("staff_id", "case_id", "seq"), told)
    else:
        rows.execute_each(_HEARS, told)
