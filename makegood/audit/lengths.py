"""How long customers waited, as curves: elapsed and in open hours, cases that wait still counted in."""

from __future__ import annotations

from dataclasses import dataclass

from .survival import Curve, curve
from .tables import Pick, Tables


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One kind of waiting: until when, and of which cases it can be asked."""

    until: str
    """The column that ends it. Blank, it lasts until the audit looks."""
    of: Pick
    open_hours: str = ""
    """The column of `story` with its open hours (`openings`)."""


TO_SUBSTANCE = Wait(until="first_substantive_reply_at", of=Pick("contacts_known"), open_hours="open_to_substance")
TO_ANY_REPLY = Wait(until="first_reply_at", of=Pick("contacts_known"), open_hours="open_to_reply")
TO_CLOSING = Wait(until="closed_at", of=Pick())


def elapsed(tables: Tables, wait: Wait) -> Curve:
    """Return how many hours went by from the first event of a case, to the minute.

    Who closed without an answer is looked at until the closing: from then on nobody would have written.
    """
    end = f"coalesce({wait.until}, lasted_to)"
    return next(iter(_curves(tables, wait, f"(epoch_us({end}) - epoch_us(first_at)) / 3.6e9").values()), curve(()))


def in_open_hours(tables: Tables, wait: Wait) -> Curve:
    """Return how many open hours went by. Needs the ruler (`openings.lay_ruler`)."""
    return next(iter(_curves(tables, wait, wait.open_hours).values()), curve(()))


def in_open_hours_by(tables: Tables, wait: Wait, group: str) -> dict[str | None, Curve]:
    """Return the same for each group."""
    return _curves(tables, wait, wait.open_hours, group)


def longest_silences(tables: Tables, column: str) -> Curve:
    """Return the longest silence of each case, in the hours of `column`; that of an open case may yet grow."""
    rows = tables.rows(
        f"""
        SELECT round({column} * 60) / 60 AS lasted, count(*) FILTER (closed), count(*) FILTER (closed IS NOT TRUE)
        FROM story WHERE {column} IS NOT NULL GROUP BY 1
        """
    )
    return curve((float(lasted), ended, going) for lasted, ended, going in rows)


def longer_than(wait: Wait, hours: float) -> Pick:
    """Return the cases that had waited longer than so many open hours. The files alone can't be asked for them."""
    return wait.of & Pick(f"{wait.open_hours} > {hours}")


def _curves(tables: Tables, wait: Wait, hours: str, group: str = "NULL") -> dict[str | None, Curve]:
    rows = tables.rows(
        f"""
        SELECT {group}, round(({hours}) * 60) / 60 AS lasted,
               count(*) FILTER ({wait.until} IS NOT NULL), count(*) FILTER ({wait.until} IS NULL)
        FROM story WHERE ({wait.of.told}) AND ({hours}) IS NOT NULL GROUP BY 1, 2
        """
    )
    lasted: dict[str | None, list[tuple[float, int, int]]] = {}
    for name, at, ended, going in rows:
        lasted.setdefault(name, []).append((float(at), ended, going))
    return {name: curve(each) for name, each in lasted.items()}
