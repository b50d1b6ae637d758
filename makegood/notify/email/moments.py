"""Moments and lengths of time as one reader sees them: his zone, his language, the zone always named.

Called inside `translation.override`, so the language is the active one.
Nothing here reads a clock: what is "this year" is said by the mail's own date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext

from .words import Envelope

MINUTE, HOUR, DAY = 60, 3_600, 86_400


@dataclass(frozen=True, kw_only=True)
class Reader:
    """In whose zone moments are said, and when the mail was written."""

    zone: tzinfo
    at: datetime

    def long(self, moment: datetime) -> str:
        """`Tuesday 3 March, 08:12 MST`, for a sentence; with the year if it is another than the mail's."""
        local = self._local(moment)
        if local.year == self._local(self.at).year:
            # Translators: letters of Django's date filter; a moment within a sentence.
            shape = pgettext("date format", "l j F, H:i")
        else:
            # Translators: letters of Django's date filter; a moment within a sentence, with its year.
            shape = pgettext("date format", "l j F Y, H:i")
        return f"{formatted(local, shape)} {zone_letters(local)}"

    def short(self, moment: datetime) -> str:
        """`Tue 3 Mar 08:12 MST`, for a stamp; with the year if it is another than the mail's."""
        local = self._local(moment)
        # The same shapes as on the pages, so that one catalogue serves both.
        same = local.year == self._local(self.at).year
        day = pgettext("date format", "D j M") if same else pgettext("date format", "D j M Y")
        return f"{formatted(local, day)} {formatted(local, 'H:i')} {zone_letters(local)}"

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError(f"A time in a mail needs its zone: {moment!r} has none.")
        return moment.astimezone(self.zone)


def reader(envelope: Envelope) -> Reader:
    """Return the reader of a mail. A zone that nobody knows becomes UTC: the mail must go out."""
    return Reader(zone=_zone(envelope.zone), at=envelope.at)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # An unknown name, one that leaves the folder of zones, and one that is a folder.
        return UTC


def zone_letters(local: datetime) -> str:
    """Return `MST`; for a zone that has only a number, `UTC+05:30`."""
    name = local.tzname() or ""
    if name[:1] not in ("+", "-"):
        return name
    minutes = name[3:5].strip("0")
    return f"UTC{name[:3]}:{name[3:5]}" if minutes else f"UTC{name[:3]}"


def span(length: timedelta) -> str:
    """Return a length of time in few letters: `9 d 1 h`, `1 h 18`, `1 h`, `18 min`; never less than nothing."""
    seconds = max(int(length.total_seconds()), 0)
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    if days:
        return pgettext("span", "{days} d {hours} h").format(days=days, hours=hours)
    if hours and not minutes:
        return pgettext("span", "{hours} h").format(hours=hours)
    if hours:
        return pgettext("span", "{hours} h {minutes:02d}").format(hours=hours, minutes=minutes)
    if minutes:
        return pgettext("span", "{minutes} min").format(minutes=minutes)
    return pgettext("span", "under 1 min")
