"""What must be true of every case at every moment, and of every step from one moment to the next.

`wrongs_of_state` and `wrongs_of_step` return sentences: what is wrong, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from makegood.rules import escalation, rounds
from makegood.rules import events as ev
from makegood.rules.cases import Ball, Case
from makegood.rules.escalation import House
from makegood.rules.people import People
from makegood.rules.policy import Role
from makegood.rules.promises import Promise, State
from makegood.rules.remedy_events import RemedyOrdered


def wrongs_of_state(case: Case, house: House, *, now: datetime) -> Iterator[str]:
    """Yield what is wrong with a case at rest: time has done all it had to do by `now`."""
    wakes_at = rounds.wakes_at(case, house)
    if not case.open:
        yield from _wrongs_of_closed(case, wakes_at)
        return
    yield from _wrongs_of_ownership(case, house, now=now)
    if wakes_at is None:
        yield "an open case has no running clock"
    elif wakes_at <= now:
        yield "time stands still: the case would wake again at once"
    yield from _wrongs_of_turn(case, now=now)
    for promise in case.promises:
        yield from _wrongs_of_promise(promise, house, now=now)
    yield from _wrongs_of_remedies(case)
    for kind in _owed_kinds(case):
        if not case.outstanding(kind):
            yield f"no {kind} clock runs, though one is owed"


def _wrongs_of_closed(case: Case, wakes_at: datetime | None) -> Iterator[str]:
    if case.ball is not Ball.NOBODY:
        yield "a closed case is somebody's turn"
    if case.outstanding():
        yield "something is owed on a closed case, where no clock runs"
    if case.offer is not None:
        yield "a closed case is offered to somebody"
    if case.proposed or case.pending:
        yield "a message is forgotten on a closed case"
    if wakes_at is not None:
        yield "a closed case wakes"
    if any(remedy.undone for remedy in case.remedies) or case.holdings:
        yield "a closed case owes a remedy, or holds what is his"


def _wrongs_of_remedies(case: Case) -> Iterator[str]:
    for remedy in case.remedies:
        clocks = [p.kind for p in case.outstanding() if p.remedy == remedy.number]
        what = f"remedy {remedy.number} ({remedy.step})"
        if remedy.undone and not clocks:
            yield f"{what} is undone, and no clock of its own runs"
        if not remedy.undone and clocks:
            yield f"{what} is over, and its clock runs on: {', '.join(clocks)}"


def _wrongs_of_ownership(case: Case, house: House, *, now: datetime) -> Iterator[str]:
    owner = house.people.get(case.owner)
    if owner is None or not owner.active:
        yield "the owner is nobody who works here"
        return
    hours = house.hours(house.calendar_of(owner.id))
    others_in = [p for p in able(house.people, now) if p != owner.id]
    for absence in owner.absences:
        since = max(absence.from_at, case.owned_at)
        away_too_long = absence.covers(now) and hours.due(since, 3600) <= now
        if away_too_long and others_in:
            yield "the owner has been away for an hour, and somebody who is in could own it"


def _wrongs_of_turn(case: Case, *, now: datetime) -> Iterator[str]:
    if case.ball is Ball.NOBODY:
        yield "an open case is nobody's turn"
    if (case.ball in (Ball.CUSTOMER, Ball.PARTNER)) is not (case.ball_until is not None):
        yield "a turn of somebody else's that never comes back"
    if case.ball_until is not None and case.ball_until <= now:
        yield "the ball should be ours again"


def _wrongs_of_promise(promise: Promise, house: House, *, now: datetime) -> Iterator[str]:
    what = f"promise {promise.number} ({promise.kind})"
    if promise.kept_at and promise.running:
        yield f"{what} is both kept and running"
    if promise.outstanding and promise.broken_at and escalation.next_ring(promise, house) is None:
        yield f"{what} is broken and owed, and nobody will ever hear of it again"
    if promise.running and not promise.paused and promise.breaks_at <= now:
        yield f"{what} is past due and not broken"
    if promise.paused_at and (promise.said or promise.paused_until is None):
        yield f"{what} is paused and must not be"


def _owed_kinds(case: Case) -> Iterator[str]:
    if case.quarantined or case.proposed:
        yield "quarantine"
    if not case.quarantined:
        yield "resolution"
        if case.unanswered_at is not None:
            yield "reply"
    if case.offer is not None:
        yield "handoff"


def wrongs_of_step(
    before: Case | None, after: Case, happened: Iterable[ev.Event], people: People, *, now: datetime
) -> Iterator[str]:
    """Yield what is wrong with how a case changed, and with who was told."""
    if [p.number for p in after.promises] != list(range(1, len(after.promises) + 1)):
        yield "promises are not numbered from 1 without a gap"
    for old, new in zip(before.promises if before else (), after.promises, strict=False):
        yield from _wrongs_of_change(old, new)
    ordered = {r.number for r in before.remedies if r.ordered_at} if before else set()
    for event in happened:
        if isinstance(event, RemedyOrdered):
            if event.number in ordered:
                yield f"remedy {event.number} was paid twice"
            ordered.add(event.number)
        if event.at > now:
            yield f"{event.name} is dated in the future"
        if isinstance(event, ev.AlarmRaised | ev.PromiseWarned):
            yield from _wrongs_of_telling(event, people, now=now)


def _wrongs_of_change(old: Promise, new: Promise) -> Iterator[str]:
    what = f"promise {old.number} ({old.kind})"
    if (old.kind, old.said, old.ancestor) != (new.kind, new.said, new.ancestor):
        yield f"{what} was rewritten"
    if old.said and (old.due_at, old.near_at) != (new.due_at, new.near_at):
        yield f"{what} was said to the customer, and its date moved"
    if old.broken_at and new.state not in (State.BROKEN, State.KEPT_LATE):
        yield f"{what} broke, and is {new.state} now"
    if old.broken_at and new.broken_at != old.broken_at:
        yield f"{what} broke at another time than it did"


def _wrongs_of_telling(
    event: ev.AlarmRaised | ev.PromiseWarned, people: People, *, now: datetime
) -> Iterator[str]:
    if not event.to:
        yield f"{event.name} reached nobody"
    if not all((p := people.get(person)) and p.active for person in event.to):
        yield f"{event.name} went to somebody who does not work here"
    if able(people, now) and not any(people.here(person, now) for person in event.to):
        yield f"{event.name} went to nobody who is in, though somebody is"


def able(people: People, now: datetime) -> list[int]:
    """Return who is in and can act for a customer."""
    return [p.id for p in people.everybody if p.here(now) and p.role is not Role.ADMIN]
