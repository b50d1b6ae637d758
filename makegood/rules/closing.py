"""When a case may close, what opens it again, and what a message that was set aside turns out to be."""

from __future__ import annotations

from datetime import datetime

from . import clocks, refusals
from . import events as ev
from .cases import Case
from .policy import Signal
from .unfolding import Unfolding


def reasons_not_to_close(case: Case) -> tuple[str, ...]:
    """Return every reason why this case can't close, as sentences; empty when it can."""
    reasons = []
    said = [p for p in case.outstanding() if p.said]
    if said:
        numbers = ", ".join(str(p.number) for p in said)
        reasons.append(
            f"A promise is open (no. {numbers}): keep it, replace it, or let the customer release it."
        )
    if case.unanswered_at is not None:
        reasons.append("The customer's last message has no answer: reply, or mark it as needing none.")
    if case.pending:
        reasons.append("A reply has not reached his mail server yet: wait until it is accepted.")
    if case.substantive_at is None:
        reasons.append(
            "No substantive reply was ever sent: answer, offer, promise or tell him something new."
        )
    if case.outstanding("manager"):
        reasons.append("He asked for a manager: a team lead or somebody above must answer him.")
    return tuple(reasons)


def close(u: Unfolding, *, by: int, at: datetime) -> None:
    """Close the case. Closed is not recovered: the customer is asked."""
    if not u.case.open:
        raise refusals.CaseIsClosed
    if u.case.quarantined:
        raise refusals.CannotClose("It is set aside: judge it first.")
    reasons = reasons_not_to_close(u.case)
    if reasons:
        raise refusals.CannotClose(*reasons)
    _shut(u, by=by, at=at)


def _shut(u: Unfolding, *, by: int, at: datetime) -> None:
    clocks.signal(u, Signal.CASE_CLOSED, at=at)
    clocks.end_all(u, at=at, why="the case closed")
    u.happen(ev.CaseClosed(at=at, by=by))


def reopen(u: Unfolding, *, at: datetime, unresolved: bool, by: int | None = None) -> None:
    """Open a closed case again: the first clock runs on as if it had never stopped."""
    if u.case.open:
        raise refusals.CaseIsOpen
    u.happen(ev.CaseReopened(at=at, by=by, unresolved=unresolved))
    for promise_ in u.case.promises:
        if promise_.kind == "resolution" and (promise_.kept_at or promise_.ended_at):
            u.happen(ev.PromiseUnkept(at=at, number=promise_.number, why="the case is open again"))
    if not u.case.outstanding("resolution"):
        clocks.signal(u, Signal.CASE_OPENED, at=at, from_at=u.case.received_at)


def judge(u: Unfolding, *, genuine: bool, why: str, by: int, at: datetime) -> None:
    """Say what a message that was set aside is. A complaint gets the clocks it has had all along."""
    if not u.case.quarantined:
        raise refusals.AlreadyJudged
    u.happen(ev.CaseJudged(at=at, by=by, genuine=genuine, why=why))
    clocks.signal(u, Signal.QUARANTINE_JUDGED, at=at)
    if not genuine:
        _shut(u, by=by, at=at)
        return
    clocks.signal(u, Signal.CASE_OPENED, at=at, from_at=u.case.received_at)
    if u.case.unanswered_at is not None:
        waited = {"contact": u.case.unanswered_by[0], "from_at": u.case.unanswered_at}
        clocks.signal(u, Signal.CONTACT_RECEIVED, at=at, **waited)
