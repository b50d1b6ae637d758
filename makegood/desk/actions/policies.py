"""Loading a policy: a new version for what comes, never for what runs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from makegood.desk import facts, models
from makegood.desk.queries import times
from makegood.desk.queries.pinned import pinned
from makegood.language import titles
from makegood.rules import clocks, policy_file, rounds
from makegood.rules import events as ev

from . import journal
from .record import deciding


def load(
    text: str,
    *,
    name: str,
    now: datetime,
    laws: Mapping[str, str] | None = None,
    by: models.Staff | None = None,
) -> models.PolicyVersion:
    """Return the version of this policy text, read and checked; a text already loaded is not loaded twice.

    Raises `policy_file.PolicyErrors` with every mistake at once.
    """
    digest = hashlib.sha256("\n".join([text, *sorted((laws or {}).values())]).encode()).hexdigest()
    latest = models.PolicyVersion.objects.order_by("-number").first()
    if latest is not None and latest.sha256 == digest:
        return latest
    number = latest.number + 1 if latest else 1
    policy = policy_file.read(text, version=number, name=name, laws=laws or {})
    titles.refuse_bought_reviews(policy)
    with transaction.atomic():
        version = models.PolicyVersion.objects.create(
            number=number,
            name=name,
            text=text,
            laws=dict(laws or {}),
            sha256=digest,
            loaded_at=now,
            holidays={
                key: sorted(day.isoformat() for day in hours.holidays) for key, hours in policy.calendars.items()
            },
        )
        make_teams(version)
        told = {"number": number, "sha256": digest, "pinned_to_older": pinned().count()}
        journal.write_house("policy.loaded", told, now=now, by=by)
    return version


def make_teams(version: models.PolicyVersion) -> None:
    """See that every team a door names exists."""
    for door in facts.policy(version).doors.values():
        if door.team:
            team(door.team)


def team(name: str) -> models.Team:
    """Return the team of this name, made if there is none."""
    found, _ = models.Team.objects.get_or_create(name=name, defaults={"title": name.capitalize()})
    return found


def repin(
    case_id: int, version: models.PolicyVersion, *, why: str, by: models.Staff | None, now: datetime
) -> None:
    """Let a case go on under another version. Promises already made keep their dates. `by` is None for the program."""
    with deciding(case_id, now=now, actor="program") as d:
        d.row.policy = version
        d.u.house = facts.house(version)
        d.u.happen(ev.CaseRepinned(at=now, by=by.pk if by else None, policy=version.number, why=why))


def recompute(case_id: int, *, why: str, now: datetime) -> int:
    """Put on record which clocks of a case would be due at another time by today's calendars and zones; how many.

    One that would be due sooner is due sooner from now on; nothing gets later, and nothing said moves.
    """
    with deciding(case_id, now=now, actor="program") as d:
        story = [facts.event(entry) for entry in d.row.journal.order_by("seq")]
        changed = {fault.number: fault.would_be for fault in times.changed_since(d.row, story)}
        for number, would_be in changed.items():
            if would_be is not None:
                clocks.recompute(d.u, number=number, would_be=would_be, why=why[:300], at=now)
        rounds.advance(d.u, now=now)
    return len(changed)
