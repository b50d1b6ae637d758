"""The proof of "an open case always has exactly one owner and at least one running clock".

An exhaustive breadth-first search of the small world: from each way in which a
case can begin, every sequence of moves (`moves`) up to a depth, under each
policy. Sequences that lead to the same state, seen from its own now, are
followed once. Every state and every step is held against `invariants`; the
first that fails is shown with the shortest sequence that leads there.

    python -m tests.rules.proof --depth 7
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from time import perf_counter
from unittest.mock import patch

from makegood.rules import escalation, incoming, remedies, rounds, waking
from makegood.rules.escalation import House, somebody_higher, successor
from makegood.rules.events import OwnerChanged
from makegood.rules.promises import Promise
from makegood.rules.refusals import Refusal
from makegood.rules.unfolding import Unfolding
from tests.rules.invariants import wrongs_of_state, wrongs_of_step
from tests.rules.moves import CORE, MOVES, Impossible, Step
from tests.rules.normal_form import normal
from tests.rules.remedy_moves import BESIDE_REMEDIES, EVERY_MOVE
from tests.rules.small_world import (
    ANN,
    BEN,
    EVERYBODY_IN,
    MAIL,
    NOW,
    POLICIES,
    State,
    Status,
    Statuses,
    companies,
    house_of,
)


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A sequence of moves that ends where it must not, and what is wrong there."""

    policy: str
    sequence: tuple[str, ...]
    what: str

    def __str__(self) -> str:
        return f"{self.what}\n    after: {' → '.join(self.sequence)}\n    under the policy “{self.policy}”"


@dataclass(frozen=True, kw_only=True)
class Searched:
    """How far a search went."""

    policy: str
    moves: int
    beginnings: int
    depth: int
    sequences: int
    """All sequences of the vocabulary up to this depth; one whose move is refused stays where it is."""
    ways: int
    """Ways through them in which no move is refused, told apart also by who takes over where somebody does."""
    states: int
    transitions: int
    seconds: float
    wrong: Wrong | None = None


BEGINNINGS = ("a complaint by mail", "a message nobody can place")
WISHED = "a complaint whose wish we know"
"""Where the search among remedies begins."""


def beginning(name: str, policy: str) -> State:
    """Return the state in which a case begins."""
    house = house_of(policy, EVERYBODY_IN)
    u = incoming.open_case(
        house, door=MAIL.name, owner=ANN, received_at=NOW, now=NOW, quarantined=name == BEGINNINGS[1]
    )
    incoming.receive(u, contact=10, door=MAIL, at=NOW)
    if name == WISHED:
        remedies.say_wish(u, words_hash="", by=ANN, at=NOW)
    return State(u.case)


@dataclass(frozen=True)
class Made:
    """A move that took effect: the story goes on from `state` at `now`, in this company."""

    state: State
    house: House
    now: datetime
    u: Unfolding


def outcomes(name: str, state: State, policy: str, *, freely: bool = True) -> Iterator[Made]:
    """Yield what a move may lead to, whoever else is in (only with all in, unless `freely`).

    Yields nothing where the move is refused.
    """
    for statuses in representatives(state.case.owner, state.owner, state.cover):
        made = make(name, state, statuses, policy)
        if made is not None:
            yield made
        everybody_else_matters = freely and (
            state.owner != "in"
            or (made is not None and any(isinstance(e, OwnerChanged) for e in made.u.events))
        )
        if not everybody_else_matters:
            # Who else is in decides only who hears and who takes over (test_proof.py: the company).
            return


def make(
    name: str, state: State, statuses: Statuses, policy: str, *, now: datetime = NOW, contacts: int = 10
) -> Made | None:
    """Return what a move leads to in one company, or None if it is refused. New contacts follow `contacts`."""
    u = Unfolding(state.case, house_of(policy, statuses, state.cover), now=now)
    if state.owner != "in":
        rounds.advance(u, now=now)  # whoever came in meanwhile may have taken over
    owner = u.case.owner
    step = Step(u, statuses[owner - 1], state.cover, state.last, contacts)
    try:
        EVERY_MOVE[name](step)
    except (Refusal, Impossible):
        return None
    company = (*statuses[: owner - 1], step.owner, *statuses[owner:]) if u.case.owner == owner else statuses
    u.house = house_of(policy, company, step.cover)
    rounds.advance(u, now=u.now)
    now_owner = company[u.case.owner - 1]
    return Made(State(u.case, now_owner, step.cover, step.last), u.house, u.now, u)


