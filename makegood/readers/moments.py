"""Times as exports write them: a format becomes one pattern, read one by one here and by column in `moment_columns`.

A format is `iso` (ISO 8601, zone or not, time of day or not), `epoch`, `epoch_ms` or
`epoch_us` (decimals allowed), `excel` (days since 1899-12-30), or a pattern in the
letters of `strptime`. A value fits it wholly or not at all; there is no guessing
whether 3/4 is in March or April. Months have English names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Times outside are placeholders ("1900-01-01", "9999-12-31"), never something that happened."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_LONG_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"

_GROUPS = {
    "Y": "(?P<Y>[0-9]{4})",
    "y": "(?P<y>[0-9]{2})",
    "m": "(?P<m>[0-9]{1,2})",
    "d": "(?P<d>[0-9]{1,2})",
    "b": "(?P<b>(?i:" + "|".join(MONTHS) + "))",
    "B": "(?P<b>(?i:" + _LONG_MONTHS + "))",
    "a": f"(?i:{_DAYS})",
    "A": f"(?i:{_LONG_DAYS})",
    "H": "(?P<H>[0-9]{1,2})",
    "I": "(?P<I>[0-9]{1,2})",
    "p": "(?P<p>(?i:AM|PM))",
    "M": "(?P<M>[0-9]{1,2})",
    "S": "(?P<S>[0-9]{1,2})",
    "f": "(?P<f>[0-9]{1,9})",
    "z": "(?P<z>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)",
    "Z": "(?P<z>Z|UTC|GMT)",
}

_ISO = (
    "(?P<Y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"
    "(?:[T ](?P<H>[0-9]{2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,](?P<f>[0-9]{1,9}))?)?)?"
    " ?(?P<z>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_NUMBER = "(?P<n>[0-9]{1,17})(?:[.,](?P<f>[0-9]{1,18}))?"

EPOCHS = {"epoch": 1_000_000, "epoch_ms": 1_000, "epoch_us": 1}
"""How many microseconds one unit is."""
EXCEL = "excel"
EXCEL_BEGINS = datetime(1899, 12, 30)  # noqa: DTZ001  (a wall clock's)
WORDS = ("iso", *EPOCHS, EXCEL)


class FormatRefused(ValueError):  # noqa: N818
    """Not a format of times. The text says what is wrong with it."""


@dataclass(frozen=True)
class Format:
    """One way of writing a time. Make it with `format_of`."""

    text: str
    pattern: str
    """A regular expression that Python's `re` and Arrow's RE2 read alike; it has to fit the whole value."""

    @property
    def groups(self) -> frozenset[str]:
        return frozenset(re.compile(self.pattern).groupindex)

    @property
    def zoned(self) -> bool:
        """Whether a value may carry its own zone."""
        return "z" in self.groups or self.text in EPOCHS


@cache
def format_of(text: str) -> Format:
    """Return the format that `text` names. Raises FormatRefused."""
    if text == "iso":
        return Format(text, _ISO)
    if text in EPOCHS or text == EXCEL:
        return Format(text, _NUMBER)
    if "%" not in text:
        raise FormatRefused(f"is none of {', '.join(WORDS)} and has no %-letters")
    parts: list[str] = []
    place = 0
    while place < len(text):
        letter = text[place + 1 : place + 2] if text[place] == "%" else ""
        if letter == "-":  # glibc's "no leading zero"; both are read anyway
            place += 1
            letter = text[place + 1 : place + 2]
        if text[place] != "%" and not letter:
            parts.append(re.escape(text[place]) if not text[place].isalnum() else text[place])
            place += 1
            continue
        if letter == "%":
            parts.append("%")
        elif letter in _GROUPS:
            parts.append(_GROUPS[letter])
        else:
            raise FormatRefused(f"%{letter} is not a letter that is read here; there are %{' %'.join(_GROUPS)}")
        place += 2
    return _whole(Format(text, "".join(parts)))


def _whole(format_: Format) -> Format:
    try:
        found = format_.groups
    except re.error as refused:
        raise FormatRefused("names the same part of the time twice") from refused
    if not (found & {"Y", "y"} and found & {"m", "b"} and "d" in found):
        raise FormatRefused("needs a year, a month and a day")
    if ("I" in found) != ("p" in found):
        raise FormatRefused("%I and %p belong together; the 24-hour clock is %H")
    if "M" in found and not found & {"H", "I"}:
        raise FormatRefused("has minutes and no hour")
    return format_


@dataclass(frozen=True)
class Wall:
    """A time as it was written: a wall clock's, and its distance from UTC where the value says it."""

    at: datetime
    offset: int | None
    """Minutes east of UTC."""
    whole_day: bool = False
    """No time of day was written."""


