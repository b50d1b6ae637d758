"""By which policy a log is judged: files that were named, or the default where nobody named one.

The default is the shipped policy's promises and limits in the log's own time zone, Monday to Friday, nine
to five, without holidays: whose they would be, nobody has said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from makegood.config import shipped
from makegood.rules import policy_file
from makegood.rules.hours import Hours, Opening, instant
from makegood.rules.policy import Policy

from .words import gettext as _


def policies(files: Sequence[Path], *, zone: str) -> tuple[Policy, ...]:
    """Return the policies in the order they were named; the default where none was.

    Raises PolicyErrors with everything that is wrong in a file, OSError for one that can't be opened.
    """
    laws = shipped.law_texts()
    if not files:
        return (_default(zone, laws),)
    read = [policy_file.read(path.read_text(encoding="utf-8"), version=1, name=path.stem, laws=laws) for path in files]
    names = [one.name for one in read]
    return tuple(
        replace(one, name=f"{one.name} ({path.name})") if names.count(one.name) > 1 else one
        for one, path in zip(read, files, strict=True)
    )


def _default(zone: str, laws: dict[str, str]) -> Policy:
    house = policy_file.read(shipped.demo_policy(), version=1, name="default", laws=laws)
    week: dict[int, tuple[Opening, ...]] = {day: ((time(9), time(17)),) for day in range(5)}
    hours = {name: Hours(zone=zone, weekly=week) for name in house.calendars}
    return replace(house, name=_("Makegood’s default"), calendars=hours)


def hours_of(policy: Policy) -> Hours:
    """Return the hours that count for a whole house: those of its default calendar."""
    return policy.calendars[policy.default_calendar]


def moment(text: str, *, zone: str) -> datetime:
    """Return what `--as-of` means: a moment, or the end of a day in the zone. Raises ValueError."""
    at = datetime.fromisoformat(text.strip())
    if len(text.strip()) <= len("2026-03-02"):
        return instant(at + timedelta(days=1), zone)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
