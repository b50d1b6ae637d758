"""When a case may close, what opens it again, and what a message that was set aside turns out to be."""

from __future__ import annotations

from datetime import datetime

from . import clocks, items, keeping, refusals
from . import events as ev
from .cases import Case
from .policy import Signal
from .promises import Promise
from .remedy_steps import reasons_undone
from .unfolding import Unfolding


def reasons_not_to_close(case: Case) -> tuple[str, ...]:
    """Return every reason why this case can't close, as sentences; empty when it can."""
    reasons = []
    if case.quarantined:
        reasons.append("It is set aside: judge it first.")
    if any(p.said for p in case.outstanding()):
        reasons.append("A promise is open: keep it, replace it, or let the customer release it.")
    if case.unanswered_at is not None:
        reasons.append("The customer's last message has no answer: reply, or mark it as needing none.")
    if case.proposed:
        reasons.append("A stranger's message waits to be judged: let it join, or make it a case of its own.")
    if case.pending:
        reasons.append("A reply has not reached the customer's mail server yet: wait until it is accepted.")
    if case.substantive_at is None:
        reasons.append("No substantive reply was ever sent: answer, offer, promise, or give a new fact.")
    if case.outstanding("manager"):
        reasons.append("The customer asked for a manager: a team lead or somebody above must answer.")
    if case.outstanding("executive"):
        reasons.append("A letter to an executive has no answer yet: answer it, or name who does.")
    if not all(items.is_right(case, item) for item in case.items):
        reasons.append("A thing of this case is not right yet: give something for it, or say that it needs nothing.")
    return (*reasons, *reasons_undone(case))


def close(u: Unfolding, *, by: int, at: datetime, further: tuple[str, ...] = ()) -> None:
    """Close the case. Closed is not recovered: the customer is asked.

    `further` are reasons against it that the rules can't see from the case. Raises CannotClose with
    every reason.
    """
    if not u.case.open:
        raise refusals.CaseIsClosed
    reasons = (*reasons_not_to_close(u.case), *further)
    if reasons:
        raise refusals.CannotClose(*reasons)
    _shut(u, by=by, at=at)


def _shut(u: Unfolding, *, by: int, at: datetime) -> None:
    clocks.signal(u, Signal.CASE_CLOSED, at=at)
    clocks.end_all(u, at=at, why="the case closed")
    u.happen(ev.CaseClosed(at=at, by=by))


def reopen(u: Unfolding, *, at: datetime, unresolved: bool, by: int | None = None) -> None:
    """Open a closed case again: the first clock runs on as if it had never stopped.

    `unresolved`: the customer said that it is not resolved, so ladders start one rung higher.
    """
    if u.case.open:
        raise refusals.CaseIsOpen
    u.happen(ev.CaseReopened(at=at, by=by, unresolved=unresolved))
    if not run_on(u, at=at, why="the case is open again"):
        # It was put away before anybody took it for a complaint: the clocks of one begin now.
        clocks.signal(u, Signal.CASE_OPENED, at=at, from_at=u.case.received_at)
    clocks.begin_all_silences(u, at=at)


def run_on(u: Unfolding, *, at: datetime, why: str) -> bool:
    """Let the clocks that run until a case closes run on; return whether there were any."""
    stopped = _stopped_by_closing(u)
    for promise in stopped:
        u.happen(ev.PromiseUnkept(at=at, number=promise.number, why=why))
    return bool(stopped)


def _stopped_by_closing(u: Unfolding) -> list[Promise]:
    """Return the last clock of each kind that runs from first receipt until the case closes."""
    kinds = u.house.policy.kinds.values()
    lasting = {
        k.name for k in kinds if Signal.CASE_OPENED in k.opens_on and Signal.CASE_CLOSED in k.kept_by
    }
    last = {p.kind: p for p in u.case.promises if p.kind in lasting}
    return [p for p in last.values() if not p.outstanding]


def judge(u: Unfolding, *, genuine: bool, why: str, by: int, at: datetime) -> None:
    """Say what a message that was set aside is. A complaint gets the clocks it has had all along.

    What is none can't be put away while a person's word to its sender is owed.
    """
    if not u.case.quarantined:
        raise refusals.AlreadyJudged
    if not genuine:
        _refuse_to_put_away(u.case)
    letter = u.case.executive_by
    u.happen(ev.CaseJudged(at=at, by=by, genuine=genuine, why=why))
    if not u.case.proposed:
        clocks.signal(u, Signal.QUARANTINE_JUDGED, at=at)
    if not genuine:
        _let_go_of_automatic_words(u, at=at)
        _shut(u, by=by, at=at)
        return
    clocks.signal(u, Signal.CASE_OPENED, at=at, from_at=u.case.received_at)
    if u.case.unanswered_at is not None:
        _wait_since(u, u.case.unanswered_at, contact=u.case.unanswered_by[0], at=at)
    if letter is not None:
        clocks.signal(u, Signal.EXECUTIVE_LETTER, at=at, from_at=u.case.received_at, contact=letter)
    clocks.begin_all_silences(u, at=at)


def _refuse_to_put_away(case: Case) -> None:
    reasons = []
    if any(p.said and not keeping.is_standing(p) for p in case.outstanding()):
        reasons.append("A person of ours made a promise here: keep it first, or say that it is a complaint.")
    if case.pending:
        reasons.append("A reply is on its way: wait until it is accepted.")
    if case.proposed:
        reasons.append("A stranger's message waits to be judged here: let it join, or make it a case of its own.")
    if reasons:
        raise refusals.CannotClose(*reasons)


def _let_go_of_automatic_words(u: Unfolding, *, at: datetime) -> None:
    for promise in u.case.outstanding():
        if keeping.is_standing(promise):
            u.happen(ev.PromiseEnded(at=at, number=promise.number, why="it was no complaint"))


def _wait_since(u: Unfolding, waiting_at: datetime, *, contact: int, at: datetime) -> None:
    """Open the clocks of a message that was set aside, as if it had been understood when it came."""
    door = u.house.policy.doors.get(u.case.door)
    clocks.signal(u, Signal.CONTACT_RECEIVED, at=at, from_at=waiting_at, contact=contact)
    if door is not None:
        keeping.stand_by_the_doors_words(u, door, at=at, from_at=waiting_at, contact=contact)