def wrongs(before: State, made: Made, *, seen: bool = False) -> Iterator[str]:
    """Yield what is wrong with a step, and with the state it leads to unless that was `seen`."""
    u = made.u
    yield from wrongs_of_step(before.case, u.case, u.events, u.house.people, now=u.now)
    if not seen:
        yield from wrongs_of_state(u.case, u.house, now=u.now)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Let the rules do the same, sooner.

    What a promise does next is remembered: seen from NOW, millions of states hold the same few hundred promises.
    """
    moment, ring = waking._promise_moment, escalation.next_ring
    seen_moments: dict[tuple[Promise, int], waking.Moment | None] = {}
    seen_rings: dict[tuple[Promise, int], escalation.Ring | None] = {}

    def remembered_moment(promise: Promise, house: House) -> waking.Moment | None:
        key = (promise, id(house.policy))
        if key not in seen_moments:
            seen_moments[key] = moment(promise, house)
        return seen_moments[key]

    def remembered_ring(promise: Promise, house: House) -> escalation.Ring | None:
        key = (promise, id(house.policy))
        if key not in seen_rings:
            seen_rings[key] = ring(promise, house)
        return seen_rings[key]

    with ExitStack() as undo:
        undo.enter_context(patch.object(waking, "_promise_moment", remembered_moment))
        undo.enter_context(patch.object(escalation, "next_ring", remembered_ring))
        yield


@cache
def representatives(owner: int, status: Status, cover: int | None) -> tuple[Statuses, ...]:
    """Return companies of which each stands for all that agree on who takes over, and who may be offered it."""
    policy = next(iter(POLICIES))
    case = replace(beginning(BEGINNINGS[0], policy).case, owner=owner)
    found: dict[tuple[int, int | None, bool], Statuses] = {}
    for statuses in companies(owner, status):
        house = house_of(policy, statuses, cover)
        key = (
            successor(case, house, at=NOW),
            somebody_higher(case, house, at=NOW),
            statuses[(BEN if owner == ANN else ANN) - 1] == "in",
        )
        found.setdefault(key, statuses)
    return tuple(found.values())


def search(
    policy: str,
    depth: int,
    *,
    moves: Sequence[str] = tuple(MOVES),
    beginnings: Sequence[str] = BEGINNINGS,
    freely: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> Searched:
    """Try every sequence of moves up to `depth`, from every beginning; stop at the first wrong.

    `freely`: between any two moves anybody but the owner may come or go.
    """
    began_at, transitions, passed = perf_counter(), 0, 0
    origin: dict[State, tuple[State | None, str]] = {}
    frontier: Counter[State] = Counter()
    arrivals: dict[State, tuple[State, ...]] = {}
    for name in beginnings:
        first = normal(beginning(name, policy), house_of(policy, EVERYBODY_IN), now=NOW)
        origin[first] = (None, name)
        frontier[first] += 1
    wrong: Wrong | None = None
    for level in range(1, depth + 1):
        ahead: Counter[State] = Counter()
        for state, ways in frontier.items():
            if state not in arrivals:
                arrivals[state], wrong = _explore(state, policy, moves, freely, origin)
                transitions += len(moves)
                if wrong:
                    break
            for after in arrivals[state]:
                ahead[after] += ways
        if wrong:
            break
        passed += ahead.total()
        frontier = ahead
        tell(f"{policy}: depth {level}, {len(origin):,} states, {perf_counter() - began_at:.0f} s")
    return Searched(
        policy=policy,
        moves=len(moves),
        beginnings=len(beginnings),
        depth=depth,
        sequences=sum(len(beginnings) * len(moves) ** n for n in range(1, depth + 1)),
        ways=passed,
        states=len(origin),
        transitions=transitions,
        seconds=perf_counter() - began_at,
        wrong=wrong,
    )


def _explore(
    state: State,
    policy: str,
    moves: Sequence[str],
    freely: bool,
    origin: dict[State, tuple[State | None, str]],
) -> tuple[tuple[State, ...], Wrong | None]:
    """Return where the moves lead from a state, noting how states first met were reached."""
    found: list[State] = []
    for name in moves:
        for made in outcomes(name, state, policy, freely=freely):
            after = normal(made.state, made.house, now=made.now)
            wrong = next(wrongs(state, made, seen=after in origin), None)
            if wrong:
                return (), Wrong(policy=policy, sequence=(*_way_to(state, origin), name), what=wrong)
            origin.setdefault(after, (state, name))
            found.append(after)
    return tuple(found), None


def _way_to(state: State, origin: dict[State, tuple[State | None, str]]) -> tuple[str, ...]:
    way: list[str] = []
    at: State | None = state
    while at is not None:
        at, name = origin[at]
        way.append(name)
    return tuple(reversed(way))


def report(found: Searched) -> str:
    """Return the numbers of a search as a person reads them."""
    return (
        f"{found.policy}: every sequence of {found.moves} moves up to depth {found.depth} from "
        f"{found.beginnings} beginning(s): {found.sequences:,} sequences, "
        f"{found.ways:,} ways through them without a refusal; "
        f"{found.states:,} states, {found.transitions:,} transitions, {found.seconds:.1f} s"
    )


def say(line: str) -> None:
    """Print a line at once, so that a long search shows how far it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Search each policy and print the numbers; exit code 1 if something is wrong."""
    parser = argparse.ArgumentParser(description="Try every sequence of moves up to a depth.")
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--policy", choices=list(POLICIES), action="append")
    parser.add_argument("--core", action="store_true", help="the core of the vocabulary, with everybody in")
    parser.add_argument("--remedies", action="store_true", help="what happens to remedies, with everybody in")
    chosen = parser.parse_args()
    moves = CORE if chosen.core else BESIDE_REMEDIES if chosen.remedies else tuple(MOVES)
    beginnings = (WISHED,) if chosen.remedies else BEGINNINGS[:1] if chosen.core else BEGINNINGS
    wrong = False
    for policy in chosen.policy or POLICIES:
        with in_a_hurry():
            found = search(
                policy,
                chosen.depth,
                moves=moves,
                beginnings=beginnings,
                freely=not (chosen.core or chosen.remedies),
                tell=say,
            )
        say(report(found))
        if found.wrong:
            say(f"WRONG: {found.wrong}")
            wrong = True
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
