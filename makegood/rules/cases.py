"""A case's story: events folded into what is true now; whose ball it is.

`after(case, event)` is the only way a case changes, and `fold` is nothing but
`after` over a journal, so what the desk shows, what the watch acts on and
what `doctor` recomputes are one function. Nothing here decides anything:
`incoming`, `outgoing`, `keeping`, `ownership` and `closing` say what people
may do, `clocks` what that opens and keeps, `rounds` what time does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from . import contacts, item_events, merge_events, promises, remedy_steps
from . import events as ev
from .contacts import Reply
from .item_events import Item
from .promises import Promise
from .remedy_steps import Remedy
from .values import replace


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
class Case:
    """What is true of one case now. Moments are aware; people are ids of staff."""

    owner: int
    owned_at: datetime
    """Since when this owner has had it."""
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
    apologies: int = 0
    need_by: datetime | None = None
    """When the customer needs it, as a person read it."""
    asked: tuple[int, ...] = ()
    """Contacts that asked something since the last substantive reply, that reply included."""
    owners: tuple[int, ...] = ()
    """Who owned it since the last substantive reply, oldest first."""
    lowest_rung: int = 0
    """Where ladders start on this case: one higher each time the customer said "not resolved"."""
    findings: tuple[str, ...] = ()
    pending: tuple[int, ...] = ()
    """Contacts written that no server has accepted yet."""
    proposed: tuple[int, ...] = ()
    """Messages of people we can't vouch for, which the owner has not judged yet."""
    executive_by: int | None = None
    """A letter to an executive that came while the case was set aside; its clock waits for the judgement."""
    acknowledged_by: int | None = None
    wish_asked_at: datetime | None = None
    """When we first asked what he would like to have happen."""
    wish_at: datetime | None = None
    """When he last said it."""
    wish_passed: bool = False
    """Somebody went on without knowing it, and said why."""
    remedies: tuple[Remedy, ...] = ()
    failed_remedies: int = 0
    items: tuple[Item, ...] = ()
    """The things it is about, where it is about several."""
    holdings: tuple[int, ...] = ()
    """What we hold of his now, by the desk's ids."""
    merged_into: int | None = None
    """The case in which this one goes on."""
    absorbed: tuple[int, ...] = ()
    """The cases that go on in this one."""
    last_at: datetime

    def promise(self, number: int) -> Promise:
        """Return promise `number`. Raises IndexError where there is none."""
        if not 1 <= number <= len(self.promises):
            raise IndexError(number)
        return self.promises[number - 1]

    def remedy(self, number: int) -> Remedy:
        """Return remedy `number`. Raises IndexError where there is none."""
        if not 1 <= number <= len(self.remedies):
            raise IndexError(number)
        return self.remedies[number - 1]

    def outstanding(self, kind: str | None = None) -> tuple[Promise, ...]:
        """Return what we still owe, broken promises included, oldest first."""
        return tuple([p for p in self.promises if p.outstanding and kind in (None, p.kind)])

    @property
    def next_number(self) -> int:
        return len(self.promises) + 1

    @property
    def ringing(self) -> tuple[Promise, ...]:
        """The broken promises whose alarm nobody has answered."""
        return tuple(
            p for p in self.promises if p.climb and p.climb.rang_at and not p.climb.acknowledged_at and p.outstanding
        )

    @property
    def asks(self) -> int:
        """Asks since the last substantive reply, one inside that reply included."""
        return len(self.asked)

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
        owned_at=event.at,
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
    changed = _MEANING[type(event)](case, event)
    if event.at <= case.last_at:
        return changed
    if changed is case:
        return replace(case, last_at=event.at)
    # It was made this moment and nobody has seen it yet, so it needn't be made once more.
    changed.__dict__["last_at"] = event.at
    return changed


def _with(case: Case, changed: Promise) -> Case:
    at = changed.number - 1
    return replace(case, promises=(*case.promises[:at], changed, *case.promises[at + 1 :]))


# ── the case ─────────────────────────────────────────────────────────────────


def _judged(case: Case, event: ev.CaseJudged) -> Case:
    judged = replace(case, quarantined=False, executive_by=None)
    return judged if event.genuine else replace(judged, unanswered_at=None, unanswered_by=())


def _closed(case: Case, event: ev.CaseClosed) -> Case:
    return replace(case, open=False, closed_at=event.at, ball=Ball.NOBODY, ball_until=None, offer=None)


def _reopened(case: Case, event: ev.CaseReopened) -> Case:
    rung = case.lowest_rung + (1 if event.unresolved else 0)
    return replace(case, open=True, closed_at=None, ball=Ball.US, ball_until=None, lowest_rung=rung, merged_into=None)


def _repinned(case: Case, event: ev.CaseRepinned) -> Case:
    return replace(case, policy=event.policy)


def _same(case: Case, _: ev.Event) -> Case:
    return case


# ── promises ─────────────────────────────────────────────────────────────────


