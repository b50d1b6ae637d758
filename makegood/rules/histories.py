"""A case told from its log: where it stood after each row, the stretches in between, and the facts.

    Knows        what a log as a whole records: what it never says is unknown, not nought
    Step         one row in order, and how the case stood then
    Stretch      time between two steps in which it was one side's turn
    History      the facts of one case; `judge` tells it

The audit tells the same of millions of cases at once (`makegood.audit`), and the agreement tests hold
the two together. Rows after `as_of` have not happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from .hours import Hours
from .logs import Actor, LogEvent, State, What
from .policy import Policy
from .settlements import Settlement, settlements

CUSTOMERS_WORDS = frozenset({What.CUSTOMER_WROTE, What.ESCALATED, What.WENT_PUBLIC, What.WENT_TO_EXECUTIVE})
REPLIES = frozenset({What.STAFF_WROTE, What.ASKED_CUSTOMER, What.PROMISED, What.OFFER_MADE})
_SUBSTANCE = frozenset({What.STAFF_WROTE, What.PROMISED, What.OFFER_MADE})
_HOUR = timedelta(hours=1)
_MICRO = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Knows:
    """What a log records at all. Facts and checks that need what it never says are left out."""

    contacts: bool
    """What we wrote to customers; without it any row counts as a sign of life."""
    substance: bool
    """Which of it was more than a receipt."""
    asks: bool
    teams: bool
    people: bool
    states: bool
    """When cases are closed and wait; without it nobody can say how long one was open."""
    promises: bool
    arrivals: bool
    """That a remedy reached its customer; without it nobody can say that one never came."""


def knows(events: Iterable[LogEvent], *, as_of: datetime) -> Knows:
    """Return what a whole log, of many cases, records up to that moment."""
    told = [e for e in events if e.at <= as_of]
    return Knows(
        contacts=any(e.what is What.STAFF_WROTE for e in told),
        substance=any(e.substantive is not None for e in told),
        asks=any(e.what is What.ASKED_CUSTOMER for e in told),
        teams=any(e.team is not None for e in told),
        people=any(e.person is not None for e in told),
        states=any(e.state is not None for e in told),
        promises=any(e.what is What.PROMISED for e in told),
        arrivals=any(e.what is What.REMEDY_ARRIVED for e in told),
    )


def speaks(event: LogEvent, known: Knows) -> bool:
    """Return whether this row is a substantive reply: an answer, an offer, a promise or news."""
    if event.what is What.ASKED_CUSTOMER:
        return event.substantive is True
    if event.what not in _SUBSTANCE:
        return False
    if event.substantive is not None:
        return event.substantive
    unmarked = event.what is What.STAFF_WROTE and known.substance
    return not unmarked and event.actor is not Actor.AUTOMATIC


class Turn(StrEnum):
    """Whose turn it is, as far as the customer is concerned: who waits for a supplier still waits for us."""

    OURS = "ours"
    CUSTOMERS = "customers"
    NOBODYS = "nobodys"


_TURNS = {
    State.OPEN: Turn.OURS,
    State.WAITING_OTHER: Turn.OURS,
    State.WAITING_CUSTOMER: Turn.CUSTOMERS,
    State.DONE: Turn.NOBODYS,
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of a case in order, and how the case stood."""

    event: LogEvent
    state_before: State
    state: State
    team_before: str | None
    team: str | None
    replies_before: int
    """How many substantive replies there were before this row."""
    speaks: bool
    follows_reply: bool
    """Whether of both sides' words the last before this row was a substantive reply of ours."""
    asked_at: datetime | None
    """When we asked the customer something, this row included, if we did since his last word."""

    @property
    def turn(self) -> Turn:
        return _TURNS[self.state]

    @property
    def closes(self) -> bool:
        return self.state is State.DONE and self.state_before is not State.DONE

    @property
    def reopens(self) -> bool:
        return self.state is not State.DONE and self.state_before is State.DONE

    @property
    def hands_over(self) -> bool:
        return self.team_before is not None and self.team != self.team_before


