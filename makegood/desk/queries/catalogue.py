"""What people gave that the catalogue doesn't know: the second of its kind is proposed for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import Lower

from makegood.desk import access, models

TWICE = 2


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Something that was given more than once by hand, and could be in the catalogue."""

    title: str
    times: int
    since: datetime
    cost: int
    """What all of them cost together, in minor units of their own currencies where they differ."""
    cases: tuple[models.Case, ...]


def of_kind(title: str) -> QuerySet[models.RemedyOption]:
    """Return the custom options of this title that were not denied, declined or taken back."""
    known = models.RemedyOption.objects.annotate(said=Lower("title")).filter(kind="custom", remedy__gives=True)
    return known.filter(said=title.strip().lower())


def candidates(reader: models.Staff) -> list[Candidate]:
    """Return what was given by hand twice or oftener on cases that `reader` may see, the most frequent first."""
    seen = access.cases_for(reader)
    custom = models.RemedyOption.objects.filter(kind="custom", remedy__gives=True, remedy__case__in=seen)
    grouped = custom.annotate(said=Lower("title")).values("said").order_by()
    told = grouped.annotate(
        times=Count("pk"), since=Min("remedy__proposed_at"), cost=Sum("cost"), title=Max("title")
    ).filter(times__gte=TWICE)
    return [
        Candidate(
            title=one["title"],
            times=one["times"],
            since=one["since"],
            cost=one["cost"],
            cases=tuple(
                models.Case.objects.filter(remedies__options__in=of_kind(one["title"]), pk__in=seen).distinct()
            ),
        )
        for one in told.order_by("-times", "said")
    ]
