"""What opens a promise of the policy, what keeps it, and what pauses it.

Every event of a case gives off signals (`policy.Signal`); each kind of
promise names the signals that open it and those that keep it. Meeting one
never stops another, and the oldest unanswered contact is the one that counts:
a signal that opens a kind which already runs leaves the older clock alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import events as ev
from . import spans
from .cases import Ball
from .policy import Kind, Signal, Source
from .promises import Promise
from .unfolding import Unfolding

SILENCE = "silence"
REPLY = "reply"
ASK = "ask"

CUSTOMERS_OWN = frozenset({Signal.CONTACT_RECEIVED, Signal.EXECUTIVE_LETTER, Signal.MANAGER_ASKED})
"""Signals of the customer's: they open and hasten clocks, and never begin a running one anew."""


def signal(
    u: Unfolding,
    *given: Signal,
    at: datetime,
    from_at: datetime | None = None,
    contact: int | None = None,
    need_by: datetime | None = None,
    door: str = "",
    remedy: int | None = None,
) -> None:
    """Keep, then open, what these signals keep and open. `at` is when they became true.

    Clocks count from `from_at` where the customer has waited since before then. `door` is the one
    the contact came by, where that is not the case's own. The signals of a `remedy` open clocks of
    its own, and leave those of the case's other remedies alone.
    """
    waits = _Waits(
        at=at, from_at=from_at or at, contact=contact, need_by=need_by, door=door or u.case.door, remedy=remedy
    )
    policy = u.house.policy
    concerned = frozenset().union(*(policy.heeded[each] for each in given))
    for kind in policy.kinds.values():
        if kind.name not in concerned:
            continue
        if set(given) & set(kind.kept_by):
            _keep_all(u, kind, waits)
        opened_by = set(given) & set(kind.opens_on)
        if opened_by and u.case.open:
            _open(u, kind, waits, by_customer=bool(opened_by & CUSTOMERS_OWN))


@dataclass(frozen=True, kw_only=True)
class _Waits:
    """What opens a clock: since when somebody waits, for which contact, and by when he needs it."""

    at: datetime
    from_at: datetime
    contact: int | None
    need_by: datetime | None
    door: str
    remedy: int | None = None


def _keep_all(u: Unfolding, kind: Kind, waits: _Waits) -> None:
    for promise in u.case.outstanding(kind.name):
        if waits.remedy is None or promise.remedy in (None, waits.remedy):
            u.happen(ev.PromiseKept(at=waits.at, number=promise.number, contact=waits.contact))


def _open(u: Unfolding, kind: Kind, waits: _Waits, *, by_customer: bool) -> None:
    if kind.only_our_turn:
        begin_silence(u, kind, at=waits.at, from_at=waits.from_at, contact=waits.contact)
        return
    running = [p for p in u.case.outstanding(kind.name) if p.remedy == waits.remedy]
    if running and kind.restarts and not by_customer:
        _keep_all(u, kind, waits)
    elif running:
        if by_customer:
            _hasten(u, kind, running[0], waits, due_at=_due(u, kind, waits))
        return
    _make(u, kind, waits, due_at=_due(u, kind, waits))


def end_remedy(u: Unfolding, remedy: int, *, at: datetime, why: str) -> None:
    """Stop every clock of one remedy, because what they waited for will not come."""
    for promise in u.case.outstanding():
        if promise.remedy == remedy:
            u.happen(ev.PromiseEnded(at=at, number=promise.number, why=why))


def _hasten(u: Unfolding, kind: Kind, running: Promise, waits: _Waits, *, due_at: datetime) -> None:
    """Let an earlier due take the place of a later one; nothing the customer writes moves it back.

    He now needs it sooner, wrote by a door that promises more, or his older mail was held up.
    """
    if running.running and not running.said and due_at < running.due_at:
        successor = u.case.next_number
        _make(u, kind, waits, due_at=due_at, ancestor=running.number)
        u.happen(ev.PromiseReplaced(at=waits.at, number=running.number, successor=successor))


def need_sooner(u: Unfolding, *, need_by: datetime, at: datetime) -> None:
    """Let a reply clock that would run out after `need_by` run out then; at once, if that has passed."""
    kind = u.house.policy.kinds[REPLY]
    for running in u.case.outstanding(REPLY):
        waits = _Waits(
            at=at, from_at=running.from_at, contact=running.contact, need_by=need_by, door=u.case.door
        )
        _hasten(u, kind, running, waits, due_at=max(need_by, at))


