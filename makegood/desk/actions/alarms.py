"""Saying "I have it" when an alarm rings."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.rules import ownership, refusals

from .record import deciding


def acknowledge(case_id: int, *, by: models.Staff, now: datetime) -> None:
    """Answer what rings on a case. It falls silent for the ladder's grace, then climbs on if need be."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        ownership.acknowledge(d.u, by=by.pk, at=now)


def acknowledge_by_link(link: models.Link, *, now: datetime) -> None:
    """Answer what rings, by the button behind the link in a mail. The person must still be with us."""
    if link.staff is None or not link.staff.is_active:
        raise refusals.NotTheOwner
    acknowledge(link.case_id, by=link.staff, now=now)