def steps(events: Iterable[LogEvent], *, known: Knows, as_of: datetime) -> list[Step]:
    """Return a case's rows up to that moment, in order, each with how the case stood."""
    state, team, replies, follows_reply, asked_at = State.OPEN, None, 0, False, None
    told = []
    for event in sorted((e for e in events if e.at <= as_of), key=lambda e: (e.at, e.row)):
        says = speaks(event, known)
        word = event.what in CUSTOMERS_WORDS
        asked_at = event.at if event.what is What.ASKED_CUSTOMER else None if word else asked_at
        step = Step(
            event=event,
            state_before=state,
            state=event.state or state,
            team_before=team,
            team=event.team or team,
            replies_before=replies,
            speaks=says,
            follows_reply=follows_reply,
            asked_at=asked_at,
        )
        told.append(step)
        state, team, replies = step.state, step.team, replies + says
        follows_reply = says or (follows_reply and not word)
    return told


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Time in which it was one side's turn and nothing broke the silence."""

    first: Step
    turn: Turn
    since: datetime
    """When it began; a date given to the customer covers the time until then."""
    until: datetime | None
    """When the next began; None if it lasts."""
    as_of: datetime

    @property
    def end(self) -> datetime:
        return self.until or self.as_of


def stretches(told: Sequence[Step], *, known: Knows, as_of: datetime) -> Iterator[Stretch]:
    """Yield a case's stretches in order, those that are nobody's turn left out.

    While it is our turn a stretch is measured from the last substantive reply or from the customer's
    oldest unanswered word, whichever is later. Where nobody recorded what we wrote, any row ends it.
    """
    begins = [s for before, s in pairwise([None, *told]) if s is not None and _begins(s, before, known)]
    for step, following in pairwise([*begins, None]):
        assert step is not None
        until = following.event.at if following else None
        since = _covered_until(step) if step.turn is Turn.OURS else step.event.at
        if step.turn is not Turn.NOBODYS and since < (until or as_of):
            yield Stretch(first=step, turn=step.turn, since=since, until=until, as_of=as_of)


def _begins(step: Step, before: Step | None, known: Knows) -> bool:
    if before is None or step.turn is not before.turn:
        return True
    if step.turn is not Turn.OURS:
        return False
    first_word = step.event.what in CUSTOMERS_WORDS and step.follows_reply
    return step.speaks or first_word or not known.contacts


def _covered_until(step: Step) -> datetime:
    due_at = step.event.due_at if step.event.what is What.PROMISED and step.speaks else None
    return max(step.event.at, due_at or step.event.at)


@dataclass(frozen=True, kw_only=True)
class History:
    """The facts of one case. None is what the log can't say, or what never happened."""

    case_id: str
    first_at: datetime
    last_at: datetime
    closed: bool | None
    closed_at: datetime | None
    """When it was last closed, if it is closed."""
    teams: int | None
    handoffs: int | None
    """Changes in the sequence of teams, repeats collapsed."""
    returns: int | None
    """Steps back to a team that is already in that sequence."""
    reopens: int | None
    asks: int | None
    longest_gap_open_hours: float | None
    """Between two rows one after the other, while the case was not done."""
    longest_gap_desk_hours: float | None
    """The same while it did not wait for the customer either."""
    longest_silence_hours: float | None
    """Of the stretches that were our turn; one that lasts counts up to the day of the audit."""
    longest_silence_business_hours: float | None
    first_reply_at: datetime | None
    """The first that a person wrote to the customer, be it a question or a receipt."""
    first_substantive_reply_at: datetime | None
    promises: int | None
    promises_kept: int | None
    """In time."""
    promises_late: int | None
    promises_broken: int | None
    """Due, and neither kept nor let go by then."""
    last_team: str | None
    last_person: str | None
    channel: str | None
    customer: str | None
    contacts_known: bool


