"""A case's story: events folded into what is true now; whose ball it is.

`after(case, event)` is the only way a case changes, and `fold` is nothing but
`after` over a journal, so what the desk shows, what the watch acts on and
what `doctor` recomputes are one function. Nothing here decides anything:
`moves` says what people may do, `clocks` what that opens and keeps,
`escalation` what time does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from . import events as ev
from . import promises
from .promises import Promise


class Ball(StrEnum):
    """Whose turn it is."""

    US = "us"
    CUSTOMER = "customer"
    PARTNER = "partner"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A handoff nobody has accepted yet. Until then the old owner still owns."""

    to: int
    by: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A substantive reply and what it settled, so that a bounce can unsettle it."""

    contact: int
    at: datetime
    unanswered_before: datetime | None
    substantive_before: datetime | None


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is true of one case now. Moments are aware; people are ids of staff."""

    owner: int
    door: str
    policy: int
    opened_at: datetime
    received_at: datetime
    open: bool = True
    quarantined: bool = False
    closed_at: datetime | None = None
    ball: Ball = Ball.US
    ball_until: datetime | None = None
    offer: Offer | None = None
    promises: tuple[Promise, ...] = ()
    unanswered_at: datetime | None = None
    """When the customer's oldest unanswered contact came; None when he has his answer."""
    unanswered_by: tuple[int, ...] = ()
    substantive_at: datetime | None = None
    replies: tuple[Reply, ...] = ()
    asks: int = 0
    """Asks since the last substantive reply, one inside that reply included."""
    owners: tuple[int, ...] = ()
    """Who owned it since the last substantive reply, oldest first."""
    lowest_rung: int = 0
    """Where ladders start on this case: one higher each time the customer said "not resolved"."""
    findings: tuple[str, ...] = ()
    pending: tuple[int, ...] = ()
    """Contacts written that no server has accepted yet."""
    acknowledged_by: int | None = None
    last_at: datetime

    def promise(self, number: int) -> Promise:
        """Return promise `number`. Raises IndexError where there is none."""
        if not 1 <= number <= len(self.promises):
            raise IndexError(number)
        return self.promises[number - 1]

    def outstanding(self, kind: str | None = None) -> tuple[Promise, ...]:
        """Return what we still owe, broken promises included, oldest first."""
        return tuple(p for p in self.promises if p.outstanding and kind in (None, p.kind))

    @property
    def next_number(self) -> int:
        return len(self.promises) + 1

    @property
    def ringing(self) -> tuple[Promise, ...]:
        """The broken promises whose alarm nobody has answered."""
        return tuple(
            p
            for p in self.promises
            if p.outstanding and p.climb and p.climb.rang_at and not p.climb.acknowledged_at
        )

    @property
    def handoffs(self) -> int:
        """Changes of owner since the last substantive reply."""
        return max(0, len(self.owners) - 1)


def fold(story: Iterable[ev.Event]) -> Case:
    """Return what the events add up to. Raises ValueError for a story that does not open with its case."""
    case: Case | None = None
    for event in story:
        case = opened(event) if case is None else after(case, event)
    if case is None:
        raise ValueError("a story without events is no case")
    return case


def opened(event: ev.Event) -> Case:
    """Return the case that `event` opens."""
    if not isinstance(event, ev.CaseOpened):
        raise ValueError(f"a story opens with case.opened, not with {event.name}")
    return Case(
        owner=event.owner,
        door=event.door,
        policy=event.policy,
        opened_at=event.at,
        received_at=event.received_at,
        quarantined=event.quarantined,
        owners=(event.owner,),
        last_at=event.at,
    )


def after(case: Case, event: ev.Event) -> Case:
    """Return the case after one more event. Raises KeyError for an event it has no meaning for."""
    return replace(_MEANING[type(event)](case, event), last_at=max(case.last_at, event.at))


def _with(case: Case, changed: Promise) -> Case:
    at = changed.number - 1
    return replace(case, promises=(*case.promises[:at], changed, *case.promises[at + 1 :]))


