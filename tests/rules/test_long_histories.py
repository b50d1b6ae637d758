"""Long lives of a case: what the exhaustive search can't reach in depth, chance tries in length.

The moves, the small world and the invariants are those of the proof; here people
come and go in earnest and nothing is brought into normal form, so the whole
journal is there to be folded again. MAKEGOOD_HYPOTHESIS=long runs many more and
longer stories.
"""

from __future__ import annotations

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from makegood.rules import cases, incoming, rounds
from makegood.rules import events as ev
from makegood.rules.escalation import House
from makegood.rules.people import Absence, People, Person
from makegood.rules.policy import Role
from makegood.rules.refusals import Refusal
from makegood.rules.unfolding import Unfolding
from tests.rules.invariants import wrongs_of_state, wrongs_of_step
from tests.rules.moves import MOVES, Impossible, Step
from tests.rules.small_world import ANN, EVERYBODY_IN, MAIL, NOW, POLICIES, people_of

LONG = os.environ.get("MAKEGOOD_HYPOTHESIS") == "long"
STORIES, STEPS = (2_000, 120) if LONG else (25, 40)

WORDS = [name for name in MOVES if not name.startswith(("the owner is", "the owner leaves", "time", "a day"))]
PEOPLE = st.integers(1, 6)


class LongHistory(RuleBasedStateMachine):
    """One case under one policy, with everything that may happen to it and to the people around it."""

    @initialize(policy=st.sampled_from(sorted(POLICIES)), quarantined=st.booleans())
    def a_complaint_comes_in(self, policy: str, quarantined: bool) -> None:
        self.policy = POLICIES[policy]
        self.people = people_of(EVERYBODY_IN)
        self.now, self.contacts = NOW, 10
        self.last: int | None = None
        u = incoming.open_case(
            self.house, door=MAIL.name, owner=ANN, received_at=NOW, now=NOW, quarantined=quarantined
        )
        incoming.receive(u, contact=10, door=MAIL, at=NOW)
        self.story: list[ev.Event] = list(u.events)
        self.case = u.case

    @property
    def house(self) -> House:
        return House(policy=self.policy, people=self.people)

    # ── what happens ─────────────────────────────────────────────────────────

    @rule(name=st.sampled_from(WORDS))
    def something_happens(self, name: str) -> None:
        self.contacts += 10
        u = self._unfolding()
        step = Step(u, "in", None, self.last, self.contacts)
        try:
            MOVES[name](step)
        except (Refusal, Impossible):
            return
        self.last = step.last
        self._settle(u)

    @rule(quarters=st.integers(1, 96))
    def the_watch_looks_later(self, quarters: int) -> None:
        self.now += timedelta(minutes=15 * quarters)
        self._settle(self._unfolding())

    @rule()
    def the_watch_looks_when_it_is_woken(self) -> None:
        wakes = rounds.wakes_at(self.case, self.house)
        if wakes is not None:
            self.now = max(self.now, wakes)
            self._settle(self._unfolding())

    @rule(person=PEOPLE, hours=st.none() | st.integers(0, 60), cover=st.none() | PEOPLE)
    def somebody_is_away(self, person: int, hours: int | None, cover: int | None) -> None:
        to_at = None if hours is None else self.now + timedelta(hours=hours)
        absence = Absence(from_at=self.now, to_at=to_at, cover=cover)
        self._change(person, active=True, absences=(*self._person(person).absences, absence))

    @rule(person=PEOPLE)
    def somebody_is_back(self, person: int) -> None:
        self._change(person, active=True, absences=())

    @rule(person=PEOPLE)
    def somebody_leaves(self, person: int) -> None:
        staying = [p.id for p in self.people.of_role(Role.EXECUTIVE) if p.id != person]
        if staying:  # the desk refuses to let the last executive go
            self._change(person, active=False, absences=())

    def _person(self, person: int) -> Person:
        found = self.people.get(person)
        assert found is not None
        return found

    def _change(self, person: int, *, active: bool, absences: tuple[Absence, ...]) -> None:
        before = self._person(person)
        if not before.active:
            return
        left_at = None if active else self.now
        after = Person(id=person, role=before.role, active=active, left_at=left_at, absences=absences)
        self.people = People(tuple(after if p.id == person else p for p in self.people.everybody))
        self._settle(self._unfolding())

    # ── and what must be true ────────────────────────────────────────────────

    def _unfolding(self) -> Unfolding:
        u = Unfolding(self.case, self.house, now=self.now)
        rounds.advance(u, now=self.now)
        return u

    def _settle(self, u: Unfolding) -> None:
        rounds.advance(u, now=self.now)  # as the watch does within the minute
        assert list(wrongs_of_step(self.case, u.case, u.events, self.people, now=self.now)) == []
        self.story.extend(u.events)
        self.case = u.case

    @invariant()
    def an_open_case_has_one_owner_and_a_running_clock(self) -> None:
        assert list(wrongs_of_state(self.case, self.house, now=self.now)) == []

    def teardown(self) -> None:
        if hasattr(self, "story"):
            assert cases.fold(self.story) == self.case


LongHistory.TestCase.settings = settings(
    max_examples=STORIES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow],
)
TestLongHistories = LongHistory.TestCase
