"""What a mapping means for one row. This is the definition; `columns` does the same for millions, tested equal.

A row gives its events, or nothing because it is left out on purpose, or the one
reason for which it is rejected. A row that is wrong anywhere is rejected whole:
half of it would be a lie about the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from makegood.rules.logs import LogEvent

from . import moments
from .mapping import LINE, NOTHING, SPACES, Condition, EventRule, ExportMap, Time, Words
from .reading import (
    NO_CASE,
    NO_ORDER,
    NO_TIME,
    NO_ZONE,
    UNKNOWN_STATE,
    UNKNOWN_WHAT,
    UNREADABLE_TIME,
    Rejection,
)

Row = Mapping[str, Any]

WITH_A_DUE = ("promised", "offer_made")
OF_A_PROMISE = ("promised", "promise_kept", "promise_released")


class _Wrong(Exception):  # noqa: N818  (becomes a Rejection)
    def __init__(self, columns: tuple[str, ...], value: str | None, why: str) -> None:
        super().__init__(why)
        self.columns, self.value, self.why = columns, value or "", why


def events_of(row: Row, line: int, mapping: ExportMap) -> tuple[LogEvent, ...] | Rejection | None:
    """Return the events of the row at this line; None where it is left out; or why it can't be read."""
    if _any(mapping.ignore, row, mapping):
        return None
    try:
        case = _case(row, line, mapping)
        order = _order(row, line, mapping)
        found = (_event(rule, row, mapping, case, order, place) for place, rule in enumerate(mapping.events))
        return tuple(event for event in found if event)
    except _Wrong as wrong:
        return Rejection(line=line, column=", ".join(wrong.columns), value=wrong.value, why=wrong.why)


def text(value: Any, missing: frozenset[str]) -> str | None:
    """Return a value of any kind as the text it is compared by; None where it is missing."""
    if value is None:
        return None
    if isinstance(value, bool):
        value = "true" if value else "false"
    elif isinstance(value, float):
        if math.isnan(value):
            return None
        value = str(int(value)) if value.is_integer() else repr(value)
    stripped = str(value).strip(SPACES)
    return None if not stripped or stripped in missing else stripped


def _joined(row: Row, columns: tuple[str, ...], mapping: ExportMap, between: str = "/") -> str | None:
    parts = [text(row.get(name), mapping.source.missing) for name in columns]
    return between.join(part for part in parts if part is not None) or None


def _case(row: Row, line: int, mapping: ExportMap) -> str:
    columns = mapping.events[0].case
    if columns == (LINE,):
        return str(line)
    case = _joined(row, columns, mapping)
    if case is None:
        raise _Wrong(columns, None, NO_CASE)
    return case


def _order(row: Row, line: int, mapping: ExportMap) -> int:
    if mapping.order is None:
        return line
    found = text(row.get(mapping.order), mapping.source.missing)
    if found is None or not found.isascii() or not found.isdigit() or len(found) > 15:
        raise _Wrong((mapping.order,), found, NO_ORDER)
    return int(found) + 1  # rows are counted from 1, other people's from 0


def _event(rule: EventRule, row: Row, mapping: ExportMap, case: str, order: int, place: int) -> LogEvent | None:
    if rule.when.columns and not all(
        rule.when.meets(n, text(row.get(name), mapping.source.missing)) for n, (name, _) in enumerate(rule.when.columns)
    ):
        return None
    at = _moment(rule.time, row, mapping)
    if at is None:
        if rule.required:
            raise _Wrong(rule.time.columns, None, NO_TIME)
        return None
    state = _word(rule.state, row, mapping, UNKNOWN_STATE)
    what = _word(rule.what, row, mapping, UNKNOWN_WHAT) or ("state" if state else "other")
    actor = _word(rule.actor, row, mapping, UNKNOWN_WHAT)
    substantive = None
    if what == "staff_wrote" and rule.substantive is not None:
        known = rule.substantive
        substantive = known if isinstance(known, bool) else _any(known, row, mapping)
    due = _moment(rule.due, row, mapping) if rule.due else None
    promise = rule.promise or (_joined(row, (rule.promise_column,), mapping) if rule.promise_column else None)
    return LogEvent(
        case_id=case,
        at=at,
        row=order * len(mapping.events) + place,
        what=what,  # type: ignore[arg-type]  # LogEvent makes words of texts
        state=state,  # type: ignore[arg-type]
        team=_joined(row, rule.team, mapping),
        person=_joined(row, rule.person, mapping),
        actor="automatic" if _any(rule.automatic, row, mapping) else actor,  # type: ignore[arg-type]
        substantive=substantive,
        due_at=due if what in WITH_A_DUE else None,
        promise=promise if what in OF_A_PROMISE else None,
        channel=_joined(row, rule.channel, mapping),
        customer=_joined(row, rule.customer, mapping),
    )


def _moment(time: Time, row: Row, mapping: ExportMap) -> datetime | None:
    wall: moments.Wall | None
    value = row.get(time.columns[0]) if len(time.columns) == 1 else None
    if isinstance(value, datetime):
        offset = value.utcoffset()
        wall = moments.Wall(value.replace(tzinfo=None), None if offset is None else offset // timedelta(minutes=1))
        written = str(value)
    elif isinstance(value, date):
        wall, written = moments.day_begins(value), str(value)
    else:
        found = _joined(row, time.columns, mapping, between=" ")
        if found is None:
            return None
        written = found
        walls = (moments.read(written, each) for each in time.formats)
        wall = next((each for each in walls if each), None)
    if wall is None or not moments.FIRST_YEAR <= wall.at.year <= moments.LAST_YEAR:
        raise _Wrong(time.columns, written, UNREADABLE_TIME)
    if time.ends_day and wall.whole_day:
        wall = moments.Wall(wall.at + timedelta(days=1), wall.offset)
    at = moments.moment(wall, time.zone, time.shift)
    if at is None:
        raise _Wrong(time.columns, written, NO_ZONE)
    return at


def _word(words: str | Words | None, row: Row, mapping: ExportMap, why: str) -> str | None:
    if not isinstance(words, Words):
        return words
    value = _joined(row, words.columns, mapping)
    meaning = words.meaning(value)
    if meaning is None:
        raise _Wrong(words.columns, value, why)
    return None if meaning == NOTHING else meaning


def _any(condition: Condition, row: Row, mapping: ExportMap) -> bool:
    return any(
        condition.meets(n, text(row.get(name), mapping.source.missing)) for n, (name, _) in enumerate(condition.columns)
    )
