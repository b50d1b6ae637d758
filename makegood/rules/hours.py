"""Opening hours as a ruler: every open quarter of an hour is numbered.

Civil clocks stand whole quarter-hours apart, so in UTC each quarter is wholly
open or wholly closed, whatever the local clock is doing. Open time is then
counting: a due time is "the quarter with number n". The ruler is laid out one
UTC year at a time, when somebody asks for that year, so it has no end.

    Hours                what a house decided: zone, week, holidays; and the questions one asks of it
    Ruler                the numbered quarters themselves, for whoever wants to export them
    instant              what a local wall-clock time means in UTC
    HoursRefused         opening hours (or a question about them) that make no sense
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

Opening = tuple[time, time]
Seconds = tuple[int, int]

QUARTER = 900
"""Seconds in one step of the ruler."""

_DAY = 86_400
_MICRO = 1_000_000
_TICK = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_LONGEST_CLOSURE = timedelta(days=366)


class HoursRefused(ValueError):  # noqa: N818  (a refusal, as the house calls it)
    """These opening hours cannot be used. `code` is for programs, the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When one place is open, in its own local time.

    Raises HoursRefused for hours that could never come to an end: nothing
    open, closed for a whole year, times off the quarter-hour, spans that
    overlap, a zone nobody knows.
    """

    zone: str
    """An IANA name, such as `Europe/London`."""
    weekly: dict[int, tuple[Opening, ...]]
    """Spans `[opens, closes)` by weekday, Monday = 0. `time.max` or 00:00 as closing means midnight.
    A night shift is two spans: until midnight, and from midnight on the day after."""
    holidays: frozenset[date] = field(default_factory=frozenset)
    """Local dates closed from midnight to midnight: public holidays and the house's own closing days."""

    def __post_init__(self) -> None:
        _zone(self.zone)
        week = {day: _spans(day, spans) for day, spans in sorted(self.weekly.items()) if spans}
        if not week:
            raise HoursRefused("no_open_hours", "a calendar without open hours can't count open time")
        object.__setattr__(self, "weekly", week)
        object.__setattr__(self, "_years", {})
        self._refuse_a_closed_year()

    def _year(self, number: int) -> _Year:
        """Return one year of the ruler. Calendars that are equal share it; each keeps what it has asked for."""
        years: dict[int, _Year] = self._years  # type: ignore[attr-defined]  # no field: it is no part of what is equal
        if number not in years:
            years[number] = _year(self, number)
        return years[number]

    def __hash__(self) -> int:
        # Cheap on purpose: the ruler looks itself up by it at every question. Equality decides.
        return hash((self.zone, len(self.weekly), len(self.holidays)))

    @cached_property
    def day_seconds(self) -> int:
        """Open seconds of the longest weekday: what one business day measures on the ruler."""
        return max(sum(shuts - opens for opens, shuts in _seconds(day)) for day in self.weekly.values())

    def is_open_on(self, day: date) -> bool:
        """Return whether the place opens at all on this local date."""
        return day.weekday() in self.weekly and day not in self.holidays

    def is_open(self, at: datetime) -> bool:
        """Return whether the quarter-hour that holds `at` is open."""
        ticks = _ticks(at)
        year = self._year(at.astimezone(UTC).year)
        nth = bisect_right(year.opens, ticks) - 1
        return nth >= 0 and ticks < year.closes[nth]

    def open_seconds(self, start: datetime, end: datetime) -> int:
        """Return the whole seconds of open time in `[start, end)`; negative if `end` comes first."""
        if end < start:
            return -self.open_seconds(end, start)
        first, last = start.astimezone(UTC).year, end.astimezone(UTC).year
        total = sum(self._year(year).total for year in range(first, last))
        passed = total + self._year(last).open_before(_ticks(end))
        return (passed - self._year(first).open_before(_ticks(start))) // _MICRO

    def due(self, start: datetime, seconds: int) -> datetime:
        """Return when `seconds` of open time have passed since `start`, in UTC, to the microsecond.

        Time that ends exactly at closing is due at closing, not at the next
        opening. No time at all is due at once.
        """
        left = _ticks_of(seconds)
        if left == 0:
            return start.astimezone(UTC)
        number = start.astimezone(UTC).year
        year = self._year(number)
        passed = year.open_before(_ticks(start))
        while left > year.total - passed:
            left -= year.total - passed
            number += 1
            year, passed = self._year(number), 0
        return _moment(year.reached(passed + left))

    def before(self, end: datetime, seconds: int) -> datetime:
        """Return the last moment at which `seconds` of open time remain until `end`, in UTC.

        The ruler walked backwards, for warnings: an hour before Monday 10:00
        is Monday 9:00, when somebody is there to hear it, not Friday 17:00.
        """
        left = _ticks_of(seconds)
        if left == 0:
            return end.astimezone(UTC)
        number = end.astimezone(UTC).year
        year = self._year(number)
        passed = year.open_before(_ticks(end))
        while left > passed:
            left -= passed
            number -= 1
            year = self._year(number)
            passed = year.total
        return _moment(year.last_at(passed - left))

    def _refuse_a_closed_year(self) -> None:
        """Refuse holidays that leave no opening for a year: past this check, counting always ends."""
        closed = sorted(day for day in self.holidays if day.weekday() in self.weekly)
        for nth, day in enumerate(closed):
            if nth == 0 or self._next_weekly(closed[nth - 1]) != day:
                since = day
            if day - since >= _LONGEST_CLOSURE:
                raise HoursRefused("closed_for_a_year", f"closed without a break from {since} to {day}")

    def _next_weekly(self, day: date) -> date:
        return next(after for n in range(1, 8) if (after := day + timedelta(days=n)).weekday() in self.weekly)


