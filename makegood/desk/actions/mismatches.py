"""Somebody was about to get less than the terms he saw: kept on the record, told, and proposed as an incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from makegood.desk import models
from makegood.desk.queries import programmes as queries
from makegood.rules.programmes import Terms

from . import incidents, journal, notices


def found(
    version: models.ProgrammeVersion, wanted: Terms, reasons: Sequence[str], *, by: models.Staff | None, now: datetime
) -> models.Mismatch:
    """Record what was stopped. The first of a version opens an incident for everybody who saw it; later ones count.

    A transaction of its own: what was refused leaves nothing behind, and this must stay.
    """
    with transaction.atomic():
        # The version is the lock: of two who are stopped at once, one opens the incident.
        models.ProgrammeVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        known = models.Mismatch.objects.filter(version=version, settled_at=None)
        if known.update(times=F("times") + 1):
            return known.get()
        programme = version.programme
        row = models.Mismatch.objects.create(
            version=version, wanted=wanted.plain(), reasons=list(reasons), found_at=now, by=by
        )
        facts = {"programme": programme.name, "version": version.number, "reasons": list(reasons)}
        journal.write_house("terms.mismatched", facts, now=now, by=by)
        affected = queries.affected(version)
        incident = incidents.open_by_desk(
            title=programme.title,
            source=f"{programme.name} {version.number}",
            customers=affected,
            owner=programme.owner,
            now=now,
        )
        models.Mismatch.objects.filter(pk=row.pk).update(incident=incident.pk)
        row.incident = incident.pk
        told = {"title": programme.title, "reasons": list(reasons), "number": len(affected)}
        notices.write_to_house("terms.mismatched", told, now=now, owner=programme.owner_id)
    return row


def settle(mismatch: models.Mismatch, *, why: str, by: models.Staff, now: datetime) -> None:
    """Say what was done about it; does nothing if somebody said so already."""
    with transaction.atomic():
        open_still = models.Mismatch.objects.filter(pk=mismatch.pk, settled_at=None)
        if open_still.update(settled_at=now, settled_by=by, settled_why=why[:300]):
            journal.write_house("terms.settled", {"mismatch": mismatch.pk, "why": why[:300]}, now=now, by=by)
