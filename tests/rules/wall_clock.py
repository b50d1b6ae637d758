"""Hours and moments as a clock on the wall shows them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from makegood.rules.hours import Hours

HOUR = 3600
WORKING_DAY = ((time(9), time(17)),)
NIGHT = ((time(0), time(6)), (time(22), time.max))


def nine_to_five(zone: str, *closed: str) -> Hours:
    return Hours(
        zone=zone,
        weekly=dict.fromkeys(range(5), WORKING_DAY),
        holidays=frozenset(date.fromisoformat(day) for day in closed),
    )


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def shown(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %Z")
