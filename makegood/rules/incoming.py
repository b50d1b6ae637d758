"""A message of the customer's: the case it opens or joins, and the clocks that begin.

Each function lets events take effect on the unfolding case, or raises a
Refusal and changes nothing. None of them reads a clock; `at` is when it
happened.
"""

from __future__ import annotations

from datetime import datetime

from . import clocks, closing
from . import events as ev
from .cases import Ball, opened
from .escalation import House
from .findings import find, tell_higher
from .policy import Door, Signal
from .spans import due_at as span_due
from .unfolding import Unfolding


def open_case(
    house: House,
    *,
    door: str,
    owner: int,
    received_at: datetime,
    now: datetime,
    quarantined: bool = False,
    why: str = "",
) -> Unfolding:
    """Open a case with its owner and its first clocks. Receipt counts from `received_at`."""
    first = ev.CaseOpened(
        at=min(received_at, now),
        door=door,
        owner=owner,
        received_at=received_at,
        policy=house.policy.version,
        quarantined=quarantined,
        why=why,
    )
    u = Unfolding(opened(first), house, now=now, opening=(first,))
    given = (Signal.CASE_QUARANTINED,) if quarantined else (Signal.CASE_OPENED,)
    clocks.signal(u, *given, at=first.at)
    return u


def receive(
    u: Unfolding,
    *,
    contact: int,
    door: Door,
    at: datetime,
    wants_answer: bool = True,
    need_by: datetime | None = None,
) -> None:
    """Let a contact of the customer join the case: our turn, clocks that waited for him run on."""
    if not u.case.open and wants_answer:
        closing.reopen(u, at=at, unresolved=False)
    u.happen(
        ev.ContactReceived(
            at=at, contact=contact, door=door.name, wants_answer=wants_answer, executive=door.executive
        )
    )
    if not u.case.open:
        return
    if wants_answer or u.case.ball is Ball.CUSTOMER:
        clocks.resume(u, at=at)
        clocks.pass_ball(u, Ball.US, at=at)
    if not wants_answer:
        clocks.end(u, "ask", at=at, why="the customer wrote")
        return
    given = [Signal.CONTACT_RECEIVED, *([Signal.EXECUTIVE_LETTER] if door.executive else [])]
    if not u.case.quarantined:
        clocks.signal(u, *given, at=at, contact=contact, need_by=need_by)
        stand_by_the_doors_words(u, door, at=at, contact=contact)


def stand_by_the_doors_words(u: Unfolding, door: Door, *, at: datetime, contact: int) -> None:
    """Open the promises that the door makes by itself to whoever comes through it.

    Two languages of one greeting say the same promise, so only the first of each source counts.
    While an older one is owed, a further contact opens no later one.
    """
    for source in dict.fromkeys(words.source for words in door.standing):
        kind = f"standing {door.name}"
        if u.case.outstanding(kind):
            continue
        words = next(w for w in door.standing if w.source is source)
        calendar = u.house.calendar_of(u.case.owner)
        hours = u.house.hours(calendar)
        u.happen(
            ev.PromiseMade(
                at=at,
                number=u.case.next_number,
                kind=kind,
                source=str(source),
                due_at=span_due(words.due, at, hours),
                near_at=span_due(words.near, at, hours) if words.near else None,
                said=True,
                calendar=calendar,
                zone=hours.zone,
                contact=contact,
                from_at=at,
            )
        )


def mark_needs_no_answer(u: Unfolding, *, contact: int, word: str, by: int, at: datetime) -> None:
    """Record that a person read this contact as thanks or a mere note, so no reply is owed for it."""
    u.happen(ev.ContactMarked(at=at, by=by, contact=contact, word=word))
    if u.case.unanswered_at is None and u.case.open:
        for kind in (clocks.REPLY, clocks.SILENCE):
            clocks.end(u, kind, at=at, why=f"marked as {word}")
        _let_go_of_the_doors_words(u, at=at, contact=contact)


def _let_go_of_the_doors_words(u: Unfolding, *, at: datetime, contact: int) -> None:
    for promise in u.case.outstanding():
        if promise.kind.startswith("standing ") and promise.contact == contact:
            u.happen(ev.PromiseEnded(at=at, number=promise.number, why="the contact wants no answer"))


def ask_for_manager(u: Unfolding, *, at: datetime) -> None:
    """The customer asked for somebody higher: a promise of its own, and the next rung hears at once."""
    if not u.case.open:
        closing.reopen(u, at=at, unresolved=True)
    u.happen(ev.ManagerAsked(at=at))
    find(u, "MG302", at=at, evidence="asked for a manager")
    clocks.signal(u, Signal.MANAGER_ASKED, at=at)
    tell_higher(u, at=at)


def say_unresolved(u: Unfolding, *, contact: int, door: Door, at: datetime) -> None:
    """The customer says it is not resolved: open again with the old clocks, one rung higher."""
    u.happen(ev.UnresolvedSaid(at=at))
    if not u.case.open:
        closing.reopen(u, at=at, unresolved=True)
    receive(u, contact=contact, door=door, at=at)
