"""What the checks find in one case's log.

Facts in, findings out: each function gathers the facts of one check from the steps of a case (`histories`)
and asks the check itself. A check whose facts the log never records is not asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from . import spans
from .checks.check import Check
from .checks.ownership import (
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
from .checks.promises import FORGOTTEN, KEPT_LATE, LAPSED, OfferFacts, PromiseFacts
from .checks.record import (
    BEFORE_OPENING,
    DUE_BEFORE_MADE,
    IMPOSSIBLE,
    NEVER_MADE,
    BeginningFacts,
)
from .checks.remedies import FAILED, NEVER_CAME, RemedyFacts
from .checks.silence import DRIP_ASKS, NOBODY_ASKED, SILENT, MessageFacts, SilenceFacts, WaitingFacts
from .histories import CUSTOMERS_WORDS, Knows, Step, Turn, holder, silence_hours, steps, stretches
from .logs import LogEvent, State, What
from .policy import Policy
from .settlements import settlements, strays

LOUD = frozenset({What.WENT_PUBLIC, What.WENT_TO_EXECUTIVE})
ESCALATIONS = LOUD | {What.ESCALATED}


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing that a check found in a case."""

    code: str
    case_id: str
    since: datetime
    due: datetime | None = None
    until: datetime | None = None
    """When it was over; None if it lasts. What happened at one moment was over at once."""
    team: str | None = None
    """Whose case it was then."""
    row: int
    """The row of the source that shows it."""
    to_row: int | None = None
    """Where it takes two rows to show it: the other."""
    count: int | None = None
    """How many there were, where the check counts something."""

    @property
    def evidence(self) -> str:
        """The rows that show it, and the count, as JSON."""
        told = {"row": self.row, "to_row": self.to_row, "count": self.count}
        return json.dumps({name: value for name, value in told.items() if value is not None})


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case as the checks look at it."""

    told: Sequence[Step]
    known: Knows
    policy: Policy
    as_of: datetime

    @property
    def closed_at(self) -> datetime | None:
        """When it was last closed, if it is."""
        closings = [s.event.at for s in self.told if s.closes]
        return closings[-1] if self.told[-1].state is State.DONE else None

    def reply_ending(self, replies_before: int) -> datetime | None:
        """Return when the substantive reply came that follows so many others."""
        return next((s.event.at for s in self.told if s.speaks and s.replies_before == replies_before), None)

    def found(
        self,
        check: Check,
        step: Step,
        *,
        since: datetime | None = None,
        due: datetime | None = None,
        until: datetime | None = None,
        to: Step | None = None,
        count: int | None = None,
        team: str | None = None,
    ) -> Found:
        return Found(
            code=check.code,
            case_id=step.event.case_id,
            since=since or step.event.at,
            due=due,
            until=until,
            team=team or step.team,
            row=step.event.row,
            to_row=to.event.row if to else None,
            count=count,
        )


def find(events: Iterable[LogEvent], *, known: Knows, policy: Policy, as_of: datetime) -> list[Found]:
    """Return everything the checks find in one case as of that moment, by code and row."""
    told = steps(events, known=known, as_of=as_of)
    if not told:
        return []
    case = Case(told=told, known=known, policy=policy, as_of=as_of)
    found = [f for look in _LOOKS for f in look(case)]
    return sorted(found, key=lambda f: (f.code, f.row, f.to_row or 0))


# ── promises and offers ──────────────────────────────────────────────────────


def _promises(case: Case) -> Iterator[Found]:
    by_row = {s.event.row: s for s in case.told}
    for made in settlements([s.event for s in case.told], as_of=case.as_of):
        p, step = made.facts, by_row[made.event.row]
        for check, until in ((KEPT_LATE, p.kept_at), (FORGOTTEN, p.released_at), (DUE_BEFORE_MADE, p.made_at)):
            if check.breaks(p):
                yield case.found(check, step, due=p.due_at, until=until)


def _strays(case: Case) -> Iterator[Found]:
    by_row = {s.event.row: s for s in case.told}
    for event, facts in strays([s.event for s in case.told]):
        as_promise = PromiseFacts(made_at=facts.made_at, due_at=None, kept_at=facts.settled_at, as_of=case.as_of)
        if IMPOSSIBLE.breaks(as_promise):
            yield case.found(IMPOSSIBLE, by_row[event.row], until=facts.made_at)
        if NEVER_MADE.breaks(facts):
            yield case.found(NEVER_MADE, by_row[event.row], until=event.at)


def _offers(case: Case) -> Iterator[Found]:
    closed_at = None
    for step in case.told:
        lapse = step.event.at if step.event.what is What.OFFER_LAPSED else None
        if case.known.states and LAPSED.breaks(OfferFacts(lapsed_at=lapse, closed_at=closed_at)):
            yield case.found(LAPSED, step, until=lapse)
        if step.state is not State.DONE:
            closed_at = None
        elif step.closes:
            closed_at = step.event.at


def _remedies(case: Case) -> Iterator[Found]:
    """Yield each that failed, and the last if the case is closed and nobody recorded that he has it."""
    for step in case.told:
        failed_at = step.event.at if step.event.what is What.REMEDY_FAILED else None
        if FAILED.breaks(RemedyFacts(proposed_at=step.event.at, failed_at=failed_at)):
            yield case.found(FAILED, step, until=failed_at)
    ordered = [nth for nth, step in enumerate(case.told) if step.event.what is What.REMEDY_ORDERED]
    if not ordered or not case.known.states or not case.known.arrivals:
        return
    step, later = case.told[ordered[-1]], case.told[ordered[-1] + 1 :]
    ends = [s.event.at for s in later if s.event.what in (What.REMEDY_ARRIVED, What.REMEDY_FAILED)]
    facts = RemedyFacts(
        proposed_at=step.event.at,
        ordered_at=step.event.at,
        arrived_at=ends[-1] if ends else None,
        closed_at=case.closed_at,
    )
    if NEVER_CAME.breaks(facts):
        yield case.found(NEVER_CAME, step)


# ── how we reply and hand over ───────────────────────────────────────────────


def _asks(case: Case) -> Iterator[Found]:
    before: Step | None = None
    for step in case.told:
        if step.event.what is not What.ASKED_CUSTOMER:
            continue
        said_since = before is not None and step.replies_before > before.replies_before + before.speaks
        facts = MessageFacts(
            sent_at=step.event.at,
            asks=True,
            asked_before_at=before.event.at if before else None,
            substance_at=step.event.at if step.speaks or said_since else None,
        )
        if before is not None and DRIP_ASKS.breaks(facts):
            yield case.found(DRIP_ASKS, before, until=step.event.at, to=step, team=step.team)
        before = step


def _handoffs(case: Case) -> Iterator[Found]:
    """Yield the first handoff too many, or back, between two substantive replies."""
    passed: list[Step] = []
    done_with: set[int] = set()
    for step in case.told:
        if not step.hands_over:
            continue
        passed = [s for s in passed if s.replies_before == step.replies_before] + [step]
        owned_before = [s.event.at for s in passed[:-1] if s.team_before == step.team]
        facts = HandoffFacts(
            at=step.event.at,
            owned_before_at=owned_before[-1] if owned_before else None,
            handoffs=len(passed),
            budget=case.policy.handoff_budget,
        )
        if step.replies_before in done_with or not PING_PONG.breaks(facts):
            continue
        done_with.add(step.replies_before)
        yield case.found(
            PING_PONG,
            passed[0],
            until=_over(case, step),
            to=step,
            count=len(passed),
            team=step.team,
        )


def _over(case: Case, step: Step) -> datetime | None:
    """Return when being passed around was over: with a reply, or with the case."""
    reply_at = case.reply_ending(step.replies_before)
    if reply_at is not None or case.closed_at is None:
        return reply_at
    return max(case.closed_at, step.event.at)


def _closings(case: Case) -> Iterator[Found]:
    closing = next((s for s in case.told if s.closes), None)
    if closing is None or not case.known.contacts:
        return
    replied_at = next((s.event.at for s in case.told if s.speaks), None)
    in_time = replied_at if replied_at is not None and replied_at <= closing.event.at else None
    facts = CaseFacts(opened_at=case.told[0].event.at, closed_at=closing.event.at, substantive_at=in_time)
    if CLOSED_UNANSWERED.breaks(facts):
        yield case.found(CLOSED_UNANSWERED, closing, until=replied_at)


def _reopenings(case: Case) -> Iterator[Found]:
    again = [s for s in case.told if s.reopens]
    if REOPENED_AGAIN.breaks(ReopeningFacts(reopens=len(again))):
        yield case.found(REOPENED_AGAIN, again[0], until=case.closed_at, to=again[-1], count=len(again))


# ── the customer's own push ──────────────────────────────────────────────────


def _escalations(case: Case) -> Iterator[Found]:
    for step in case.told:
        escalated_at = step.event.at if step.event.what in ESCALATIONS else None
        facts = CaseFacts(opened_at=case.told[0].event.at, escalated_at=escalated_at)
        if HAD_TO_ESCALATE.breaks(facts):
            yield case.found(HAD_TO_ESCALATE, step, until=escalated_at)


def _loud(case: Case) -> Iterator[Found]:
    """Yield the first time the customer became loud between two substantive replies, if it was what helped."""
    told_of: set[int] = set()
    for step in case.told:
        replies = step.replies_before
        if step.event.what not in LOUD or replies in told_of or not case.known.contacts:
            continue
        waiting = (s for s in case.told if s.replies_before == replies and _waits(s, case.told[0]))
        since, helped_at = next(waiting).event.at, case.reply_ending(replies)
        if HELPED_WHEN_LOUD.breaks(LoudFacts(loud_at=step.event.at, waiting_since_at=since, helped_at=helped_at)):
            told_of.add(replies)
            yield case.found(HELPED_WHEN_LOUD, step, since=since, until=helped_at)


def _waits(step: Step, first: Step) -> bool:
    return step is first or step.event.what in CUSTOMERS_WORDS


# ── silence and owners ───────────────────────────────────────────────────────


def _silences(case: Case) -> Iterator[Found]:
    kind = case.policy.kinds.get("silence")
    if kind is None or not case.known.states:
        return
    hours = silence_hours(case.policy)
    for stretch in stretches(case.told, known=case.known, as_of=case.as_of):
        if stretch.turn is not Turn.OURS:
            continue
        limit_at = spans.due_at(kind.within, stretch.since, hours)
        facts = SilenceFacts(since_at=stretch.since, limit_at=limit_at, ended_at=stretch.until, as_of=case.as_of)
        if SILENT.breaks(facts):
            yield case.found(SILENT, stretch.first, since=stretch.since, due=limit_at, until=stretch.until)


def _waits_for_nothing(case: Case) -> Iterator[Found]:
    for stretch in stretches(case.told, known=case.known, as_of=case.as_of):
        if stretch.turn is not Turn.CUSTOMERS or not case.known.asks:
            continue
        if NOBODY_ASKED.breaks(WaitingFacts(since_at=stretch.since, asked_at=stretch.first.asked_at)):
            yield case.found(NOBODY_ASKED, stretch.first, until=stretch.until)


def _owners(case: Case) -> Iterator[Found]:
    if not case.known.people or not case.known.states:
        return
    person, since = holder(case.told)
    facts = CaseFacts(opened_at=case.told[0].event.at, owner=person, closed_at=case.closed_at)
    if NO_OWNER.breaks(facts):
        yield case.found(NO_OWNER, since)


# ── the record itself ────────────────────────────────────────────────────────


def _beginnings(case: Case) -> Iterator[Found]:
    first = case.told[0]
    opened_at = next((s.event.at for s in case.told if s.event.what is What.OPENED), None)
    if BEFORE_OPENING.breaks(BeginningFacts(first_at=first.event.at, opened_at=opened_at)):
        yield case.found(BEFORE_OPENING, first, until=opened_at)


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
    _silences,
    _waits_for_nothing,
    _owners,
    _beginnings,
)
