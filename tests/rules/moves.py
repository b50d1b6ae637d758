"""What can happen in the small world: the vocabulary of the proof, one function a move.

Each move does what an action of the desk does to an unfolding case. It is
refused (a Refusal, or `Impossible` where there is nothing to do it to) or it
takes effect; a refused move changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from makegood.rules import closing, incoming, keeping, outgoing, ownership, rounds
from makegood.rules.keeping import Said
from makegood.rules.promises import Promise
from makegood.rules.unfolding import Unfolding
from tests.rules.small_world import ANN, BEN, EXECUTIVE, HOUR, LEA, MAIL, Status

DAY = timedelta(days=1)


class Impossible(Exception):  # noqa: N818  (it is no error)
    """There is nothing to do this to."""


@dataclass
class Step:
    """A state while one move is made in it."""

    u: Unfolding
    owner: Status
    cover: int | None
    last: int | None
    next_contact: int = field(default=10)

    def contact(self) -> int:
        self.next_contact += 1
        return self.next_contact

    @property
    def now(self) -> datetime:
        return self.u.now


Move = Callable[[Step], None]
MOVES: dict[str, Move] = {}


def move(name: str) -> Callable[[Move], Move]:
    def learn(made: Move) -> Move:
        MOVES[name] = made
        return made

    return learn


# ── the customer ─────────────────────────────────────────────────────────────


@move("the customer writes")
def _writes(s: Step) -> None:
    incoming.receive(s.u, contact=s.contact(), door=MAIL, at=s.now)


@move("he needs it in an hour")
def _needs_it(s: Step) -> None:
    incoming.receive(s.u, contact=s.contact(), door=MAIL, at=s.now, need_by=s.now + HOUR)


@move("somebody reads that he needs it in two hours")
def _need_is_noted(s: Step) -> None:
    need_by = s.now + 2 * HOUR
    incoming.note_need_by(s.u, need_by=need_by, words="by tonight", by=s.u.case.owner, at=s.now)


@move("he writes to an executive")
def _writes_to_executive(s: Step) -> None:
    incoming.receive(s.u, contact=s.contact(), door=EXECUTIVE, at=s.now)


@move("he sends thanks")
def _thanks(s: Step) -> None:
    incoming.receive(s.u, contact=s.contact(), door=MAIL, at=s.now, wants_answer=False)


@move("he asks for a manager")
def _asks_for_manager(s: Step) -> None:
    incoming.ask_for_manager(s.u, at=s.now)


@move("he says it is not resolved")
def _unresolved(s: Step) -> None:
    incoming.say_unresolved(s.u, contact=s.contact(), door=MAIL, at=s.now)


@move("he releases a promise")
def _releases(s: Step) -> None:
    keeping.release_promise(s.u, number=_said(s).number, at=s.now, by_customer=True)


@move("a stranger writes")
def _stranger(s: Step) -> None:
    if s.u.case.proposed:
        raise Impossible
    incoming.propose(s.u, contact=s.contact(), why="unknown sender", at=s.now)


# ── the owner writes ─────────────────────────────────────────────────────────


def sends(s: Step, *kinds: str, by: int | None = None, promises: tuple[Said, ...] = ()) -> None:
    contact, writer = s.contact(), by or s.u.case.owner
    outgoing.write(s.u, contact=contact, kinds=kinds, by=writer, at=s.now)
    outgoing.accept(s.u, contact=contact, kinds=kinds, by=writer, at=s.now, promises=promises)
    if kinds != ("acknowledgement",):
        s.last = contact


@move("the owner answers")
def _answers(s: Step) -> None:
    sends(s, "answer")


@move("the owner sends news")
def _news(s: Step) -> None:
    sends(s, "news")


@move("the owner promises a date")
def _promises(s: Step) -> None:
    sends(s, "promise", promises=(Said(due_at=s.now + 12 * HOUR),))


@move("the owner promises a later date instead")
def _promises_anew(s: Step) -> None:
    said = Said(due_at=s.now + 24 * HOUR, near_at=s.now + 12 * HOUR, replaces=_said(s).number)
    sends(s, "promise", promises=(said,))


@move("the owner only asks")
def _asks(s: Step) -> None:
    sends(s, "ask")


@move("the owner only acknowledges")
def _acknowledges_receipt(s: Step) -> None:
    sends(s, "acknowledgement")


@move("the lead answers")
def _lead_answers(s: Step) -> None:
    sends(s, "answer", by=LEA)


@move("an answer waits for the server")
def _waits(s: Step) -> None:
    if s.u.case.pending:
        raise Impossible
    outgoing.write(s.u, contact=s.contact(), kinds=("answer",), by=s.u.case.owner, at=s.now)


@move("the server takes it")
def _taken(s: Step) -> None:
    contact = _pending(s)
    outgoing.accept(s.u, contact=contact, kinds=("answer",), by=s.u.case.owner, at=s.now)
    s.last = contact


@move("the server refuses it")
def _refused(s: Step) -> None:
    outgoing.refuse_delivery(s.u, contact=_pending(s), why="no such user", final=True, at=s.now)


@move("a reply is refused")
def _refused_at_once(s: Step) -> None:
    if s.u.case.pending:
        raise Impossible
    _waits(s)
    _refused(s)


@move("the last reply bounces")
def _bounces(s: Step) -> None:
    if s.last is None:
        raise Impossible
    outgoing.bounce(s.u, contact=s.last, why="mailbox full", at=s.now)
    s.last = None


# ── the desk ─────────────────────────────────────────────────────────────────


@move("the case is offered")
def _offers(s: Step) -> None:
    ownership.offer(s.u, to=BEN if s.u.case.owner == ANN else ANN, by=s.u.case.owner, at=s.now)


@move("the offer is accepted")
def _accepts(s: Step) -> None:
    offer = s.u.case.offer
    if offer is None:
        raise Impossible
    ownership.accept_offer(s.u, by=offer.to, at=s.now)


@move("the offer is returned")
def _returns(s: Step) -> None:
    offer = s.u.case.offer
    ownership.return_offer(s.u, by=offer.to if offer else None, at=s.now, why="not mine")


@move("somebody has it")
def _has_it(s: Step) -> None:
    ownership.acknowledge(s.u, by=s.u.case.owner, at=s.now)


@move("a promise is kept")
def _keeps(s: Step) -> None:
    keeping.keep_promise(s.u, number=_said(s).number, by=s.u.case.owner, at=s.now, why="done")


@move("what waits is marked as thanks")
def _marks(s: Step) -> None:
    if not s.u.case.unanswered_by:
        raise Impossible
    for contact in s.u.case.unanswered_by:
        incoming.mark_needs_no_answer(s.u, contact=contact, word="thanks", by=s.u.case.owner, at=s.now)


@move("the stranger's message joins")
def _takes(s: Step) -> None:
    incoming.take_proposed(s.u, contact=_proposed(s), door=MAIL, at=s.now, last=True)


@move("the stranger's message is parted")
def _declines(s: Step) -> None:
    incoming.decline_proposed(s.u, contact=_proposed(s), by=s.u.case.owner, at=s.now, last=True)


@move("it is judged a complaint")
def _genuine(s: Step) -> None:
    closing.judge(s.u, genuine=True, why="read", by=s.u.case.owner, at=s.now)


@move("it is judged no complaint")
def _not_genuine(s: Step) -> None:
    closing.judge(s.u, genuine=False, why="read", by=s.u.case.owner, at=s.now)


@move("the case is closed")
def _closes(s: Step) -> None:
    closing.close(s.u, by=s.u.case.owner, at=s.now)


@move("the case is reopened by staff")
def _reopens(s: Step) -> None:
    closing.reopen(s.u, at=s.now, unresolved=False, by=s.u.case.owner)


# ── the owner comes and goes; everybody else may at any time ─────────────────


@move("the owner leaves the company")
def _leaves(s: Step) -> None:
    s.owner = "gone"


@move("the owner is away")
def _away(s: Step) -> None:
    if s.owner != "in":
        raise Impossible
    s.owner = timedelta()


@move("the owner is away and another stands in")
def _away_with_cover(s: Step) -> None:
    _away(s)
    s.cover = BEN if s.u.case.owner == ANN else ANN


@move("the owner is back")
def _back(s: Step) -> None:
    if s.owner == "in":
        raise Impossible
    s.owner, s.cover = "in", None


# ── time ─────────────────────────────────────────────────────────────────────


@move("time runs to the next moment")
def _next_moment(s: Step) -> None:
    wakes = rounds.wakes_at(s.u.case, s.u.house)
    if wakes is None:
        raise Impossible
    s.u.now = wakes


@move("a day passes unwatched")
def _day(s: Step) -> None:
    s.u.now = s.now + DAY


# ── which one ────────────────────────────────────────────────────────────────


def _said(s: Step) -> Promise:
    said = [p for p in s.u.case.outstanding() if p.said]
    if not said:
        raise Impossible
    return said[-1]


def _pending(s: Step) -> int:
    if not s.u.case.pending:
        raise Impossible
    return s.u.case.pending[0]


def _proposed(s: Step) -> int:
    if not s.u.case.proposed:
        raise Impossible
    return s.u.case.proposed[0]


CORE = tuple(
    name
    for name in MOVES
    if name
    not in {
        "he needs it in an hour",
        "somebody reads that he needs it in two hours",
        "a stranger writes",
        "the stranger's message joins",
        "the stranger's message is parted",
        "the owner promises a later date instead",
        "an answer waits for the server",
        "the server takes it",
        "the server refuses it",
        "the lead answers",
        "the owner is away",
        "the owner is away and another stands in",
        "the owner is back",
        "what waits is marked as thanks",
        "the owner sends news",
        "it is judged a complaint",
        "it is judged no complaint",
        "the case is reopened by staff",
    }
)
"""The moves of the deepest search: what happens to most cases, without the rarer doors and detours."""
