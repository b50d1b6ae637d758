"""A small company in New York and one case at its desk, told step by step.

The cast: Ann and Ben are agents, Lea leads them, Hal heads the service, Eve and
Eli are executives. Times are written as the wall clock in New York shows them.
After each step the journal is folded anew and must give the same case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from makegood.rules import cases, closing, incoming, keeping, outgoing, ownership, rounds
from makegood.rules import events as ev
from makegood.rules.cases import Case
from makegood.rules.escalation import House
from makegood.rules.keeping import Said
from makegood.rules.people import Absence, People, Person
from makegood.rules.policy import Door, Policy, Role
from makegood.rules.policy_file import read
from makegood.rules.promises import Promise
from makegood.rules.unfolding import Unfolding
from tests.rules.policy_texts import HOUSE as CHICAGO

ANN, BEN, LEA, HAL, EVE, ELI = range(1, 7)

NEW_YORK = ZoneInfo("America/New_York")
POLICY = read(CHICAGO.replace("America/Chicago", "America/New_York"), version=1, name="house")
QUIET_DOORS = replace(POLICY, doors={name: replace(d, standing=()) for name, d in POLICY.doors.items()})
"""The house policy with doors that promise nothing by themselves, where a test is about something else."""

CAST = People(
    (
        Person(id=ANN, role=Role.AGENT, team="support"),
        Person(id=BEN, role=Role.AGENT, team="support"),
        Person(id=LEA, role=Role.LEAD, team="support"),
        Person(id=HAL, role=Role.HEAD),
        Person(id=EVE, role=Role.EXECUTIVE),
        Person(id=ELI, role=Role.EXECUTIVE),
    )
)

Kind = TypeVar("Kind", bound=ev.Event)


def at(text: str) -> datetime:
    """Return the moment that New York's clocks show as `text`: 2026-03-02 10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def shown(moment: datetime) -> str:
    """Return a moment as New York's clocks show it: Mon 03-09 10:00 EDT."""
    return moment.astimezone(NEW_YORK).strftime("%a %m-%d %H:%M %Z")


def away(people: People, person: int, from_: str, to: str | None = None, cover: int | None = None) -> People:
    """Return the company with one more absence."""
    absence = Absence(from_at=at(from_), to_at=at(to) if to else None, cover=cover)
    return _changed(people, person, lambda p: replace(p, absences=(*p.absences, absence)))


def gone(people: People, person: int, left: str | None = None) -> People:
    """Return the company after somebody left it."""
    return _changed(people, person, lambda p: replace(p, active=False, left_at=at(left) if left else None))


def _changed(people: People, person: int, change: object) -> People:
    assert callable(change)
    return People(tuple(change(p) if p.id == person else p for p in people.everybody))