class Row(NamedTuple):
    """One quarter of the ruler."""

    start: int
    """Epoch seconds, UTC."""
    is_open: bool
    before: int
    """How many open quarters there were since the ruler's first."""


@dataclass(frozen=True, kw_only=True)
class Ruler:
    """The quarters of `[first, last)`, numbered from its first. For exports; `Hours` answers questions."""

    hours: Hours
    first: datetime
    last: datetime

    def rows(self) -> Iterator[Row]:
        """Yield each quarter that begins in the period. A due time is then two equality joins."""
        number = 0
        first = -(-_ticks(self.first) // (QUARTER * _MICRO)) * QUARTER
        for start in range(first, -(-_ticks(self.last) // _MICRO), QUARTER):
            is_open = self.hours.is_open(_EPOCH + timedelta(seconds=start))
            yield Row(start, is_open, number)
            number += is_open


def instant(local: datetime, zone: str, *, later: bool = False) -> datetime:
    """Return what a wall-clock time of `zone` means in UTC; never an error.

    A time the clocks skip is read with the offset before the change (01:30 in
    London on 29 March 2026 is 01:30Z, shown as 02:30). A time they show twice
    is the earlier one, unless a person chose the `later`.
    """
    return local.replace(tzinfo=_zone(zone), fold=int(later)).astimezone(UTC)


# ── one year of the ruler ────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Year:
    """The open stretches of one UTC year in order, as microseconds since 1970."""

    opens: list[int]
    closes: list[int]
    before: list[int]
    """Open time of the year before each stretch."""
    total: int

    def open_before(self, at: int) -> int:
        nth = bisect_right(self.opens, at) - 1
        return 0 if nth < 0 else self.before[nth] + min(at, self.closes[nth]) - self.opens[nth]

    def reached(self, amount: int) -> int:
        """Return the first moment at which `amount`, more than none, has passed: closing, not opening."""
        nth = bisect_left(self.before, amount) - 1
        return self.opens[nth] + amount - self.before[nth]

    def last_at(self, amount: int) -> int:
        """Return the last moment at which no more than `amount` has passed: opening, not closing."""
        nth = bisect_right(self.before, amount) - 1
        return self.opens[nth] + amount - self.before[nth]


@lru_cache(maxsize=1024)
def _year(hours: Hours, number: int) -> _Year:
    try:
        first, last = (_seconds_at(datetime(n, 1, 1, tzinfo=UTC)) for n in (number, number + 1))
    except ValueError:
        raise HoursRefused("out_of_range", f"no calendar reaches the year {number}") from None
    opens: list[int] = []
    closes: list[int] = []
    for start, end in _stretches(hours, first, last):
        if closes and closes[-1] == start:
            closes[-1] = end  # a night shift runs through midnight
        else:
            opens.append(start)
            closes.append(end)
    before, total = [], 0
    for start, end in zip(opens, closes, strict=True):
        before.append(total * _MICRO)
        total += end - start
    return _Year([t * _MICRO for t in opens], [t * _MICRO for t in closes], before, total * _MICRO)


def _stretches(hours: Hours, first: int, last: int) -> Iterator[Seconds]:
    """Yield the open stretches within `[first, last)` in order, on quarter-hours of UTC."""
    week = {day: _seconds(spans) for day, spans in hours.weekly.items()}
    closed = {day.toordinal() - _EPOCH_DAY for day in hours.holidays}
    for since, until, offset in _offsets(hours.zone, first, last):
        # While the offset stands still, local time is UTC moved along, and a span is one stretch. An
        # hour the clocks skip lies in neither piece and isn't counted; one they repeat lies in both.
        for day in range((since + offset) // _DAY, (until - 1 + offset) // _DAY + 1):
            if day in closed:
                continue
            for opens, shuts in week.get((day + 3) % 7, ()):  # 1970 began on a Thursday
                start = max(since, _quarter_from(day * _DAY + opens - offset))
                end = min(until, _quarter_from(day * _DAY + shuts - offset))
                if start < end:
                    yield start, end


def _offsets(zone: str, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Yield `(since, until, seconds ahead of UTC)` for each piece between two changes of the clocks."""
    tz, step = _zone(zone), _DAY // 2

    def ahead(at: int) -> int:
        offset = (_EPOCH + timedelta(seconds=at)).astimezone(tz).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    since, offset = first, ahead(first)
    for at in range(first, last, step):
        after = min(at + step, last - QUARTER)
        if ahead(after) == offset:
            continue
        # A few clocks once changed at one minute past; a quarter counts as what it was at its start.
        quarters = range(at, after + QUARTER, QUARTER)
        changed = quarters[bisect_left(quarters, True, key=lambda q: ahead(q) != offset)]
        yield since, changed, offset
        since, offset = changed, ahead(changed)
    yield since, last, offset


def _quarter_from(second: int) -> int:
    return -(-second // QUARTER) * QUARTER


# ── reading times ────────────────────────────────────────────────────────────


def _spans(day: int, spans: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """Return one weekday's spans in order, midnight written as `time.max`. Raises HoursRefused."""
    if day not in range(7):
        raise HoursRefused("unknown_weekday", f"{day} is no weekday; Monday is 0 and Sunday is 6")
    ordered = tuple((opens, shuts if shuts > time(0) else time.max) for opens, shuts in sorted(spans))
    until = 0
    for (opens, shuts), (start, end) in zip(ordered, _seconds(ordered), strict=True):
        if start % QUARTER or end % QUARTER:
            raise HoursRefused("not_on_a_quarter", f"{opens}-{shuts}: hours begin and end on quarter-hours")
        if end <= start:
            raise HoursRefused("ends_before_it_begins", f"{opens}-{shuts}: a span ends after it begins")
        if start < until:
            raise HoursRefused("spans_overlap", f"{opens}-{shuts} begins before the span before it ends")
        until = end
    return ordered


def _seconds(spans: tuple[Opening, ...]) -> tuple[Seconds, ...]:
    """Return spans as seconds of the day. `time.max` is midnight exactly."""
    return tuple((_second(opens), _DAY if shuts == time.max else _second(shuts)) for opens, shuts in spans)


def _second(at: time) -> int:
    if at.microsecond:
        raise HoursRefused("not_on_a_quarter", f"{at}: hours begin and end on quarter-hours")
    return at.hour * 3600 + at.minute * 60 + at.second


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        text = f"{name!r} is no time zone; write one like Europe/London"
        raise HoursRefused("unknown_zone", text) from None


def _ticks(at: datetime) -> int:
    if at.tzinfo is None:
        raise HoursRefused("naive_time", f"{at} carries no time zone")
    return (at - _EPOCH) // _TICK


def _ticks_of(seconds: int) -> int:
    if seconds < 0:
        raise HoursRefused("negative_time", f"{seconds} seconds of open time can't pass")
    return seconds * _MICRO


def _seconds_at(at: datetime) -> int:
    return _ticks(at) // _MICRO


def _moment(ticks: int) -> datetime:
    return _EPOCH + timedelta(microseconds=ticks)
