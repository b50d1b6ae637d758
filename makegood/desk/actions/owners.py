"""Who owns a new case: the least busy agent of its door's team who is in, else somebody higher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from makegood.desk import models
from makegood.desk.prepared import prepared
from makegood.rules.escalation import House
from makegood.rules.policy import Door, Role


class Owners:
    """Chooses owners one after the other, each choice counting for the next. One transaction long."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._open: dict[int, int] = dict(_open_cases())
        rows = _teams_and_addresses()
        self._email = {pk: email for pk, _team, email in rows}
        self.team = {pk: team for pk, team, _email in rows}
        """Person → the key of his team, or None."""

    def choose(self, door: Door, *, at: datetime) -> int:
        """Return who owns a new case from this door. Where nobody is in, somebody higher: it is never nobody's."""
        chosen = self._choose(door, at=at)
        self._open[chosen] = self._open.get(chosen, 0) + 1
        return chosen

    def _choose(self, door: Door, *, at: datetime) -> int:
        here = [p for p in self._house.people.everybody if p.here(at)]
        if door.executive:
            wanted = [p.id for p in here if p.role is Role.EXECUTIVE]
            named = [pk for pk in sorted(wanted) if self._email[pk] in door.addresses]
            if wanted:
                return (named or wanted)[0]
        for role in (Role.AGENT, Role.LEAD, Role.HEAD, Role.EXECUTIVE):
            own = [p.id for p in here if p.role is role and (role is not Role.AGENT or p.team == door.team)]
            if own:
                return self._least_busy(own)
        everybody = [p.id for p in self._house.people.everybody if p.active and p.role is not Role.ADMIN]
        return everybody[-1]

    def _least_busy(self, staff: Sequence[int]) -> int:
        return min(staff, key=lambda pk: (self._open.get(pk, 0), pk))


@prepared("owner_id", "cases")
def _open_cases() -> QuerySet[models.Case, Any]:
    # Counted among the open cases alone; from the people, all they ever owned would be looked through.
    return models.Case.objects.filter(open=True).order_by().values("owner_id").annotate(cases=Count("pk"))


@prepared("pk", "team_id", "email")
def _teams_and_addresses() -> QuerySet[models.Staff]:
    return models.Staff.objects.order_by("pk")
