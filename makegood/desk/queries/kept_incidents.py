"""P3 and P5 for incidents: whoever counts as told was, and whoever was given something has it, once and as approved.

The rows of affected people follow their letters and remedies in the transactions that change these; here both are
compared, all rows at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from makegood.desk import models
from makegood.rules import affected
from makegood.rules.affected import Giving, Telling
from makegood.rules.remedy_steps import Step

from .verdicts import Violation

_GIVING = (Giving.UNDER_WAY, Giving.CONFIRMED, Giving.DECLINED)
"""What can't be said of somebody who has no remedy."""


def untold(*, now: datetime, late: timedelta) -> Iterator[Violation]:
    """Yield who counts as told and was not, whose place is not what became of him, and alarms that did not ring."""
    people = models.Affected.objects.order_by("pk")
    accepted = models.Contact.Standing.ACCEPTED
    yield from _said(people.filter(telling=Telling.ACCEPTED).exclude(contact__standing=accepted), "counts as told")
    hidden = people.filter(contact__standing=accepted)
    yield from _said(hidden.exclude(telling__in=affected.TOLD), "was told and does not count as that")
    by_hand = people.filter(telling__in=[Telling.BY_HAND, Telling.UNREACHABLE])
    yield from _said(by_hand.filter(Q(why="") | Q(by=None)), "was told or given up by hand, and nothing shows it")
    yield from _misplaced()
    for incident in models.Incident.objects.filter(closed_at=None, rings_at__lt=now - late).order_by("pk"):
        what = f"incident {incident.pk}: the time came by which everybody is told, and the watch did not look"
        yield Violation(what=what, since=incident.rings_at)


def _misplaced() -> Iterator[Violation]:
    """People who stand elsewhere in the equation than word and remedy put them."""
    found = models.Affected.objects.order_by().values_list("incident", "telling", "giving", "standing")
    for incident, telling, giving, standing, count in found.annotate(n=Count("pk")):
        where = affected.standing(Telling(telling), Giving(giving))
        if standing != where:
            yield Violation(what=f"incident {incident}: {count} stand as “{standing}” and are “{where}”")


def given() -> Iterator[Violation]:
    """Yield remedies of incidents that their lists do not know, or know otherwise, and sums that do not come out."""
    listed = models.Affected.objects.filter(incident=OuterRef("incident"), case=OuterRef("case"))
    granted = models.Remedy.objects.filter(incident__isnull=False, ancestor=None, gives=True)
    for remedy in granted.filter(~Exists(listed)).select_related("case").order_by("pk"):
        what = f"remedy {remedy.number} is incident {remedy.incident}’s, whose list does not have this case"
        yield Violation(what=what, case=remedy.case.number, since=remedy.proposed_at)
    people = models.Affected.objects.order_by("pk")
    yield from _said(people.filter(giving__in=_GIVING, remedy=None), "counts as given something and has no remedy")
    step = models.Remedy.objects.filter(case=OuterRef("case"), number=OuterRef("remedy")).values("step")
    theirs = people.filter(remedy__isnull=False).annotate(step=Subquery(step))
    for giving in Giving:
        steps = [str(one) for one in Step if affected.given_by(str(one)) is giving]
        unlike = theirs.filter(giving=giving).exclude(step__in=steps) if steps else theirs.filter(giving=giving)
        yield from _said(unlike, f"counts as “{giving}”, and his remedy is at another step")
    yield from _sums()


def _sums() -> Iterator[Violation]:
    costs = models.Affected.objects.filter(incident=OuterRef("pk"), remedy__isnull=False).order_by()
    cost = Coalesce(Subquery(costs.values("incident").annotate(sum=Sum("cost")).values("sum")), 0)
    for incident in models.Incident.objects.annotate(theirs=cost).exclude(given=F("theirs")).order_by("pk"):
        yield Violation(what=f"incident {incident.pk} shows {incident.given} as given, its people {incident.theirs}")
    for over in models.Incident.objects.filter(given__gt=Coalesce("approved", 0)).order_by("pk"):
        yield Violation(what=f"incident {over.pk} has given {over.given}, and {over.approved} were approved")


def _said(people: QuerySet[models.Affected], what: str) -> Iterator[Violation]:
    for person in people.select_related("case").iterator(chunk_size=1_000):
        number = person.case.number if person.case else ""
        yield Violation(what=f"person {person.pk} of incident {person.incident_id} {what}", case=number)