def judge(events: Iterable[LogEvent], *, known: Knows, policy: Policy, as_of: datetime) -> History | None:
    """Return the facts of one case as of that moment, or None if it had not begun."""
    told = steps(events, known=known, as_of=as_of)
    if not told:
        return None
    first, last = told[0].event, told[-1]
    closings = [s.event.at for s in told if s.closes]
    closed = last.state is State.DONE
    return History(
        case_id=first.case_id,
        first_at=first.at,
        last_at=last.event.at,
        closed=closed if known.states else None,
        closed_at=closings[-1] if closed else None,
        **_passing(told, known),
        reopens=sum(s.reopens for s in told) if known.states else None,
        asks=sum(s.event.what is What.ASKED_CUSTOMER for s in told) if known.asks else None,
        **_longest(told, known=known, policy=policy, as_of=as_of),
        **_replies(told, known),
        **_promises(told, known=known, as_of=as_of),
        last_team=last.team,
        last_person=holder(told)[0],
        channel=next((s.event.channel for s in told if s.event.channel), None),
        customer=next((s.event.customer for s in told if s.event.customer), None),
        contacts_known=known.contacts,
    )


def silence_hours(policy: Policy) -> Hours:
    """Return the calendar on which our silence is measured."""
    kind = policy.kinds.get("silence")
    calendars = policy.calendars
    return calendars.get(kind.calendar if kind else "") or calendars[policy.default_calendar]


def holder(told: Sequence[Step]) -> tuple[str | None, Step]:
    """Return the person who has the case, and the step since which, counted from the first if nobody ever had."""
    person, since = None, told[0]
    for step in told:
        if step.event.person is not None:
            person, since = step.event.person, step
        elif step.event.what is What.ASSIGNED and person is not None:
            person, since = None, step
    return person, since


def _passing(told: Sequence[Step], known: Knows) -> dict[str, Any]:
    if not known.teams:
        return dict.fromkeys(("teams", "handoffs", "returns"))
    teams = len({s.event.team for s in told if s.event.team is not None})
    handoffs = sum(s.hands_over for s in told)
    # Each step of the sequence goes to a team that is new in it, or back to one that is not.
    return {"teams": teams, "handoffs": handoffs, "returns": handoffs + 1 - teams if teams else 0}


def _longest(told: Sequence[Step], *, known: Knows, policy: Policy, as_of: datetime) -> dict[str, Any]:
    if not known.states:
        names = ("gap_open", "gap_desk", "silence", "silence_business")
        return {f"longest_{name}_hours": None for name in names}
    gaps = [(a.turn, b.event.at - a.event.at) for a, b in pairwise(told)]
    silent = [s for s in stretches(told, known=known, as_of=as_of) if s.turn is Turn.OURS]
    hours = silence_hours(policy)
    business = max((hours.open_seconds(s.since, s.end) for s in silent), default=0)
    return {
        "longest_gap_open_hours": _in_hours(gap for turn, gap in gaps if turn is not Turn.NOBODYS),
        "longest_gap_desk_hours": _in_hours(gap for turn, gap in gaps if turn is Turn.OURS),
        "longest_silence_hours": _in_hours(s.end - s.since for s in silent),
        "longest_silence_business_hours": business / 3600,
    }


def _in_hours(lengths: Iterable[timedelta]) -> float:
    # Counted in whole microseconds and divided once, so that every engine rounds alike.
    return (max(lengths, default=timedelta()) // _MICRO) / (_HOUR // _MICRO)


def _replies(told: Sequence[Step], known: Knows) -> dict[str, Any]:
    human = (s.event.at for s in told if s.event.what in REPLIES and s.event.actor is not Actor.AUTOMATIC)
    substantive = (s.event.at for s in told if s.speaks)
    return {
        "first_reply_at": next(human, None) if known.contacts else None,
        "first_substantive_reply_at": next(substantive, None) if known.contacts and known.substance else None,
    }


def _promises(told: Sequence[Step], *, known: Knows, as_of: datetime) -> dict[str, Any]:
    names = ("promises", "promises_kept", "promises_late", "promises_broken")
    if not known.promises:
        return dict.fromkeys(names)
    made: list[Settlement] = settlements([s.event for s in told], as_of=as_of)
    late, broken = sum(p.late for p in made), sum(p.broken for p in made)
    kept = sum(p.facts.kept_at is not None for p in made) - late
    return dict(zip(names, (len(made), kept, late, broken), strict=True))