# ── the case ─────────────────────────────────────────────────────────────────


def _judged(case: Case, _: ev.CaseJudged) -> Case:
    return replace(case, quarantined=False)


def _closed(case: Case, event: ev.CaseClosed) -> Case:
    return replace(case, open=False, closed_at=event.at, ball=Ball.NOBODY, ball_until=None, offer=None)


def _reopened(case: Case, event: ev.CaseReopened) -> Case:
    rung = case.lowest_rung + (1 if event.unresolved else 0)
    return replace(case, open=True, closed_at=None, ball=Ball.US, ball_until=None, lowest_rung=rung)


def _repinned(case: Case, event: ev.CaseRepinned) -> Case:
    return replace(case, policy=event.policy)


# ── contacts ─────────────────────────────────────────────────────────────────


def _received(case: Case, event: ev.ContactReceived) -> Case:
    if not event.wants_answer:
        return case
    return replace(
        case,
        unanswered_at=case.unanswered_at or event.at,
        unanswered_by=(*case.unanswered_by, event.contact),
    )


def _marked(case: Case, event: ev.ContactMarked) -> Case:
    left = tuple(c for c in case.unanswered_by if c != event.contact)
    return replace(case, unanswered_by=left, unanswered_at=case.unanswered_at if left else None)


def _written(case: Case, event: ev.ContactWritten) -> Case:
    return replace(case, pending=(*case.pending, event.contact))


def _settled(case: Case, contact: int) -> Case:
    return replace(case, pending=tuple(c for c in case.pending if c != contact))


def _accepted(case: Case, event: ev.ContactAccepted) -> Case:
    case = _settled(case, event.contact)
    asks = 1 if "ask" in event.kinds else 0
    if not event.substantive:
        return replace(case, asks=case.asks + asks)
    reply = Reply(
        contact=event.contact,
        at=event.at,
        unanswered_before=case.unanswered_at,
        substantive_before=case.substantive_at,
    )
    return replace(
        case,
        substantive_at=event.at,
        replies=(*case.replies, reply),
        unanswered_at=None,
        unanswered_by=(),
        asks=asks,
        owners=(case.owner,),
    )


def _refused(case: Case, event: ev.ContactRefused) -> Case:
    return _settled(case, event.contact) if event.final else case


def _bounced(case: Case, event: ev.ContactBounced) -> Case:
    case = _settled(case, event.contact)
    undone = next((r for r in case.replies if r.contact == event.contact), None)
    if undone is None:
        return case
    left = tuple(r for r in case.replies if r is not undone)
    waiting = [t for t in (undone.unanswered_before, case.unanswered_at) if t is not None]
    return replace(
        case,
        replies=left,
        substantive_at=left[-1].at if left else None,
        unanswered_at=min(waiting, default=None),
    )


def _same(case: Case, _: ev.Event) -> Case:
    return case


# ── promises ─────────────────────────────────────────────────────────────────


def _made(case: Case, event: ev.PromiseMade) -> Case:
    made = Promise(
        number=event.number,
        kind=event.kind,
        source=event.source,
        from_at=event.from_at,
        due_at=event.due_at,
        near_at=event.near_at,
        said=event.said,
        calendar=event.calendar,
        contact=event.contact,
        ancestor=event.ancestor,
    )
    assert event.number == case.next_number, "promises are numbered in the order they were made"
    return replace(case, promises=(*case.promises, made))


def _kept(case: Case, event: ev.PromiseKept) -> Case:
    return _with(case, promises.keep(case.promise(event.number), at=event.at, contact=event.contact))


def _unkept(case: Case, event: ev.PromiseUnkept) -> Case:
    return _with(case, promises.unkeep(case.promise(event.number)))


def _broken(case: Case, event: ev.PromiseBroken) -> Case:
    # A promise that a bounce brings back broke in the past; it rings from now on, when somebody can act.
    ring_from = max(event.at, case.last_at)
    promise = case.promise(event.number)
    return _with(case, promises.break_(promise, at=event.at, rung=case.lowest_rung, ring_from=ring_from))


