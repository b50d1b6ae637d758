"""What became of promises (`settlements`), of all cases at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from makegood.rules.logs import What

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SETTLES = [What.PROMISE_KEPT.value, What.PROMISE_RELEASED.value]
_NAME = ["case_id", "name"]


def _named(log: ir.Table, what: list[str]) -> ir.Table:
    found = log.filter(log.what.isin(what))
    return found.mutate(name=found.promise.fill_null(""))


def promises(log: ir.Table) -> ir.Table:
    """Return every promise with its due, and when it was kept or let go, whichever came first."""
    made = _named(log, [What.PROMISED.value]).select("case_id", "n", "name", "row", "due", made="t")
    settles = _named(log, _SETTLES)
    settled = settles.select("case_id", "name", settled="t", keeps=settles.what == What.PROMISE_KEPT.value)
    pairs = made.join(settled, [*_NAME, made.made <= settled.settled])
    ends = pairs.group_by("case_id", "n").aggregate(
        kept=pairs.settled.min(where=pairs.keeps), released=pairs.settled.min(where=~pairs.keeps)
    )
    told = made.left_join(ends, ["case_id", "n"])
    kept_first = (told.kept <= told.released).fill_null(True)
    return told.select(
        *made.columns,
        kept=kept_first.ifelse(told.kept, ibis.null("int64")),
        released=(kept_first & told.kept.notnull()).ifelse(ibis.null("int64"), told.released),
    )


def strays(log: ir.Table) -> ir.Table:
    """Return the rows that keep, or let go, what nobody had promised up to then."""
    made = _named(log, [What.PROMISED.value])
    first = made.group_by(_NAME).aggregate(made=made.t.min())
    settled = _named(log, _SETTLES).select("case_id", "name", "n", "t", "row")
    told = settled.left_join(first, _NAME)
    told = told.select("case_id", "n", "t", "row", "made")
    return told.filter(told.made.isnull() | (told.made > told.t))
