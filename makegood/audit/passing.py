"""Cases on their way between teams: every handoff, and how many teams a case has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


def moves(told: ir.Table) -> ir.Table:
    """Return the rows at which a case came to another team than it was with, and the reply before it."""
    passed = told.filter(told.team != told.team_before)
    return passed.select("k", "n", "t", "row", "team", "team_before", "reply_before")


def counts(moved: ir.Table) -> ir.Table:
    """Return handoffs, teams and the last team of the cases that have more than one."""
    handoffs = moved.group_by("k").aggregate(handoffs=moved.count(), moved_to=moved.team.argmax(moved.n))
    seen = ibis.union(moved.select("k", "team"), moved.select("k", team="team_before"), distinct=True)
    teams = seen.group_by("k").aggregate(teams=seen.count())
    return handoffs.join(teams, "k").select("k", "handoffs", "moved_to", "teams")


def handoffs(moved: ir.Table) -> ir.Table:
    """Return the handoffs of cases that have two or more, each counted since the last substantive reply.

    `reply_before` tells the reply that came before it, `nth` which handoff it is since then, `first_row` and
    `first_t` where that count began, and `owned_before` when its team had handed the case on since then.
    """
    several = moved.group_by("k").having(moved.count() > 1).aggregate()
    passed = moved.semi_join(several, "k")
    within = ibis.window(group_by=["k", "reply_before"], order_by="n")
    passed = passed.select(
        "k",
        "n",
        "t",
        "row",
        "team",
        "team_before",
        "reply_before",
        nth=ibis.row_number().over(within) + 1,
        first_t=passed.t.first().over(within),
        first_row=passed.row.first().over(within),
    )
    left = moved.group_by("k", "reply_before", team="team_before").aggregate(
        left_n=moved.n.min(), owned_before=moved.t.min()
    )
    back = passed.left_join(left, ["k", "reply_before", "team"])
    owned_before = (back.left_n < back.n).ifelse(back.owned_before, ibis.null("int64"))
    return back.select(*passed.columns, owned_before=owned_before)
