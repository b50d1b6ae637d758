"""The cases behind each number of a report, and the question that lists all of them.

A page can't hold a million cases. It holds the first of each list, says how many there are, and gives
the question that finds them all in the files beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from .flows import Flows
from .tables import Pick, Tables
from .week import BEGAN

ROWS = 50
"""Cases of a list that are shown with their facts."""
IDS = 12
"""Cases of a cell that are named."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    sql: str = ""
    """The question that lists all of them; blank where the files alone can't answer it."""
    lines: tuple[Line, ...] = ()
    ids: tuple[str, ...] = ()


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
        found = tables.rows(
            f"""
            SELECT case_id, customer, last_team, first_at, closed, slipped_at, first_slip,
                   longest_silence_hours, handoffs
            FROM story WHERE {where} ORDER BY slipped_at NULLS LAST, first_at, case_id LIMIT {rows}
            """
        )
        lines = tuple(_line(*row) for row in found)
        self.by_key[key] = Listing(key=key, count=count, lines=lines, sql=pick.sql if of == "cases" else "")

    def add_ids(self, key: str, cases: Iterable[str], count: int | None = None) -> None:
        """Keep cases by name alone."""
        ids = list(cases)
        if ids:
            self.by_key[key] = Listing(key=key, count=len(ids) if count is None else count, ids=tuple(ids[:IDS]))

    def add_matrix(self, tables: Tables, flows: Flows | None) -> None:
        """Keep the cases of each cell of the handoffs."""
        if flows is None:
            return
        place = {team: nth for nth, team in enumerate(flows.teams)}
        cells: dict[str, set[str]] = {}
        rows = tables.rows(f"SELECT giver, team, min(case_id, {IDS}) FROM steps GROUP BY 1, 2 ORDER BY 1, 2")
        for giver, receiver, ids in rows:
            rest = len(flows.teams) - 1
            cells.setdefault(f"hand-{place.get(giver, rest)}-{place.get(receiver, rest)}", set()).update(ids or ())
        for key, cases in cells.items():
            giver, receiver = map(int, key.split("-")[1:])
            self.add_ids(key, sorted(cases), flows.counts[giver][receiver])

    def add_week(self, tables: Tables, codes: Iterable[str], zone: str) -> None:
        """Keep the cases of each hour of the week."""
        listed = ", ".join(f"'{code}'" for code in codes)
        rows = tables.rows(
            f"SELECT epoch_us({BEGAN}) // 900000000, count(*), min(case_id, {IDS}) "
            f"FROM findings WHERE code IN ({listed}) AND {BEGAN} IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        counts: dict[str, int] = {}
        cells: dict[str, list[str]] = {}
        for quarter, count, ids in rows:
            at = (_EPOCH + timedelta(seconds=quarter * 900)).astimezone(ZoneInfo(zone))
            key = f"week-{at.weekday()}-{at.hour}"
            counts[key] = counts.get(key, 0) + count
            kept = cells.setdefault(key, [])
            kept += [case for case in dict.fromkeys(ids) if case not in kept][: IDS - len(kept)]
        for key in sorted(cells):
            self.add_ids(key, cells[key], counts[key])


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
