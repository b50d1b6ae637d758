"""What the pages of incidents ask: where everybody stands, how fast the job goes, who told first, what may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, Max, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce

from makegood.desk import access, models
from makegood.rules import affected
from makegood.rules.affected import Giving, Reckoning, Spike, Standing, Telling
from makegood.rules.money import Money

WINDOW = timedelta(hours=24)
WINDOWS_BEFORE = 28
LOOKED_AT = 50_000
"""Subjects read for proposals; a desk with more cases in four weeks is judged by its latest ones."""
PROPOSED = 3
RINGING = 20
WAVED_OFF_FOR = timedelta(days=7)


def reckon(incident: models.Incident) -> Reckoning:
    """Return the incident's counts, each counted by itself, so that they can contradict each other."""
    people = models.Affected.objects.filter(incident=incident).order_by()
    standing = dict(people.values_list("standing").annotate(n=Count("pk")))
    telling = dict(people.values_list("telling").annotate(n=Count("pk")))
    remedies = models.Remedy.objects.filter(incident=incident.pk, ancestor=None, gives=True).order_by()
    listed = models.Affected.objects.filter(incident=incident, case=OuterRef("case"))
    return Reckoning(
        affected=people.count(),
        standing={Standing(name): n for name, n in standing.items()},
        telling={Telling(name): n for name, n in telling.items()},
        twice=_more_than_one(people.filter(customer__isnull=False)) + _more_than_one(remedies),
        strays=remedies.filter(~Exists(listed)).count(),
    )


def _more_than_one(rows: QuerySet[Any]) -> int:
    """Return how many customers have more than one of these rows."""
    return int(rows.values("customer").annotate(n=Count("pk")).filter(n__gt=1).count())


# ── people ───────────────────────────────────────────────────────────────────


def people(incident: models.Incident, *, standing: str = "", telling: str = "") -> QuerySet[models.Affected]:
    """Return the people of an incident who stand so, in the order in which they came on the list."""
    found = models.Affected.objects.filter(incident=incident).select_related("case__owner", "case__customer", "by")
    if standing in set(Standing):
        found = found.filter(standing=standing)
    if telling in set(Telling):
        found = found.filter(telling=telling)
    return found.order_by("pk")


def untold(incident: models.Incident) -> QuerySet[models.Affected]:
    """Return whom word of ours has not reached, and of whom nobody said that he can't be reached."""
    over = [str(one) for one in (*affected.TOLD, Telling.UNREACHABLE)]
    return models.Affected.objects.filter(incident=incident).exclude(telling__in=over).order_by("pk")


def ringing(who: models.Staff) -> list[models.Incident]:
    """Return the incidents somebody may see whose alarm rings and of which nobody said that he has it."""
    if not access.may_see_incidents(who):
        return []
    rings = access.incidents_for(who).filter(rings_at__isnull=False, late_since__isnull=False, had_at=None)
    return list(rings.select_related("owner").order_by("late_since", "pk")[:RINGING])


def of_case(case: models.Case, who: models.Staff) -> list[models.Incident]:
    """Return the incidents that a case belongs to, of those that somebody may see."""
    return list(access.incidents_for(who).filter(people__case=case).distinct())


# ── the job ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the job is, and how fast."""

    left: int
    """Steps the job can still do by itself with what is switched on."""
    an_hour: float
    """Steps an hour since it began to run; zero where it has not done any."""
    ends_at: datetime | None
    """When the rest is done if it goes on like this; None where nobody can tell."""


def progress(incident: models.Incident, *, now: datetime) -> Progress:
    """Return how far the job is. Its rate counts what it did since it last began to run."""
    left = sum(waiting.count() for waiting in waiting_for(incident).values())
    ran = (incident.run_at - incident.run_since) if incident.run_at and incident.run_since else timedelta(0)
    rate = incident.run_done / ran.total_seconds() if ran > timedelta(0) else 0.0
    running = incident.job == models.Incident.Job.RUNNING
    ends_at = now + timedelta(seconds=left / rate) if running and left and rate else None
    return Progress(left=left, an_hour=rate * 3600, ends_at=ends_at)


