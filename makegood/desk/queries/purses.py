"""Remedies and money as lists: what waits for a yes, what each budget holds, and the cases behind every number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from makegood.desk import access, models
from makegood.rules import books
from makegood.rules.money import Money
from makegood.rules.remedy_steps import Step
from makegood.rules.shares import Share, share

from . import house

RESERVED = (Step.PROPOSED, Step.APPROVED, Step.OFFERED, Step.ACCEPTED)
"""Steps at which money is set aside and not spent."""
LATELY = timedelta(days=30)


def waiting(reader: models.Staff) -> QuerySet[models.Remedy]:
    """Return what waits for somebody's yes on the cases that `reader` may see, the oldest first."""
    found = models.Remedy.objects.filter(step=Step.PROPOSED, case__in=access.cases_for(reader))
    return (
        found.select_related("case__customer", "case__owner", "proposed_by", "budget")
        .prefetch_related("options")
        .order_by("proposed_at", "pk")
    )


def clocks(remedies: Iterable[models.Remedy], kinds: Iterable[str]) -> dict[int, models.Promise]:
    """Return the clock that runs for each remedy's approval, by the remedy's key: it began when it was proposed."""
    rows = list(remedies)
    running = models.Promise.objects.filter(case__in={r.case_id for r in rows}, kind__in=list(kinds), outstanding=True)
    by_start = {(p.case_id, p.from_at): p for p in running}
    return {r.pk: by_start[r.case_id, r.proposed_at] for r in rows if (r.case_id, r.proposed_at) in by_start}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How often a recovery needed more authority than its first handler had, and how long a yes takes (M-26)."""

    given: int
    above: int
    share: Share | None
    """With its interval; None where nothing was given."""
    waited: int
    """How many waited for somebody's yes and got it."""
    median_wait: timedelta | None
    """In open time of the house; None where none waited."""


def gap(reader: models.Staff, *, now: datetime) -> Gap:
    """Return the authority gap of the last thirty days, over the cases that `reader` may see."""
    lately = _approved_lately(reader, now=now)
    found = lately.aggregate(given=Count("pk"), above=Count("pk", filter=Q(above_first=True)))
    waits = _waits(lately.filter(_WAITED))
    return Gap(
        given=found["given"],
        above=found["above"],
        share=share(found["above"], found["given"]),
        waited=len(waits),
        median_wait=timedelta(seconds=median(waits)) if waits else None,
    )


_WAITED = ~Q(needs="")
"""Beyond its proposer's authority, so that somebody else had to say yes."""


def _approved_lately(reader: models.Staff, *, now: datetime) -> QuerySet[models.Remedy]:
    return models.Remedy.objects.filter(
        approved_at__gt=now - LATELY, incident=None, case__in=access.cases_for(reader)
    )


def _waits(approved: QuerySet[models.Remedy]) -> list[int]:
    """Return how many open seconds of the house's own calendar each waited for its yes."""
    policy = house.policy()
    if policy is None:
        return []
    hours = policy.calendars[policy.default_calendar]
    moments = approved.order_by().values_list("proposed_at", "approved_at")
    return [hours.open_seconds(proposed, said) for proposed, said in moments if said is not None]


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a budget looked like at the end of one day, in its currency."""

    day: date
    given: Money
    """Spent since the period began."""
    held: Money
    """Set aside and not spent."""


@dataclass(frozen=True, kw_only=True)
class Purse:
    """One budget in one period."""

    row: models.Budget
    amount: Money
    left: Money
    held: Money
    given: Money
    days: Sequence[Day]


def purses(*, zone: str) -> list[Purse]:
    """Return the newest period of every budget; days are those of `zone`."""
    newest = {row.name: row for row in models.Budget.objects.order_by("opened_at", "pk")}
    return [purse(newest[name], zone=zone) for name in sorted(newest)]


def purse(row: models.Budget, *, zone: str) -> Purse:
    """Return a budget day by day, as its books say; days are those of `zone`."""
    account = f"{row.name}:{row.period}"
    kept = {books.budget(account): "left", books.reserved(account): "held"}
    moved = (
        models.Posting.objects.filter(account__in=list(kept), currency=row.currency)
        .exclude(transfer__case=None)
        .annotate(day=TruncDate("transfer__at", tzinfo=ZoneInfo(zone)))
        .values("day", "account")
        .annotate(minor=Sum("minor"))
        .order_by("day")
    )
    drawn = held = Money(row.currency, 0)
    days: dict[date, Day] = {}
    for line in moved:
        minor = Money(row.currency, line["minor"])
        if kept[line["account"]] == "left":
            drawn = drawn - minor
        else:
            held = held + minor
        days[line["day"]] = Day(day=line["day"], given=drawn - held, held=held)
    return Purse(
        row=row,
        amount=Money(row.currency, row.amount),
        left=Money(row.currency, row.left),
        held=held,
        given=drawn - held,
        days=tuple(days.values()),
    )


def behind(
    reader: models.Staff,
    *,
    budget: models.Budget | None,
    what: str,
    day: date | None = None,
    zone: str,
    now: datetime,
) -> QuerySet[models.Remedy]:
    """Return the remedies behind a number, on cases that `reader` may see, the newest first.

    `what`: `held` is set aside, `given` is ordered and not taken back; of the last thirty days, `above` needed
    more authority than the first handler had, and `waited` got somebody's yes. `day`: those ordered on that day in
    `zone`.
    """
    found = models.Remedy.objects.filter(case__in=access.cases_for(reader))
    if budget is not None:
        found = found.filter(budget=budget)
    if what == "held":
        found = found.filter(step__in=RESERVED)
    elif what == "above":
        found = _approved_lately(reader, now=now).filter(above_first=True)
    elif what == "waited":
        found = _approved_lately(reader, now=now).filter(_WAITED)
    else:
        found = found.filter(gives=True).exclude(ordered_at=None)
    if day is not None:
        start = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
        found = found.filter(ordered_at__gte=start, ordered_at__lt=start + timedelta(days=1))
    return (
        found.select_related("case__customer", "proposed_by", "approved_by")
        .prefetch_related("options")
        .order_by("-moved_at", "-pk")
    )
