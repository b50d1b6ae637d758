"""The form in which states of the small world with equal futures are equal values.

`normal` forgets what can't matter any more, renames what only needs a name and
moves every time so that now is NOW. test_proof.py tells long random stories both
ways, with and without it, and compares them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from makegood.rules.cases import Case, Offer
from makegood.rules.contacts import Reply
from makegood.rules.escalation import House
from makegood.rules.promises import Climb, Promise
from makegood.rules.remedy_steps import Remedy, Step
from makegood.rules.values import replace
from tests.rules.small_world import ANN, BEN, ELI, EVE, HAL, HOUR, LEA, NOW, State, Status

WAITING, LAST, ASKED, WRITTEN, STRANGE, OLD = range(1, 7)
"""Contacts in normal form: one that waits for an answer, our last one, an older ask, one that no server
has taken yet, a stranger's, an older reply."""


def normal(state: State, house: House, *, now: datetime) -> State:
    """Return the state in which everything that can't matter any more is alike, seen from NOW.

    Promises that are over and can't come back are dropped and the rest renumbered; times are
    moved so that `now` is NOW; moments that only matter as past are one past moment.
    """
    case, shift = state.case, NOW - now
    contacts = _Contacts(state.last)
    kept = [p for p in case.promises if p.outstanding or _comes_back(p, case, state.last)]
    # No rule asks which of two kinds was promised first; within a kind the order stays.
    kept.sort(key=lambda p: p.kind)
    promises = tuple(
        _promise(p, number, case, house, contacts, shift=shift) for number, p in enumerate(kept, 1)
    )
    owner, away = _SAME.get(case.owner, case.owner), _away(state.owner, now - NOW)
    needs_receipt = not any(p.kind == "resolution" for p in promises)
    normal_case = replace(
        case,
        owner=owner,
        owned_at=NOW if away == "in" else max(case.owned_at + shift, NOW - HOUR),
        opened_at=NOW,
        received_at=case.received_at + shift if needs_receipt else NOW,
        closed_at=None if case.open else NOW,
        ball_until=_moved(case.ball_until, shift),
        offer=Offer(to=BEN if owner == ANN else ANN, by=None, at=NOW) if case.offer else None,
        promises=promises,
        unanswered_at=_earlier(case.unanswered_at, shift, exact=case.quarantined),
        unanswered_by=(WAITING,) if case.unanswered_by else (),
        substantive_at=_replied(case.substantive_at, _LAST_REPLY_AT, shift, exact=case.quarantined),
        replies=_replies(case, state.last, shift, budget=house.policy.handoff_budget),
        asked=contacts.asked(case.asked),
        owners=_owners(case.owners, house.policy.handoff_budget),
        lowest_rung=min(case.lowest_rung, 3),
        findings=(),
        pending=(WRITTEN,) * len(case.pending),
        proposed=(STRANGE,) * len(case.proposed),
        executive_by=WAITING if case.executive_by else None,
        acknowledged_by=None,
        apologies=0,
        need_by=None,
        wish_asked_at=None,
        wish_at=NOW if case.wish_at else None,
        remedies=tuple(_remedy(r, state.last, shift) for r in case.remedies),
        failed_remedies=min(case.failed_remedies, 3),
        last_at=NOW,
    )
    return State(normal_case, away, state.cover if away != "in" else None, LAST if state.last else None)


def _remedy(remedy: Remedy, last: int | None, shift: timedelta) -> Remedy:
    # Only an offer's end is ever compared with anything; that an older letter offered it matters to nobody.
    at_offer = remedy.step is Step.OFFERED
    return replace(
        remedy,
        proposed_by=ANN,
        approved_by=None,
        proposed_at=NOW,
        moved_at=NOW,
        offered_at=None,
        offered_by=LAST if at_offer and last is not None and remedy.offered_by == last else None,
        expires_at=max(remedy.expires_at + shift, NOW) if at_offer and remedy.expires_at else None,
        ordered_at=NOW if remedy.ordered_at else None,
    )


_SAME = {ANN: ANN, BEN: ANN, LEA: LEA, HAL: LEA, EVE: LEA, ELI: LEA}
"""To a case its owner is an agent or somebody above; which one decides only who hears of it."""


def _away(status: Status, passed: timedelta) -> Status:
    # Beyond the hour after which a case moves on, it doesn't matter how long he has been away.
    return min(status + passed, HOUR) if isinstance(status, timedelta) else status


def _comes_back(promise: Promise, case: Case, last: int | None) -> bool:
    """Whether a promise that is over can be owed again: its mail bounces, or the case is reopened."""
    return (last is not None and promise.kept_by == last) or (promise.kind == "resolution" and not case.open)


class _Contacts:
    """The names that contacts have in normal form."""

    def __init__(self, last: int | None) -> None:
        self._last = last
        self.can_bounce = last is not None

    def one(self, contact: int | None) -> int | None:
        """Return LAST or nothing: no rule asks which other contact kept a promise, or began it."""
        return LAST if contact is not None and contact == self._last else None

    def asked(self, contacts: tuple[int, ...]) -> tuple[int, ...]:
        """Only whether anything was asked matters, and whether it goes when our last message bounces."""
        return tuple(sorted({LAST if c == self._last else ASKED for c in contacts}))


