"""Who works here, who is in, and who stands above whom.

A directory is a value: the desk makes one from its rows, stories and proofs
make small ones by hand. Absences are half-open `[from, to)`; an absence
without an end lasts until somebody ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from .policy import Role

RUNGS: tuple[Role, ...] = (Role.LEAD, Role.HEAD, Role.EXECUTIVE)
"""The roles above an owner, lowest first."""


@dataclass(frozen=True, kw_only=True)
class Absence:
    from_at: datetime
    to_at: datetime | None = None
    cover: int | None = None

    def covers(self, at: datetime) -> bool:
        return self.from_at <= at and (self.to_at is None or at < self.to_at)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of staff."""

    id: int
    role: Role
    team: str = ""
    calendar: str = ""
    active: bool = True
    left_at: datetime | None = None
    """When somebody who is no longer active left, if that is known."""
    absences: tuple[Absence, ...] = ()

    def absence(self, at: datetime) -> Absence | None:
        return next((a for a in self.absences if a.covers(at)), None)

    def here(self, at: datetime) -> bool:
        """Return whether this person can hear an alarm at that moment: still with us and not absent."""
        return self.active and self.absence(at) is None


@dataclass(frozen=True)
class People:
    """Everybody who works here, those who left included."""

    everybody: tuple[Person, ...]

    @cached_property
    def _by_id(self) -> dict[int, Person]:
        return {p.id: p for p in self.everybody}

    @cached_property
    def _by_role(self) -> dict[Role, list[Person]]:
        found: dict[Role, list[Person]] = {}
        for person in sorted(self.everybody, key=lambda p: p.id):
            if person.active:
                found.setdefault(person.role, []).append(person)
        return found

    def get(self, person: int) -> Person | None:
        return self._by_id.get(person)

    def here(self, person: int, at: datetime) -> bool:
        found = self.get(person)
        return found is not None and found.here(at)

    def of_role(self, role: Role, *, team: str = "") -> tuple[Person, ...]:
        """Return the active people of a role, those of `team` if it has any, in the order of their ids."""
        all_of_them = self._by_role.get(role, [])
        own = [p for p in all_of_them if team and p.team == team]
        return tuple(own or all_of_them)

    def rank(self, person: int) -> int:
        """Return how high somebody stands: 0 for an agent, 1 a lead, 2 a head of service, 3 an executive."""
        found = self.get(person)
        return RUNGS.index(found.role) + 1 if found and found.role in RUNGS else 0
