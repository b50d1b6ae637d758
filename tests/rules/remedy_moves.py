"""What can happen to remedies in the small world: the second vocabulary of the proof, beside `moves`."""

from __future__ import annotations

from collections.abc import Callable

from makegood.rules import remedies
from makegood.rules.authority import Verdict
from makegood.rules.policy import Role
from makegood.rules.remedies import Option, Proposal
from makegood.rules.remedy_steps import Remedy
from makegood.rules.remedy_steps import Step as At
from tests.rules.moves import MOVES, Impossible, Step, sends
from tests.rules.small_world import HAL, HOUR, LEA

REFUND = Option(key="refund", kind="refund", cost=21_900, value=21_900)
ANOTHER = Option(key="choose_any", kind="choose_any", cost=9_900, value=21_900)
SORRY = Option(key="apology", kind="apology", cost=0, value=0)

Move = Callable[[Step], None]
REMEDY_MOVES: dict[str, Move] = {}


def _move(name: str) -> Callable[[Move], Move]:
    def learn(made: Move) -> Move:
        REMEDY_MOVES[name] = made
        return made

    return learn


@_move("his wish is written down")
def _wish(s: Step) -> None:
    if s.u.case.wish_at is not None:
        raise Impossible
    remedies.say_wish(s.u, words_hash="", by=s.u.case.owner, at=s.now)


def _propose(s: Step, *options: Option, needs: Role | None = None) -> None:
    if len(s.u.case.remedies) >= 3:
        raise Impossible
    proposal = Proposal(failure="outcome", currency="USD", options=options, words_hash="", why="broke")
    remedies.propose(s.u, proposal, allowed=Verdict(needs=needs), by=s.u.case.owner, at=s.now)


@_move("a refund is proposed")
def _within(s: Step) -> None:
    _propose(s, REFUND)


@_move("an apology is proposed")
def _sorry(s: Step) -> None:
    _propose(s, SORRY)


@_move("a choice above the owner's authority is proposed")
def _above(s: Step) -> None:
    _propose(s, REFUND, ANOTHER, needs=Role.LEAD)


@_move("somebody above approves")
def _approved(s: Step) -> None:
    number = _at(s, At.PROPOSED).number
    remedies.approve(s.u, number=number, role=Role.LEAD, by=_above_owner(s), at=s.now)


@_move("somebody above denies")
def _denied(s: Step) -> None:
    remedies.deny(s.u, number=_at(s, At.PROPOSED).number, why="too much", by=_above_owner(s), at=s.now)


@_move("it is offered by letter")
def _offered(s: Step) -> None:
    number = _at(s, At.APPROVED, At.OFFERED).number
    sends(s, "offer")
    expires_at = s.now + HOUR
    remedies.offer(s.u, number=number, by=s.u.case.owner, at=s.now, contact=s.last, expires_at=expires_at)


@_move("he chooses")
def _chooses(s: Step) -> None:
    remedy = _at(s, At.OFFERED)
    remedies.accept(s.u, number=remedy.number, option=remedy.options[-1], words_hash="", at=s.now)


@_move("he declines")
def _declines(s: Step) -> None:
    remedies.decline(s.u, number=_at(s, At.OFFERED, At.ACCEPTED).number, why="no", at=s.now)


@_move("the offer lapses")
def _lapses(s: Step) -> None:
    remedies.lapse(s.u, number=_at(s, At.OFFERED).number, at=s.now)


@_move("it is ordered")
def _ordered(s: Step) -> None:
    number = _at(s, At.APPROVED, At.ACCEPTED, *_ON_ITS_WAY).number
    remedies.order(s.u, number=number, key="k", by=s.u.case.owner, at=s.now)


@_move("it is shipped")
def _shipped(s: Step) -> None:
    remedies.ship(s.u, number=_at(s, At.ORDERED).number, reference="1Z", at=s.now)


@_move("it arrives")
def _arrives(s: Step) -> None:
    remedies.deliver(s.u, number=_at(s, At.ORDERED, At.SHIPPED).number, evidence="scan", at=s.now)


@_move("he confirms")
def _confirms(s: Step) -> None:
    remedies.confirm(s.u, number=_at(s, *_ON_ITS_WAY).number, evidence="said so", at=s.now)


@_move("it fails")
def _fails(s: Step) -> None:
    number = _at(s, At.ACCEPTED, At.CONFIRMED, *_ON_ITS_WAY).number
    remedies.fail(s.u, number=number, why="broke again", at=s.now)


@_move("it is taken back")
def _taken_back(s: Step) -> None:
    remedy = _at(s, *At)
    lost = remedy.step in (At.SHIPPED, At.DELIVERED, At.CONFIRMED)
    remedies.reverse(s.u, number=remedy.number, why="a mistake", lost=lost, by=s.u.case.owner, at=s.now)


@_move("we take something of his")
def _holds(s: Step) -> None:
    remedies.hold_property(s.u, holding=1, what="a watch", by=s.u.case.owner, at=s.now)


@_move("he has it again")
def _gives_back(s: Step) -> None:
    remedies.return_property(s.u, holding=1, by=s.u.case.owner, at=s.now)


_ON_ITS_WAY = (At.ORDERED, At.SHIPPED, At.DELIVERED)


def _at(s: Step, *steps: At) -> Remedy:
    """Return the newest remedy at one of these steps."""
    found = [r for r in s.u.case.remedies if r.step in steps]
    if not found:
        raise Impossible
    return found[-1]


def _above_owner(s: Step) -> int:
    return HAL if s.u.case.owner == LEA else LEA


AMONG_OTHERS = (
    "the customer writes",
    "he says it is not resolved",
    "the owner answers",
    "the last reply bounces",
    "the case is offered",
    "the case is closed",
    "time runs to the next moment",
    "a day passes unwatched",
)
"""What happens beside remedies while the proof looks at them."""

EVERY_MOVE: dict[str, Move] = {**MOVES, **REMEDY_MOVES}
BESIDE_REMEDIES = (*REMEDY_MOVES, *AMONG_OTHERS)
