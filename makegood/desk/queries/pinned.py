"""Cases that go on under an older policy, and what the newest one would have them promise (F-28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from makegood.desk import facts, models
from makegood.rules import spans
from makegood.rules.hours import HoursRefused
from makegood.rules.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Affected:
    """A clock that runs under an older policy, and would be due at another time under the newest."""

    case: str
    kind: str
    version: int
    """The version that its case is pinned to."""
    due_at: datetime
    """As it was promised; it stays."""
    would_be: datetime | None
    """None where the newest policy knows no such kind."""


def pinned() -> QuerySet[models.Case]:
    """Return the open cases that go on under a version that is not the newest."""
    newest = models.PolicyVersion.objects.order_by("-number").values("pk")[:1]
    return models.Case.objects.filter(open=True).exclude(policy__in=newest)


def affected() -> Iterator[Affected]:
    """Yield the clocks that the newest policy would have due at another time, by case. What was said is none."""
    newest = models.PolicyVersion.objects.order_by("-number").first()
    if newest is None:
        return
    policy = facts.policy(newest)
    clocks = models.Promise.objects.filter(case__in=pinned(), outstanding=True, said=False)
    for clock in clocks.select_related("case__policy").order_by("case", "number").iterator():
        would_be = _due(clock, policy)
        if would_be != clock.first_due_at:
            yield Affected(
                case=clock.case.number,
                kind=clock.kind,
                version=clock.case.policy.number,
                due_at=clock.due_at,
                would_be=would_be,
            )


def _due(clock: models.Promise, policy: Policy) -> datetime | None:
    kind = policy.kinds.get(clock.kind)
    if kind is None:
        return None
    hours = policy.calendars.get(clock.calendar) or policy.calendars[policy.default_calendar]
    try:
        return spans.due_at(policy.within(kind, clock.case.door), clock.from_at, hours)
    except HoursRefused:
        return None
