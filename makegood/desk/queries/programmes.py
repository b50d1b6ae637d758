"""Programmes read: which terms were in force when, who holds what, and what each side of a customer's balance holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from makegood.desk import models
from makegood.rules import programmes
from makegood.rules.codes import State
from makegood.rules.programmes import Balance, Held, Terms

UNDER_WAY = ("offered", "accepted", "ordered", "shipped")
"""Steps of a remedy in which the customer has something to come, and not yet."""
Open = models.Entitlement.State.OPEN


def version_at(programme: models.Programme, at: datetime) -> models.ProgrammeVersion | None:
    """Return the terms that were in force at a moment, word for word; None before the first were published."""
    return programme.versions.filter(published_at__lte=at).order_by("-published_at").first()


def terms_of(version: models.ProgrammeVersion) -> Terms:
    """Return a version as it can be compared."""
    return programmes.from_plain(version.terms)


def unchanged(version: models.ProgrammeVersion) -> bool:
    """Return whether a version's words are still those whose hash was kept when they were published."""
    return programmes.fingerprint(version.text) == version.sha256


def held(row: models.Entitlement) -> Held:
    """Return an entitlement as the rules see its end."""
    return Held(issued_at=row.issued_at, expires_at=row.expires_at, frozen_at=row.frozen_at, warned=row.warned)


def case_since(customer: int) -> tuple[int, datetime] | None:
    """Return the oldest open case of a customer's and since when it is open, or None.

    Any of his counts as being about what he holds: that he waits for us is enough to keep time from running
    against him, and nobody must find out in time what exactly it is about.
    """
    open_cases = models.Case.objects.filter(customer=customer, open=True, quarantined=False)
    return open_cases.order_by("opened_at", "pk").values_list("pk", "opened_at").first()


def open_of(programme: models.Programme) -> QuerySet[models.Entitlement]:
    """Return what people still hold from a programme, those without an answer first."""
    found = programme.entitlements.filter(state=Open).select_related("customer", "entrant__version", "case", "code")
    return found.order_by(F("expires_at").asc(nulls_first=True), "pk")


def unanswered(programme: models.Programme) -> QuerySet[models.Entitlement]:
    """Return what keeps a programme from ending."""
    return open_of(programme).filter(answer="")


def of_customer(customer: models.Customer) -> QuerySet[models.Entitlement]:
    """Return what a customer may still claim that is no code of ours."""
    found = models.Entitlement.objects.filter(customer=customer, state=Open, code=None)
    return found.select_related("programme", "entrant__version").order_by(F("expires_at").asc(nulls_last=True), "pk")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A programme in the list of all of them."""

    programme: models.Programme
    versions: int
    entrants: int
    open: int
    next_end: datetime | None
    mismatched: bool


def every() -> list[Line]:
    """Return all programmes, those that run first."""
    rows = models.Programme.objects.select_related("owner").order_by(F("ended_at").asc(nulls_first=True), "title")
    numbers = {
        "versions": dict(models.Programme.objects.annotate(n=Count("versions")).values_list("pk", "n")),
        "entrants": dict(models.Programme.objects.annotate(n=Count("versions__entrants")).values_list("pk", "n")),
    }
    live = Q(entitlements__state=Open)
    ends = models.Programme.objects.annotate(
        n=Count("entitlements", filter=live),
        at=Min("entitlements__expires_at", filter=live & Q(entitlements__frozen_at=None)),
    )
    open_now = {pk: (n, at) for pk, n, at in ends.values_list("pk", "n", "at")}
    wrong = set(models.Mismatch.objects.filter(settled_at=None).values_list("version__programme", flat=True))
    return [
        Line(
            programme=row,
            versions=numbers["versions"][row.pk],
            entrants=numbers["entrants"][row.pk],
            open=open_now[row.pk][0],
            next_end=open_now[row.pk][1],
            mismatched=row.pk in wrong,
        )
        for row in rows
    ]


def affected(version: models.ProgrammeVersion) -> list[models.Customer]:
    """Return everybody who entered on one version of the terms, each once."""
    return list(models.Customer.objects.filter(entries__version=version).distinct().order_by("pk"))


# ── what each side holds ─────────────────────────────────────────────────────


def balance(customer: models.Customer, *, now: datetime) -> Balance:
    """Return what we hold of a customer's, and what he holds of ours."""
    cases = models.Case.objects.filter(customer=customer, open=True)
    promised = models.Promise.objects.filter(case__in=cases, said=True, outstanding=True, broken_at=None)
    return Balance(
        held=models.Holding.objects.filter(customer=customer, returned_at=None).count(),
        codes=models.Code.objects.filter(customer=customer, state=State.OPEN).count(),
        entitlements=models.Entitlement.objects.filter(customer=customer, state=Open, code=None).count(),
        offers=models.Remedy.objects.filter(customer=customer, step__in=UNDER_WAY).count(),
        promises=promised.filter(due_at__gt=now).count(),
    )


def unjust(*, now: datetime) -> QuerySet[models.Holding]:
    """Return everything that we hold of customers who hold nothing of ours; `balance` says the same of one of them."""
    his = OuterRef("customer")
    promised = models.Promise.objects.filter(case__customer=his, case__open=True, said=True, outstanding=True)
    something = (
        models.Code.objects.filter(customer=his, state=State.OPEN),
        models.Entitlement.objects.filter(customer=his, state=Open, code=None),
        models.Remedy.objects.filter(customer=his, step__in=UNDER_WAY),
        promised.filter(broken_at=None, due_at__gt=now),
    )
    return models.Holding.objects.filter(*(~Exists(each) for each in something), returned_at=None)


def unjust_since(holding: models.Holding) -> datetime:
    """Return since when he holds nothing against this: since the last of what he had was over, or we took it."""
    customer = holding.customer_id
    ends: list[datetime | None] = [
        models.Code.objects.filter(customer=customer).aggregate(at=Max("over_at"))["at"],
        models.Entitlement.objects.filter(customer=customer).aggregate(at=Max("over_at"))["at"],
        models.Promise.objects.filter(case__customer=customer, said=True).aggregate(at=Max("due_at"))["at"],
    ]
    return max([holding.since, *(at for at in ends if at is not None)])
