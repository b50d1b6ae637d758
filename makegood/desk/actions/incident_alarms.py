"""The alarm of an incident: whoever it hit and has not heard it from us in time rings, to its owner, then above him."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from makegood.desk import access, facts, models
from makegood.desk.queries import incidents as queries
from makegood.rules import refusals, telling
from makegood.rules.escalation import House

from . import cases, journal, notices

LOOK_AGAIN = timedelta(minutes=10)
"""How soon an incident is looked at again: a letter may still bounce, and whoever rings may have been told."""


def start(incident: models.Incident, *, now: datetime) -> None:
    """Set by when everybody is told, counted from now; part of what opens it, or adds to a list that was told."""
    house = facts.house(cases.latest_policy())
    incident.told_by = incident.rings_at = telling.told_by(now, house)


def due(*, now: datetime) -> int | None:
    """Return the incident that has waited longest to be looked at, or None."""
    waiting = models.Incident.objects.filter(rings_at__lte=now, closed_at=None)
    return waiting.order_by("rings_at", "pk").values_list("pk", flat=True).first()


def look(incident_id: int, *, now: datetime) -> None:
    """Tell who hears next if somebody is untold and the time has come; else set when to look again."""
    with transaction.atomic():
        found = models.Incident.objects.select_for_update(skip_locked=True, of=("self",)).select_related("owner")
        incident = found.filter(pk=incident_id, rings_at__lte=now, closed_at=None).first()
        if incident is None or incident.told_by is None:
            return
        untold = queries.untold(incident).count()
        if not untold:
            incident.late_since, incident.rung, incident.rang_at, incident.had_at = None, -1, None, None
            incident.rings_at = now + LOOK_AGAIN
        else:
            house = facts.house(cases.latest_policy())
            if telling.rings_at(_clock(incident), house) <= now:
                _ring(incident, untold, house, now=now)
            # Sooner than the next rung: whoever was told meanwhile lets it fall silent.
            incident.rings_at = min(telling.rings_at(_clock(incident), house), now + LOOK_AGAIN)
        incident.save(update_fields=["late_since", "rung", "rang_at", "had_at", "rings_at"])


def _ring(incident: models.Incident, untold: int, house: House, *, now: datetime) -> None:
    clock, told = telling.ring(_clock(incident), house, now=now)
    incident.late_since, incident.rung, incident.rang_at, incident.had_at = (
        clock.late_since,
        clock.rung,
        clock.rang_at,
        clock.had_at,
    )
    what: dict[str, object] = {
        "incident": incident.pk,
        "title": incident.title,
        "untold": untold,
        "told_by": incident.told_by.isoformat() if incident.told_by else "",
        "rung": clock.rung,
    }
    journal.write_house("incident.rang", {**what, "to": list(told.to)}, now=now, actor="watch")
    notices.tell(models.Staff.objects.filter(pk__in=told.to), case=None, kind="incident.untold", facts=what, now=now)


def have_it(incident_id: int, *, by: models.Staff, now: datetime) -> None:
    """Somebody says that he has it: nobody else hears before the ladder's grace is over. Raises Refusal."""
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        if incident.late_since is None or incident.closed_at is not None:
            raise refusals.NothingRings
        if incident.had_at is None:
            incident.had_at, incident.had_by = now, by
            incident.save(update_fields=["had_at", "had_by"])
            journal.write_house("incident.had", {"incident": incident.pk, "rung": incident.rung}, now=now, by=by)


def _clock(incident: models.Incident) -> telling.Clock:
    assert incident.told_by is not None
    return telling.Clock(
        owner=incident.owner_id,
        opened_at=incident.opened_at,
        told_by=incident.told_by,
        late_since=incident.late_since,
        rung=incident.rung,
        rang_at=incident.rang_at,
        had_at=incident.had_at,
    )
