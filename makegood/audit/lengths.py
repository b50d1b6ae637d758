"""How long customers waited, as curves: elapsed and in open hours, cases that wait still counted in."""

from __future__ import annotations

from dataclasses import dataclass

from .openings import open_seconds
from .survival import Curve, curve
from .tables import Pick, Tables

HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One kind of waiting: until when, and of which cases it can be asked."""

    until: str
    """The column that ends it. Blank, it lasts until the audit looks."""
    of: Pick


TO_SUBSTANCE = Wait(until="first_substantive_reply_at", of=Pick("contacts_known"))
TO_ANY_REPLY = Wait(until="first_reply_at", of=Pick("contacts_known"))
TO_CLOSING = Wait(until="closed_at", of=Pick())


def elapsed(tables: Tables, wait: Wait, of: Pick | None = None) -> Curve:
    """Return how many hours went by from the first event of a case, to the minute."""
    return _curve(tables, wait, of, length=f"(epoch_us({_end(wait)}) - epoch_us(first_at)) / 1e6", joins="")


def in_open_hours(tables: Tables, wait: Wait, of: Pick | None = None) -> Curve:
    """Return how many open hours went by. Needs the ruler (`openings.lay_ruler`)."""
    first, before_first = open_seconds("r1", "first_at")
    last, before_last = open_seconds("r2", _end(wait))
    return _curve(tables, wait, of, length=f"{before_last} - {before_first}", joins=f"{first} {last}")


def longest_silences(tables: Tables, column: str, of: Pick | None = None) -> Curve:
    """Return the longest silence of each case, in the hours of `column`; that of an open case may yet grow."""
    where = of.where if of else "true"
    rows = tables.rows(
        f"""
        SELECT round({column} * 60) / 60 AS lasted, count(*) FILTER (closed), count(*) FILTER (closed IS NOT TRUE)
        FROM story WHERE {column} IS NOT NULL AND ({where}) GROUP BY 1
        """
    )
    return curve((float(lasted), ended, going) for lasted, ended, going in rows)


def _end(wait: Wait) -> str:
    """When the waiting ended, or was last looked at.

    Who closed without an answer is looked at until the closing: from then on nobody would have written.
    """
    return f"coalesce({wait.until}, lasted_to)"


def _curve(tables: Tables, wait: Wait, of: Pick | None, *, length: str, joins: str) -> Curve:
    where = (wait.of & of if of else wait.of).where
    rows = tables.rows(
        f"""
        SELECT round(({length}) / 60) * 60 / {HOUR} AS lasted,
               count(*) FILTER ({wait.until} IS NOT NULL), count(*) FILTER ({wait.until} IS NULL)
        FROM story {joins} WHERE {where} GROUP BY 1
        """
    )
    return curve((float(lasted), ended, going) for lasted, ended, going in rows)


def longer_than(tables: Tables, wait: Wait, hours: float) -> list[str]:
    """Return the cases that had waited longer than so many open hours, the longest first."""
    first, before_first = open_seconds("r1", "first_at")
    last, before_last = open_seconds("r2", _end(wait))
    rows = tables.rows(
        f"""
        SELECT case_id FROM story {first} {last} WHERE {wait.of.where} AND {before_last} - {before_first} > ?
        ORDER BY {before_last} - {before_first} DESC, case_id
        """,
        [hours * HOUR],
    )
    return [case for (case,) in rows]
