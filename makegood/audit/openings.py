"""Open time between two columns of moments, by the policy's ruler.

Open time is counting (`rules.hours`): each quarter-hour that occurs in the table is asked of the ruler once,
and a length of time is then two equality joins and a subtraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from makegood.rules.hours import QUARTER, Hours

from .tables import Tables

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STEP = QUARTER * 1_000_000
"""A quarter-hour in the microseconds that DuckDB counts in."""


ENDS = {"open_to_reply": "first_reply_at", "open_to_substance": "first_substantive_reply_at"}
"""Columns that `story` gets, and the moments they lead to."""


def lay_ruler(tables: Tables, hours: Hours) -> None:
    """Make the table `ruler`, and the open hours to replies in `story`.

    The ruler has, for each quarter-hour in which a case did something, the open time before it.
    """
    quarters = [
        row[0]
        for row in tables.rows(
            f"""
            SELECT DISTINCT epoch_us(moment) // {STEP} FROM (
                SELECT unnest([first_at, lasted_to, first_reply_at, first_substantive_reply_at]) AS moment FROM story
            ) WHERE moment IS NOT NULL
            """
        )
    ]
    start = EPOCH + timedelta(seconds=min(quarters, default=0) * QUARTER)
    rows = []
    for quarter in quarters:
        at = EPOCH + timedelta(seconds=quarter * QUARTER)
        rows.append((quarter, hours.open_seconds(start, at), hours.is_open(at)))
    insert(tables, "ruler", (("quarter", "BIGINT"), ("before", "BIGINT"), ("is_open", "BOOLEAN")), rows)
    _measure(tables)


def _measure(tables: Tables) -> None:
    """Give each case of `story` the open hours to each of `ENDS`, or to where it was last looked at."""
    columns, joins = [], ["LEFT JOIN ruler AS began ON began.quarter = epoch_us(first_at) // " + str(STEP)]
    for column, moment in ENDS.items():
        end = f"coalesce({moment}, lasted_to)"
        joins.append(f"LEFT JOIN ruler AS {column} ON {column}.quarter = epoch_us({end}) // {STEP}")
        columns.append(f"({_passed(column, end)} - {_passed('began', 'first_at')}) / 3600 AS {column}")
    tables.make(
        f"CREATE OR REPLACE TEMP TABLE story AS SELECT story.*, {', '.join(columns)} FROM story {' '.join(joins)}"
    )


def _passed(name: str, moment: str) -> str:
    """The open seconds before a moment."""
    return f'({name}."before" + CASE WHEN {name}.is_open THEN (epoch_us({moment}) % {STEP}) / 1e6 ELSE 0 END)'


def insert(tables: Tables, name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> None:
    """Make a table of these rows, by way of Arrow: row by row it would take minutes."""
    import pyarrow as pa

    named = ", ".join(f'"{column}" {kind}' for column, kind in columns)
    tables.make(f"CREATE OR REPLACE TEMP TABLE {name} ({named})")
    if not rows:
        return
    values = list(zip(*rows, strict=True))
    arrow = pa.table({column: list(each) for (column, _), each in zip(columns, values, strict=True)})
    tables.connection.register("laid", arrow)
    tables.make(f"INSERT INTO {name} SELECT * FROM laid")
    tables.connection.unregister("laid")
