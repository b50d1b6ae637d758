"""When in the week customers begin to wait too long: slips by weekday and hour of the house's own clock.

A silence is counted where it began, since its limit is counted in open hours and would mostly run out at closing
time; anything else where it ran out.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from . import kinds
from .tables import Tables

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
QUARTER = 900_000_000
"""A quarter-hour in microseconds: no zone is set off from UTC by less."""
BEGAN = "CASE WHEN code = 'MG401' THEN since ELSE coalesce(due, since) END"
"""When a slip began, as a question about `findings`."""

Week = tuple[tuple[int, ...], ...]
"""Seven days from Monday, each of 24 hours."""


def week(tables: Tables, zone: str) -> Week:
    """Return how many slips there were in each hour of the week.

    Counted in quarters of UTC, then moved to local time: a summer's ten is a winter's nine.
    """
    listed = ", ".join(f"'{code}'" for code in kinds.SLIPS)
    rows = tables.rows(
        f"SELECT epoch_us({BEGAN}) // {QUARTER}, count(*) FROM findings "
        f"WHERE code IN ({listed}) AND {BEGAN} IS NOT NULL GROUP BY 1"
    )
    local = ZoneInfo(zone)
    counts = [[0] * 24 for _ in range(7)]
    for quarter, count in rows:
        at = (_EPOCH + timedelta(microseconds=quarter * QUARTER)).astimezone(local)
        counts[at.weekday()][at.hour] += count
    return tuple(map(tuple, counts))
