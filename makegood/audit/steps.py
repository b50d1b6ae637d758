"""Every row with how its case stood (`histories.Step`), and the stretches between them (`histories.Stretch`).

What a row doesn't say is carried down from the last that did. Ibis forgets to tell DuckDB to pass over blanks, and
the highest number so far, which needs no passing over, costs three times as much. So this one question is asked
in SQL as DuckDB speaks it; all that is carried shares one ordering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from makegood.rules.histories import CUSTOMERS_WORDS
from makegood.rules.logs import What

from .engines import Engine
from .log import DONE, KINDS, OURS, Scan, is_any

if TYPE_CHECKING:
    import ibis.expr.types as ir

_CASE = "over (partition by k order by s, r"
_BEFORE = f"{_CASE} rows between unbounded preceding and 1 preceding)"
_UPTO = f"{_CASE} rows between unbounded preceding and current row)"
_WORD, _ASK = (
    f"kind in ({', '.join(str(KINDS[what]) for what in whats)})" for whats in (CUSTOMERS_WORDS, (What.ASKED_CUSTOMER,))
)
_CARRIED = f"""
    select
        *,
        lag(s) {_CASE}) as last_s,
        last_value(code ignore nulls) {_BEFORE} as code_before,
        last_value(team ignore nulls) {_BEFORE} as team_before,
        last_value(case when speaks then 1 when {_WORD} then 0 end ignore nulls) {_BEFORE} as said_before,
        last_value(case when {_ASK} then 1 when {_WORD} then 0 end ignore nulls) {_UPTO} as asked_last,
        last_value(case when speaks then @order end ignore nulls) {_BEFORE} as reply_before
    from ready
"""


def steps(engine: Engine, log: ir.Table, looked: Scan) -> ir.Table:
    """Return each row with its state, and what had been said, before and after it.

    `holder` is whose the case was then, and `reply_before` the order of the reply that was last said before it.
    """
    told = engine.ask(_CARRIED.replace("@order", looked.order_of_short), log, "ready")
    state_before = told.code_before.fill_null(0)
    narrow = told.select(
        *(name for name in log.columns if name != "code"),
        "team_before",
        "last_s",
        state=told.code.fill_null(state_before).cast("int8"),
        state_before=state_before.cast("int8"),
        reply_before=told.reply_before.fill_null(_NO_REPLY),
        follows_reply=(told.said_before == 1).fill_null(False),
        asked=(told.asked_last == 1).fill_null(False) if looked.known.asks else ibis.literal(False),
    )
    kept = looked.long(engine.keep(narrow, "steps"))
    return kept.mutate(
        first=kept.last_s.isnull(),
        last_t=looked.at(kept.last_s),
        holder=kept.team.fill_null(kept.team_before),
        reply=kept.speaks.ifelse(kept.n, kept.reply_before),
    )


_NO_REPLY = -1


def stretches(told: ir.Table, looked: Scan) -> ir.Table:
    """Return the stretches that are somebody's turn: ours, or the customer's."""
    began = told.filter(_begins(told, looked))
    following = looked.at(began.s.lead().over(ibis.window(group_by="k", order_by=["s", "r"])))
    ours = began.state <= OURS
    covered = (ours & began.speaks).ifelse(began.due.fill_null(began.t), began.t)
    since = ibis.greatest(began.t, covered)
    found = began.select("k", "row", "holder", "asked", "state", ours=ours, since=since, until=following)
    end = found.until.fill_null(looked.as_of)
    return found.filter((found.state != DONE) & (found.since < end)).drop("state")


def _begins(told: ir.Table, looked: Scan) -> ir.BooleanValue:
    turn, turn_before = _turn(told.state), _turn(told.state_before)
    first_word = is_any(told, *CUSTOMERS_WORDS) & told.follows_reply
    broken = told.speaks | first_word if looked.known.contacts else ibis.literal(True)
    return told.first | (turn != turn_before) | ((turn == OURS) & broken)


def _turn(state: ir.IntegerValue) -> ir.IntegerValue:
    """Return a state's code with our own states as one."""
    return ibis.greatest(state, OURS)


def gap_while(told: ir.Table, *, upto: int) -> ir.IntegerScalar:
    """Return the longest time between two rows in microseconds while the state's code was at most this."""
    return (told.state_before <= upto).ifelse(told.t - told.last_t, 0).max().fill_null(0)
