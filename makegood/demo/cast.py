"""Larkfield Outdoor of Chicago, and who works there.

Everybody here is invented. Relationships that tests lean on:

* Priya and Tom are agents of the team *support*, Marta leads it.
* Luis and Adaeze are agents of *support* too; nobody of another team may see their cases.
* Ruth is the head of service; she stands above every team.
* Grace and Noor are executives. Grace's mailbox is a door of its own.
* Sam looks after the program.
* Wen is an agent of the team *wholesale*: she may see nothing of *support*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from makegood.config import shipped
from makegood.desk import facts, models
from makegood.desk.actions import people, policies
from makegood.rules.policy import Policy, Role

HOUSE = "Larkfield Outdoor"
PASSWORD = "a trail needs no password"  # noqa: S105  (the demo's, printed at start)

STAFF: tuple[tuple[str, str, Role, str], ...] = (
    ("priya", "Priya Raman", Role.AGENT, "support"),
    ("tom", "Tom Hale", Role.AGENT, "support"),
    ("luis", "Luis Ferrer", Role.AGENT, "support"),
    ("adaeze", "Adaeze Okoro", Role.AGENT, "support"),
    ("wen", "Wen Castellan", Role.AGENT, "wholesale"),
    ("marta", "Marta Olsen", Role.LEAD, "support"),
    ("ruth", "Ruth Kessel", Role.HEAD, ""),
    ("grace", "Grace Larkfield", Role.EXECUTIVE, ""),
    ("noor", "Noor Haddad", Role.EXECUTIVE, ""),
    ("sam", "Sam Whitlock", Role.ADMIN, ""),
)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody who works at Larkfield Outdoor, and the policy they work by."""

    policy: Policy
    version: models.PolicyVersion
    priya: models.Staff
    tom: models.Staff
    luis: models.Staff
    adaeze: models.Staff
    wen: models.Staff
    marta: models.Staff
    ruth: models.Staff
    grace: models.Staff
    noor: models.Staff
    sam: models.Staff

    def __getitem__(self, name: str) -> models.Staff:
        found = getattr(self, name, None)
        if not isinstance(found, models.Staff):
            known = ", ".join(key for key, *_ in STAFF)
            raise KeyError(f"nobody called {name} works here; there are {known}")
        return found


def load(*, now: datetime, password: str | None = PASSWORD, policy: str | None = None, zone: str = "") -> Cast:
    """Fill an empty database with the policy and the staff."""
    version = policies.load(policy or shipped.demo_policy(), name=HOUSE, laws=shipped.law_texts(), now=now)
    teams = {name: policies.team(name) for name in {team for *_, team in STAFF if team}}
    # Hashed once: a password hash is slow on purpose, and this one is printed at every start.
    hashed = make_password(password)
    staff = {
        key: people.hire(
            email=f"{key}@larkfield.example",
            name=name,
            role=role,
            team=teams.get(team),
            hashed=hashed,
            time_zone=zone,
            now=now,
        )
        for key, name, role, team in STAFF
    }
    return Cast(policy=facts.policy(version), version=version, **staff)