def _released(case: Case, event: ev.PromiseReleased) -> Case:
    return _with(case, replace(case.promise(event.number), released_at=event.at))


def _replaced(case: Case, event: ev.PromiseReplaced) -> Case:
    return _with(case, replace(case.promise(event.number), replaced_by=event.successor))


def _ended(case: Case, event: ev.PromiseEnded) -> Case:
    return _with(case, replace(case.promise(event.number), ended_at=event.at))


def _paused(case: Case, event: ev.PromisePaused) -> Case:
    return _with(case, promises.pause(case.promise(event.number), at=event.at, until=event.until))


def _resumed(case: Case, event: ev.PromiseResumed) -> Case:
    return _with(case, promises.resume(case.promise(event.number), due_at=event.due_at))


# ── who hears, whose it is ───────────────────────────────────────────────────


def _warned(case: Case, event: ev.PromiseWarned) -> Case:
    return _with(case, replace(case.promise(event.number), warned=event.step))


def _rang(case: Case, event: ev.AlarmRaised | ev.AlarmMissed) -> Case:
    for number in event.numbers:
        promise = promises.ring(case.promise(number), rung=event.rung, told_at=event.told_at, at=event.at)
        case = _with(case, promise)
    return replace(case, acknowledged_by=None)


def _acknowledged(case: Case, event: ev.AlarmAcknowledged) -> Case:
    for number in event.numbers:
        case = _with(case, promises.acknowledge(case.promise(number), at=event.at))
    return replace(case, acknowledged_by=event.by)


def _offered(case: Case, event: ev.HandoffOffered) -> Case:
    return replace(case, offer=Offer(to=event.to, by=event.by, at=event.at))


def _offer_over(case: Case, _: ev.Event) -> Case:
    return replace(case, offer=None)


def _owner_changed(case: Case, event: ev.OwnerChanged) -> Case:
    # Only a handoff counts against the budget; nobody passed it on because he fell ill.
    kept = case.owners if event.why.startswith("handoff") else case.owners[:-1]
    return replace(case, owner=event.to, owners=(*kept, event.to), offer=None)


def _ball_passed(case: Case, event: ev.BallPassed) -> Case:
    return replace(case, ball=Ball(event.whose), ball_until=event.until)


def _found(case: Case, event: ev.FindingMade) -> Case:
    return replace(case, findings=(*case.findings, event.code))


_MEANING: dict[type[ev.Event], Callable[[Case, Any], Case]] = {
    ev.CaseJudged: _judged,
    ev.CaseClosed: _closed,
    ev.CaseReopened: _reopened,
    ev.CaseRepinned: _repinned,
    ev.ContactReceived: _received,
    ev.ContactProposed: _same,
    ev.ContactMarked: _marked,
    ev.ContactWritten: _written,
    ev.ContactAccepted: _accepted,
    ev.ContactRefused: _refused,
    ev.ContactBounced: _bounced,
    ev.NoteWritten: _same,
    ev.PromiseMade: _made,
    ev.PromiseKept: _kept,
    ev.PromiseUnkept: _unkept,
    ev.PromiseBroken: _broken,
    ev.PromiseReleased: _released,
    ev.PromiseReplaced: _replaced,
    ev.PromiseEnded: _ended,
    ev.PromisePaused: _paused,
    ev.PromiseResumed: _resumed,
    ev.PromiseWarned: _warned,
    ev.AlarmRaised: _rang,
    ev.AlarmMissed: _rang,
    ev.AlarmAcknowledged: _acknowledged,
    ev.HandoffOffered: _offered,
    ev.HandoffAccepted: _offer_over,
    ev.HandoffReturned: _offer_over,
    ev.OwnerChanged: _owner_changed,
    ev.BallPassed: _ball_passed,
    ev.ManagerAsked: _same,
    ev.UnresolvedSaid: _same,
    ev.FindingMade: _found,
}
