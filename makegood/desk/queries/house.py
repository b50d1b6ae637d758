"""The house as every page names it: its policy, its people by name, its signs of life."""

from __future__ import annotations

from makegood.desk import facts, models
from makegood.rules.policy import Policy


def policy() -> Policy | None:
    """Return the policy that new cases begin with; None before any was loaded."""
    return facts.policy_in_force()


def zone_of(reader: models.Staff, policy: Policy | None) -> str:
    """Return the zone in which somebody reads times: his own, else that of the house's calendar."""
    if reader.time_zone:
        return reader.time_zone
    return policy.calendars[policy.default_calendar].zone if policy else "UTC"
