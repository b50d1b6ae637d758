"""Who hands cases to whom: pairs of teams, how often a case came back, what a round trip costs.

The one question of a report that reads the whole log, and only the rows of cases that were handed on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .tables import Tables

SHOWN = 9
"""Teams of the matrix. More can't be read on a page; the rest is one row and one column."""


@dataclass(frozen=True, kw_only=True)
class Flows:
    """A matrix of handoffs: `counts[giver][receiver]`."""

    teams: tuple[str, ...]
    """The largest first. The last is blank for all others together, if there are others."""
    folded: int
    counts: tuple[tuple[int, ...], ...]
    total: int
    returned: dict[tuple[str, str], int]
    """How often a case went from the first to the second and straight back, largest first."""
    round_trip_hours: float | None
    """Median elapsed time from leaving a team to being back there."""


def sql_of_handoff(flows: Flows, giver: int, receiver: int, *, as_of: datetime) -> str:
    """Return the question, to be asked of the files beside the report, that finds the cases of one cell."""
    return (
        'SELECT DISTINCT case_id FROM (SELECT case_id, team, lag(team) OVER (PARTITION BY case_id ORDER BY "at", "row")'
        " AS giver FROM 'events.parquet' WHERE team IS NOT NULL"
        f" AND \"at\" <= '{as_of:%Y-%m-%d %H:%M:%S.%f}')"
        f" WHERE giver <> team AND {_is_team('giver', flows, giver)} AND {_is_team('team', flows, receiver)}"
    )


def _is_team(column: str, flows: Flows, nth: int) -> str:
    """The last of the teams may be blank: any that is none of the others."""
    if flows.teams[nth]:
        return f"{column} = {_quoted(flows.teams[nth])}"
    return f"{column} NOT IN ({', '.join(_quoted(team) for team in flows.teams if team)})"


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def flows(tables: Tables) -> Flows | None:
    """Return the matrix; None where no case was handed on or the log names no teams."""
    if tables.log is None or not tables.has("cases", "handoffs"):
        return None
    _walk(tables)
    pairs = tables.rows("SELECT giver, team, count(*) FROM steps GROUP BY 1, 2")
    if not pairs:
        return None
    weight: dict[str, int] = {}
    for giver, receiver, count in pairs:
        for team in (giver, receiver):
            weight[team] = weight.get(team, 0) + count
    ranked = sorted(weight, key=lambda team: (-weight[team], team))
    folded = len(ranked) - SHOWN if len(ranked) > SHOWN + 1 else 0
    teams = (*ranked[:SHOWN], "") if folded else tuple(ranked)
    place = {team: nth for nth, team in enumerate(teams)}
    counts = [[0] * len(teams) for _ in teams]
    for giver, receiver, count in pairs:
        counts[place.get(giver, len(teams) - 1)][place.get(receiver, len(teams) - 1)] += count
    return Flows(
        teams=teams,
        folded=folded,
        counts=tuple(map(tuple, counts)),
        total=sum(count for *_, count in pairs),
        returned=_returned(tables),
        round_trip_hours=_round_trip(tables),
    )


def _walk(tables: Tables) -> None:
    """Write every step from team to team into `steps`: the sequence of teams, repeats collapsed."""
    as_of = tables.as_of.replace(tzinfo=None).isoformat(" ")
    tables.make(
        f"""
        CREATE OR REPLACE TEMP TABLE steps AS
        WITH told AS (
            SELECT case_id, "at", "row", team, lag(team) OVER w AS giver FROM log
            WHERE team IS NOT NULL AND "at" <= '{as_of}'::TIMESTAMP
            AND case_id IN (SELECT case_id FROM cases WHERE handoffs > 0)
            WINDOW w AS (PARTITION BY case_id ORDER BY "at", "row")
        )
        SELECT case_id, "at", "row", giver, team,
               lag(giver) OVER s AS giver_before, lag("at") OVER s AS left_at
        FROM told WHERE giver IS NOT NULL AND giver <> team
        WINDOW s AS (PARTITION BY case_id ORDER BY "at", "row")
        """
    )


def _returned(tables: Tables) -> dict[tuple[str, str], int]:
    rows = tables.rows(
        "SELECT team, giver, count(*) FROM steps WHERE giver_before = team "
        "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 500"
    )
    return {(home, away): count for home, away, count in rows}


def _round_trip(tables: Tables) -> float | None:
    (median,) = tables.one(
        'SELECT median((epoch_us("at") - epoch_us(left_at)) / 3.6e9) FROM steps WHERE giver_before = team'
    )
    return None if median is None else float(median)
