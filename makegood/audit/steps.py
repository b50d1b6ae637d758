"""Every row with how its case stood (`histories.Step`), and the stretches between them (`histories.Stretch`).

What a row doesn't say is carried down from the last that did. No engine carries alike, so it is done with the
one thing all of them do alike: the highest number so far. Four times a row's order and a code of two bits is
highest at the last row that had a code, and its remainder by four is that code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from makegood.rules.logs import What

from .log import DONE, OURS, Scan

if TYPE_CHECKING:
    import ibis.expr.types as ir

_BITS = 4


def steps(log: ir.Table, looked: Scan) -> ir.Table:
    """Return each row with its state, and what had been said, before and after it."""
    before, upto = _window(preceding=(None, 1)), _window(preceding=None, following=0)
    known = looked.known
    state_before = _carried(log.n, log.code, over=before)
    said = ibis.cases((log.speaks, 1), (log.word, 0))
    asked = ibis.cases((log.ask, 1), (log.word, 0))
    covered = (log.what == What.PROMISED.value) & log.speaks & (log.due > log.t)
    return log.select(
        "case_id",
        "n",
        "t",
        "row",
        next_t=log.t.lead().over(_window()),
        first=log.t.lag().over(_window()).isnull(),
        state=log.code.fill_null(state_before),
        state_before=state_before,
        replies=log.speaks.cast("int64").sum().over(upto),
        speaks=log.speaks,
        word=log.word,
        ask=log.ask,
        follows_reply=_carried(log.n, said, over=before) == 1,
        asked=_carried(log.n, asked, over=upto) == 1 if known.asks else ibis.literal(False),
        team_n=log.team.notnull().ifelse(log.n, ibis.null("int64")).max().over(upto)
        if known.teams
        else ibis.null("int64"),
        covered=covered.ifelse(log.due, ibis.null("int64")),
    )


def _window(**frame: Any) -> Any:
    return ibis.window(group_by="case_id", order_by="n", **frame)


def _carried(n: ir.IntegerColumn, code: ir.IntegerValue, *, over: Any) -> ir.IntegerValue:
    """Return the last code that was not blank, or nought."""
    return ((n * _BITS + code).max().over(over) % _BITS).fill_null(0).cast("int8")


def stretches(told: ir.Table, looked: Scan) -> ir.Table:
    """Return the stretches that are somebody's turn: ours, or the customer's."""
    began = told.filter(_begins(told, looked))
    following = began.t.lead().over(_window())
    ours = began.state <= OURS
    since = ours.ifelse(ibis.greatest(began.t, began.covered.fill_null(began.t)), began.t)
    found = began.select("case_id", "n", "row", "team_n", "asked", "state", ours=ours, since=since, until=following)
    found = found.mutate(end=found.until.fill_null(looked.as_of))
    return found.filter((found.state != DONE) & (found.since < found.end)).drop("state")


def _begins(told: ir.Table, looked: Scan) -> ir.BooleanValue:
    turn, turn_before = _turn(told.state), _turn(told.state_before)
    broken = told.speaks | (told.word & told.follows_reply) if looked.known.contacts else ibis.literal(True)
    return told.first | (turn != turn_before) | ((turn == OURS) & broken)


def _turn(state: ir.IntegerValue) -> ir.IntegerValue:
    """Return a state's code with our own states as one."""
    return ibis.greatest(state, OURS)


def gap_while(told: ir.Table, *, upto: int) -> ir.IntegerScalar:
    """Return the longest time to the next row in microseconds while the state's code was at most this."""
    return (told.state <= upto).ifelse(told.next_t - told.t, 0).max().fill_null(0)
