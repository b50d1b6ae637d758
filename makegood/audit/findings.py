"""What the checks find, for all cases at once.

Each function gathers the facts of one check as columns and asks the check itself, as `rules.verdicts` does for one
case. A finding's `holder` is the number of the team that had the case at the row that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from makegood.rules.checks.check import Check
from makegood.rules.checks.ownership import (
    CLOSED_UNANSWERED,
    HAD_TO_ESCALATE,
    HELPED_WHEN_LOUD,
    NO_OWNER,
    PING_PONG,
    REOPENED_AGAIN,
    CaseFacts,
    HandoffFacts,
    LoudFacts,
    ReopeningFacts,
)
from makegood.rules.checks.promises import FORGOTTEN, KEPT_LATE, LAPSED, OfferFacts, PromiseFacts
from makegood.rules.checks.record import (
    BEFORE_OPENING,
    DUE_BEFORE_MADE,
    IMPOSSIBLE,
    NEVER_MADE,
    BeginningFacts,
    SettlingFacts,
)
from makegood.rules.checks.remedies import FAILED, NEVER_CAME, RemedyFacts
from makegood.rules.checks.silence import DRIP_ASKS, NOBODY_ASKED, SILENT, MessageFacts, SilenceFacts, WaitingFacts
from makegood.rules.histories import CUSTOMERS_WORDS
from makegood.rules.logs import What
from makegood.rules.verdicts import ESCALATIONS, LOUD

from . import passing, settling
from .facts import Told
from .log import DONE, is_any

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOMENTS = ("since", "due", "until")
"""The columns of findings that are moments."""

_NUMBERS = ("due", "until", "to_row", "count")


def findings(told: Told) -> ir.Table:
    """Return every finding, its case and its team as numbers."""
    return ibis.union(*[each for look in _LOOKS for each in look(told)])


def named(found: ir.Table, told: Told) -> ir.Table:
    """Return findings as they are told: code, case_id, since, due, until, team, evidence."""
    teams = told.names.teams.select("team", holder="k")
    told_of = found.left_join(teams, "holder").join(told.names.cases.select("case_id", "k"), "k")
    return told_of.select("code", "case_id", "since", "due", "until", "team", evidence=_evidence(told_of))


def _evidence(found: ir.Table) -> ir.StringValue:
    """Return the rows of the source that show it, and how many there were, as JSON."""
    said: ir.StringValue = ibis.literal('{"row": ') + found.row.cast("string")
    for name in ("to_row", "count"):
        part = ibis.literal(f', "{name}": ') + found[name].cast("string")
        said = said + part.fill_null("")
    return said + ibis.literal("}")


def _found(check: Check, facts: ir.Table, **columns: Any) -> ir.Table:
    """Return rows of facts as findings; `row` is theirs unless given."""
    shown = {name: columns.get(name, ibis.null("int64")).cast("int64") for name in _NUMBERS}
    return facts.select(
        code=ibis.literal(check.code),
        k=facts.k,
        since=columns["since"].cast("int64"),
        row=columns.get("row", facts.row).cast("int64"),
        holder=facts.holder.cast("int64"),
        **shown,
    )


def _rows(told: Told, *what: What) -> ir.Table:
    return told.steps.filter(is_any(told.steps, *what))


def _at(rows: ir.Table, steps: ir.Table, *columns: str) -> ir.Table:
    """Return those of the steps that stand at these orders `n` of these cases, with what else is known of them."""
    return rows.join(steps.select("k", "n", "row", "holder", *columns), ["k", "n"])


# ── promises and offers ──────────────────────────────────────────────────────


def _promises(told: Told) -> Iterator[ir.Table]:
    if not told.looked.known.promises:
        return
    made = told.promises.join(_rows(told, What.PROMISED).select("k", "row", "holder"), ["k", "row"])
    p = PromiseFacts(
        made_at=made.made, due_at=made.due, kept_at=made.kept, released_at=made.released, as_of=told.looked.as_of
    )
    for check, until in ((KEPT_LATE, made.kept), (FORGOTTEN, made.released), (DUE_BEFORE_MADE, made.made)):
        broken = made.filter(check.breaks(p))
        yield _found(check, broken, since=broken.made, due=broken.due, until=until)


def _strays(told: Told) -> Iterator[ir.Table]:
    steps = _rows(told, What.PROMISE_KEPT, What.PROMISE_RELEASED).select("k", "row", "holder")
    stray = settling.strays(told.settling).join(steps, ["k", "row"])
    as_promise = PromiseFacts(made_at=stray.made, due_at=None, kept_at=stray.t, as_of=told.looked.as_of)
    before = stray.filter(IMPOSSIBLE.breaks(as_promise))
    yield _found(IMPOSSIBLE, before, since=before.t, until=before.made)
    never = stray.filter(NEVER_MADE.breaks(SettlingFacts(settled_at=stray.t, made_at=stray.made)))
    yield _found(NEVER_MADE, never, since=never.t, until=never.t)


def _offers(told: Told) -> Iterator[ir.Table]:
    if not told.looked.known.states:
        return
    lapsed = _rows(told, What.OFFER_LAPSED)
    closed_at = (lapsed.state_before == DONE).ifelse(lapsed.t, ibis.null("int64"))
    lapsed = lapsed.filter(LAPSED.breaks(OfferFacts(lapsed_at=lapsed.t, closed_at=closed_at)))
    yield _found(LAPSED, lapsed, since=lapsed.t, until=lapsed.t)


def _remedies(told: Told) -> Iterator[ir.Table]:
    failed = _rows(told, What.REMEDY_FAILED)
    failed = failed.filter(FAILED.breaks(RemedyFacts(proposed_at=failed.t, failed_at=failed.t)))
    yield _found(FAILED, failed, since=failed.t, until=failed.t)
    if not told.looked.known.states or not told.looked.known.arrivals:
        return
    ordered, ends = _rows(told, What.REMEDY_ORDERED), _rows(told, What.REMEDY_ARRIVED, What.REMEDY_FAILED)
    last = ordered.group_by("k").aggregate(n=ordered.n.max())
    ended = ends.group_by("k").aggregate(ended_n=ends.n.max(), ended=ends.t.argmax(ends.n))
    r = _at(last, ordered, "t").left_join(ended, "k").drop("k_right")
    r = r.join(told.cases.select("k", "is_closed", "closed_at"), "k")
    facts = RemedyFacts(
        proposed_at=r.t,
        ordered_at=r.t,
        arrived_at=(r.ended_n > r.n).ifelse(r.ended, ibis.null("int64")),
        closed_at=r.is_closed.ifelse(r.closed_at, ibis.null("int64")),
    )
    lost = r.filter(NEVER_CAME.breaks(facts))
    yield _found(NEVER_CAME, lost, since=lost.t)


# ── how we reply and hand over ───────────────────────────────────────────────


def _asks(told: Told) -> Iterator[ir.Table]:
    if not told.looked.known.asks:
        return
    asks = _rows(told, What.ASKED_CUSTOMER)
    within = ibis.window(group_by="k", order_by="n")
    asks = asks.select(
        "k",
        "n",
        "t",
        "row",
        "reply",
        "speaks",
        "holder",
        asked_before=asks.t.lag().over(within),
        row_before=asks.row.lag().over(within),
        reply_then=asks.reply.lag().over(within),
    )
    said_since = asks.speaks | (asks.reply > asks.reply_then)
    facts = MessageFacts(
        sent_at=asks.t,
        asks=True,
        asked_before_at=asks.asked_before,
        substance_at=said_since.ifelse(asks.t, ibis.null("int64")),
    )
    again = asks.filter(DRIP_ASKS.breaks(facts))
    yield _found(DRIP_ASKS, again, since=again.asked_before, until=again.t, row=again.row_before, to_row=again.row)


def _handoffs(told: Told) -> Iterator[ir.Table]:
    if not told.looked.known.teams:
        return
    passed = passing.handoffs(told.moves)
    facts = HandoffFacts(
        at=passed.t, owned_before_at=passed.owned_before, handoffs=passed.nth, budget=told.policy.handoff_budget
    )
    broken = passed.filter(PING_PONG.breaks(facts))
    within = ibis.window(group_by=["k", "reply_before"], order_by="n")
    broken = broken.mutate(nth_broken=ibis.row_number().over(within))
    first = broken.filter(broken.nth_broken == 0).drop("nth_broken")
    first = first.rename(holder="team")
    replied = first.left_join(_ends(told), ["k", "reply_before"]).drop("k_right", "reply_before_right")
    cases = told.cases.select("k", "closed_at")
    over = replied.join(cases, "k")
    at_closing = ibis.greatest(over.closed_at, over.t)
    until = ibis.coalesce(over.replied, over.closed_at.notnull().ifelse(at_closing, ibis.null("int64")))
    over = over.mutate(over_at=until)
    yield _found(
        PING_PONG,
        over,
        since=over.first_t,
        until=over.over_at,
        row=over.first_row,
        to_row=over.row,
        count=over.nth,
    )


def _ends(told: Told) -> ir.Table:
    """Return when the reply came that follows another."""
    spoken = told.steps.filter(told.steps.speaks)
    return spoken.select("k", "reply_before", replied=spoken.t)


def _closings(told: Told) -> Iterator[ir.Table]:
    if not told.looked.known.contacts:
        return
    c = told.cases
    in_time = (c.spoke_at <= c.first_closed).ifelse(c.spoke_at, ibis.null("int64"))
    facts = CaseFacts(opened_at=c.first_at, closed_at=c.first_closed, substantive_at=in_time)
    unanswered = c.filter(CLOSED_UNANSWERED.breaks(facts)).select("k", "first_closed", "spoke_at")
    s = told.steps
    closings = s.filter((s.state == DONE) & (s.state_before != DONE))
    at = unanswered.join(closings, ["k", unanswered.first_closed == closings.t])
    first = at.group_by("k", "first_closed", "spoke_at").aggregate(n=at.n.min())
    first = _at(first, closings)
    yield _found(CLOSED_UNANSWERED, first, since=first.first_closed, until=first.spoke_at)


def _reopenings(told: Told) -> Iterator[ir.Table]:
    s = told.steps
    again = s.filter((s.state != DONE) & (s.state_before == DONE))
    by_case = again.group_by("k").aggregate(
        reopens=again.count(),
        since=again.t.min(),
        to_row=again.row.argmax(again.n),
        n=again.n.min(),
    )
    often = by_case.filter(REOPENED_AGAIN.breaks(ReopeningFacts(reopens=by_case.reopens)))
    often = _at(often, again).join(told.cases.select("k", "closed_at"), "k")
    yield _found(
        REOPENED_AGAIN, often, since=often.since, until=often.closed_at, to_row=often.to_row, count=often.reopens
    )


# ── the customer's own push ──────────────────────────────────────────────────


def _escalations(told: Told) -> Iterator[ir.Table]:
    rows = _rows(told, *ESCALATIONS)
    pushed = rows.filter(HAD_TO_ESCALATE.breaks(CaseFacts(opened_at=rows.t, escalated_at=rows.t)))
    yield _found(HAD_TO_ESCALATE, pushed, since=pushed.t, until=pushed.t)


def _loud(told: Told) -> Iterator[ir.Table]:
    if not told.looked.known.contacts:
        return
    rows = _rows(told, *LOUD)
    loud = told.engine.keep(rows.select("k", "n", "t", "row", "holder", reply_before=rows.reply), "loud")
    s = told.steps
    words = s.filter(is_any(s, *CUSTOMERS_WORDS) | s.first).semi_join(loud, ["k", "reply_before"])
    waiting = words.group_by("k", "reply_before").aggregate(waiting=words.t.min())
    told_of = loud.join(waiting, ["k", "reply_before"])
    told_of = told_of.left_join(_ends(told), ["k", "reply_before"]).drop("k_right", "reply_before_right")
    facts = LoudFacts(loud_at=told_of.t, waiting_since_at=told_of.waiting, helped_at=told_of.replied)
    helped = told_of.filter(HELPED_WHEN_LOUD.breaks(facts))
    within = ibis.window(group_by=["k", "reply_before"], order_by="n")
    helped = helped.mutate(nth=ibis.row_number().over(within))
    first = helped.filter(helped.nth == 0)
    yield _found(HELPED_WHEN_LOUD, first, since=first.waiting, until=first.replied)


# ── silence and owners ───────────────────────────────────────────────────────


def silent(told: Told) -> Iterator[ir.Table]:
    """Yield the silences beyond the limit of the policy."""
    if not told.looked.known.states or "silence" not in told.policy.kinds:
        return
    s = told.silences
    facts = SilenceFacts(since_at=s.since, limit_at=s.limit_at, ended_at=s.until, as_of=told.looked.as_of)
    beyond = s.filter(SILENT.breaks(facts))
    yield _found(SILENT, beyond, since=beyond.since, due=beyond.limit_at, until=beyond.until)


def _waits_for_nothing(told: Told) -> Iterator[ir.Table]:
    if not told.looked.known.asks:
        return
    waits = told.stretches.filter(~told.stretches.ours)
    asked_at = waits.asked.ifelse(waits.since, ibis.null("int64"))
    idle = waits.filter(NOBODY_ASKED.breaks(WaitingFacts(since_at=waits.since, asked_at=asked_at)))
    yield _found(NOBODY_ASKED, idle, since=idle.since, until=idle.until)


def _owners(told: Told) -> Iterator[ir.Table]:
    known = told.looked.known
    if not known.people or not known.states:
        return
    c = told.cases
    closed_at = c.is_closed.ifelse(c.closed_at, ibis.null("int64"))
    nobodys = c.filter(NO_OWNER.breaks(CaseFacts(opened_at=c.first_at, owner=c.owner, closed_at=closed_at)))
    # Nobody's since it was given to nobody, or since its first row if it never was anybody's.
    s = told.steps.semi_join(nobodys, "k")
    held = s.filter(s.person.notnull())
    held = held.group_by("k").aggregate(held_n=held.n.max())
    given = s.filter(is_any(s, What.ASSIGNED)).select("k", "n").join(held, "k")
    given = given.filter(given.n > given.held_n).group_by("k").aggregate(n=given.n.min())
    begins = s.filter(s.first).anti_join(held, "k").select("k", "n")
    since = _at(ibis.union(given, begins), s, "t")
    yield _found(NO_OWNER, since, since=since.t)


# ── the record itself ────────────────────────────────────────────────────────


def _beginnings(told: Told) -> Iterator[ir.Table]:
    s = told.steps
    openings = _rows(told, What.OPENED)
    # Of most cases the first row is the opening, and nothing can be wrong.
    late = openings.filter(~openings.first)
    opened = openings.semi_join(late, "k").group_by("k").aggregate(opened_at=_.t.min())
    at = s.filter(s.first).select("k", "row", "holder", "t").join(opened, "k")
    wrong = at.filter(BEFORE_OPENING.breaks(BeginningFacts(first_at=at.t, opened_at=at.opened_at)))
    yield _found(BEFORE_OPENING, wrong, since=wrong.t, until=wrong.opened_at)


_LOOKS = (
    _promises,
    _strays,
    _offers,
    _remedies,
    _asks,
    _handoffs,
    _closings,
    _reopenings,
    _escalations,
    _loud,
    silent,
    _waits_for_nothing,
    _owners,
    _beginnings,
)
