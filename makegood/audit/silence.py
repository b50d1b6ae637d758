"""How long we were silent: the stretches that were our turn, measured on the opening hours of one policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from makegood.rules.histories import silence_hours
from makegood.rules.policy import Policy, Span, Unit

from . import ruler
from .engines import Engine
from .log import SECOND

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NO_LIMIT = Span(count=1, unit=Unit.HOURS)


def silences(engine: Engine, stretches: ir.Table, policy: Policy, *, as_of: int, name: str) -> ir.Table:
    """Return our stretches with their open time in microseconds and when the limit on silence was over."""
    kind = policy.kinds.get("silence")
    ours = stretches.filter(stretches.ours)
    ours = ours.mutate(end=ours.until.fill_null(as_of))
    ours = ours.mutate(since_quarter=ruler.quarter(ours.since), end_quarter=ruler.quarter(ours.end))
    begins = ours.select(quarter=ours.since_quarter).distinct()
    ends = ours.select(quarter=ours.end_quarter).distinct()
    quarters = {row["quarter"] for row in engine.rows(ibis.union(begins, ends, distinct=True))}
    limit = kind.within if kind else _NO_LIMIT
    laid = ruler.ruler(engine, quarters, silence_hours(policy), limit, name=name)
    begin = laid.rename({f"since_{column}": column for column in ruler.COLUMNS})
    end = laid.select(end_quarter="quarter", end_opened="opened", end_open="open")
    joined = ours.join(begin, "since_quarter").join(end, "end_quarter")
    return joined.select(
        "k",
        "row",
        "holder",
        "since",
        "until",
        "end",
        limit_at=ruler.due(joined, "since", "since_") if kind else ibis.null("int64"),
        business=ruler.opened_before(joined, "end", "end_") - ruler.opened_before(joined, "since", "since_"),
    )


def longest(silent: ir.Table) -> ir.Table:
    """Return the longest of each case, in microseconds, and in whole seconds of open time."""
    found = silent.group_by("k").aggregate(silence=(silent.end - silent.since).max(), business=silent.business.max())
    return found.mutate(business=(found.business - found.business % SECOND) // SECOND)
