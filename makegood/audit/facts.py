"""The facts of all cases at once: the columns of `rules.histories.History`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import ibis
from ibis import _

from makegood.rules.checks.promises import FORGOTTEN, KEPT_LATE, PromiseFacts
from makegood.rules.histories import REPLIES
from makegood.rules.logs import What
from makegood.rules.policy import Policy

from . import passing, settling
from .engines import Engine
from .log import CUSTOMERS, DONE, OURS, SECOND, Names, Scan, in_order, is_any, names, number_of_last, ready
from .silence import longest, silences
from .steps import gap_while, steps, stretches

if TYPE_CHECKING:
    import ibis.expr.types as ir

HOUR = 3600 * SECOND
MOMENTS = ("first_at", "last_at", "closed_at", "first_reply_at", "first_substantive_reply_at")
"""The columns of cases that are moments."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything about a log that facts and findings are made from, each computed once. Cases go by number, `k`."""

    engine: Engine
    log: ir.Table
    looked: Scan
    policy: Policy
    names: Names
    steps: ir.Table
    stretches: ir.Table
    silences: ir.Table
    moves: ir.Table
    settling: ir.Table
    promises: ir.Table
    cases: ir.Table


def tell(engine: Engine, log: ir.Table, looked: Scan, policy: Policy) -> Told:
    """Tell the stories of all cases, and compute their facts."""
    log = in_order(engine, log, looked)
    named = names(engine, log)
    told = steps(engine, ready(log, looked, named), looked)
    spoken = engine.keep(stretches(told, looked), "stretches")
    silent = _silences(engine, spoken, policy, looked)
    moved = engine.keep(passing.moves(told), "moves")
    settled = engine.keep(settling.about_promises(log, named), "settling")
    made = engine.keep(_outcomes(settling.promises(settled), looked), "promises")
    by_case = [_standing(told), longest(silent), passing.counts(moved), _promised(made)]
    cases = engine.keep(_cases(by_case, looked), "cases")
    return Told(
        engine=engine,
        log=log,
        looked=looked,
        policy=policy,
        names=named,
        steps=told,
        stretches=spoken,
        silences=silent,
        moves=moved,
        settling=settled,
        promises=made,
        cases=cases,
    )


def under(told: Told, policy: Policy) -> Told:
    """Return the same stories under another policy."""
    return replace(told, policy=policy, silences=_silences(told.engine, told.stretches, policy, told.looked))


def _silences(engine: Engine, stretches: ir.Table, policy: Policy, looked: Scan) -> ir.Table:
    silent = silences(engine, stretches, policy, as_of=looked.as_of, name="ruler")
    return engine.keep(silent, "silences")


def _standing(told: ir.Table) -> ir.Table:
    """Return what follows from where each case stood after its rows."""
    closes = (told.state == DONE) & (told.state_before != DONE)
    reopens = (told.state != DONE) & (told.state_before == DONE)
    given = told.person.notnull() | is_any(told, What.ASSIGNED)
    return (
        told.group_by("k")
        .aggregate(
            first_at=told.t.min(),
            last_at=told.t.max(),
            stands=(told.n * _CODES + told.state).max(),
            any_team=told.team.max(),
            last_closed=told.t.max(where=closes),
            first_closed=told.t.min(where=closes),
            reopened=told.count(where=reopens),
            asked=told.count(where=is_any(told, What.ASKED_CUSTOMER)),
            gap_open=gap_while(told, upto=CUSTOMERS),
            gap_desk=gap_while(told, upto=OURS),
            spoke_at=told.t.min(where=told.speaks),
            replied_at=told.t.min(where=told.human & is_any(told, *REPLIES)),
            owner=number_of_last(told.person.fill_null(_NOBODY), told.n, where=given),
        )
        .mutate(
            done=_.stands % _CODES == DONE,
            owner=_.owner.nullif(_NOBODY),
        )
    )


_NOBODY = -1
_CODES = 4
"""How many codes of states there are."""


def _outcomes(made: ir.Table, looked: Scan) -> ir.Table:
    facts = PromiseFacts(
        made_at=made.made, due_at=made.due, kept_at=made.kept, released_at=made.released, as_of=looked.as_of
    )
    return made.mutate(late=KEPT_LATE.breaks(facts), broken=FORGOTTEN.breaks(facts))


def _promised(made: ir.Table) -> ir.Table:
    return made.group_by("k").aggregate(
        promised=made.count(),
        in_time=(made.kept.notnull() & ~made.late).cast("int64").sum(),
        late=made.late.cast("int64").sum(),
        broken=made.broken.cast("int64").sum(),
    )


def named(told: Told) -> ir.Table:
    """Return the facts of all cases with the names that their numbers stand for."""
    c = told.cases.join(told.names.cases, "k")
    teams = told.names.teams.select(last_team="team", final_team="k")
    people = told.names.people.select(last_person="person", owner="k")
    return c.left_join(teams, "final_team").left_join(people, "owner")


def _cases(by_case: list[ir.Table], looked: Scan) -> ir.Table:
    standing, *others = by_case
    c = standing
    for other in others:
        c = c.left_join(other, "k").drop("k_right")
    known = looked.known
    closed = c.done
    teams = c.teams.fill_null(c.any_team.notnull().cast("int64"))
    handoffs = c.handoffs.fill_null(0)
    return c.select(
        first_at=c.first_at,
        last_at=c.last_at,
        closed=_if(known.states, closed),
        closed_at=closed.ifelse(c.last_closed, ibis.null("int64")),
        teams=_if(known.teams, teams),
        handoffs=_if(known.teams, handoffs),
        returns=_if(known.teams, (teams > 0).ifelse(handoffs + 1 - teams, 0)),
        reopens=_if(known.states, c.reopened),
        asks=_if(known.asks, c.asked),
        longest_gap_open_hours=_if(known.states, _hours(c.gap_open)),
        longest_gap_desk_hours=_if(known.states, _hours(c.gap_desk)),
        longest_silence_hours=_if(known.states, _hours(c.silence.fill_null(0))),
        longest_silence_business_hours=_if(known.states, c.business.fill_null(0).cast("float64") / 3600.0),
        first_reply_at=_if(known.contacts, c.replied_at),
        first_substantive_reply_at=_if(known.contacts and known.substance, c.spoke_at),
        promises=_if(known.promises, c.promised.fill_null(0)),
        promises_kept=_if(known.promises, c.in_time.fill_null(0)),
        promises_late=_if(known.promises, c.late.fill_null(0)),
        promises_broken=_if(known.promises, c.broken.fill_null(0)),
        contacts_known=ibis.literal(known.contacts),
        # Not facts that anybody is told, but what checks look at and names are found by.
        k=c.k,
        final_team=c.moved_to.fill_null(c.any_team),
        is_closed=closed,
        first_closed=c.first_closed,
        spoke_at=c.spoke_at,
        owner=c.owner,
    )


def _if(known: bool, fact: ir.Value) -> ir.Value:
    """Return a fact, or blank where the log can't say."""
    return fact if known else ibis.null(fact.type())


def _hours(micros: ir.IntegerColumn) -> ir.FloatingColumn:
    return micros.cast("float64") / float(HOUR)
