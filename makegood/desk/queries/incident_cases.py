"""The cases of an incident that are still open, and what stands against closing each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import Max, QuerySet

from makegood.desk import facts, models, reading
from makegood.rules import affected, closing
from makegood.rules.affected import Standing

_NEVER = datetime.min.replace(tzinfo=UTC)


def open_ones(incident: models.Incident) -> QuerySet[models.Affected]:
    """Return the people of an incident whose cases are open, in the order in which they came on the list."""
    people = models.Affected.objects.filter(incident=incident, case__open=True)
    return people.select_related("case__owner", "case__customer", "case__policy").order_by("pk")


def reasons(incident: models.Incident, people: Sequence[models.Affected]) -> list[tuple[str, ...]]:
    """Return for each of these people why his case can't be closed now, as sentences; nothing where it can."""
    stories = facts.all_cases([person.case for person in people if person.case is not None])
    ours = further(incident, people)
    return [(*closing.reasons_not_to_close(stories[p.case_id or 0]), *ours[p.case_id or 0]) for p in people]


def further(incident: models.Incident, people: Sequence[models.Affected]) -> dict[int, tuple[str, ...]]:
    """Return by case what the incident itself has against closing it: he is not settled, or he wrote since."""
    wrote = _wrote_last([person.case_id or 0 for person in people])
    return {
        person.case_id or 0: affected.reasons_to_leave_open(
            Standing(person.standing), wrote_since=_since(incident, person) < wrote.get(person.case_id or 0, _NEVER)
        )
        for person in people
    }


def _since(incident: models.Incident, person: models.Affected) -> datetime:
    return person.told_at or incident.opened_at


def _wrote_last(cases: Sequence[int]) -> dict[int, datetime]:
    theirs = models.Contact.objects.filter(case__in=reading.keys(cases), direction="in").order_by()
    return dict(theirs.values_list("case").annotate(last=Max("received_at")))
