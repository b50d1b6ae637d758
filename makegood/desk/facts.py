"""Rows in, rule-book facts out. The only bridge, and one-way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet

from makegood.rules import cases, policy_file
from makegood.rules.cases import Case as CaseFacts
from makegood.rules.escalation import House
from makegood.rules.events import Event
from makegood.rules.people import Absence, People, Person
from makegood.rules.policy import Policy, Role
from makegood.rules.written_events import from_plain

from . import models, reading
from .prepared import prepared


def event(entry: models.Entry) -> Event:
    """Return the event a journal entry records."""
    return from_plain(entry.name, entry.at, entry.by_id, entry.facts)


def case(row: models.Case) -> CaseFacts:
    """Return what the case's journal adds up to."""
    return all_cases([row])[row.pk]


def all_cases(rows: Sequence[models.Case]) -> dict[int, CaseFacts]:
    """Return what the journal of each of these cases adds up to, by the case's key, in one query."""
    entries = models.Entry.objects.filter(case__in=reading.keys([row.pk for row in rows])).order_by("case", "seq")
    told = reading.values(entries, "case_id", "name", "at", "by_id", "facts")
    return {
        pk: cases.fold(from_plain(name, at, by, facts) for _pk, name, at, by, facts in story)
        for pk, story in groupby(told, key=itemgetter(0))
    }


def people() -> People:
    """Return everybody who works here, with their absences."""
    away: dict[int, list[Absence]] = {}
    for staff, from_at, to_at, cover in _absences():
        away.setdefault(staff, []).append(Absence(from_at=from_at, to_at=to_at, cover=cover))
    return People(
        tuple(
            Person(
                id=pk,
                role=Role(role),
                team=team or "",
                calendar=calendar,
                active=active,
                left_at=left_at,
                absences=tuple(away.get(pk, ())),
            )
            for pk, role, team, calendar, active, left_at in _everybody()
        )
    )


@prepared("staff_id", "from_at", "to_at", "cover")
def _absences() -> QuerySet[models.Absence]:
    return models.Absence.objects.all()


@prepared("pk", "role", "team__name", "calendar", "is_active", "left_at")
def _everybody() -> QuerySet[models.Staff]:
    return models.Staff.objects.order_by("pk")


def policy(version: models.PolicyVersion) -> Policy:
    """Return a policy as it was when it was loaded, holidays included."""
    return _policy(version.pk, version.number)


def policy_in_force() -> Policy | None:
    """Return the policy that new cases begin with; None before any was loaded."""
    return next((_policy(pk, number) for pk, number in _newest_version()), None)


@prepared("pk", "number")
def _newest_version() -> QuerySet[models.PolicyVersion]:
    # Not its text, which is long and known already: every page and every letter asks.
    return models.PolicyVersion.objects.order_by("-number")[:1]


@lru_cache(maxsize=64)
def _policy(pk: int, number: int) -> Policy:
    # A version is never changed once it is written, so its meaning can be kept.
    version = models.PolicyVersion.objects.get(pk=pk)
    read = policy_file.read(version.text, version=number, name=version.name, laws=version.laws)
    frozen = {
        name: replace(hours, holidays=frozenset(date.fromisoformat(d) for d in version.holidays[name]))
        for name, hours in read.calendars.items()
        if name in version.holidays
    }
    return replace(read, calendars={**read.calendars, **frozen})


def house(version: models.PolicyVersion, staff: People | None = None) -> House:
    """Return what a decision needs to know besides its case."""
    return House(policy=policy(version), people=staff or people())


def houses(rows: Iterable[models.Case], staff: People) -> dict[int, House]:
    """Return what decisions about these cases need to know besides them, by the policy's key, each read once."""
    # Their texts are long, and what they mean is known mostly.
    versions = models.PolicyVersion.objects.defer("text", "laws", "holidays")
    return {pk: house(version, staff) for pk, version in versions.in_bulk({row.policy_id for row in rows}).items()}


def forget_policies() -> None:
    """Forget what was read; for tests that fill a database anew."""
    _policy.cache_clear()
