"""What opens a promise of the policy, what keeps it, and what pauses it.

Every event of a case gives off signals (`policy.Signal`); each kind of
promise names the signals that open it and those that keep it. Meeting one
never stops another, and the oldest unanswered contact is the one that counts:
a signal that opens a kind which already runs leaves the older clock alone.
"""

from __future__ import annotations

from datetime import datetime

from . import events as ev
from . import spans
from .cases import Ball
from .policy import Kind, Signal, Source
from .promises import Promise
from .unfolding import Unfolding

SILENCE = "silence"
REPLY = "reply"


def signal(
    u: Unfolding,
    *given: Signal,
    at: datetime,
    from_at: datetime | None = None,
    contact: int | None = None,
    need_by: datetime | None = None,
) -> None:
    """Keep, then open, what these signals keep and open. `at` is when they became true.

    Clocks count from `from_at` where the customer has waited since before then.
    """
    for kind in u.house.policy.kinds.values():
        if set(given) & set(kind.kept_by):
            _keep_all(u, kind, at=at, contact=contact)
        if set(given) & set(kind.opens_on):
            _open(u, kind, at=at, from_at=from_at or at, contact=contact, need_by=need_by)


def _keep_all(u: Unfolding, kind: Kind, *, at: datetime, contact: int | None) -> None:
    for promise in u.case.outstanding(kind.name):
        u.happen(ev.PromiseKept(at=at, number=promise.number, contact=contact))


def _open(
    u: Unfolding,
    kind: Kind,
    *,
    at: datetime,
    from_at: datetime,
    contact: int | None,
    need_by: datetime | None,
) -> None:
    if not u.case.open:
        return
    if kind.only_our_turn:
        begin_silence(u, kind, at=at, from_at=from_at)
    elif not u.case.outstanding(kind.name):
        not_after = need_by if kind.name == REPLY else None
        make(u, kind, from_at=from_at, at=at, contact=contact, not_after=not_after)


def make(
    u: Unfolding,
    kind: Kind,
    *,
    from_at: datetime,
    at: datetime,
    contact: int | None = None,
    not_after: datetime | None = None,
) -> None:
    """Open a clock of the policy that runs from `from_at`, due no later than `not_after`."""
    calendar = calendar_for(u, kind)
    hours = u.house.hours(calendar)
    due_at = spans.due_at(u.house.policy.within(kind, u.case.door), from_at, hours)
    if not_after is not None:
        due_at = max(min(due_at, not_after), from_at)
    u.happen(
        ev.PromiseMade(
            at=at,
            number=u.case.next_number,
            kind=kind.name,
            source=str(kind.source),
            due_at=due_at,
            calendar=calendar,
            zone=hours.zone,
            contact=contact,
            from_at=from_at,
        )
    )


def calendar_for(u: Unfolding, kind: Kind) -> str:
    """Return whose hours count: the owner's, or a calendar the policy names."""
    if kind.calendar in u.house.policy.calendars:
        return kind.calendar
    return u.house.calendar_of(u.case.owner)


def begin_silence(u: Unfolding, kind: Kind, *, at: datetime, from_at: datetime | None = None) -> None:
    """Measure our silence from now on, if it is our turn.

    It is measured from the last substantive reply or the oldest unanswered contact, whichever is
    later. A date we gave the customer covers the silence until then. An alarm that already rings
    is never calmed by the customer's writing again.
    """
    if u.case.ball is not Ball.US:
        return
    running = u.case.outstanding(kind.name)
    if running and (running[0].broken_at or not _still_covered(u, running[0], at)):
        return
    for promise in running:
        u.happen(ev.PromiseEnded(at=at, number=promise.number, why="measured from a later moment"))
    since = from_at or at
    if u.case.unanswered_at is None:
        since = max([since, *_dates_given(u, at)[:1]])
    make(u, kind, from_at=since, at=at)


def _still_covered(u: Unfolding, silence: Promise, at: datetime) -> bool:
    """Whether this silence clock was begun by a reply of ours and the customer has now written."""
    begun_by_reply = u.case.substantive_at is not None and silence.from_at >= u.case.substantive_at
    return begun_by_reply and u.case.unanswered_at is not None and u.case.unanswered_at >= at


def _dates_given(u: Unfolding, at: datetime) -> list[datetime]:
    """Return the dates ahead that people of ours have told the customer, soonest first."""
    return sorted(
        p.due_at
        for p in u.case.promises
        if p.said and p.running and p.source == Source.PERSON and p.due_at > at
    )


def pause(u: Unfolding, *, at: datetime) -> datetime:
    """Pause the clocks of the policy that an ask may pause; return when they run on by themselves."""
    limit = u.house.policy.pauses.limit
    until = spans.due_at(limit, at, u.house.hours(u.house.calendar_of(u.case.owner)))
    for promise in u.case.promises:
        kind = u.house.policy.kinds.get(promise.kind)
        if kind and kind.pausable and promise.running and not promise.said and not promise.paused:
            u.happen(ev.PromisePaused(at=at, number=promise.number, until=until))
    return until


def resume(u: Unfolding, *, at: datetime) -> None:
    """Let every paused clock run on, its due moved by the open time it stood still."""
    for promise in u.case.promises:
        if promise.paused and promise.paused_at:
            hours = u.house.hours(promise.calendar)
            stood_still = hours.open_seconds(promise.paused_at, max(at, promise.paused_at))
            due_at = hours.due(promise.due_at, stood_still) if stood_still else promise.due_at
            u.happen(ev.PromiseResumed(at=at, number=promise.number, due_at=due_at))


def end(u: Unfolding, kind: str, *, at: datetime, why: str) -> None:
    """Stop the clocks of a kind because their reason went away."""
    for promise in u.case.outstanding(kind):
        u.happen(ev.PromiseEnded(at=at, number=promise.number, why=why))


def end_all(u: Unfolding, *, at: datetime, why: str) -> None:
    """Stop every clock of the house's own; what was said to the customer stays owed."""
    for promise in u.case.outstanding():
        if not promise.said:
            u.happen(ev.PromiseEnded(at=at, number=promise.number, why=why))


def pass_ball(u: Unfolding, whose: Ball, *, at: datetime, until: datetime | None = None) -> None:
    """Say whose turn it is. Coming back to us begins our silence; leaving us ends it."""
    if (u.case.ball, u.case.ball_until) == (whose, until):
        return
    was = u.case.ball
    u.happen(ev.BallPassed(at=at, whose=str(whose), until=until))
    silence = u.house.policy.kinds.get(SILENCE)
    if whose is Ball.US and was is not Ball.US and silence:
        begin_silence(u, silence, at=at)
