"""The calendars of a policy file: zone, opening hours, holidays and closing days.

Opening hours are written as people say them (`mon-fri = "09:00-17:00"`); a
night shift is cut at midnight here. Every mistake is complained about and
none stops the reading (see `policy_tables`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from zoneinfo import available_timezones

from .days import proposed_holidays
from .hours import QUARTER, Hours, HoursRefused, Opening
from .policy_tables import Table, one_of

PROPOSED_YEARS = range(1970, 2201)
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_NAMES = {name[:length]: nth for nth, name in enumerate(_WEEK) for length in (3, len(name))}
_SPAN = re.compile(r"(\d{1,2}):(\d{2}) ?[-–] ?(\d{1,2}):(\d{2})")
_STAND_IN = Hours(zone="UTC", weekly={0: ((time(9), time(17)),)})

Hit = tuple[int, int, int]
"""A weekday, and the minutes of it at which a span opens and closes."""


def calendars(table: Table) -> dict[str, Hours]:
    """Return the house's calendars by name."""
    found = {name: _calendar(each) for name, each in table.named()}
    if not found and not table.complaints.about(table.where):
        table.complaints.add(table.where, "names no calendar", "one, as [calendars.name] with zone and hours")
    return found


def _calendar(table: Table) -> Hours:
    zone = table.text("zone")
    if zone and zone not in _zones():
        table.complain("zone", f'"{zone}" is no time zone', _zone_instead(zone))
    weekly = _weekly(table.table("hours"))
    closed = _closed(table)
    table.done()
    if table.complaints.about(table.where):
        return _STAND_IN
    try:
        return Hours(zone=zone, weekly=weekly, holidays=closed)
    except HoursRefused as refused:
        table.complaints.add(table.where, str(refused), 'hours that open, such as mon-fri = "09:00-17:00"')
        return _STAND_IN


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # walks a directory tree, so once is enough


def _zone_instead(zone: str) -> str:
    """Return the zone that was meant: people write the city alone, or misspell it."""
    city = zone.rsplit("/", 1)[-1].lower().replace(" ", "_")
    same_city = [name for name in _zones() if name.rsplit("/", 1)[-1].lower() == city]
    guess = one_of(zone, _zones())
    if same_city:
        return f'"{min(same_city)}"'
    return guess if guess.startswith('"') else 'a name such as "Europe/London"'


def _weekly(table: Table) -> dict[int, tuple[Opening, ...]]:
    """Return the openings of each weekday; a night shift goes on in the weekday after."""
    hits: list[Hit] = []
    for key in table.content:
        weekdays = _weekdays(key)
        if not weekdays:
            table.texts(key)
            table.complain(key, f'"{key}" is no weekday', 'mon, tue … sun, or a range such as "mon-fri"')
        for text in table.texts(key):
            shift = _shift(table, key, text)
            hits += [((day + later) % 7, opens, shuts) for day in weekdays for later, opens, shuts in shift]
    _refuse_overlaps(table, hits)
    week: dict[int, tuple[Opening, ...]] = {}
    for day, opens, shuts in sorted(hits):
        week[day] = (*week.get(day, ()), (_clock(opens), _clock(shuts)))
    if not week and not table.complaints.about(table.where):
        table.complaints.add(table.where, "has no open hours", 'at least one span: mon-fri = "09:00-17:00"')
    return week


def _weekdays(key: str) -> list[int]:
    first, _, last = key.lower().partition("-")
    if first not in _DAY_NAMES or (last or first) not in _DAY_NAMES:
        return []
    since, until = _DAY_NAMES[first], _DAY_NAMES[last or first]
    return [(since + n) % 7 for n in range((until - since) % 7 + 1)]


def _shift(table: Table, key: str, text: str) -> list[Hit]:
    """Return a span as one piece, or cut at midnight: the second piece belongs to the day after."""
    match = _SPAN.fullmatch(text.strip())
    if not match:
        table.complain(key, f'"{text}" is no span', 'from and to in 24 hours: "09:00-17:00"')
        return []
    hour, minute, to_hour, to_minute = (int(part) for part in match.groups())
    opens, shuts = hour * 60 + minute, to_hour * 60 + to_minute
    if max(minute, to_minute) > 59 or opens >= 24 * 60 or shuts > 24 * 60:
        table.complain(key, f'"{text}" is no time of day', '00:00 to 24:00, such as "09:00-17:00"')
        return []
    if opens * 60 % QUARTER or shuts * 60 % QUARTER:
        near = f"{_shown(round(opens / 15) * 15)}-{_shown(round(shuts / 15) * 15)}"
        table.complain(key, f'"{text}" is off the quarter-hour', f'a span on quarter-hours: "{near}"')
        return []
    if opens < shuts:
        return [(0, opens, shuts)]
    if opens == shuts:
        table.complain(key, f'"{text}" opens for no time', 'for a whole day, "00:00-24:00"')
        return []
    return [(0, opens, 24 * 60), *([(1, 0, shuts)] if shuts else [])]


def _refuse_overlaps(table: Table, hits: list[Hit]) -> None:
    """Complain once about each pair of spans that overlap, with all the weekdays on which they do."""
    on: dict[tuple[str, str, str], list[str]] = {}
    for (day, opens, shuts), (after, start, end) in pairwise(sorted(hits)):
        if day == after and start < shuts:
            together = f"{_shown(opens)}-{_shown(max(shuts, end))}"
            pair = f"{_shown(opens)}-{_shown(shuts)}", f"{_shown(start)}-{_shown(end)}", together
            on.setdefault(pair, []).append(_WEEK[day])
    for (one, other, together), days in on.items():
        what = f"{', '.join(days)}: {one} and {other} overlap"
        table.complaints.add(table.where, what, f'one span, "{together}", or two apart')


def _clock(minute: int) -> time:
    return time.max if minute == 24 * 60 else time(minute // 60, minute % 60)


def _shown(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _closed(table: Table) -> frozenset[date]:
    """Return the closed dates. In a year for which the house lists holidays, only its list counts."""
    listed, extra, kept_open = table.days("holidays"), table.days("closed"), table.days("open")
    country = table.text("country", "")
    subdivision = table.text("subdivision", "")
    proposed: Iterable[date] = ()
    if country:
        try:
            proposed = proposed_holidays(country, subdivision, PROPOSED_YEARS)
        except HoursRefused as refused:
            instead = 'ISO codes, such as country = "US" and subdivision = "IL"; or leave them out'
            table.complain("country", str(refused), instead)
    elif subdivision:
        table.complain("subdivision", "needs its country", 'country = "US" beside it')
    decided = {day.year for day in listed}
    return (listed | {day for day in proposed if day.year not in decided} | extra) - kept_open
