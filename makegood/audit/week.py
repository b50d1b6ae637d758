"""When in the week customers begin to wait too long: findings by weekday and hour of the house's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from . import kinds
from .tables import Tables

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Week = tuple[tuple[int, ...], ...]
"""Seven days from Monday, each of 24 hours."""


def week(tables: Tables, zone: str) -> Week:
    """Return how many slips began in each hour of the week: the moment a promise or limit ran out.

    Counted in quarters of UTC, then moved to local time: a summer's ten is a winter's nine.
    """
    slips = ", ".join(f"'{code}'" for code in kinds.SLIPS)
    rows = tables.rows(
        "SELECT epoch_us(coalesce(due, since)) // 900000000, count(*) "
        f"FROM findings WHERE code IN ({slips}) AND coalesce(due, since) IS NOT NULL GROUP BY 1"
    )
    local = ZoneInfo(zone)
    counts = [[0] * 24 for _ in range(7)]
    for quarter, count in rows:
        at = (_EPOCH + timedelta(seconds=quarter * 900)).astimezone(local)
        counts[at.weekday()][at.hour] += count
    return tuple(map(tuple, counts))
