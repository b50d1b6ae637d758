"""What became of promises (`settlements`), of all cases at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from makegood.rules.logs import What

from .log import Names

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SETTLES = (What.PROMISE_KEPT, What.PROMISE_RELEASED)
_NAME = ["k", "name"]


def about_promises(log: ir.Table, named: Names) -> ir.Table:
    """Return the rows of a log that make, keep or release a promise, each with the promise's name."""
    words = [what.value for what in (What.PROMISED, *_SETTLES)]
    found = log.filter(log.what.isin(words)).join(named.cases.select("case_id", "k"), "case_id")
    return found.select("k", "t", "row", "due", kind=found.what, name=found.promise.fill_null(""))


def _which(rows: ir.Table, *what: What) -> ir.Table:
    return rows.filter(rows.kind.isin([each.value for each in what]))


def promises(rows: ir.Table) -> ir.Table:
    """Return every promise with its due, and when it was kept or let go, whichever came first."""
    made = _which(rows, What.PROMISED).select("k", "name", "row", "due", made="t")
    settles = _which(rows, *_SETTLES)
    settled = settles.select("k", "name", settled="t", keeps=settles.kind == What.PROMISE_KEPT.value)
    pairs = made.join(settled, [*_NAME, made.made <= settled.settled])
    ends = pairs.group_by("k", "row").aggregate(
        kept=pairs.settled.min(where=pairs.keeps), released=pairs.settled.min(where=~pairs.keeps)
    )
    told = made.left_join(ends, ["k", "row"])
    kept_first = (told.kept <= told.released).fill_null(True)
    return told.select(
        *made.columns,
        kept=kept_first.ifelse(told.kept, ibis.null("int64")),
        released=(kept_first & told.kept.notnull()).ifelse(ibis.null("int64"), told.released),
    )


def strays(rows: ir.Table) -> ir.Table:
    """Return the rows that keep, or let go, what nobody had promised up to then."""
    made = _which(rows, What.PROMISED)
    first = made.group_by(_NAME).aggregate(made=made.t.min())
    settled = _which(rows, *_SETTLES).select("k", "name", "t", "row")
    told = settled.left_join(first, _NAME)
    told = told.select("k", "t", "row", "made")
    return told.filter(told.made.isnull() | (told.made > told.t))
