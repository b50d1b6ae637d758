"""The jobs of incidents: the next piece of a list, or the next few people; each call says whether there was any.

Any number of watchers may walk this round: who is at work is decided by the row of the incident (`incident_work`).
"""

from __future__ import annotations

from datetime import datetime

from makegood.desk.actions import incident_alarms, incident_lists, incident_work

AT_ONCE = 100
"""Incidents looked at in one pass: there are never so many, and a pass ends."""


def go_on(*, now: datetime) -> bool:
    """Read the next piece of a list that was uploaded, else do the next few people of a job that runs."""
    waiting = incident_lists.unread()
    if waiting is not None and incident_lists.read_some(waiting, now=now):
        return True
    incident = incident_work.due(now=now)
    return incident is not None and bool(incident_work.step(incident, now=now))


def ring(*, now: datetime) -> None:
    """Let whatever is due ring: people whom an incident hit and nobody told in time."""
    for _ in range(AT_ONCE):
        incident = incident_alarms.due(now=now)
        if incident is None:
            return
        incident_alarms.look(incident, now=now)