_NEVER = datetime.min.replace(tzinfo=UTC)
_UNMADE = Promise(number=0, kind="", source="", from_at=_NEVER, owed_at=_NEVER, due_at=_NEVER, calendar="")
"""What becomes a promise when its fields are filled in: its constructor would take most of a fold's time."""


def _made(case: Case, event: ev.PromiseMade) -> Case:
    made = replace(
        _UNMADE,
        number=event.number,
        kind=event.kind,
        source=event.source,
        from_at=event.from_at,
        owed_at=event.at,
        due_at=event.due_at,
        near_at=event.near_at,
        said=event.said,
        calendar=event.calendar,
        contact=event.contact,
        ancestor=event.ancestor,
        remedy=event.remedy,
    )
    if event.from_case is not None:
        made = replace(made, from_case=event.from_case, from_number=event.from_number)
    assert event.number == case.next_number, "promises are numbered in the order they were made"
    return replace(case, promises=(*case.promises, made))


def _kept(case: Case, event: ev.PromiseKept) -> Case:
    return _with(case, promises.keep(case.promise(event.number), at=event.at, contact=event.contact))


def _unkept(case: Case, event: ev.PromiseUnkept) -> Case:
    unkept = promises.unkeep(case.promise(event.number), at=event.at)
    if unkept.broken_at is None:
        return _with(case, unkept)
    # Kept late and now unkept: it is broken and owed, so it rings again.
    return _with(case, _ringing_from(case, unkept, at=event.at))


def _broken(case: Case, event: ev.PromiseBroken) -> Case:
    return _with(case, _ringing_from(case, case.promise(event.number), at=event.at))


def _ringing_from(case: Case, promise: Promise, *, at: datetime) -> Promise:
    # A promise may have broken before we could know (a mail that was held up on its way): it rings
    # from when somebody could act.
    return promises.break_(promise, at=at, rung=case.lowest_rung, ring_from=max(at, case.last_at))


def _released(case: Case, event: ev.PromiseReleased) -> Case:
    return _with(case, replace(case.promise(event.number), released_at=event.at))


def _replaced(case: Case, event: ev.PromiseReplaced) -> Case:
    return _with(case, replace(case.promise(event.number), replaced_by=event.successor))


def _ended(case: Case, event: ev.PromiseEnded) -> Case:
    return _with(case, replace(case.promise(event.number), ended_at=event.at))


def _paused(case: Case, event: ev.PromisePaused) -> Case:
    return _with(case, promises.pause(case.promise(event.number), at=event.at, until=event.until))


def _recomputed(case: Case, event: ev.PromiseRecomputed) -> Case:
    return _with(case, replace(case.promise(event.number), due_at=event.due_at)) if event.moved else case


def _resumed(case: Case, event: ev.PromiseResumed) -> Case:
    return _with(case, promises.resume(case.promise(event.number), due_at=event.due_at))


# ── who hears, whose it is ───────────────────────────────────────────────────


def _warned(case: Case, event: ev.PromiseWarned) -> Case:
    return _with(case, replace(case.promise(event.number), warned=event.step))


def _rang(case: Case, event: ev.AlarmRaised | ev.AlarmMissed) -> Case:
    missed = isinstance(event, ev.AlarmMissed)
    for number in event.numbers:
        promise = case.promise(number)
        rung, told_at = event.rung, event.told_at
        case = _with(case, promises.ring(promise, rung=rung, told_at=told_at, at=event.at, missed=missed))
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
    return replace(case, owner=event.to, owned_at=event.at, owners=(*kept, event.to), offer=None)


def _ball_passed(case: Case, event: ev.BallPassed) -> Case:
    return replace(case, ball=Ball(event.whose), ball_until=event.until)


def _needed(case: Case, event: ev.NeedByNoted) -> Case:
    return replace(case, need_by=event.need_by)


def _found(case: Case, event: ev.FindingMade) -> Case:
    return replace(case, findings=(*case.findings, event.code))


_MEANING: dict[type[ev.Event], Callable[[Case, Any], Case]] = {
    ev.CaseJudged: _judged,
    ev.CaseClosed: _closed,
    ev.CaseReopened: _reopened,
    ev.CaseRepinned: _repinned,
    ev.ContactReceived: contacts.received,
    ev.ContactProposed: contacts.proposed,
    ev.ContactMarked: contacts.marked,
    ev.ContactWritten: contacts.written,
    ev.ContactAccepted: contacts.accepted,
    ev.ContactRefused: contacts.refused,
    ev.ContactCleared: _same,
    ev.ContactBounced: contacts.bounced,
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
    ev.PromiseRecomputed: _recomputed,
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
    ev.NeedByNoted: _needed,
    ev.ContactRead: _same,
    ev.UnresolvedSaid: _same,
    ev.FindingMade: _found,
    **merge_events.MEANING,
    **item_events.MEANING,
    **remedy_steps.MEANING,
}