def _due(u: Unfolding, kind: Kind, waits: _Waits) -> datetime:
    hours = u.house.hours(calendar_for(u, kind))
    due_at = spans.due_at(u.house.policy.within(kind, waits.door), waits.from_at, hours)
    if waits.need_by is not None and kind.name == REPLY:
        due_at = max(min(due_at, waits.need_by), waits.from_at)
    return due_at


def _make(
    u: Unfolding, kind: Kind, waits: _Waits, *, due_at: datetime, ancestor: int | None = None
) -> None:
    calendar = calendar_for(u, kind)
    u.happen(
        ev.PromiseMade(
            at=waits.at,
            number=u.case.next_number,
            kind=kind.name,
            source=str(kind.source),
            due_at=due_at,
            calendar=calendar,
            zone=u.house.hours(calendar).zone,
            contact=waits.contact,
            from_at=waits.from_at,
            ancestor=ancestor,
            remedy=waits.remedy,
        )
    )


def calendar_for(u: Unfolding, kind: Kind) -> str:
    """Return whose hours count: the owner's, or a calendar the policy names."""
    if kind.calendar in u.house.policy.calendars:
        return kind.calendar
    return u.house.calendar_of(u.case.owner)


def begin_silence(
    u: Unfolding,
    kind: Kind,
    *,
    at: datetime,
    from_at: datetime | None = None,
    contact: int | None = None,
) -> None:
    """Measure our silence from now on, if it is our turn.

    It is measured from the last substantive reply or the oldest unanswered contact, whichever is
    later. A date we gave the customer covers the silence until then. An alarm that already rings
    is never calmed by the customer's writing again.
    """
    if u.case.ball is not Ball.US:
        return
    running = u.case.outstanding(kind.name)
    if running and (running[0].broken_at or not _is_first_since_our_reply(u, running[0], contact)):
        return
    for promise in running:
        u.happen(ev.PromiseEnded(at=at, number=promise.number, why="measured from a later moment"))
    since = from_at or at
    if u.case.unanswered_at is None:
        since = max([since, *_dates_given(u, at)[:1]])
    waits = _Waits(at=at, from_at=since, contact=contact, need_by=None, door=u.case.door)
    _make(u, kind, waits, due_at=_due(u, kind, waits))


def _is_first_since_our_reply(u: Unfolding, silence: Promise, contact: int | None) -> bool:
    """Whether a reply of ours began this silence, and this contact is the customer's first since then."""
    begun_by_reply = u.case.substantive_at is not None and silence.from_at >= u.case.substantive_at
    return begun_by_reply and contact is not None and u.case.unanswered_by[:1] == (contact,)


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


def recompute(u: Unfolding, *, number: int, would_be: datetime, why: str, at: datetime) -> None:
    """Put on record that a clock would be due at another time today. It moves only if that is sooner.

    What somebody was shown gets no later, and what was said, what is paused and what is over stays as it is.
    """
    promise = u.case.promise(number)
    moved = promise.running and not promise.paused and not promise.said and would_be < promise.due_at
    due_at = max(would_be, at) if moved else would_be
    u.happen(ev.PromiseRecomputed(at=at, number=number, due_at=due_at, moved=moved, why=why))


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
    """Say whose turn it is. Coming back to us begins our silence, if none is measured already.

    Leaving us ends nothing: only substance does. Raises ValueError for a turn of somebody else's
    that never comes back to us by itself, or a turn of ours that would.
    """
    if (whose in (Ball.CUSTOMER, Ball.PARTNER)) is not (until is not None):
        raise ValueError(f"the ball of {whose} until {until}: only a turn of somebody else's runs out")
    if (u.case.ball, u.case.ball_until) == (whose, until):
        return
    was = u.case.ball
    u.happen(ev.BallPassed(at=at, whose=str(whose), until=until))
    if whose is Ball.US and was is not Ball.US:
        begin_all_silences(u, at=at)


def begin_all_silences(u: Unfolding, *, at: datetime) -> None:
    """Begin each clock of the policy that runs while it is our turn, where it doesn't run yet."""
    for kind in u.house.policy.kinds.values():
        if kind.only_our_turn and not u.case.quarantined:
            begin_silence(u, kind, at=at)
