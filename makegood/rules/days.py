"""Deadlines in whole days, as laws count them.

The day of receipt is not counted: the day after is day 1 (Regulation 1182/71
art. 3(1); FCA DISP 1.5 for its third business day). Days are local dates of
the calendar's zone. Business days end at the close of business, calendar days
at midnight. A month ends on the same day of the month, or on its last.

    last_day             the date a span of whole days ends on
    end_of               the moment it ends, in UTC
    proposed_holidays    public holidays as a library knows them: a proposal, the house's list wins
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from .hours import Hours, HoursRefused, instant
from .policy import Span, Unit


def last_day(span: Span, received: datetime, hours: Hours) -> date:
    """Return the last day of `span` when the clock began with `received`, a date of the calendar's zone.

    Raises ValueError for a span that isn't counted in whole days.
    """
    first = received.astimezone(ZoneInfo(hours.zone)).date()
    match span.unit:
        case Unit.BUSINESS_DAYS:
            last = business_days_after(first, span.count, hours)
        case Unit.DAYS:
            last = first + timedelta(days=span.count)
        case Unit.WEEKS:
            last = first + timedelta(weeks=span.count)
        case Unit.MONTHS:
            last = months_after(first, span.count)
        case _:
            raise ValueError(f"{span.unit} have no end of the day; write days, weeks or months")
    return working_day_from(last, hours) if span.rolls else last


def end_of(span: Span, received: datetime, hours: Hours) -> datetime:
    """Return when the last day of `span` is over, in UTC.

    Business days end at the close of business, calendar days, weeks and months at midnight.
    """
    last = last_day(span, received, hours)
    if span.unit is Unit.BUSINESS_DAYS:
        return close_of_business(last, hours)
    return end_of_day(last, hours)


def business_days_after(received: date, count: int, hours: Hours) -> date:
    """Return the `count`-th day after `received` on which the house opens."""
    day = received
    for _ in range(count):
        day = working_day_from(day + timedelta(days=1), hours)
    return day


def months_after(day: date, count: int) -> date:
    """Return the same day `count` months later (earlier if negative), clipped to the month's last day."""
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    if year > date.max.year:
        raise OverflowError(f"no calendar reaches the year {year}")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def working_day_from(day: date, hours: Hours) -> date:
    """Return `day` if the house opens on it, or the next day on which it does."""
    while not hours.is_open_on(day):
        day += timedelta(days=1)
    return day


def end_of_day(day: date, hours: Hours) -> datetime:
    """Return midnight at the end of `day` in the calendar's zone, in UTC."""
    return instant(datetime.combine(day + timedelta(days=1), time(0)), hours.zone)


def close_of_business(day: date, hours: Hours) -> datetime:
    """Return when the house closes on `day`, in UTC. Raises HoursRefused if it doesn't open then."""
    if not hours.is_open_on(day):
        raise HoursRefused("closed_that_day", f"{day} is no working day")
    closes = hours.weekly[day.weekday()][-1][1]
    if closes == time.max:
        return end_of_day(day, hours)
    return instant(datetime.combine(day, closes), hours.zone)


def proposed_holidays(country: str, subdivision: str, years: Iterable[int]) -> dict[date, str]:
    """Return public holidays with their names, in order, as the `holidays` library knows them.

    A proposal for people to look over: libraries learn, and houses differ. Raises HoursRefused for a
    country or subdivision the library doesn't have.
    """
    return dict(_proposed(country, subdivision, tuple(years)))


@lru_cache(maxsize=64)
def _proposed(country: str, subdivision: str, years: tuple[int, ...]) -> tuple[tuple[date, str], ...]:
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    except NotImplementedError:
        place = f"{country} {subdivision}".strip()
        raise HoursRefused("unknown_country", f"no holidays are known for {place}") from None
    # The library may add days that an observed holiday pulls in from a neighbouring year.
    return tuple(sorted((day, name) for day, name in found.items() if day.year in years))