def at_rest(incident: models.Incident, reckoning: Reckoning) -> bool:
    """Return whether its job has nothing to do: no letter is on its way, and nobody waits for what is switched on."""
    coming = sum(reckoning.telling.get(one, 0) for one in (Telling.WAITING, Telling.WRITTEN))
    return bool(reckoning.affected) and not coming and not any(w.exists() for w in waiting_for(incident).values())


def waiting_for(incident: models.Incident) -> dict[str, QuerySet[models.Affected]]:
    """Return for whom the job can do something now, by what it is; in the order in which it does them."""
    people = models.Affected.objects.filter(incident=incident).order_by("pk")
    found = {}
    if incident.opens_since is not None:
        found["opens"] = people.filter(case=None).exclude(giving=Giving.FAILED)
    if incident.tells_since is not None:
        found["tells"] = people.filter(telling=Telling.WAITING, case__isnull=False)
    if incident.gives_since is not None:
        told = [str(one) for one in affected.TOLD]
        found["gives"] = people.filter(giving=Giving.WAITING, telling__in=told, case__isnull=False)
    if incident.closes_since is not None:
        found["closes"] = people.filter(pk__gt=incident.closes_after, case__open=True)
    return found


# ── money ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the cost table: those who are reached by mail, or those a person must reach."""

    by_mail: bool
    people: int
    total: Money
    given: int
    """How many it was given to, whether they said yet that it is right or not."""
    sum: Money
    """What it costs for these."""
    done: int
    """How many have it and said so."""

    @property
    def left(self) -> int:
        return self.people - self.given


def cost_lines(incident: models.Incident) -> list[Line]:
    """Return what the remedy costs and has cost, for those reached by mail and those a person must reach."""
    if not incident.currency or not incident.remedy:
        return []
    costed = models.Affected.objects.filter(incident=incident, cost__isnull=False).order_by()
    lines = []
    for by_mail in (True, False):
        some = costed.exclude(address="") if by_mail else costed.filter(address="")
        granted = some.filter(remedy__isnull=False)
        people = some.count()
        if people:
            lines.append(
                Line(
                    by_mail=by_mail,
                    people=people,
                    total=_sum(some, incident.currency),
                    given=granted.count(),
                    sum=_sum(granted, incident.currency),
                    done=granted.filter(standing=Standing.REMEDIED).count(),
                )
            )
    return lines


def _sum(some: QuerySet[models.Affected], currency: str) -> Money:
    return Money(currency, some.aggregate(n=Coalesce(Sum("cost"), 0))["n"])


def impossible(incident: models.Incident) -> dict[str, int]:
    """Return why the remedy can't be given to some, and to how many."""
    found = models.Affected.objects.filter(incident=incident, giving=Giving.IMPOSSIBLE).order_by("why")
    return dict(found.values_list("why").annotate(n=Count("pk")))


# ── who told first ───────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How much later than a partner we told them (M-24)."""

    first: int
    """How many heard it from us first."""
    later: int
    """How many heard it from the partner first."""
    longest: timedelta
    """The longest gap of these; zero where there is none."""


def notice_gap(incident: models.Incident) -> Gap | None:
    """Return who told first, over those whom both told; None where no partner told anybody."""
    partners = Coalesce("partner_told_at", "incident__partner_told_at")
    told = models.Affected.objects.filter(incident=incident, told_at__isnull=False).annotate(partners_at=partners)
    both = told.filter(partners_at__isnull=False).order_by()
    if not both.exists():
        return None
    late = both.filter(told_at__gt=F("partners_at"))
    gap = ExpressionWrapper(F("told_at") - F("partners_at"), output_field=DurationField())
    counts = late.aggregate(n=Count("pk"), longest=Max(gap))
    return Gap(first=both.count() - counts["n"], later=counts["n"], longest=counts["longest"] or timedelta(0))


