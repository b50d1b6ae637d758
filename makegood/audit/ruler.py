"""Opening hours for all stretches at once: a table of the quarter-hours in which one begins or ends.

Within one quarter of an hour, open time passes evenly or not at all, and so do due times. The rule book is asked
about each quarter once; the audit looks the answer up, an equality join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from makegood.rules import spans
from makegood.rules.hours import QUARTER, Hours
from makegood.rules.policy import Span

from .engines import Engine
from .log import SECOND, moment, ticks

if TYPE_CHECKING:
    import ibis.expr.types as ir

STEP = QUARTER * SECOND
COLUMNS = ("quarter", "opened", "open", "due_on", "due_after", "due_moves")
_MICRO = timedelta(microseconds=1)


def quarter(at: ir.IntegerColumn) -> ir.IntegerColumn:
    """Return the beginning of the quarter-hour that holds a moment."""
    return at - at % STEP


def ruler(engine: Engine, quarters: Iterable[int], hours: Hours, limit: Span, *, name: str) -> ir.Table:
    """Return what the rule book says about each of these quarters."""
    return engine.table(list(_rows(sorted(quarters), hours, limit)), COLUMNS, name)


def _rows(quarters: list[int], hours: Hours, limit: Span) -> Iterator[tuple[int, ...]]:
    """Yield quarter, open time before it, whether it is open, and when `limit` is over that began in it.

    `due_on` is for its very beginning: open time that ends at closing is due then, not at the next opening.
    `due_after` is for the rest of it, and `due_moves` says whether it moves along with the beginning.
    """
    opened, before = 0, quarters[0] if quarters else 0
    for start in quarters:
        at = moment(start)
        opened += hours.open_seconds(moment(before), at) * SECOND
        before = start
        after = ticks(spans.due_at(limit, at + _MICRO, hours)) - 1
        last = ticks(spans.due_at(limit, at + timedelta(seconds=QUARTER) - _MICRO, hours))
        moves = last - after - 1 > 0
        yield (
            start,
            opened,
            int(hours.is_open(at)),
            ticks(spans.due_at(limit, at, hours)),
            after + (not moves),
            int(moves),
        )


def opened_before(table: ir.Table, at: str, prefix: str) -> ir.IntegerColumn:
    """Return the open time up to a moment whose quarter's columns are joined under this prefix."""
    return table[f"{prefix}opened"] + table[f"{prefix}open"] * (table[at] % STEP)


def due(table: ir.Table, since: str, prefix: str) -> ir.IntegerColumn:
    """Return when the limit is over that began at a moment whose quarter's columns are joined."""
    within = table[since] % STEP
    later = table[f"{prefix}due_after"] + table[f"{prefix}due_moves"] * within
    return (within == 0).ifelse(table[f"{prefix}due_on"], later)
