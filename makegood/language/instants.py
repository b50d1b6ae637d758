"""From pieces of time to instants: calendar arithmetic as the guideline of issue 3 counts it.

All of it happens on the wall clock of the speaker's zone; a day that is named is due at 17:00 there.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..rules.days import business_days_after, months_after
from ..rules.hours import Hours, instant
from .time_words import Clock, Piece

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSE = Clock(hour=17)
LATE = Clock(hour=23, minute=59)

#: The most of each unit that is still a promise and not a slip of the keyboard.
_MOST = {"m": 60 * 24 * 31, "h": 24 * 366, "d": 3_660, "mo": 240, "bd": 1_000, "bh": 8_000}


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """When, where and by whose calendar something was said."""

    #: An aware instant.
    said_at: datetime
    #: IANA name of the speaker's zone.
    zone: str
    #: Like en-US: whether 3/5 is the fifth of March or the third of May.
    locale: str = ""
    #: The house's opening hours; None is Monday to Friday, nine to five, no holidays.
    hours: Hours | None = None

    @property
    def local(self) -> datetime:
        """The wall clock when it was said."""
        return self.said_at.astimezone(ZoneInfo(self.zone))

    @property
    def open_hours(self) -> Hours:
        """The hours to count with."""
        return self.hours or office_hours(self.zone)

    @property
    def month_first(self) -> bool:
        """Whether numeric dates are written month/day."""
        return self.locale.replace("_", "-").lower() == "en-us"


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """An instant (UTC), how it was computed, and whether open time was counted."""

    at: datetime
    rule: str
    business: bool = False


@lru_cache(maxsize=64)
def office_hours(zone: str) -> Hours:
    """Monday to Friday, nine to five, no holidays, in `zone`."""
    return Hours(zone=zone, weekly={day: ((time(9), time(17)),) for day in range(5)})


def on_day(day: date, clock: Clock, spoken: Spoken) -> datetime:
    """What a time of day on a local date is in UTC."""
    return instant(datetime.combine(day, time(clock.hour, clock.minute)), spoken.zone)


def counted(amount: int, unit: str, spoken: Spoken) -> Due | None:
    """The instant `amount` units after it was said; None where no calendar reaches."""
    if not 0 < amount <= _MOST[unit]:
        return None
    said, local, hours = spoken.said_at.astimezone(UTC), spoken.local, spoken.open_hours
    rule = f"{unit}{amount}"
    if unit in ("m", "h"):
        return Due(at=said + timedelta(minutes=amount * (60 if unit == "h" else 1)), rule=rule)
    if unit in ("d", "mo"):
        day = local.date() + timedelta(days=amount) if unit == "d" else months_after(local.date(), amount)
        return Due(at=instant(datetime.combine(day, local.time()), spoken.zone), rule=rule)
    if unit == "bd":
        return Due(at=on_day(business_days_after(local.date(), amount, hours), CLOSE, spoken), rule=rule, business=True)
    # "48 business hours" means two business days, as everybody who says it means it.
    seconds = amount // 24 * hours.day_seconds if amount % 24 == 0 else amount * 3600
    return Due(at=hours.due(said, seconds), rule=rule, business=True)


def day_of(piece: Piece, spoken: Spoken) -> tuple[date, str] | None:
    """The local date a day, weekday, date or period names, and the name of the rule."""
    today = spoken.local.date()
    if piece.kind == "date":
        day = _next_month(piece.date[0], today) if piece.name == "nextmonth" else _date(piece.date, today)
        return (day, f"on:{day.isoformat()}") if day else None
    name = piece.name
    if name == "today":
        return today, "today"
    if name.startswith("+"):
        return today + timedelta(days=int(name[1:])), name
    if piece.kind == "weekday":
        return _weekday(name, today), name
    return _period(name, today), name


def last_of(piece: Piece, spoken: Spoken) -> tuple[date, str] | None:
    """The end of a range of dates."""
    day = _date(piece.last, spoken.local.date())
    return (day, f"on:{day.isoformat()}") if day else None


def agreeing(days: list[Piece], spoken: Spoken) -> bool | None:
    """Whether the day, the date and the weekday said together are one day; None where that day is over."""
    today = spoken.local.date()
    date_said = next((piece for piece in days if piece.kind == "date"), None)
    if date_said and date_said.name != "nextmonth" and not _exists(date_said.date):
        return False
    weekday = next((piece for piece in days if piece.kind == "weekday"), None)
    named = [found[0] for piece in days if piece.kind in ("date", "day") and (found := day_of(piece, spoken))]
    if len(set(named)) > 1:
        return False
    if weekday is None or not named:
        return True
    number = WEEKDAYS.index(weekday.name.rpartition(":")[2])
    if named[0].weekday() == number:
        return True
    if date_said is None or date_said.date[2]:
        return False
    day, month, _ = date_said.date
    before = today.replace(day=1) - timedelta(days=1)
    passed = _real(today.year, month, day) if month else _real(today.year, today.month, day)
    if not month and (passed is None or passed >= today):
        passed = _real(before.year, before.month, day)
    return None if passed and passed < today and passed.weekday() == number else False


def _exists(said: tuple[int, int, int]) -> bool:
    """Whether any calendar has such a day: the 31st of February is in none."""
    day, month, year = said
    return _real(2000 + year % 100 if 0 < year < 100 else year or 2024, month or 1, day) is not None


def _weekday(name: str, today: date) -> date:
    which, _, word = name.rpartition(":")
    number = WEEKDAYS.index(word)
    if which == "this" and number >= today.weekday():
        return today + timedelta(days=number - today.weekday())
    if which == "next":
        return _monday(today) + timedelta(days=7 + number)
    after = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return after + timedelta(days=7) if which == "plus" else after


def _period(name: str, today: date) -> date:
    monday = _monday(today)
    ahead = {"eow": 4, "nextweek": 11, "early": 8, "mid": 9, "midweek": 2, "weekafter": 18, "weekend": 6}
    if name in ahead:
        day = monday + timedelta(days=ahead[name])
        return day if day >= today or name != "midweek" else day + timedelta(days=7)
    if name == "eoy":
        return date(today.year, 12, 31)
    if name.startswith("end:"):
        month = int(name[4:])
        return _month_end(today.year + (month < today.month), month)
    first = months_after(today.replace(day=1), 1 if name in ("nextmonth", "earlymonth") else 0)
    if name == "earlymonth":
        return first + timedelta(days=4)
    if name == "midmonth":
        return first.replace(day=15) if today.day <= 15 else months_after(first, 1).replace(day=15)
    return _month_end(first.year, first.month)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _date(said: tuple[int, int, int], today: date) -> date | None:
    """The next such date, today included; with a year that very date. None if there is none."""
    day, month, year = said
    if year:
        year += 2000 if year < 100 else 0
        return _real(year, month, day)
    for ahead in range(25):
        if month:
            found = _real(today.year + ahead, month, day)
            if ahead > 8:
                return None
        else:
            at = months_after(today.replace(day=1), ahead)
            found = _real(at.year, at.month, day)
        if found and found >= today:
            return found
    return None


def _next_month(day: int, today: date) -> date | None:
    first = months_after(today.replace(day=1), 1)
    return _real(first.year, first.month, day)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
