"""Whether the incident of a story came out as it should."""

from __future__ import annotations

from typing import Any

from makegood.desk import models
from makegood.desk.queries import incidents as queries


class IncidentVerdicts:
    """Checks about the story's incident; mixed into `Judge`."""

    def _incident(self, wanted: Any) -> tuple[bool, str]:
        """incident: {affected: 4, told: 3, with_person: 1, given: 2500, options: 2, …}; its equation must add up."""
        row = models.Incident.objects.order_by("-pk").first()
        if row is None:
            return False, "there is no incident"
        reckoning = queries.reckon(row)
        found: dict[str, Any] = {
            "affected": reckoning.affected,
            "told": reckoning.told,
            **{str(standing): n for standing, n in reckoning.standing.items()},
            "told_us": row.people.filter(told_us=True).count(),
            "cases": row.people.exclude(case=None).values("case").distinct().count(),
            "remedies": models.Remedy.objects.filter(incident=row.pk).count(),
            "total": row.dry_run_total,
            "needs": row.needs,
            "approved": row.approved or 0,
            "given": row.given,
            "options": len(row.remedy.get("choices", [])),
            "job": row.job,
        }
        good = reckoning.adds_up and all(found.get(key, 0) == value for key, value in wanted.items())
        return good, str(found if reckoning.adds_up else reckoning)
