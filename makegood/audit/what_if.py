"""Two policies on one history: what each would have called broken, and how often it would have rung.

An alarm is a finding with a due time: a clock that ran out and that somebody would have heard. "Led to
something" is weaker than it sounds: what was owed was done within one business day after the alarm, whether
or not anybody acted because of one, since the old desk rang none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from makegood.rules.hours import QUARTER, Hours

from . import kinds
from .intervals import Share
from .openings import EPOCH, STEP, insert
from .tables import Tables

ALARMS = (*kinds.SILENCE, *kinds.BROKEN_PROMISE, *kinds.NO_OWNER)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """One policy's history."""

    policy: str
    cases: int
    slipped: Share
    promises_broken: int
    """Promises that were kept late or not at all."""
    silences: int
    """Stretches of silence past the limit."""
    alarms: int
    people: int
    """People who were the last to hold a case; 0 where the log names none."""
    business_days: float
    answered: Share
    """Alarms after which what was owed was done within one business day. M-33."""

    @property
    def alarms_a_person_a_day(self) -> float | None:
        """M-33: how often one person would have been rung on a working day."""
        if not self.people or self.business_days < 1:
            return None
        return self.alarms / self.people / self.business_days


def outlook(folder: Path, *, policy: str, hours: Hours, as_of: datetime, findings: str) -> Outlook:
    """Return how this policy's findings look: `findings` names their table beside `cases`."""
    with Tables(folder, as_of=as_of, findings=findings) as tables:
        return seen(tables, policy=policy, hours=hours)


def seen(tables: Tables, *, policy: str, hours: Hours) -> Outlook:
    """The same for tables that are open already."""
    listed = ", ".join(f"'{code}'" for code in ALARMS)
    per_code: dict[str, int] = dict(
        tables.rows(f"SELECT code, count(*) FROM findings WHERE code IN ({listed}) GROUP BY 1")
    )
    n, people, first, last = tables.one(
        "SELECT count(*), count(DISTINCT last_person), min(first_at), max(last_at) FROM cases"
    )
    slipped = Share(hits=tables.one("SELECT count(*) FROM story WHERE slipped")[0], n=n)
    return Outlook(
        policy=policy,
        cases=n,
        slipped=slipped,
        promises_broken=sum(per_code.get(code, 0) for code in kinds.BROKEN_PROMISE),
        silences=sum(per_code.get(code, 0) for code in kinds.SILENCE),
        alarms=sum(per_code.values()),
        people=people,
        business_days=_business_days(tables, hours, first, last),
        answered=_answered(tables, listed, hours),
    )


def _business_days(tables: Tables, hours: Hours, first: datetime | None, last: datetime | None) -> float:
    if first is None or last is None:
        return 0.0
    zone = tables.as_of.tzinfo
    return hours.open_seconds(first.replace(tzinfo=zone), last.replace(tzinfo=zone)) / hours.day_seconds


def _answered(tables: Tables, listed: str, hours: Hours) -> Share:
    """Counted by the quarter-hour: each quarter in which a clock ran out is asked of the ruler once."""
    quarters = tables.rows(
        f"SELECT DISTINCT epoch_us(due) // {STEP} FROM findings WHERE code IN ({listed}) AND due IS NOT NULL"
    )
    by = [
        (quarter, hours.due(EPOCH + timedelta(seconds=quarter * QUARTER), hours.day_seconds).replace(tzinfo=None))
        for (quarter,) in quarters
    ]
    insert(tables, "answer_by", (("quarter", "BIGINT"), ("answer_by", "TIMESTAMP")), by)
    n, hits = tables.one(
        f"""
        SELECT count(*), count(*) FILTER (epoch_us("until") // {STEP} * {STEP} <= epoch_us(answer_by))
        FROM findings JOIN answer_by ON quarter = epoch_us(due) // {STEP} WHERE code IN ({listed})
        """
    )
    return Share(hits=hits, n=n)
