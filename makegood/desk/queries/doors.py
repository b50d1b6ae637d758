"""The doors as people look after them: what each says by itself, how often that was kept, what came in lately."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, Value, When

from makegood.desk import models
from makegood.rules.keeping import STANDING
from makegood.rules.policy import Door, Policy

from .ledger import Equation, said

HOURS = 24
LATELY = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class DoorState:
    """One way in, with its day."""

    door: Door
    kept: int
    """Standing promises of this door that fell due in the last 30 days and were kept in time."""
    settled: int
    """Those that were kept, kept late or broken."""
    last_at: datetime | None
    by_hour: tuple[int, ...]
    """Arrivals in each of the last 24 hours, the oldest first."""
    today: Equation


def doors(policy: Policy, *, since: datetime, now: datetime) -> list[DoorState]:
    """Return every door of the policy; `since` is the reader's midnight. Three queries, and a short one a door."""
    kept, settled = _standing(policy, now=now)
    last = {name: _last_at(name) for name in policy.doors}
    hours = _by_hour(now)
    today = _today(since, now)
    nothing = Equation(received=0, joined=0, set_aside=0, stopped=0, waiting=0)
    return [
        DoorState(
            door=door,
            kept=kept[name],
            settled=settled[name],
            last_at=last.get(name),
            by_hour=tuple(hours[name][hour] for hour in range(HOURS)),
            today=today.get(name, nothing),
        )
        for name, door in policy.doors.items()
    ]


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """When the certificate of a mail server ends, as it showed it last."""

    server: str
    ends_at: datetime


def certificates() -> list[Certificate]:
    """Return the certificate that each mail server showed last, the one that ends first first."""
    shown = models.Entry.objects.filter(case=None, name="certificate.seen").order_by("seq").values_list("facts")
    last = {facts["server"]: datetime.fromisoformat(facts["ends_at"]) for (facts,) in shown}
    found = [Certificate(server=server, ends_at=ends_at) for server, ends_at in last.items()]
    return sorted(found, key=lambda one: one.ends_at)


def ending_certificates(*, now: datetime) -> list[Certificate]:
    """Return those that end within a month. One that has ended is trouble of its server's, and no warning."""
    return [one for one in certificates() if now < one.ends_at <= now + timedelta(days=30)]


def _last_at(door: str) -> datetime | None:
    """When something last came in by this door: a look at the end of an index, where a maximum reads all."""
    newest = models.InboxItem.objects.filter(door=door).order_by("-stored_at", "-pk")
    return newest.values_list("received_at", flat=True).first()


def _standing(policy: Policy, *, now: datetime) -> tuple[Counter[str], Counter[str]]:
    kept: Counter[str] = Counter()
    settled: Counter[str] = Counter()
    lately = models.Promise.objects.filter(said=True, due_at__gt=now - LATELY, due_at__lte=now).order_by()
    made = lately.filter(kind__in=[f"{STANDING}{name}" for name in policy.doors])
    for kind, state, count in made.values_list("kind", "state").annotate(Count("pk")):
        name = kind.removeprefix(STANDING)
        kept[name] += count if state == "kept" else 0
        settled[name] += count if state in ("kept", "kept late", "broken") else 0
    return kept, settled


def _by_hour(now: datetime) -> dict[str, Counter[int]]:
    hours: dict[str, Counter[int]] = defaultdict(Counter)
    start = now - timedelta(hours=HOURS)
    lately = models.InboxItem.objects.filter(stored_at__gt=start, stored_at__lte=now).order_by()
    hour = _hour_since(start, 0, HOURS)
    for door, n, count in lately.values_list("door", hour).annotate(Count("pk")):
        hours[door][n] = count
    return hours


def _hour_since(start: datetime, first: int, last: int) -> Case | Value:
    """The hour an item came in, from `first` up to `last`: halves of halves, since each item is asked anew."""
    if last - first == 1:
        return Value(first)
    middle = (first + last) // 2
    earlier = When(stored_at__lt=start + timedelta(hours=middle), then=_hour_since(start, first, middle))
    return Case(earlier, default=_hour_since(start, middle, last))


def _today(since: datetime, now: datetime) -> dict[str, Equation]:
    items = models.InboxItem.objects.filter(stored_at__gte=since, stored_at__lt=now).order_by()
    of_states: dict[str, Counter[str]] = defaultdict(Counter)
    for door, state, count in items.values_list("door", "state").annotate(Count("pk")):
        of_states[door][state] = count
    return {door: said(received=counts.total(), of_states=counts) for door, counts in of_states.items()}
