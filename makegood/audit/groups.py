"""The same figures side by side: by team, door, month or customer, each with its interval.

Of many groups the largest are shown and the rest is folded into one line, so a desk of 600 teams
is still a page. Whether a group differs from all others together is Newcombe's interval, made wide
enough for as many comparisons as are shown; where it holds zero the verdict is "not shown", which
does not say that they are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import kinds, lengths
from .intervals import LEAST, Difference, Share, newcombe, z_of_many
from .survival import Curve
from .tables import SLIPPED, Pick, Row, Tables, found

BY = {
    "team": "last_team",
    "channel": "channel",
    "month": "strftime(first_at, '%Y-%m')",
    "customer": "customer",
}
"""What cases may be grouped by, as a question about `cases`."""

SHOWN = 15
MONTHS = 24


@dataclass(frozen=True, kw_only=True)
class Group:
    """One line: a team, a door, a month, a customer; or, with a blank name, the folded rest or the cases without."""

    name: str
    folded: int
    """How many groups it stands for. 0: these are the cases of which the log names none."""
    slipped: Share
    kept: Share
    ping_pong: Share
    handoffs: float | None
    median: float | None
    """Business hours to a substantive reply; None where too few or not recorded."""
    against_rest: Difference | None
    cases: Pick


def side_by_side(tables: Tables, by: str, *, shown: int = SHOWN) -> list[Group]:
    """Return the largest groups, months in order, the rest as one, and last the cases that are in no group.

    Empty if the log doesn't say.
    """
    column = BY[by]
    named = tables.rows(
        f"SELECT {column}, count(*) FROM cases WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    if not named:
        return []
    ranked = [str(name) for name, _cases in named]
    names = sorted(ranked)[-MONTHS:] if by == "month" else ranked[:shown]
    rest = len(named) - len(names)
    kept_apart = ", ".join(map(_quoted, names))
    folding = f"CASE WHEN {column} IN ({kept_apart}) THEN {column} WHEN {column} IS NOT NULL THEN '' END"
    counted = {row[0]: row[1:] for row in tables.rows(_COUNTS.format(group=folding))}
    medians = lengths.in_open_hours_by(tables, lengths.TO_SUBSTANCE, folding)
    total = Share(hits=tables.count(SLIPPED), n=tables.count(Pick()))
    compared = sum(counted[name][0] >= LEAST for name in names)
    lines = [(name, 1, f"{column} = {_quoted(name)}") for name in names]
    if rest:
        lines.append(("", rest, f"{column} NOT IN ({kept_apart})"))
    z = z_of_many(compared)
    groups = [
        _group(name, Pick(where), counted[name], medians.get(name), total, z=z, folded=folded)
        for name, folded, where in lines
    ]
    if None in counted:
        nobodys = Pick(f"{column} IS NULL")
        groups.append(_group("", nobodys, counted[None], medians.get(None), total, z=z, folded=0))
    return groups


_COUNTS = f"""
    SELECT {{group}}, count(*), count(*) FILTER (slipped), count(*) FILTER ({found(kinds.PING_PONG).told}),
           avg(handoffs), coalesce(sum(promises_kept), 0),
           coalesce(sum(promises_late), 0) + coalesce(sum(promises_broken), 0)
    FROM story GROUP BY 1
"""


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _group(name: str, cases: Pick, counts: Row, curve: Curve | None, total: Share, *, z: float, folded: int) -> Group:
    n, hits, handed_around, handed, kept, missed = counts
    slipped, others = Share(hits=hits, n=n), Share(hits=total.hits - hits, n=total.n - n)
    enough = n >= LEAST and others.n >= LEAST
    return Group(
        name=name,
        folded=folded,
        slipped=slipped,
        kept=Share(hits=int(kept), n=int(kept + missed)),
        ping_pong=Share(hits=handed_around, n=n),
        handoffs=handed if n >= LEAST else None,
        median=curve.reached(0.5) if curve and curve.shown else None,
        against_rest=newcombe(slipped, others, z) if enough and name else None,
        cases=cases,
    )