class Desk:
    """One case, and everything that happens to it."""

    def __init__(
        self,
        opened: str = "2026-03-02 10:00",
        *,
        door: str = "mail",
        owner: int = ANN,
        quarantined: bool = False,
        policy: Policy = QUIET_DOORS,
        people: People = CAST,
        now: str | None = None,
        written: bool = True,
    ) -> None:
        self.policy, self.people = policy, people
        u = incoming.open_case(
            self.house,
            door=door,
            owner=owner,
            received_at=at(opened),
            now=at(now or opened),
            quarantined=quarantined,
        )
        self.story: list[ev.Event] = []
        self.contacts = 100
        self._settle(u)
        if written:
            self.writes(opened, door=door)

    # ── the case ─────────────────────────────────────────────────────────────

    @property
    def house(self) -> House:
        return House(policy=self.policy, people=self.people)

    def promise(self, kind: str) -> Promise:
        """Return the newest promise of a kind."""
        return [p for p in self.case.promises if p.kind == kind][-1]

    def all_of(self, kind: type[Kind]) -> list[Kind]:
        """Return the events of a kind so far, in the order they were recorded."""
        return [e for e in self.story if isinstance(e, kind)]

    def told(self) -> list[tuple[str, tuple[int, ...]]]:
        """Return who heard alarms, and when."""
        return [(shown(e.told_at), e.to) for e in self.all_of(ev.AlarmRaised)]

    def found(self) -> list[str]:
        return [e.code for e in self.all_of(ev.FindingMade)]

    def door(self, name: str) -> Door:
        return self.policy.doors[name]

    def unfolding(self, when: str) -> Unfolding:
        """Take hold of the case as every action of the desk does: time catches up first."""
        u = Unfolding(self.case, self.house, now=at(when))
        rounds.advance(u, now=at(when))
        return u

    def _settle(self, u: Unfolding) -> None:
        self.story.extend(u.events)
        self.case: Case = u.case
        assert cases.fold(self.story) == self.case

    def _next_contact(self) -> int:
        self.contacts += 1
        return self.contacts

    # ── what happens ─────────────────────────────────────────────────────────

    def wait(self, until: str) -> None:
        """Let the watch look at the case at that moment, and not before."""
        self._settle(self.unfolding(until))

    def watch(self, until: str) -> None:
        """Let the watch look at the case whenever it asks to be woken, until that moment."""
        while (wakes := rounds.wakes_at(self.case, self.house)) is not None and wakes <= at(until):
            u = Unfolding(self.case, self.house, now=max(wakes, self.case.last_at))
            rounds.advance(u, now=u.now)
            self._settle(u)

    def writes(
        self,
        when: str,
        *,
        door: str = "mail",
        wants_answer: bool = True,
        need_by: str | None = None,
        sent: str | None = None,
    ) -> int:
        u, contact = self.unfolding(when), self._next_contact()
        incoming.receive(
            u,
            contact=contact,
            door=self.door(door),
            at=at(sent or when),
            wants_answer=wants_answer,
            need_by=at(need_by) if need_by else None,
        )
        self._settle(u)
        return contact

    def thanks(self, when: str) -> int:
        return self.writes(when, wants_answer=False)

    def marks(self, when: str, contact: int, word: str = "thanks") -> None:
        u = self.unfolding(when)
        incoming.mark_needs_no_answer(u, contact=contact, word=word, by=self.case.owner, at=at(when))
        self._settle(u)

    def needs(self, when: str, need_by: str) -> None:
        """Somebody reads in the customer's words when he needs it."""
        u = self.unfolding(when)
        incoming.note_need_by(u, need_by=at(need_by), words="by then", by=self.case.owner, at=at(when))
        self._settle(u)

    def asks_for_manager(self, when: str) -> None:
        u = self.unfolding(when)
        incoming.ask_for_manager(u, at=at(when))
        self._settle(u)

    def says_unresolved(self, when: str) -> None:
        u = self.unfolding(when)
        incoming.say_unresolved(u, contact=self._next_contact(), door=self.door("mail"), at=at(when))
        self._settle(u)

    def sends(
        self,
        when: str,
        *kinds: str,
        by: int | None = None,
        promises: Iterable[Said] = (),
        keeps: tuple[int, ...] = (),
        automatic: bool = False,
    ) -> int:
        """A reply is written and the customer's server takes it at once."""
        u, contact = self.unfolding(when), self._next_contact()
        writer = by or self.case.owner
        if not automatic:
            outgoing.write(u, contact=contact, kinds=kinds, by=writer, at=at(when))
        outgoing.accept(
            u,
            contact=contact,
            kinds=kinds,
            by=None if automatic else writer,
            at=at(when),
            automatic=automatic,
            promises=tuple(promises),
            keeps=keeps,
        )
        self._settle(u)
        return contact

    def promises(self, when: str, due: str, *, near: str | None = None, replaces: int | None = None) -> int:
        """A reply that promises a date; returns the contact."""
        said = Said(due_at=at(due), near_at=at(near) if near else None, replaces=replaces)
        return self.sends(when, "promise", promises=[said])

    def writes_back(self, when: str, *kinds: str) -> int:
        """A reply is written, and no server has taken it yet."""
        u, contact = self.unfolding(when), self._next_contact()
        outgoing.write(u, contact=contact, kinds=kinds, by=self.case.owner, at=at(when))
        self._settle(u)
        return contact

    def refused(self, when: str, contact: int, *, final: bool = True) -> None:
        u = self.unfolding(when)
        outgoing.refuse_delivery(u, contact=contact, why="550 no such user", final=final, at=at(when))
        self._settle(u)

    def bounces(self, when: str, contact: int) -> None:
        u = self.unfolding(when)
        outgoing.bounce(u, contact=contact, why="mailbox full", at=at(when))
        self._settle(u)

    def keeps(self, when: str, number: int) -> None:
        u = self.unfolding(when)
        keeping.keep_promise(u, number=number, by=self.case.owner, at=at(when), why="parcel scanned")
        self._settle(u)

    def releases(self, when: str, number: int, *, by_customer: bool = True) -> None:
        u = self.unfolding(when)
        keeping.release_promise(u, number=number, at=at(when), by_customer=by_customer)
        self._settle(u)

    def offers(self, when: str, to: int, *, by: int | None = None) -> None:
        u = self.unfolding(when)
        ownership.offer(u, to=to, by=by or self.case.owner, at=at(when))
        self._settle(u)

    def accepts(self, when: str, by: int) -> None:
        u = self.unfolding(when)
        ownership.accept_offer(u, by=by, at=at(when))
        self._settle(u)

    def hands_over(self, when: str, to: int) -> None:
        self.offers(when, to)
        if self.case.offer is not None:
            self.accepts(when, to)

    def returns(self, when: str, by: int) -> None:
        u = self.unfolding(when)
        ownership.return_offer(u, by=by, at=at(when), why="not my team")
        self._settle(u)

    def acknowledges(self, when: str, by: int) -> None:
        u = self.unfolding(when)
        ownership.acknowledge(u, by=by, at=at(when))
        self._settle(u)

    def closes(self, when: str, *further: str) -> None:
        u = self.unfolding(when)
        closing.close(u, by=self.case.owner, at=at(when), further=further)
        self._settle(u)

    def reopens(self, when: str) -> None:
        u = self.unfolding(when)
        closing.reopen(u, at=at(when), unresolved=False, by=self.case.owner)
        self._settle(u)

    def judges(self, when: str, *, genuine: bool) -> None:
        u = self.unfolding(when)
        closing.judge(u, genuine=genuine, why="read it", by=self.case.owner, at=at(when))
        self._settle(u)
