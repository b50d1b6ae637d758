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
from .log import DONE, OURS, Scan, is_any

if TYPE_CHECKING:
    import ibis.expr.types as ir

_CASE = "over (partition by k order by n"
_BEFORE = f"{_CASE} rows between unbounded preceding and 1 preceding)"
_UPTO = f"{_CASE} rows between unbounded preceding and current row)"
_CARRIED = f"""
    select
        *,
        lead(t) {_CASE}) as next_t,
        lag(t) {_CASE}) as last_t,
        last_value(code ignore nulls) {_BEFORE} as code_before,
        last_value(team ignore nulls) {_BEFORE} as team_before,
        last_value(said ignore nulls) {_BEFORE} as said_before,
        last_value(ask ignore nulls) {_UPTO} as asked_last,
        sum(cast(speaks as int)) {_UPTO} as spoken
    from ready
"""


def steps(engine: Engine, log: ir.Table, looked: Scan) -> ir.Table:
    """Return each row with its state, and what had been said, before and after it."""
    word, ask = is_any(log, *CUSTOMERS_WORDS), is_any(log, What.ASKED_CUSTOMER)
    marked = log.mutate(said=_code(log.speaks, word), ask=_code(ask, word) if looked.known.asks else _BLANK)
    told = engine.ask(_CARRIED, marked, "ready")
    state_before = told.code_before.fill_null(0)
    return told.select(
        *(name for name in log.columns if name != "code"),
        "team_before",
        "next_t",
        first=told.last_t.isnull(),
        state=told.code.fill_null(state_before),
        state_before=state_before,
        replies=told.spoken.cast("int32"),
        follows_reply=(told.said_before == 1).fill_null(False),
        asked=(told.asked_last == 1).fill_null(False),
    )


_BLANK = ibis.null("int8")


def _code(yes: ir.BooleanValue, no: ir.BooleanValue) -> ir.IntegerValue:
    """Return one where it was said, nought where it was answered, and a blank elsewhere."""
    return ibis.cases((yes, ibis.literal(1, "int8")), (no, ibis.literal(0, "int8")))


def stretches(told: ir.Table, looked: Scan) -> ir.Table:
    """Return the stretches that are somebody's turn: ours, or the customer's."""
    began = told.filter(_begins(told, looked))
    following = began.t.lead().over(ibis.window(group_by="k", order_by="n"))
    ours = began.state <= OURS
    covered = (ours & began.speaks).ifelse(began.due.fill_null(began.t), began.t)
    since = ibis.greatest(began.t, covered)
    found = began.select("k", "n", "row", "asked", "state", ours=ours, since=since, until=following)
    found = found.mutate(end=found.until.fill_null(looked.as_of))
    return found.filter((found.state != DONE) & (found.since < found.end)).drop("state")


def _begins(told: ir.Table, looked: Scan) -> ir.BooleanValue:
    turn, turn_before = _turn(told.state), _turn(told.state_before)
    first_word = is_any(told, *CUSTOMERS_WORDS) & told.follows_reply
    broken = told.speaks | first_word if looked.known.contacts else ibis.literal(True)
    return told.first | (turn != turn_before) | ((turn == OURS) & broken)


def _turn(state: ir.IntegerValue) -> ir.IntegerValue:
    """Return a state's code with our own states as one."""
    return ibis.greatest(state, OURS)


def gap_while(told: ir.Table, *, upto: int) -> ir.IntegerScalar:
    """Return the longest time to the next row in microseconds while the state's code was at most this."""
    return (told.state <= upto).ifelse(told.next_t - told.t, 0).max().fill_null(0)
