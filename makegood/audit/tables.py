"""The tables an audit wrote, open for questions: cases, findings, and the log itself for a few cases.

Everything a report says is asked of `cases` and `findings`, never of the log again: they are a hundredth
of its size. Only timelines of named cases and the handoffs between teams look into the log.

A `Pick` is a question whose answer is a list of cases. A number on the page and the list behind it are the
same pick, so they can't disagree, and anybody can ask it again of the files (`Pick.sql`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from makegood.rules.checks import CHECKS

from . import kinds

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Pick:
    """Some of the cases: those of which `where` is true."""

    where: str = "true"
    """As a question about `cases` and `findings`, which anybody can ask."""
    quick: str = ""
    """The same about `story`, which holds its answer ready; blank where it is the same text."""

    @property
    def sql(self) -> str:
        """The question as it can be asked of the files beside the report, with DuckDB's own command."""
        text = f"SELECT case_id FROM cases WHERE {self.where}"
        return re.sub(r"\b(FROM|JOIN) (cases|findings)\b", r"\1 '\2.parquet'", text)

    @property
    def told(self) -> str:
        """The question as it is asked of `story`."""
        return self.quick or self.where

    def __and__(self, other: Pick) -> Pick:
        return Pick(f"({self.where}) AND ({other.where})", f"({self.told}) AND ({other.told})")


MARKS = {check.code: 1 << nth for nth, check in enumerate(CHECKS)}
"""A bit for each code, so that a case's findings are one number."""


def found(codes: Iterable[str]) -> Pick:
    """Return the cases with one of these findings."""
    wanted = tuple(codes)
    listed = ", ".join(f"'{code}'" for code in wanted)
    mask = sum(MARKS.get(code, 0) for code in wanted)
    return Pick(f"case_id IN (SELECT case_id FROM findings WHERE code IN ({listed}))", f"(marks & {mask}::BIGINT) <> 0")


def _waiting() -> Pick:
    listed = ", ".join(f"'{code}'" for code in kinds.WAITING)
    open_ones = f'SELECT case_id FROM findings WHERE code IN ({listed}) AND "until" IS NULL'
    return Pick(f"closed IS NOT TRUE AND case_id IN ({open_ones})", "waits_since IS NOT NULL")


SLIPPED = found(kinds.SLIPS)
STILL_WAITING = _waiting()


class Tables:
    """One audit's tables in one connection. Close it, or use it in a `with`."""

    def __init__(self, folder: Path, *, as_of: datetime, log: Path | None = None, findings: str = "findings") -> None:
        self.folder = folder
        self.as_of = as_of.astimezone(UTC)
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self._view("cases", folder / "cases.parquet")
        self._view("findings", folder / f"{findings}.parquet")
        self.log = log
        if log is not None:
            self._view("log", log)
        self._slips()

    def __enter__(self) -> Tables:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Return the answer to a question in DuckDB's SQL, `?` filled by `values`."""
        return self.connection.execute(sql, list(values)).fetchall()

    def one(self, sql: str, values: Sequence[object] = ()) -> Row:
        """Return the only row of the answer."""
        return self.rows(sql, values)[0]

    def make(self, sql: str) -> None:
        """Make a table of this connection's own, which ends with it."""
        self.connection.execute(sql)

    def count(self, pick: Pick) -> int:
        """Return how many cases it picks."""
        return int(self.one(f"SELECT count(*) FROM story WHERE {pick.told}")[0])

    def has(self, table: str, column: str) -> bool:
        """Return whether any row of the table says something in this column."""
        return bool(self.one(f'SELECT count("{column}") > 0 FROM {table}')[0])

    def _view(self, name: str, path: Path) -> None:
        """Name a Parquet file, or a folder of them as Spark writes one. Moments of both are naive and UTC."""
        files = str(path / "*.parquet") if path.is_dir() else str(path)
        quoted = files.replace("'", "''")
        source = f"read_parquet('{quoted}')"
        kinds_ = self.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        zoned = [column for column, kind, *_ in kinds_ if kind == "TIMESTAMP WITH TIME ZONE"]
        naive = ", ".join(f'"{column}" AT TIME ZONE \'UTC\' AS "{column}"' for column in zoned)
        columns = f"* REPLACE ({naive})" if naive else "*"
        self.connection.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {source}")

    def _slips(self) -> None:
        """Give each case its first slip, and since when its customer has waited, in the table `story`."""
        slips = ", ".join(f"'{code}'" for code in kinds.SLIPS)
        marks = " ".join(f"WHEN '{code}' THEN {bit}::BIGINT" for code, bit in MARKS.items())
        waits = ", ".join(f"'{code}'" for code in kinds.WAITING)
        self.connection.execute(
            f"""
            CREATE TEMP TABLE story AS
            WITH marked AS (
                SELECT case_id, bit_or(CASE code {marks} ELSE 0 END) AS marks FROM findings GROUP BY case_id
            ), slips AS (
                SELECT case_id,
                       arg_min(code, (coalesce(due, since), code)) AS first_slip,
                       min(coalesce(due, since)) AS slipped_at,
                       min(coalesce(due, since)) FILTER ("until" IS NULL AND code IN ({waits})) AS waits_since
                FROM findings WHERE code IN ({slips}) GROUP BY case_id
            )
            SELECT cases.*, coalesce(marks, 0) AS marks, first_slip, slipped_at, first_slip IS NOT NULL AS slipped,
                   CASE WHEN closed IS NOT TRUE THEN waits_since END AS waits_since,
                   coalesce(closed_at, ?::TIMESTAMP) AS lasted_to
            FROM cases LEFT JOIN marked USING (case_id) LEFT JOIN slips USING (case_id)
            """,
            [self.as_of.replace(tzinfo=None)],
        )
