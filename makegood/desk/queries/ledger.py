"""The ledger as people read it: what came in by every door, and where each item ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from makegood.desk import models

from .one_moment import one_moment

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
    stored = models.InboxItem.objects.filter(stored_at__gte=since, stored_at__lt=until).order_by()
    # All states are named, so that the index of states answers: without them each item is looked up for its own.
    # What was received is counted apart: an item in none of these states must be seen to be missing.
    of_states = stored.filter(state__in=State.values).values_list("state").annotate(Count("pk"))
    with one_moment():
        return said(received=stored.count(), of_states=dict(of_states))


def said(*, received: int, of_states: Mapping[str, int]) -> Equation:
    """Return the equation of what was received, and how much of it is in each state."""
    return Equation(
        received=received,
        joined=of_states.get(State.JOINED, 0),
        set_aside=of_states.get(State.QUARANTINED, 0),
        stopped=of_states.get(State.SUPPRESSED, 0),
        waiting=of_states.get(State.STORED, 0),
    )


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
