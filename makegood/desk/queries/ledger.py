"""The ledger as people read it: what came in by every door, and where each item ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from makegood.desk import models

State = models.InboxItem.State


@dataclass(frozen=True, kw_only=True)
class Equation:
    """received = joined + set aside + stopped + being read. Shown on the board, so that a gap is seen."""

    received: int
    joined: int
    set_aside: int
    stopped: int
    waiting: int

    @property
    def adds_up(self) -> bool:
        return self.received == self.joined + self.set_aside + self.stopped + self.waiting


def equation(*, since: datetime, until: datetime) -> Equation:
    """Return the counts of what was stored in `[since, until)`."""
    counts = models.InboxItem.objects.filter(stored_at__gte=since, stored_at__lt=until).aggregate(
        received=Count("pk"),
        joined=Count("pk", filter=Q(state=State.JOINED)),
        set_aside=Count("pk", filter=Q(state=State.QUARANTINED)),
        stopped=Count("pk", filter=Q(state=State.SUPPRESSED)),
        waiting=Count("pk", filter=Q(state=State.STORED)),
    )
    return Equation(**counts)


def items(among: QuerySet[models.InboxItem], *, state: str = "", door: str = "") -> QuerySet[models.InboxItem]:
    """Return ledger items, newest first."""
    found = among.order_by("-stored_at", "-pk").prefetch_related("contacts__case")
    if state in State.values:
        found = found.filter(state=state)
    return found.filter(door=door) if door else found


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Whether the watch is alive, as every page shows it."""

    at: datetime | None
    alive: bool
    trouble: str


def pulse(*, now: datetime) -> Pulse:
    """Return when the watch last went by. More than a minute ago means that it stands still."""
    beat = models.Heartbeat.objects.filter(name="watch").first()
    trouble = models.Heartbeat.objects.exclude(trouble="").values_list("trouble", flat=True).first() or ""
    at = beat.at if beat else None
    return Pulse(at=at, alive=at is not None and now - at < timedelta(minutes=1), trouble=trouble)
