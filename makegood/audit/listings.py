"""The cases behind each number of a report, and the question that lists all of them.

A page can't hold a million cases. It holds the first of each list, says how many there are, and gives
the question that finds them all in the files beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from .tables import Pick, Tables

ROWS = 50
"""Cases of a list that are shown with their facts."""
_FACTS = "case_id, customer, last_team, first_at, closed, slipped_at, first_slip, longest_silence_hours, handoffs"
_FIRST = "slipped_at NULLS LAST, first_at, case_id"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case of a list."""

    case_id: str
    customer: str | None
    team: str | None
    first_at: datetime
    closed: bool
    slipped_at: datetime | None
    first_slip: str | None
    silence_hours: float | None
    handoffs: int | None


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The cases behind one number."""

    key: str
    count: int
    """Of cases."""
    sql: str = ""
    """The question that lists all of them; blank where the files alone can't answer it."""
    lines: tuple[Line, ...] = ()
    times: int | None = None
    """Of a cell: what its number counts, of which a case may have several."""


@dataclass
class Listings:
    """All lists of a report, by key, in the order they were added. A list of nothing is not kept."""

    by_key: dict[str, Listing] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.by_key

    def __getitem__(self, key: str) -> Listing:
        return self.by_key[key]

    def __iter__(self) -> Iterator[Listing]:
        return iter(self.by_key.values())

    def add(self, tables: Tables, key: str, pick: Pick, *, rows: int = ROWS, of: str = "cases") -> None:
        """Keep the cases that a pick finds, those that slipped first on top."""
        where = pick.told
        (count,) = tables.one(f"SELECT count(*) FROM story WHERE {where}")
        if not count:
            return
        found = tables.rows(f"SELECT {_FACTS} FROM story WHERE {where} ORDER BY {_FIRST} LIMIT {rows}")
        lines = tuple(_line(*row) for row in found)
        self.by_key[key] = Listing(key=key, count=count, lines=lines, sql=pick.sql if of == "cases" else "")

    def add_cell(self, key: str, times: int, sql: str) -> None:
        """Keep a cell of a picture; its cases come with `fill_cells`."""
        self.by_key[key] = Listing(key=key, count=0, times=times, sql=sql)

    def fill_cells(self, tables: Tables, name: str, *, rows: int) -> None:
        """Give the cells their cases from a table of `cell` and `case_id`, each pair once."""
        for key, count in tables.rows(f"SELECT cell, count(*) FROM {name} GROUP BY 1"):
            self.by_key[key] = replace(self.by_key[key], count=count)
        # The ids alone first: a cell may have a hundred thousand cases, of which few are shown.
        shown = f"SELECT cell, unnest(min(case_id, {rows})) AS case_id FROM {name} GROUP BY 1"
        found: dict[str, list[Line]] = {}
        for key, *facts in tables.rows(
            f"SELECT cell, {_FACTS} FROM ({shown}) JOIN story USING (case_id) ORDER BY {_FIRST}"
        ):
            found.setdefault(key, []).append(_line(*facts))
        for key, lines in found.items():
            self.by_key[key] = replace(self.by_key[key], lines=tuple(lines))


def _line(
    case: str,
    customer: str | None,
    team: str | None,
    first: datetime,
    closed: bool | None,
    slipped: datetime | None,
    slip: str | None,
    silence: float | None,
    handoffs: int | None,
) -> Line:
    return Line(
        case_id=case,
        customer=customer,
        team=team,
        first_at=first.replace(tzinfo=UTC),
        closed=bool(closed),
        slipped_at=None if slipped is None else slipped.replace(tzinfo=UTC),
        first_slip=slip,
        silence_hours=silence,
        handoffs=handoffs,
    )