# ── what may be one ──────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A word that unusually many new cases share, and these cases. It decides nothing."""

    spike: Spike
    cases: tuple[int, ...]


def proposals(who: models.Staff, *, now: datetime) -> list[Proposal]:
    """Return what may be an incident, of the cases somebody may see: see `affected.spikes` for the rule.

    Read from the subjects of the last day and of the four weeks before, newest first.
    """
    if not access.may_see_incidents(who):
        return []
    seen = access.cases_for(who).filter(received_at__gt=now - WINDOW * (WINDOWS_BEFORE + 1), received_at__lte=now)
    listed = models.Affected.objects.filter(case__isnull=False, told_us=True, case__received_at__gt=now - WINDOW)
    taken = set(listed.values_list("case", flat=True))
    new: dict[int, str] = {}
    before: list[str] = []
    read = seen.order_by("-received_at").values_list("pk", "received_at", "subject")
    opened_by_us = models.Affected.objects.filter(told_us=False, case__received_at__gt=now - WINDOW)
    skipped = taken | set(opened_by_us.values_list("case", flat=True)[:LOOKED_AT])
    for pk, received_at, subject in read[:LOOKED_AT].iterator(chunk_size=2_000):
        if received_at > now - WINDOW:
            if pk not in skipped:
                new[pk] = subject
        else:
            before.append(subject)
    counts = affected.count_words(new.values())
    waved_off = set(models.WavedOff.objects.filter(at__gt=now - WAVED_OFF_FOR).values_list("word", flat=True))
    wanted = {word: n for word, n in counts.items() if n >= affected.LEAST and word not in waved_off}
    usual = _usual(wanted, before) if wanted else {}
    found: list[Proposal] = []
    used: set[int] = set()
    for spike in affected.spikes(wanted, usual, windows=WINDOWS_BEFORE):
        cases = tuple(sorted(pk for pk, subject in new.items() if spike.word in affected.telling_words(subject)))
        # “Buckle” and “snapped” of the same letters are one proposal.
        if len(found) < PROPOSED and len(set(cases) - used) >= affected.LEAST:
            found.append(Proposal(spike=spike, cases=cases))
            used |= set(cases)
    return found


def _usual(wanted: Mapping[str, int], before: list[str]) -> dict[str, int]:
    counts = dict.fromkeys(wanted, 0)
    for subject in before:
        for word in affected.telling_words(subject) & counts.keys():
            counts[word] += 1
    return counts


# ── what one of them was granted ─────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Granted:
    """Something that staff gave to one of the people, which the others are not offered (S4-15)."""

    title: str
    catalogue: str
    kind: str
    cost: Money
    people: int


def granted_otherwise(incident: models.Incident) -> list[Granted]:
    """Return what was granted by hand on cases of the incident and is not among what everybody is offered."""
    offered = (
        {(one["catalogue"], one["title"]) for one in incident.remedy.get("choices", [])} if incident.remedy else set()
    )
    catalogued = {catalogue for catalogue, _ in offered if catalogue}
    theirs = models.Affected.objects.filter(incident=incident, case__isnull=False).values("case")
    options = models.RemedyOption.objects.filter(
        remedy__case__in=theirs, remedy__incident=None, remedy__gives=True, remedy__currency=incident.currency
    ).exclude(remedy__step="proposed")
    found = options.order_by("title").values_list("title", "catalogue", "kind", "cost").annotate(n=Count("pk"))
    return [
        Granted(title=title, catalogue=catalogue, kind=kind, cost=Money(incident.currency, cost), people=n)
        for title, catalogue, kind, cost, n in found[:20]
        if (catalogue not in catalogued if catalogue else ("", title) not in offered)
    ]
