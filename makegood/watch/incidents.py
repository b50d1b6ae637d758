"""The jobs of incidents: the next piece of a list, or the next few people; each call says whether there was any.

Any number of watchers may walk this round: who is at work is decided by the row of the incident (`incident_work`).
"""

from __future__ import annotations

from datetime import datetime

from makegood.desk.actions import incident_lists, incident_work


def go_on(*, now: datetime) -> bool:
    """Read the next piece of a list that was uploaded, else do the next few people of a job that runs."""
    waiting = incident_lists.unread()
    if waiting is not None and incident_lists.read_some(waiting, now=now):
        return True
    incident = incident_work.due(now=now)
    return incident is not None and bool(incident_work.step(incident, now=now))
