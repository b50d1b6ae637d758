"""A message of ours: what it keeps, what it promises, whose turn it makes it, and what a bounce undoes.

Nothing counts before the receiving server accepted it. Each function lets
events take effect on the unfolding case, or raises a Refusal.
"""

from __future__ import annotations

from datetime import datetime

from . import clocks, closing, keeping, refusals, remedies
from . import events as ev
from .cases import Ball
from .findings import find
from .keeping import Said
from .policy import Signal
from .spans import due_at as span_due
from .unfolding import Unfolding

SUBSTANTIVE = frozenset({"answer", "offer", "promise", "news"})
OUTGOING_KINDS = (
    "answer",
    "offer",
    "promise",
    "news",
    "ask",
    "acknowledgement",
    "transfer",
    "apology",
    "survey",
)


def substantive(kinds: tuple[str, ...], *, automatic: bool = False) -> bool:
    """Return whether a message of these kinds moves anything. An automatic text never does."""
    return not automatic and bool(SUBSTANTIVE & set(kinds))


def write(u: Unfolding, *, contact: int, kinds: tuple[str, ...], by: int, at: datetime) -> None:
    """A reply was written and waits for the mail server. It moves nothing until that accepts it."""
    if not u.case.open:
        raise refusals.CaseIsClosed
    u.happen(ev.ContactWritten(at=at, by=by, contact=contact, kinds=kinds))


def accept(
    u: Unfolding,
    *,
    contact: int,
    kinds: tuple[str, ...],
    by: int | None,
    at: datetime,
    automatic: bool = False,
    promises: tuple[Said, ...] = (),
    keeps: tuple[int, ...] = (),
) -> None:
    """The customer's server took our message: what it keeps is kept, what it says is now promised.

    An assurance without a date moves nothing, whatever it was marked as. A date said on a closed
    case opens it again: nothing is owed where no clock runs.
    """
    moved = substantive(_dated(kinds, promises), automatic=automatic)
    if promises and not u.case.open:
        closing.reopen(u, at=at, unresolved=False)
    asked_before = u.case.asks
    _look_twice(u, kinds, moved=moved, by=by, at=at)
    senior = moved and by is not None and u.house.people.rank(by) > 0
    u.happen(ev.ContactAccepted(at=at, by=by, contact=contact, kinds=kinds, substantive=moved, senior=senior))
    for number in keeps:
        if (kept := u.case.promise(number)).outstanding and kept.said:
            u.happen(ev.PromiseKept(at=at, by=by, number=number, contact=contact))
    for said in promises:
        keeping.promise(u, said, by=by, at=at, contact=contact)
    if not u.case.open:
        return
    if moved:
        clocks.resume(u, at=at)
        _turn_after(u, kinds, at=at)
    _signal_reply(u, contact=contact, moved=moved, senior=senior, kinds=kinds, at=at)
    if "ask" in kinds and not automatic:
        _ask(u, contact=contact, asked_before=0 if moved else asked_before, moved=moved, at=at)


def _look_twice(u: Unfolding, kinds: tuple[str, ...], *, moved: bool, by: int | None, at: datetime) -> None:
    """Find two people answering one letter, and an apology repeated without a new fact (`science.md` 9)."""
    last = u.case.replies[-1] if u.case.replies else None
    answers = moved and {"answer", "offer"} & set(kinds)
    if answers and last and last.answers and last.by != by and u.case.unanswered_at is None:
        find(u, "MG204", at=at, evidence="two people answered one letter: see that they say the same")
    if "apology" in kinds and not moved and u.case.apologies:
        find(u, "MG205", at=at, evidence="a second apology without a new fact")


def _dated(kinds: tuple[str, ...], promises: tuple[Said, ...]) -> tuple[str, ...]:
    return kinds if promises else tuple(k for k in kinds if k != "promise")


def _ask(u: Unfolding, *, contact: int, asked_before: int, moved: bool, at: datetime) -> None:
    """The first ask since substance pauses and makes it the customer's turn; a second one does neither."""
    if asked_before < u.house.policy.pauses.per_reply:
        until = clocks.pause(u, at=at)
        clocks.pass_ball(u, Ball.CUSTOMER, at=at, until=until)
        clocks.signal(u, Signal.ASK_FIRST, at=at, contact=contact)
    if asked_before > 0 and not moved:
        find(u, "MG201", at=at, evidence="a second ask without substance in between")


