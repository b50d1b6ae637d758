"""One case's log told briefly: times are the wall clock in New York, rows are numbered as they come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from makegood.rules.histories import History, judge, knows
from makegood.rules.logs import LogEvent, What
from makegood.rules.verdicts import Found, find
from tests.rules.company import POLICY

NEW_YORK = ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    """Return a moment of March 2026: `"2 10:00"` is Monday the second at ten."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2026, 3, int(day), int(hour), int(minute), tzinfo=NEW_YORK).astimezone(UTC)


def log(*rows: tuple[str, What | str, dict[str, Any]] | tuple[str, What | str]) -> list[LogEvent]:
    """Return the rows of one case."""
    return [
        LogEvent(case_id="A-1", at=at(when), row=nth, what=What(what), **(more[0] if more else {}))
        for nth, (when, what, *more) in enumerate(rows, 1)
    ]


def facts(rows: list[LogEvent], *, as_of: str, others: list[LogEvent] | None = None) -> History:
    """Return the facts of the case; `others` are rows of other cases that show what this desk records."""
    moment = at(as_of)
    told = judge(rows, known=knows([*rows, *(others or [])], as_of=moment), policy=POLICY, as_of=moment)
    assert told is not None
    return told


def found(rows: list[LogEvent], *, as_of: str, others: list[LogEvent] | None = None) -> list[Found]:
    """Return what the checks find in the case."""
    moment = at(as_of)
    return find(rows, known=knows([*rows, *(others or [])], as_of=moment), policy=POLICY, as_of=moment)


def codes(rows: list[LogEvent], *, as_of: str, others: list[LogEvent] | None = None) -> list[str]:
    return [each.code for each in found(rows, as_of=as_of, others=others)]
