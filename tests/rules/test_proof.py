"""The proof runs in the suite at a small depth; and rules broken on purpose are found out.

`python -m tests.rules.proof` goes deeper. The mutants below break one rule each;
the search must find each and show the shortest sequence of moves that proves it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from makegood.rules import clocks, closing, escalation, outgoing, ownership, remedies, waking
from makegood.rules import events as ev
from makegood.rules.cases import Case
from makegood.rules.escalation import Hearers, House, Ring
from makegood.rules.policy import Ladder, Signal
from makegood.rules.promises import Promise
from makegood.rules.unfolding import Unfolding
from tests.rules import proof
from tests.rules.moves import CORE, MOVES
from tests.rules.normal_form import normal
from tests.rules.proof import BEGINNINGS, WISHED, Wrong, beginning, in_a_hurry, make, outcomes, search, wrongs
from tests.rules.remedy_moves import BESIDE_REMEDIES, EVERY_MOVE, REMEDY_MOVES
from tests.rules.small_world import EVERYBODY_IN, LEA, NOW, POLICIES, State, house_of

DEPTH, CORE_DEPTH, REMEDY_DEPTH = 2, 4, 3
"""How deep the suite searches: the whole vocabulary under every policy, its core, and what happens to remedies."""


@pytest.mark.parametrize("policy", POLICIES)
def test_whatever_happens_an_open_case_has_one_owner_and_a_running_clock(policy: str) -> None:
    with in_a_hurry():
        found = search(policy, DEPTH)

    assert found.wrong is None, str(found.wrong)
    assert found.sequences == 2 * sum(len(MOVES) ** n for n in range(1, DEPTH + 1))
    assert found.states > 400


def test_it_holds_deeper_for_the_core_of_the_vocabulary() -> None:
    with in_a_hurry():
        found = search("all in half days", CORE_DEPTH, moves=CORE, beginnings=BEGINNINGS[:1], freely=False)

    assert found.wrong is None, str(found.wrong)
    assert found.states > 3_000


@pytest.mark.parametrize("policy", ["as the house", "resolution first"])
def test_whatever_happens_to_remedies_none_is_paid_twice_or_without_a_clock(policy: str) -> None:
    with in_a_hurry():
        found = search(policy, REMEDY_DEPTH, moves=BESIDE_REMEDIES, beginnings=(WISHED,), freely=False)

    assert found.wrong is None, str(found.wrong)
    assert found.states > 400


def test_every_move_can_happen() -> None:
    """A move that is always refused would prove nothing."""
    possible: set[str] = set()
    states = {normal(beginning(n, "as the house"), _house(), now=NOW) for n in BEGINNINGS}
    for _ in range(3):
        ahead = set()
        for state in sorted(states, key=hash)[:60]:
            for name in MOVES:
                for made in outcomes(name, state, "as the house", freely=False):
                    possible.add(name)
                    ahead.add(normal(made.state, made.house, now=made.now))
        states |= ahead
    assert possible == set(MOVES)


WAYS = (
    ("his wish is written down", "a refund is proposed", "it is ordered", "it is shipped", "it arrives", "it fails"),
    ("his wish is written down", "a refund is proposed", "it is ordered", "it arrives", "he confirms"),
    ("his wish is written down", "a choice above the owner's authority is proposed", "somebody above approves",
     "it is offered by letter", "he chooses", "he declines"),
    ("his wish is written down", "a choice above the owner's authority is proposed", "somebody above denies"),
    ("his wish is written down", "a refund is proposed", "it is offered by letter", "time runs to the next moment",
     "the offer lapses"),
    ("an apology is proposed", "it is taken back"),
    ("we take something of his", "he has it again"),
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[-1])
def test_every_move_of_a_remedy_can_happen(way: tuple[str, ...]) -> None:
    state = beginning(BEGINNINGS[0], "as the house")
    for name in way:
        made = make(name, state, EVERYBODY_IN, "as the house")
        assert made is not None, name
        state = normal(made.state, made.house, now=made.now)


def test_the_ways_hold_every_move_of_a_remedy() -> None:
    assert {name for way in WAYS for name in way} >= set(REMEDY_MOVES)


def _house() -> House:
    return house_of("as the house", EVERYBODY_IN)


@pytest.mark.parametrize("seed", range(32))
def test_the_normal_form_forgets_nothing_that_matters(seed: int) -> None:
    """A long story told without ever being brought into normal form reaches the same normal states."""
    random, policy = Random(seed), list(POLICIES)[seed % len(POLICIES)]
    among_remedies = seed >= 24
    vocabulary = (*EVERY_MOVE, *REMEDY_MOVES) if among_remedies else tuple(MOVES)
    full = beginning(WISHED if among_remedies else BEGINNINGS[seed // 4 % 2], policy)
    now, short = NOW, normal(full, house_of(policy, EVERYBODY_IN), now=NOW)
    agreed = 0
    for nth in range(60):
        name = random.choice([*vocabulary, "time runs to the next moment", "time runs to the next moment"])
        if name.startswith(("the owner is", "the owner leaves")):
            continue  # who is away is written from NOW on, so a story of people can't be told on
        long_way = make(name, full, EVERYBODY_IN, policy, now=now, contacts=100 * (nth + 1))
        short_way = make(name, short, EVERYBODY_IN, policy)
        assert (long_way is None) is (short_way is None), name
        if long_way is None or short_way is None:
            continue
        full, now = long_way.state, long_way.now
        short = normal(short_way.state, short_way.house, now=short_way.now)
        assert normal(full, long_way.house, now=now) == short, name
        agreed += 1
    assert agreed > 6


# ── broken on purpose ────────────────────────────────────────────────────────


def shortest(policy: str = "as the house", depth: int = 5, *moves: str) -> Wrong:
    """Return the shortest sequence that the search finds wrong."""
    found = search(policy, depth, moves=moves or CORE, beginnings=BEGINNINGS[:1], freely=False)
    assert found.wrong is not None, "the search found nothing wrong with rules that were broken on purpose"
    proof.say(f"\n{found.wrong}")
    return found.wrong


def test_a_close_that_forgets_to_refuse_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "reasons_not_to_close", lambda _: ())

    wrong = shortest()

    assert wrong.sequence[1:] == ("the owner promises a date", "the case is closed")
    assert wrong.what == "something is owed on a closed case, where no clock runs"


def test_a_ladder_that_ends_at_the_top_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    climbing = escalation.next_ring

    def ends_at_the_top(promise: Promise, house: House) -> Ring | None:
        ring = climbing(promise, house)
        at_the_top = ring is not None and ring.repeat and ring.rung == len(house.ladder(promise.kind).rungs) - 1
        return None if at_the_top else ring

    monkeypatch.setattr(escalation, "next_ring", ends_at_the_top)

    wrong = shortest("as the house", 3)

    assert wrong.sequence[1:] == ("he asks for a manager", "a day passes unwatched")
    assert wrong.what == "promise 1 (manager) is broken and owed, and nobody will ever hear of it again"


def test_a_lapsed_offer_that_leaves_nobody_the_owner_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    returning = ownership.return_offer

    def clears_the_owner(u: Unfolding, *, by: int | None, at: datetime, why: str) -> None:
        returning(u, by=by, at=at, why=why)
        if by is None:
            u.happen(ev.OwnerChanged(at=at, to=0, was=u.case.owner, why="lapsed"))

    monkeypatch.setattr(ownership, "return_offer", clears_the_owner)
    monkeypatch.setattr(escalation, "successor", lambda case, *_, **__: case.owner)

    wrong = shortest("as the house", 3, "the case is offered", "the customer writes", "time runs to the next moment")

    assert wrong.sequence[1:] == ("the case is offered", "time runs to the next moment")
    assert wrong.what == "the owner is nobody who works here"


def test_an_alarm_that_goes_to_somebody_absent_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_the_owner(case: Case, rung: int, ladder: Ladder, house: House, *, at: datetime) -> Hearers:
        return Hearers(to=(case.owner,) if rung == 0 else (LEA,))

    monkeypatch.setattr(escalation, "hearers", only_the_owner)
    monkeypatch.setattr(waking, "ABSENT_FOR", timedelta(days=30))

    wrong = shortest("as the house", 3, "the owner is away", "time runs to the next moment")

    assert wrong.sequence[1:] == ("the owner is away", "time runs to the next moment")
    assert "though somebody" in wrong.what or "somebody who is in could own it" in wrong.what


def test_a_pause_without_a_limit_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pausing = clocks.pause

    def for_ever(u: Unfolding, *, at: datetime) -> datetime:
        until = pausing(u, at=at)
        u.case = replace(u.case, promises=tuple(replace(p, paused_until=None) for p in u.case.promises))
        return until

    monkeypatch.setattr(clocks, "pause", for_ever)

    wrong = shortest()

    assert wrong.sequence[1:] == ("the owner only asks",)
    assert wrong.what.endswith("is paused and must not be")


def test_a_bounce_that_gives_nothing_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def notes_it(u: Unfolding, *, contact: int, why: str, at: datetime) -> None:
        u.happen(ev.ContactBounced(at=at, contact=contact, why=why))

    monkeypatch.setattr(outgoing, "bounce", notes_it)

    wrong = shortest()

    assert wrong.sequence[1:] == ("the owner answers", "the last reply bounces")
    assert wrong.what == "no reply clock runs, though one is owed"


def test_reopening_without_the_old_clock_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets_the_clock(u: Unfolding, *, at: datetime, unresolved: bool, by: int | None = None) -> None:
        u.happen(ev.CaseReopened(at=at, by=by, unresolved=unresolved))

    monkeypatch.setattr(closing, "reopen", forgets_the_clock)

    wrong = shortest()

    assert wrong.sequence[1:] == ("the owner answers", "the case is closed", "the customer writes")
    assert wrong.what == "no resolution clock runs, though one is owed"


def among_remedies() -> Wrong:
    """Return the shortest sequence with a remedy that the search finds wrong."""
    found = search("as the house", 3, moves=BESIDE_REMEDIES, beginnings=(WISHED,), freely=False)
    assert found.wrong is not None, "the search found nothing wrong with rules that were broken on purpose"
    return found.wrong


def test_a_close_that_forgets_remedies_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "reasons_undone", lambda _: ())

    wrong = among_remedies()

    assert wrong.sequence[-1] == "the case is closed"
    assert wrong.what == "a closed case owes a remedy, or holds what is his"


def test_a_failed_remedy_that_nobody_looks_after_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    signal = clocks.signal

    def but_for_failures(u: Unfolding, *given: Signal, **more: object) -> None:
        if Signal.REMEDY_FAILED not in given:
            signal(u, *given, **more)  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(clocks, "signal", but_for_failures)

    wrong = among_remedies()

    assert wrong.sequence[-1] == "it fails"
    assert wrong.what == "remedy 1 (failed) is undone, and no clock of its own runs"


def test_a_denied_remedy_whose_clock_runs_on_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "end_remedy", lambda *_, **__: None)
    monkeypatch.setattr(remedies, "gone", lambda *_, **__: None)

    wrong = among_remedies()

    assert wrong.sequence[1:] == ("a refund is proposed", "it is taken back")
    assert wrong.what == "remedy 1 (reversed) is over, and its clock runs on: offering"


def test_the_invariants_hold_at_every_beginning() -> None:
    for policy in POLICIES:
        for name in (*BEGINNINGS, WISHED):
            state = beginning(name, policy)
            made = make("the owner only acknowledges", state, EVERYBODY_IN, policy)
            assert made is not None
            assert list(wrongs(State(state.case), made)) == []