def _turn_after(u: Unfolding, kinds: tuple[str, ...], *, at: datetime) -> None:
    """After a promise or news it is still our turn; after an answer or an offer it is his, for a while."""
    if {"promise", "news"} & set(kinds):
        whose, until = Ball.US, None
    else:
        whose = Ball.CUSTOMER
        until = span_due(u.house.policy.answered_for, at, u.house.hours(u.house.calendar_of(u.case.owner)))
    if (u.case.ball, u.case.ball_until) != (whose, until):
        # Not `pass_ball`: the reply's own signal begins our silence anew.
        u.happen(ev.BallPassed(at=at, whose=str(whose), until=until))


def _signal_reply(
    u: Unfolding, *, contact: int, moved: bool, senior: bool, kinds: tuple[str, ...], at: datetime
) -> None:
    given = [Signal.REPLY_ANY]
    if moved:
        given.append(Signal.REPLY_SUBSTANTIVE)
        for owed in u.case.outstanding():
            if keeping.is_standing(owed):
                u.happen(ev.PromiseKept(at=at, number=owed.number, contact=contact))
    if "answer" in kinds and moved:
        given.append(Signal.REPLY_ANSWER)
    if senior:
        given.append(Signal.REPLY_SENIOR)
    clocks.signal(u, *given, at=at, contact=contact)


def refuse_delivery(u: Unfolding, *, contact: int, why: str, final: bool, at: datetime) -> None:
    """The mail server would not take it, for now or for good. Its clocks keep running; the owner is told.

    What can't be delivered at all makes it our turn: somebody must find another way to the customer.
    """
    u.happen(ev.ContactRefused(at=at, contact=contact, why=why, final=final))
    find(u, "MG301", at=at, evidence=why)
    if final and u.case.open:
        remedies.offer_came_back(u, contact=contact, at=at)
        clocks.resume(u, at=at)
        clocks.pass_ball(u, Ball.US, at=at)


def leave_in_doubt(u: Unfolding, *, contact: int, why: str, at: datetime) -> None:
    """Nobody knows whether it arrived. It moves nothing, and it is our turn until a person says what became of it.

    So our silence is measured, and its ladder is climbed if nobody does.
    """
    refuse_delivery(u, contact=contact, why=why, final=False, at=at)
    if u.case.open:
        clocks.pass_ball(u, Ball.US, at=at)


def bounce(u: Unfolding, *, contact: int, why: str, at: datetime) -> None:
    """What we sent came back: whatever it had kept is owed again, and the owner is told.

    A case that was closed on the strength of it opens again.
    """
    kept = [p for p in u.case.promises if p.kept_by == contact]
    settled_something = bool(kept) or any(r.contact == contact for r in u.case.replies)
    u.happen(ev.ContactBounced(at=at, contact=contact, why=why))
    find(u, "MG301", at=at, evidence=why)
    if settled_something and not u.case.open:
        closing.reopen(u, at=at, unresolved=False)
    if not u.case.open:
        return
    for promise_ in kept:
        u.happen(ev.PromiseUnkept(at=at, number=promise_.number, why="the mail that kept it bounced"))
    for promise_ in u.case.outstanding():
        if promise_.contact == contact and not promise_.said:
            u.happen(ev.PromiseEnded(at=at, number=promise_.number, why="the mail that began it bounced"))
    remedies.offer_came_back(u, contact=contact, at=at)
    clocks.resume(u, at=at)
    clocks.pass_ball(u, Ball.US, at=at)
    clocks.begin_all_silences(u, at=at)
    _wait_again(u, at=at)


def _wait_again(u: Unfolding, *, at: datetime) -> None:
    """If the bounced mail had answered before any reply clock ran, one runs now, from when he wrote."""
    case = u.case
    if case.unanswered_at is not None and not case.quarantined and not case.outstanding(clocks.REPLY):
        waiting = next(iter(case.unanswered_by), None)
        clocks.signal(u, Signal.CONTACT_RECEIVED, at=at, from_at=case.unanswered_at, contact=waiting)