def read(text: str, format_: Format) -> Wall | None:
    """Return the time that `text` is, or None where it doesn't fit the format or names no day there is."""
    match = re.fullmatch(format_.pattern, text)
    if match is None:
        return None
    found = {name: value for name, value in match.groupdict().items() if value}
    try:
        wall = _number(found, format_.text) if "n" in found else _clock(found)
    except (ValueError, OverflowError):
        return None
    return wall if FIRST_YEAR <= wall.at.year <= LAST_YEAR else None


def _number(found: dict[str, str], unit: str) -> Wall:
    whole, fraction = int(found["n"]), found.get("f", "")
    if unit == EXCEL:
        # To the millisecond: a day's fraction in a spreadsheet is never exact.
        thousandths = (int(fraction[:12].ljust(12, "0")) * 86_400 + 500_000_000) // 1_000_000_000
        return Wall(EXCEL_BEGINS + timedelta(days=whole, milliseconds=thousandths), None, whole_day=not fraction)
    size = EPOCHS[unit]
    digits = len(str(size)) - 1
    micros = whole * size + (int(fraction[:digits].ljust(digits, "0")) if digits else 0)
    return Wall(datetime(1970, 1, 1) + timedelta(microseconds=micros), 0)  # noqa: DTZ001


def _clock(found: dict[str, str]) -> Wall:
    year = int(found["Y"]) if "Y" in found else _century(int(found["y"]))
    month = MONTHS.index(found["b"][:3].lower()) + 1 if "b" in found else int(found["m"])
    hour = int(found.get("H", "0"))
    if "I" in found:
        hour = int(found["I"])
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if found["p"].upper() == "PM" else 0)
    micros = int(found.get("f", "0")[:6].ljust(6, "0"))
    at = datetime(year, month, int(found["d"]), hour, int(found.get("M", "0")), int(found.get("S", "0")), micros)  # noqa: DTZ001
    return Wall(at, offset_of(found.get("z", "")), whole_day=not found.keys() & {"H", "I"})


def _century(two: int) -> int:
    return two + (1900 if two >= 69 else 2000)


def offset_of(text: str) -> int | None:
    """Return the minutes east of UTC that a written zone says; None where none is written. Raises ValueError."""
    if not text:
        return None
    if text[0] not in "+-":
        return 0
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or "0")
    if minutes > 24 * 60 - 1:
        raise ValueError(text)
    return -minutes if text[0] == "-" else minutes


_FIXED = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")


def zone_of(name: str) -> tzinfo | None:
    """Return the time zone of that name, "UTC" or a fixed distance such as "+02:00"; None where there is none."""
    if match := _FIXED.fullmatch(name):
        distance = timedelta(hours=int(match[2]), minutes=int(match[3]))
        if distance >= timedelta(days=1):
            return None
        return timezone(-distance if match[1] == "-" else distance)
    if name == "UTC":
        return UTC
    return ZoneInfo(name) if name in _zones() else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A stated distance from a written time: "by then at the latest"."""

    days: int = 0
    """On the wall clock."""
    elapsed: timedelta = timedelta()


AS_WRITTEN = Shift()


def moment(wall: Wall, zone: tzinfo | None, shift: Shift = AS_WRITTEN) -> datetime | None:
    """Return the instant in UTC, or None where neither the value nor the mapping names a zone.

    An hour that a zone passes twice in autumn is the first one; one that it skips
    in spring is read with the distance that held before.
    """
    at = wall.at + timedelta(days=shift.days)
    if wall.offset is not None:
        return at.replace(tzinfo=UTC) - timedelta(minutes=wall.offset) + shift.elapsed
    if zone is None:
        return None
    return at.replace(tzinfo=zone).astimezone(UTC) + shift.elapsed


def day_begins(day: date) -> Wall:
    """Return a day that has no time of day, as its first moment."""
    return Wall(datetime(day.year, day.month, day.day), None, whole_day=True)  # noqa: DTZ001
