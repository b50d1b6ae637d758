"""A column of written times turned into UTC at once: `moments.read` and `moments.moment`, for Arrow and NumPy.

Tested equal to them, value by value. Nothing here decides anything that is not decided there.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from .moments import AS_WRITTEN, EPOCHS, EXCEL, FIRST_YEAR, LAST_YEAR, MONTHS, Format, Shift, offset_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  (a wall clock's)
_FIRST = (datetime(FIRST_YEAR, 1, 1) - _EPOCH) // timedelta(microseconds=1)  # noqa: DTZ001
_LAST = (datetime(LAST_YEAR + 1, 1, 1) - _EPOCH) // timedelta(microseconds=1)  # noqa: DTZ001


@dataclass(frozen=True)
class Walls:
    """Many `moments.Wall`s: microseconds on the wall clock since 1970; `ok` where there is one."""

    at: Ints
    ok: Bools
    offset: Ints
    """Minutes east of UTC, where `zoned`."""
    zoned: Bools
    whole_day: Bools


def read(texts: pa.Array, formats: tuple[Format, ...]) -> Walls:
    """Return the times that the texts are; the first format that fits a value reads it."""
    encoded = pc.dictionary_encode(texts)
    walls = _read_each(encoded.dictionary, formats[0])
    for other in formats[1:]:
        walls = _else(walls, _read_each(encoded.dictionary, other))
    absent = np.asarray(pc.is_null(encoded.indices))
    place = np.asarray(pc.fill_null(encoded.indices, 0), dtype=np.int64)
    if not len(encoded.dictionary):
        walls, place = _none(1), np.zeros(len(texts), dtype=np.int64)
    found = Walls(*(getattr(walls, name)[place] for name in ("at", "ok", "offset", "zoned", "whole_day")))
    return Walls(found.at, found.ok & ~absent, found.offset, found.zoned, found.whole_day)


def typed(column: pa.Array) -> Walls:
    """Return the times of a column that holds times or days already, not texts."""
    kind = column.type
    micros = pc.cast(column, pa.timestamp("us"), safe=False) if kind != pa.timestamp("us") else column
    if getattr(kind, "tz", None):
        micros = pc.cast(column, pa.timestamp("us", "UTC"), safe=False)
    ok = np.asarray(pc.is_valid(column))
    at = np.asarray(pc.fill_null(pc.cast(micros, pa.int64()), 0), dtype=np.int64)
    size = len(column)
    zoned = np.full(size, bool(getattr(kind, "tz", None)))
    within = (at >= _FIRST) & (at < _LAST)
    return Walls(at, ok & within, np.zeros(size, np.int64), zoned, np.full(size, pa.types.is_date(kind)))


def moments(
    walls: Walls, zone: tzinfo | None, shift: Shift = AS_WRITTEN, *, ends_day: bool = False
) -> tuple[Ints, Bools]:
    """Return microseconds of UTC since 1970, and where there are any.

    `ends_day` reads a time without a time of day as that day's end: what is due "on Friday".
    """
    at = walls.at + shift.days * _DAY
    if ends_day:
        at = at + np.where(walls.whole_day, _DAY, 0)
    elapsed = shift.elapsed // timedelta(microseconds=1)
    utc = at - walls.offset * 60 * _SECOND
    if zone is None:
        return utc + elapsed, walls.ok & walls.zoned
    if not walls.zoned.all():
        utc = np.where(walls.zoned, utc, at - _offsets(at, zone) * _SECOND)
    return utc + elapsed, walls.ok


def _none(size: int) -> Walls:
    no, zero = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.int64)
    return Walls(zero, no, zero, no, no)


def _else(first: Walls, second: Walls) -> Walls:
    names = ("at", "ok", "offset", "zoned", "whole_day")
    return Walls(*(np.where(first.ok, getattr(first, name), getattr(second, name)) for name in names))


def _read_each(texts: pa.Array, format_: Format) -> Walls:
    if not len(texts):
        return _none(0)
    groups = format_.groups
    found: Any = pc.extract_regex(texts, f"^(?:{format_.pattern})$")
    fits = np.asarray(pc.is_valid(found))

    def texts_of(name: str) -> pa.Array:
        return pc.fill_null(pc.struct_field(found, name), "")

    def numbers(name: str, default: int = 0) -> Ints:
        if name not in groups:
            return np.full(len(texts), default, dtype=np.int64)
        text = texts_of(name)
        return np.asarray(pc.cast(pc.if_else(pc.equal(text, ""), str(default), text), pa.int64()), dtype=np.int64)

    def fraction(digits: int) -> Ints:
        if "f" not in groups or not digits:
            return np.zeros(len(texts), dtype=np.int64)
        text = pc.utf8_slice_codeunits(pc.utf8_rpad(texts_of("f"), digits, "0"), 0, digits)
        return np.asarray(pc.cast(text, pa.int64()), dtype=np.int64)

    if "n" in groups:
        return _numbers(numbers("n"), fraction, np.asarray(pc.equal(texts_of("f"), "")), fits, format_.text)
    year = numbers("Y") if "Y" in groups else _century(numbers("y"))
    month = _months(texts_of("b")) if "b" in groups else numbers("m")
    hour, hour_ok = (numbers("H"), numbers("H") < 24)
    if "I" in groups:
        twelve = numbers("I")
        afternoon = np.asarray(pc.equal(pc.ascii_upper(texts_of("p")), "PM"))
        hour, hour_ok = twelve % 12 + np.where(afternoon, 12, 0), (twelve >= 1) & (twelve <= 12)
    minute, second = numbers("M"), numbers("S")
    days, day_ok = _days(year, month, numbers("d"))
    offset, zoned, offset_ok = _zones(texts_of("z")) if "z" in groups else (_none(len(texts)).at, fits & False, fits)
    at = days * _DAY + ((hour * 60 + minute) * 60 + second) * _SECOND + fraction(6)
    ok = fits & day_ok & hour_ok & (minute < 60) & (second < 60) & offset_ok
    whole = np.asarray(pc.equal(texts_of("H"), "")) if "H" in groups else np.full(len(texts), "I" not in groups)
    return Walls(at, ok, offset, zoned & ok, whole)


def _numbers(whole: Ints, fraction: Any, no_fraction: Bools, fits: Bools, unit: str) -> Walls:
    size = len(whole)
    if unit == EXCEL:
        begins = (datetime(1899, 12, 30) - _EPOCH) // timedelta(microseconds=1)  # noqa: DTZ001
        thousandths = (fraction(12) * 86_400 + 500_000_000) // 1_000_000_000
        small = whole < 200_000
        at = begins + np.where(small, whole, 0) * _DAY + thousandths * 1_000
        ok = fits & small & (at >= _FIRST) & (at < _LAST)
        return Walls(at, ok, _none(size).at, _none(size).ok, no_fraction)
    small = whole < _LAST // EPOCHS[unit] + 1
    digits = len(str(EPOCHS[unit])) - 1
    at = np.where(small, whole, 0) * EPOCHS[unit] + fraction(digits)
    return Walls(at, fits & small & (at < _LAST), _none(size).at, np.ones(size, np.bool_), _none(size).ok)


def _century(two: Ints) -> Ints:
    return two + np.where(two >= 69, 1900, 2000)


def _months(names: pa.Array) -> Ints:
    short = pc.ascii_lower(pc.utf8_slice_codeunits(names, 0, 3))
    return np.asarray(pc.fill_null(pc.index_in(short, pa.array(MONTHS)), -1), dtype=np.int64) + 1


def _days(year: Ints, month: Ints, day: Ints) -> tuple[Ints, Bools]:
    """Return days since 1970-01-01 of the Gregorian calendar, and where there is such a day."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    month_ok = (month >= 1) & (month <= 12)
    length = lengths[np.where(month_ok, month, 0)] + (leap & (month == 2))
    ok = month_ok & (day >= 1) & (day <= length) & (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    # Years that begin in March, so that the leap day is the last.
    shifted = np.where(month > 2, year, year - 1)
    of_year = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day - 1
    days = shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + of_year - 719_468
    return np.where(ok, days, 0), ok


def _zones(texts: pa.Array) -> tuple[Ints, Bools, Bools]:
    """Return minutes east of UTC, where a zone is written, and where it can be one."""
    encoded = pc.dictionary_encode(texts)
    known = [_zone(text) for text in encoded.dictionary.to_pylist()]
    place = np.asarray(encoded.indices, dtype=np.int64)
    minutes = np.array([0 if each is None else each for each in known], dtype=np.int64)[place]
    written = np.array([bool(text) for text in encoded.dictionary.to_pylist()], dtype=np.bool_)[place]
    ok = np.array([each is not None for each in known], dtype=np.bool_)[place]
    return minutes, written, ok


def _zone(text: str) -> int | None:
    try:
        return offset_of(text) or 0
    except ValueError:
        return None


def _offsets(at: Ints, zone: tzinfo) -> Ints:
    """Return seconds east of UTC at each wall time."""
    breaks, offsets = _changes(zone)
    return offsets[np.searchsorted(breaks, at, side="right")]


@cache
def _changes(zone: tzinfo) -> tuple[Ints, Ints]:
    """Return at which wall times the zone's distance from UTC changes, and the distances between."""
    day = datetime(FIRST_YEAR - 1, 12, 1, tzinfo=UTC)
    end = datetime(LAST_YEAR + 1, 2, 1, tzinfo=UTC)
    offsets, breaks = [_seconds(day, zone)], []
    while day < end:
        after = day + timedelta(days=7)
        if _seconds(after, zone) != offsets[-1] or _seconds(day + timedelta(days=3), zone) != offsets[-1]:
            for low in (day + timedelta(days=n) for n in range(7)):
                high = low + timedelta(days=1)
                if _seconds(high, zone) == _seconds(low, zone):
                    continue
                instant = _change(low, high, zone)
                was, now = offsets[-1], _seconds(high, zone)
                wall = instant.replace(tzinfo=None) - _EPOCH + timedelta(seconds=max(was, now))
                breaks.append(wall // timedelta(microseconds=1))
                offsets.append(now)
        day = after
    return np.array(breaks, dtype=np.int64), np.array(offsets, dtype=np.int64)


def _seconds(instant: datetime, zone: tzinfo) -> int:
    distance = instant.astimezone(zone).utcoffset()
    assert distance is not None
    return int(distance.total_seconds())


def _change(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """Return the second from which the distance is that of `high`."""
    seconds = range(int((high - low).total_seconds()) + 1)
    new = _seconds(high, zone)
    first = bisect_right(seconds, False, key=lambda n: _seconds(low + timedelta(seconds=n), zone) == new)
    return low + timedelta(seconds=first)
