"""The cases a report names: the longest waits as ribbons, the twenty to call today, and their timelines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from . import kinds
from .tables import Tables

TO_CALL = 20
RIBBONS = 8
LONG_TIMELINE = 40
"""Rows of a timeline; of longer ones the first five and the last are shown."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One row of a case's timeline."""

    at: datetime
    what: str
    state: str | None
    team: str | None
    person: str | None
    actor: str | None
    substantive: bool | None


@dataclass(frozen=True)
class Told:
    """What happened in a case so far, in order."""

    moments: tuple[Moment, ...]
    left_out: int = 0
    """Rows that are not shown, after the first five."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Something that ran from `since`, was due at `due`, and ended at `until` or goes on."""

    code: str
    case_id: str
    since: datetime
    due: datetime
    until: datetime | None
    over_hours: float
    customer: str | None
    team: str | None
    told: Told


@dataclass(frozen=True, kw_only=True)
class ToCall:
    """A customer who still waits: since when, for whom, and what else went wrong."""

    case_id: str
    customer: str | None
    waits_since: datetime
    over_hours: float
    first_at: datetime
    team: str | None
    person: str | None
    channel: str | None
    codes: tuple[str, ...]
    told: Told


def longest(tables: Tables, count: int = RIBBONS) -> list[Stretch]:
    """Return the longest overruns, one a case: promises before silences, since those were said."""
    rows = tables.rows(
        """
        WITH runs AS (
            SELECT code, case_id, since, due, "until",
                   (epoch_us(coalesce("until", ?::TIMESTAMP)) - epoch_us(due)) / 3.6e9 AS over
            FROM findings
            WHERE code IN ('MG101', 'MG102', 'MG401') AND due IS NOT NULL AND since IS NOT NULL AND since <= due
        ), ranked AS (
            SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY code = 'MG401', over DESC, code) AS nth
            FROM runs WHERE over > 0
        )
        SELECT code, case_id, since, due, "until", over, customer, last_team
        FROM ranked JOIN cases USING (case_id)
        WHERE nth = 1 ORDER BY code = 'MG401', over DESC, case_id LIMIT ?
        """,
        [tables.as_of.replace(tzinfo=None), count],
    )
    stories = timelines(tables, [row[1] for row in rows])
    return [
        Stretch(
            code=code,
            case_id=case,
            since=_aware(since),
            due=_aware(due),
            until=None if until is None else _aware(until),
            over_hours=float(over),
            customer=customer,
            team=team,
            told=stories[case],
        )
        for code, case, since, due, until, over, customer, team in rows
    ]


def to_call(tables: Tables, count: int = TO_CALL) -> list[ToCall]:
    """Return who still waits, the longest first."""
    rows = tables.rows(
        """
        SELECT case_id, customer, waits_since, (epoch_us(?::TIMESTAMP) - epoch_us(waits_since)) / 3.6e9,
               first_at, last_team, last_person, channel
        FROM story WHERE waits_since IS NOT NULL ORDER BY waits_since, case_id LIMIT ?
        """,
        [tables.as_of.replace(tzinfo=None), count],
    )
    names = [row[0] for row in rows]
    codes, stories = _codes(tables, names), timelines(tables, names)
    return [
        ToCall(
            case_id=case,
            customer=customer,
            waits_since=_aware(since),
            over_hours=float(over),
            first_at=_aware(first),
            team=team,
            person=person,
            channel=channel,
            codes=codes.get(case, ()),
            told=stories[case],
        )
        for case, customer, since, over, first, team, person, channel in rows
    ]


def timelines(tables: Tables, cases: Iterable[str]) -> dict[str, Told]:
    """Return what happened in each of these cases. Rows after the day of the audit are not looked at."""
    names = list(cases)
    told: dict[str, list[Moment]] = {case: [] for case in names}
    if tables.log is not None and names:
        rows = tables.rows(
            'SELECT case_id, "at", what, state, team, person, actor, substantive FROM log '
            'WHERE case_id IN (SELECT unnest(?)) AND "at" <= ?::TIMESTAMP ORDER BY case_id, "at", "row"',
            [names, tables.as_of.replace(tzinfo=None)],
        )
        for case, at, what, state, team, person, actor, substantive in rows:
            told[case].append(
                Moment(
                    at=_aware(at),
                    what=what,
                    state=state,
                    team=team,
                    person=person,
                    actor=actor,
                    substantive=substantive,
                )
            )
    return {case: _shortened(moments) for case, moments in told.items()}


def _shortened(moments: list[Moment]) -> Told:
    if len(moments) <= LONG_TIMELINE:
        return Told(tuple(moments))
    return Told((*moments[:5], *moments[5 - LONG_TIMELINE :]), len(moments) - LONG_TIMELINE)


def _codes(tables: Tables, cases: list[str]) -> dict[str, tuple[str, ...]]:
    rows = tables.rows(
        "SELECT case_id, list_sort(list_distinct(list(code))) FROM findings WHERE list_contains(?, case_id) GROUP BY 1",
        [cases],
    )
    return {case: tuple(codes) for case, codes in rows}


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)


ORDER = {code: nth for nth, code in enumerate(kinds.SLIPS)}
"""Of several findings of a case, the one that is named first."""