def _promise(
    promise: Promise,
    number: int,
    case: Case,
    house: House,
    contacts: _Contacts,
    *,
    shift: timedelta,
) -> Promise:
    broken, owed = promise.broken_at is not None, promise.outstanding
    kind = house.policy.kinds.get(promise.kind)
    measures_silence = kind is not None and kind.only_our_turn
    warns = owed and not broken and (promise.near_at is not None or (kind is not None and bool(kind.warn)))
    due_at = promise.due_at + shift
    if not promise.paused:
        due_at = NOW if owed and broken else max(due_at, NOW)
    # A warning counts from both: when the clock began, and when it was last owed anew.
    from_at = max(promise.from_at, promise.owed_at) + shift if warns else NOW
    if measures_silence and not warns and not (owed and broken):
        from_at = _order_among_replies(promise, case, can_bounce=contacts.can_bounce)
    return replace(
        promise,
        number=number,
        from_at=from_at,
        owed_at=from_at if warns else NOW,
        due_at=due_at,
        near_at=_moved(promise.near_at, shift) if warns else None,
        contact=contacts.one(promise.contact) if owed and not promise.said else None,
        paused_at=_moved(promise.paused_at, shift),
        paused_until=_moved(promise.paused_until, shift),
        warned=promise.warned if warns else 0,
        broken_at=NOW if broken else None,
        kept_at=NOW if promise.kept_at else None,
        kept_by=contacts.one(promise.kept_by),
        ended_at=NOW if promise.ended_at else None,
        ancestor=None,
        climb=_climb(promise, house, shift) if owed and promise.climb else None,
    )


_LAST_REPLY_AT, _REPLY_BEFORE_AT = NOW - HOUR, NOW - 3 * HOUR


def _order_among_replies(silence: Promise, case: Case, *, can_bounce: bool) -> datetime:
    """Return when a silence began, as far as it matters: before or after the reply it is compared with.

    That is our last reply; the one before it once that bounces, and for a silence that it kept.
    """
    last, before = case.substantive_at, case.replies[-2].at if len(case.replies) > 1 else None
    if silence.outstanding and (last is None or silence.from_at >= last):
        return NOW
    after_the_one_before = before is None or silence.from_at >= before
    if silence.outstanding:
        return NOW - 2 * HOUR if can_bounce and after_the_one_before else NOW - 4 * HOUR
    return NOW if after_the_one_before else NOW - 4 * HOUR


def _climb(promise: Promise, house: House, shift: timedelta) -> Climb:
    climb = promise.climb
    assert climb is not None
    top = len(house.ladder(promise.kind).rungs) - 1
    heard, settled = climb.acknowledged_at is not None, climb.rung >= top
    return Climb(
        rung=min(climb.rung, top),
        from_at=NOW if heard or settled else climb.from_at + shift,
        from_rung=0 if heard or settled else climb.from_rung,
        rang_at=NOW if heard else _moved(climb.rang_at, shift),
        acknowledged_at=_moved(climb.acknowledged_at, shift),
        missed=climb.missed,
    )


def _moved(at: datetime | None, shift: timedelta) -> datetime | None:
    return None if at is None else at + shift


def _earlier(at: datetime | None, shift: timedelta, *, exact: bool) -> datetime | None:
    """Return whether he waits; since when matters only for a judgement to come."""
    if at is None:
        return None
    return at + shift if exact else NOW - HOUR


def _replied(at: datetime | None, alike: datetime, shift: timedelta, *, exact: bool) -> datetime | None:
    """Return when we replied: all alike, except where a judgement may still compare it with his letter."""
    if at is None:
        return None
    return at + shift if exact else alike


def _owners(owners: tuple[int, ...], budget: int) -> tuple[int, ...]:
    """Return who owned it, as far as it matters: how many, up to the budget, and who does now."""
    return (*([0] * min(len(owners) - 1, budget)), _SAME.get(owners[-1], owners[-1]))


def _replies(case: Case, last: int | None, shift: timedelta, *, budget: int) -> tuple[Reply, ...]:
    """Return the last reply as it would be undone, and the moment of the one before it."""
    found = []
    # Where no reply clock comes back with a bounce, one is opened from when he wrote.
    exact = not any(p.kind == "reply" and last is not None and p.kept_by == last for p in case.promises)
    for nth, reply in enumerate(case.replies[-2:], start=len(case.replies) - len(case.replies[-2:])):
        alike = _LAST_REPLY_AT if nth == len(case.replies) - 1 else _REPLY_BEFORE_AT
        can_bounce = reply.contact == last and nth == len(case.replies) - 1
        found.append(
            Reply(
                contact=LAST if can_bounce else OLD,
                at=_replied(reply.at, alike, shift, exact=case.quarantined) or NOW,
                unanswered_before=(
                    _earlier(reply.unanswered_before, shift, exact=exact) if can_bounce else None
                ),
                unanswered_by_before=(WAITING,) if can_bounce and reply.unanswered_by_before else (),
                asked_before=(ASKED,) if can_bounce and reply.asked_before else (),
                owners_before=_owners(reply.owners_before, budget) if can_bounce else (),
            )
        )
    if found and found[-1].contact != LAST:
        return (found[-1],)
    return tuple(found)
