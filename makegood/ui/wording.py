"""Times, spans and phrases as one reader sees them: his zone, his language, always with the zone named.

Languages and their order of day, month and year come from the catalogue
(context "date format", in the letters of Django's date filter), day and month
names from Django itself. Nothing here reads a clock: what is today is said by
`Reader.now`; without it no moment is shortened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from .phrases import Phrase

Shape = Literal["short", "full", "clock"]
"""`short`: today only the clock; `full`: always with the day; `clock`: never with the day."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400
COARSE_HOURS = 10
"""From ten hours on the minutes are noise in a list."""
COARSE_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whose eyes: the zone in which moments are said, and the moment of reading."""

    zone: tzinfo
    now: datetime | None = None

    @cached_property
    def today(self) -> date | None:
        return self.now.astimezone(self.zone).date() if self.now else None

    def is_today(self, local: datetime) -> bool:
        return self.today == local.date()

    def is_this_year(self, day: date) -> bool:
        return self.today is not None and self.today.year == day.year


def zone_of(zone: tzinfo | str) -> tzinfo:
    """A zone from its IANA name; a zone stays what it is. Raises ZoneInfoNotFoundError (a KeyError)."""
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def local_time(moment: datetime, reader: Reader) -> datetime:
    """The moment on the reader's clock. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"A time on a page needs its zone: {moment!r} has none.")
    return moment.astimezone(reader.zone)


def zone_letters(local: datetime) -> str:
    """`CDT`; for a zone that has only a number, `UTC+05:30`."""
    name = local.tzname() or ""
    if name[:1] not in "+-":
        return name
    hours, minutes = name[:3], name[3:5]
    return f"UTC{hours}:{minutes}" if minutes.strip("0") else f"UTC{hours}"


def day(value: date | datetime, reader: Reader) -> str:
    """`Wed 18 Mar`, with the year when it is not the reader's."""
    local = local_time(value, reader).date() if isinstance(value, datetime) else value
    if reader.is_this_year(local):
        # Translators: letters of Django's date filter; the day without its year.
        return _day(local, pgettext("date format", "D j M"), str(get_language()))
    # Translators: letters of Django's date filter; the day with its year.
    return _day(local, pgettext("date format", "D j M Y"), str(get_language()))


@lru_cache(maxsize=4096)
def _day(day: date, letters: str, _language: str) -> str:
    """The day in these letters, kept by the language its names are in: a page says few days, and each often."""
    return formatted(day, letters)


def clock(moment: datetime, reader: Reader, shape: Shape = "short") -> str:
    """`Tue 3 Mar 17:00`, or `17:00` for today. The zone is said apart (`zone_letters`)."""
    local = local_time(moment, reader)
    hour = f"{local:%H:%M}"
    if shape == "clock" or (shape == "short" and reader.is_today(local)):
        return hour
    return f"{day(moment, reader)} {hour}"


def when(moment: datetime, reader: Reader, shape: Shape = "short") -> str:
    """The moment as plain text: `Tue 3 Mar 17:00 CST`."""
    return f"{clock(moment, reader, shape)} {zone_letters(local_time(moment, reader))}"


def time_element(moment: datetime, reader: Reader, shape: Shape = "short") -> SafeString:
    """The moment as a `<time>` element, its zone smaller but never gone."""
    local = local_time(moment, reader)
    return format_html(
        '<time datetime="{}">{} <span class="z">{}</span></time>',
        local.isoformat(timespec="minutes"),
        clock(moment, reader, shape),
        zone_letters(local),
    )


def day_element(value: date | datetime, reader: Reader) -> SafeString:
    """A day as a `<time>` element: `<time datetime="2026-03-18">Wed 18 Mar</time>`."""
    local = local_time(value, reader).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), day(value, reader))


def seconds_of(span: timedelta | float) -> int:
    """Whole seconds, never less than none."""
    return max(int(span.total_seconds() if isinstance(span, timedelta) else span), 0)


def span(length: timedelta | float, *, exact: bool = False, fine: bool = False) -> str:
    """A length of time in few letters: `9 d 1 h`, `1 h 18`, `18 min`.

    `exact` keeps the second unit where a list would drop it (`16 h 05`, `80 d 3 h`).
    `fine` says seconds below a minute (`41 s`); otherwise they are "under 1 min".
    """
    seconds = seconds_of(length)
    if seconds < MINUTE:
        if fine:
            return pgettext("span", "{seconds} s").format(seconds=seconds)
        return pgettext("span", "under 1 min")
    if seconds < HOUR:
        return pgettext("span", "{minutes} min").format(minutes=seconds // MINUTE)
    if seconds < DAY:
        return _hours(seconds, exact)
    return _days(seconds, exact)


def _hours(seconds: int, exact: bool) -> str:
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    if not minutes or (hours >= COARSE_HOURS and not exact):
        return pgettext("span", "{hours} h").format(hours=hours)
    return pgettext("span", "{hours} h {minutes:02d}").format(hours=hours, minutes=minutes)


def _days(seconds: int, exact: bool) -> str:
    days, hours = seconds // DAY, seconds % DAY // HOUR
    if days >= COARSE_DAYS and not exact:
        return pgettext("span", "{days} d").format(days=days)
    return pgettext("span", "{days} d {hours} h").format(days=days, hours=hours)


def spoken_span(length: timedelta | float) -> str:
    """A length of time in full words, for who hears the page: `1 hour 18 minutes`."""
    seconds = seconds_of(length)
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    said = [
        ngettext("{n} day", "{n} days", days).format(n=days) if days else "",
        ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else "",
        ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes) if minutes and not days else "",
    ]
    return " ".join(part for part in said if part) or gettext("less than a minute")


def say(phrase: Phrase, reader: Reader, *, spoken: bool = False) -> str:
    """The phrase in the active language and the reader's zone. `spoken` spells units out."""
    return gettext(phrase.text).format(**{name: _gap(name, value, reader, spoken) for name, value in phrase.gaps})


def _gap(name: str, value: datetime | timedelta, reader: Reader, spoken: bool) -> str:
    if isinstance(value, timedelta):
        return spoken_span(value) if spoken else span(value)
    return day(value, reader) if name == "day" else when(value, reader, "full")


def sentence(phrases: tuple[Phrase, ...], reader: Reader) -> str:
    """Several phrases as one spoken sentence: `Said …, due …, 1 hour 18 minutes left`."""
    return ", ".join(say(part, reader, spoken=True) for part in phrases)
