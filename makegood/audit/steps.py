"""Every row with how its case stood (`histories.Step`), and the stretches between them (`histories.Stretch`).

What a row doesn't say is carried down from the last that did. No engine carries alike, so it is done with the
one thing all of them do alike: the highest number so far. Four times a row's order and a code of two bits is
highest at the last row that had a code, and its remainder by four is that code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from makegood.rules.histories import CUSTOMERS_WORDS
from makegood.rules.logs import What

from .log import DONE, OURS, Scan, is_any

if TYPE_CHECKING:
    import ibis.expr.types as ir

_BITS = 4


def steps(log: ir.Table, looked: Scan) -> ir.Table:
    """Return each row with its state, and what had been said, before and after it."""
    before, upto = _window(preceding=(None, 1)), _window(preceding=None, following=0)
    state_before = _carried(log.n, log.code, over=before)
    word, ask = is_any(log, *CUSTOMERS_WORDS), is_any(log, What.ASKED_CUSTOMER)
    said = ibis.cases((log.speaks, 1), (word, 0))
    asked = ibis.cases((ask, 1), (word, 0))
    return log.select(
        *log.columns,
        next_t=log.t.lead().over(_window()),
        first=log.t.lag().over(_window()).isnull(),
        state=log.code.fill_null(state_before),
        state_before=state_before,
        replies=log.speaks.cast("int64").sum().over(upto).cast("int32"),
        follows_reply=_carried(log.n, said, over=before) == 1,
        asked=_carried(log.n, asked, over=upto) == 1 if looked.known.asks else ibis.literal(False),
    ).drop("code")


def _window(**frame: Any) -> Any:
    return ibis.window(group_by="k", order_by="n", **frame)


def _carried(n: ir.IntegerColumn, code: ir.IntegerValue, *, over: Any) -> ir.IntegerValue:
    """Return the last code that was not blank, or nought."""
    return ((n * _BITS + code).max().over(over) % _BITS).fill_null(0).cast("int8")


def stretches(told: ir.Table, looked: Scan) -> ir.Table:
    """Return the stretches that are somebody's turn: ours, or the customer's."""
    began = told.filter(_begins(told, looked))
    following = began.t.lead().over(_window())
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
