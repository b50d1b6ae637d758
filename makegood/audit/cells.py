"""The cases behind each cell of the two pictures: the handoffs between teams, and the hours of the week.

A cell counts handoffs or slips, of which a case may have several; its list names each case once, with the question
that finds all of them in the files beside the report.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from . import kinds
from .flows import Flows, sql_of_handoff
from .listings import Listings
from .openings import insert
from .tables import Tables
from .week import BEGAN, QUARTER, Week

ROWS = 8
"""Cases of a cell that are shown with their facts: there may be 268 cells."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def add_matrix(lists: Listings, tables: Tables, flows: Flows | None) -> None:
    """Keep the cases of each cell of the handoffs."""
    if flows is None:
        return
    rest = len(flows.teams) - 1
    insert(tables, "place", (("team", "VARCHAR"), ("nth", "BIGINT")), [(t, n) for n, t in enumerate(flows.teams) if t])
    tables.make(
        f"""
        CREATE OR REPLACE TEMP TABLE celled AS
        SELECT DISTINCT 'hand-' || coalesce(gave.nth, {rest}) || '-' || coalesce(got.nth, {rest}) AS cell, case_id
        FROM steps LEFT JOIN place AS gave ON gave.team = giver LEFT JOIN place AS got ON got.team = steps.team
        """
    )
    for giver, row in enumerate(flows.counts):
        for receiver, times in enumerate(row):
            if times:
                sql = sql_of_handoff(flows, giver, receiver, as_of=tables.as_of)
                lists.add_cell(f"hand-{giver}-{receiver}", times, sql)
    lists.fill_cells(tables, "celled", rows=ROWS)


def add_week(lists: Listings, tables: Tables, counts: Week, zone: str) -> None:
    """Keep the cases of each hour of the week."""
    listed = ", ".join(f"'{code}'" for code in kinds.SLIPS)
    slips = f"FROM findings WHERE code IN ({listed}) AND {BEGAN} IS NOT NULL"
    local = ZoneInfo(zone)
    rows = []
    for (quarter,) in tables.rows(f"SELECT DISTINCT epoch_us({BEGAN}) // {QUARTER} {slips}"):
        at = (_EPOCH + timedelta(microseconds=quarter * QUARTER)).astimezone(local)
        rows.append((quarter, f"week-{at.weekday()}-{at.hour}"))
    insert(tables, "hour", (("quarter", "BIGINT"), ("cell", "VARCHAR")), rows)
    tables.make(
        f"""
        CREATE OR REPLACE TEMP TABLE celled AS
        SELECT DISTINCT cell, case_id FROM (SELECT case_id, epoch_us({BEGAN}) // {QUARTER} AS quarter {slips})
        JOIN hour USING (quarter)
        """
    )
    moment = f"make_timestamptz(epoch_us({BEGAN})) AT TIME ZONE '{zone}'"
    for day, hours in enumerate(counts):
        for hour, times in enumerate(hours):
            if times:
                sql = (
                    f"SELECT DISTINCT case_id FROM 'findings.parquet' WHERE code IN ({listed})"
                    f" AND isodow({moment}) = {day + 1} AND hour({moment}) = {hour}"
                )
                lists.add_cell(f"week-{day}-{hour}", times, sql)
    lists.fill_cells(tables, "celled", rows=ROWS)
