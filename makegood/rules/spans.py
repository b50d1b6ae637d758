"""Lengths of time as people write them: read, and laid on a calendar.

"8 business hours"     open time, on the ruler
"2 business days"      as much open time as two of the calendar's longest weekdays hold
"48 hours"             elapsed time, whatever the wall clock does meanwhile
"5 days", "1 month"    the same wall clock, that many days or months later
"end of 8 weeks"       whole days, as laws count them (`days`)
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from . import days
from .hours import Hours, HoursRefused, instant
from .policy import Span, Unit

_UNITS = {str(unit): unit for unit in Unit} | {str(unit).removesuffix("s"): unit for unit in Unit}
_WHOLE_DAYS = (Unit.BUSINESS_DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS)
_SHORT = {"h": "hours", "hr": "hours", "hrs": "hours", "d": "days", "w": "weeks", "min": "minutes"}
_SHORT |= {"mins": "minutes", "m": "minutes", "mo": "months", "bh": "business hours", "bd": "business days"}
_SHORT |= {"working days": "business days", "working day": "business day", "workdays": "business days"}
_SHORT |= {"working hours": "business hours", "working hour": "business hour", "bds": "business days"}
_ROLLS = " or the next working day"
_MOST = 9999


class SpanRefused(ValueError):  # noqa: N818  (a refusal, as the house calls it)
    """A length of time nobody can count. `what` is wrong with it; `instead` is what to write."""

    code = "span_refused"

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(f"{what}; write {instead}")
        self.what = what
        self.instead = instead


def parse(text: str, *, least: int = 1) -> Span:
    """Return the span that `text` states. Raises SpanRefused, which says what to write instead."""
    words = " ".join(text.lower().split())
    rolls = words.endswith(_ROLLS)
    words = words.removesuffix(_ROLLS)
    to_end_of_day = words.startswith("end of ")
    count, unit = _count_and_unit(text, words.removeprefix("end of "), least)
    plain = Span(count=count, unit=unit)
    if to_end_of_day and unit not in _WHOLE_DAYS:
        raise SpanRefused(f'"{text}": {unit} have no end of the day', f'"{plain}"')
    if rolls and not to_end_of_day:
        raise SpanRefused(f'"{text}" names no day that could move', f'"end of {plain}{_ROLLS}"')
    return replace(plain, to_end_of_day=to_end_of_day, rolls=rolls)


def _count_and_unit(text: str, words: str, least: int) -> tuple[int, Unit]:
    match = re.fullmatch(r"(-?\d{1,12}(?:[.,]\d+)?) ?([a-z ]*)", words, re.ASCII)
    if not match:
        raise SpanRefused(f'"{text}" is no length of time', 'a number and a unit, such as "8 business hours"')
    number, name = match.groups()
    unit = _UNITS.get(name)
    if unit is None:
        raise SpanRefused(*_unknown_unit(text, number, name))
    if not number.isdigit() or not least <= int(number) <= _MOST:
        instead = f'a whole number from {least} to {_MOST}, such as "{max(least, 1)} {unit}"'
        raise SpanRefused(f'"{text}" can\'t be counted', instead)
    return int(number), unit


def _unknown_unit(text: str, number: str, name: str) -> tuple[str, str]:
    if not name:
        return f'"{text}" has no unit', f'"{number} business hours", "{number} hours" or "{number} days"'
    close = get_close_matches(name, _UNITS, n=1)
    meant = _SHORT.get(name) or (close[0] if close else None)
    if meant:
        return f'"{name}" is no unit', f'"{number} {meant}"'
    return f'"{name}" is no unit', "one of " + ", ".join(str(unit) for unit in Unit)


def due_at(span: Span, start: datetime, hours: Hours) -> datetime:
    """Return when `span` is over if it began at `start`, in UTC, on this calendar.

    Raises HoursRefused for a time beyond the last year there is.
    """
    try:
        if span.to_end_of_day:
            return days.end_of(span, start, hours)
        if (seconds := _open_seconds(span, hours)) is not None:
            return hours.due(start, seconds)
        return _elapsed(span, start, hours.zone, forward=True)
    except OverflowError:
        raise HoursRefused("out_of_range", f"{span} from {start} is beyond any calendar") from None


def before(span: Span, due: datetime, hours: Hours) -> datetime:
    """Return the moment `span` before `due`, in UTC: when a warning that early is given.

    Business time walks the ruler backwards, so that a warning falls into open hours.
    """
    if (seconds := _open_seconds(span, hours)) is not None:
        return hours.before(due, seconds)
    return _elapsed(span, due, hours.zone, forward=False)


def _open_seconds(span: Span, hours: Hours) -> int | None:
    if span.unit is Unit.BUSINESS_HOURS:
        return span.count * 3600
    if span.unit is Unit.BUSINESS_DAYS:
        return span.count * hours.day_seconds
    return None


def _elapsed(span: Span, start: datetime, zone: str, *, forward: bool) -> datetime:
    count = span.count if forward else -span.count
    if span.unit is Unit.MINUTES:
        return start.astimezone(UTC) + timedelta(minutes=count)
    if span.unit is Unit.HOURS:
        return start.astimezone(UTC) + timedelta(hours=count)
    # "In five days" means the same time on the clock, so the days are added to the local wall clock.
    local = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    if span.unit is Unit.MONTHS:
        moved = datetime.combine(days.months_after(local.date(), count), local.time())
    else:
        moved = local + (timedelta(weeks=count) if span.unit is Unit.WEEKS else timedelta(days=count))
    return instant(moved, zone)
