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
from .keeping import is_standing, stand_by_the_doors_words
from .keeping import stand_by_acknowledgement as stand_by_acknowledgement
from .policy import Door, Signal
from .unfolding import Unfolding

LABELS = (
    "complaint",
    "question",
    "information",
    "thanks",
    "withdrawal",
    "escalation_request",
    "not_resolved",
    "automatic",
)
"""What a customer's message can be; any number of them."""
CONTACTS = frozenset({Signal.CONTACT_RECEIVED, Signal.EXECUTIVE_LETTER})
"""What a message that wants an answer gives off."""


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
        ev.ContactReceived(at=at, contact=contact, door=door.name, wants_answer=wants_answer, executive=door.executive)
    )
    if not u.case.open:
        return
    _note_that_he_had_to_escalate(u, door, at=at)
    if wants_answer or u.case.ball is Ball.CUSTOMER:
        clocks.resume(u, at=at)
        clocks.pass_ball(u, Ball.US, at=at)
    if not wants_answer:
        clocks.end(u, clocks.ASK, at=at, why="the customer wrote")
    elif not u.case.quarantined:
        given = [Signal.CONTACT_RECEIVED, *([Signal.EXECUTIVE_LETTER] if door.executive else [])]
        clocks.signal(u, *given, at=at, contact=contact, need_by=need_by, door=door.name)
        stand_by_the_doors_words(u, door, at=at, contact=contact)


def _note_that_he_had_to_escalate(u: Unfolding, door: Door, *, at: datetime) -> None:
    """Find that the customer went higher, or public, after we had broken our word to him."""
    if (door.executive or door.public) and any(p.broken_at for p in u.case.outstanding()):
        find(u, "MG302", at=at, evidence=f"wrote by the door {door.name} while a promise was broken")


def mark_needs_no_answer(u: Unfolding, *, contact: int, word: str, by: int, at: datetime) -> None:
    """Record that a person read this contact as thanks or a mere note, so no reply is owed for it.

    What the customer's messages opened ends when none of them waits any more.
    """
    was_waiting = contact in u.case.unanswered_by
    u.happen(ev.ContactMarked(at=at, by=by, contact=contact, word=word))
    if not was_waiting or u.case.unanswered_at is not None or not u.case.open:
        return
    for promise in u.case.outstanding():
        kind = u.house.policy.kinds.get(promise.kind)
        opened_by_contact = kind is not None and CONTACTS & set(kind.opens_on)
        if opened_by_contact or is_standing(promise):
            u.happen(ev.PromiseEnded(at=at, number=promise.number, why=f"marked as {word}"))


def ask_for_manager(u: Unfolding, *, at: datetime) -> None:
    """The customer asked for somebody higher: a promise of its own, and the next rung hears at once."""
    if not u.case.open:
        closing.reopen(u, at=at, unresolved=True)
    u.happen(ev.ManagerAsked(at=at))
    find(u, "MG302", at=at, evidence="asked for a manager")
    clocks.signal(u, Signal.MANAGER_ASKED, at=at)
    tell_higher(u, at=at)


def note_reading(u: Unfolding, *, contact: int, labels: tuple[str, ...], by: int, at: datetime) -> None:
    """A person said what a message is. One that asks for somebody higher is heard as asking for a manager.

    On a case that is closed or set aside it is a word for the record, and acts on nothing.
    """
    u.happen(ev.ContactRead(at=at, by=by, contact=contact, labels=labels))
    acts = u.case.open and not u.case.quarantined
    if acts and "escalation_request" in labels and not u.case.outstanding("manager"):
        ask_for_manager(u, at=at)


def note_need_by(u: Unfolding, *, need_by: datetime, words: str, by: int, at: datetime) -> None:
    """Record when the customer needs it. A reply clock that would run out later runs out then.

    What was said to him does not move. A need-by that has passed makes the reply due now.
    """
    u.happen(ev.NeedByNoted(at=at, by=by, need_by=need_by, words=words))
    clocks.need_sooner(u, need_by=need_by, at=at)


def say_unresolved(u: Unfolding, *, contact: int, door: Door, at: datetime) -> None:
    """The customer says it is not resolved: open again with the old clocks, one rung higher."""
    u.happen(ev.UnresolvedSaid(at=at))
    if not u.case.open:
        closing.reopen(u, at=at, unresolved=True)
    receive(u, contact=contact, door=door, at=at)


# ── a message from somebody we can't vouch for ───────────────────────────────


def propose(u: Unfolding, *, contact: int, why: str, at: datetime) -> None:
    """Lay a stranger's message before the owner: it has not joined, but somebody must judge it in time.

    On a closed case nobody would look, so it opens again.
    """
    if not u.case.open:
        closing.reopen(u, at=at, unresolved=False)
    u.happen(ev.ContactProposed(at=at, contact=contact, why=why))
    clocks.signal(u, Signal.CASE_QUARANTINED, at=at)


def take_proposed(u: Unfolding, *, contact: int, door: Door, at: datetime, last: bool) -> None:
    """The owner says that it belongs here. `last`: no other message waits to be judged on this case."""
    receive(u, contact=contact, door=door, at=at)
    _judged_if(u, last, at=at)


def decline_proposed(u: Unfolding, *, contact: int, by: int, at: datetime, last: bool) -> None:
    """The owner says that it does not belong here; it becomes a case of its own."""
    u.happen(ev.ContactMarked(at=at, by=by, contact=contact, word="declined"))
    _judged_if(u, last, at=at)


def _judged_if(u: Unfolding, last: bool, *, at: datetime) -> None:
    if last and not u.case.proposed and not u.case.quarantined:
        clocks.signal(u, Signal.QUARANTINE_JUDGED, at=at)


def also_to_executive(u: Unfolding, *, contact: int, door: Door, at: datetime) -> None:
    """A copy of a letter we have went to an executive's box too: one answer or a named delegate is owed."""
    u.happen(ev.ContactReceived(at=at, contact=contact, door=door.name, wants_answer=False, executive=True))
    if not u.case.quarantined:
        clocks.signal(u, Signal.EXECUTIVE_LETTER, at=at, contact=contact)
