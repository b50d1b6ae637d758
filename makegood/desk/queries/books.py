"""P5: no money twice. What the remedies, their events and the books say of each other, asked of all rows at once.

Whether each row shows what its own journal adds up to is P8's question (`kept_remedies`); here it is whether the
money agrees: booked once, balanced, within a budget, under somebody's authority who was not the one who asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat

from makegood.desk import models
from makegood.rules.remedy_steps import GIVEN_BACK, UNDER_WAY

from . import kept_codes, kept_incidents, orders
from .verdicts import Violation


def wrong() -> Iterator[Violation]:
    """Yield everything that P5 says must not be."""
    yield from _paid_twice()
    yield from _unbalanced()
    yield from _budgets_that_differ()
    yield from _left_behind()
    yield from _without_authority()
    yield from orders.wrong()
    yield from kept_codes.wrong()
    yield from kept_incidents.given()


def _paid_twice() -> Iterator[Violation]:
    """More than one order in a remedy's life, or one that the books know twice."""
    ordered = models.Entry.objects.filter(name="remedy.ordered").order_by()
    twice = ordered.values("case", "case__number", "facts__number").annotate(times=Count("pk")).filter(times__gt=1)
    for found in twice.iterator():
        what = f"remedy {found['facts__number']} was ordered {found['times']} times"
        yield Violation(what=what, case=found["case__number"])
    spent = models.Transfer.objects.filter(key__startswith="remedy:", key__endswith=":ordered").order_by()
    booked = spent.values("case__number", "remedy").annotate(times=Count("pk")).filter(times__gt=1)
    for spent_on in booked.iterator():
        what = f"remedy {spent_on['remedy']} was spent {spent_on['times']} times"
        yield Violation(what=what, case=spent_on["case__number"] or "")


def _unbalanced() -> Iterator[Violation]:
    """A transfer that makes or loses money, or moves none."""
    sums = models.Posting.objects.order_by().values("transfer__key", "currency").annotate(sum=Sum("minor"))
    for found in sums.exclude(sum=0).iterator():
        yield Violation(what=f"transfer {found['transfer__key']} is off by {found['sum']} {found['currency']}")
    for transfer in models.Transfer.objects.filter(postings=None).order_by("pk").iterator():
        yield Violation(what=f"transfer {transfer.key} moves nothing", since=transfer.at)


def _budgets_that_differ() -> Iterator[Violation]:
    """A budget that shows another sum as left than its postings do."""
    account = Concat(Value("budget:"), OuterRef("name"), Value(":"), OuterRef("period"))
    posted = models.Posting.objects.filter(account=account, currency=OuterRef("currency")).order_by().values("account")
    booked = Coalesce(Subquery(posted.annotate(sum=Sum("minor")).values("sum")), 0)
    for budget in models.Budget.objects.annotate(booked=booked).exclude(left=F("booked")).order_by("pk").iterator():
        what = f"budget {budget} shows {budget.left} as left, its books say {budget.booked}"
        yield Violation(what=what, since=budget.opened_at)


def _left_behind() -> Iterator[Violation]:
    """Money still set aside for a remedy that is ordered or over, or not set aside for one that waits."""
    own = models.Posting.objects.filter(transfer__case=OuterRef("case"), transfer__remedy=OuterRef("number"))
    reserved = own.filter(account__startswith="reserved:").order_by().values("transfer__remedy")
    held = Coalesce(Subquery(reserved.annotate(sum=Sum("minor")).values("sum")), 0)
    remedies = models.Remedy.objects.annotate(held=held).select_related("case").order_by("pk")
    over = Q(step__in=[*UNDER_WAY, *GIVEN_BACK]) | Q(ordered_at__isnull=False) | Q(gives=False)
    for remedy in remedies.filter(over).exclude(held=0).iterator():
        what = f"remedy {remedy.number} is {remedy.step} and {remedy.held} is still set aside for it"
        yield Violation(what=what, case=remedy.case.number, since=remedy.moved_at)
    for remedy in remedies.exclude(over).filter(cost__gt=0).exclude(held__gt=0).iterator():
        what = f"remedy {remedy.number} is {remedy.step} and nothing is set aside for it"
        yield Violation(what=what, case=remedy.case.number, since=remedy.moved_at)


def _without_authority() -> Iterator[Violation]:
    """A remedy on its way that nobody approved, or that its own proposer did although it needed somebody above."""
    remedies = models.Remedy.objects.select_related("case").order_by("pk")
    for remedy in remedies.filter(ordered_at__isnull=False, approved_at=None).iterator():
        what = f"remedy {remedy.number} was ordered and nobody approved it"
        yield Violation(what=what, case=remedy.case.number, since=remedy.ordered_at)
    alone = remedies.exclude(needs="").filter(approved_by=F("proposed_by"))
    for remedy in alone.iterator():
        what = f"remedy {remedy.number} needed {remedy.needs} and was approved by who proposed it"
        yield Violation(what=what, case=remedy.case.number, since=remedy.approved_at)
    said = models.Entry.objects.annotate(of=Cast(KT("facts__number"), IntegerField()))
    approved = said.filter(
        name="remedy.approved", case=OuterRef("case"), by=OuterRef("approved_by"), of=OuterRef("number")
    )
    claimed = remedies.exclude(approved_by=None).filter(~Exists(approved))
    for remedy in claimed.iterator():
        what = f"remedy {remedy.number} shows an approval that its journal doesn't know"
        yield Violation(what=what, case=remedy.case.number, since=remedy.approved_at)
    spent = remedies.filter(incident=None, approved_by__isnull=False).exclude(given_by=F("approved_by"))
    for remedy in spent.iterator():
        what = f"remedy {remedy.number} counts against somebody who did not approve it"
        yield Violation(what=what, case=remedy.case.number, since=remedy.approved_at)


def looked_at() -> int:
    """Return how many remedies, transfers and codes there are to look at."""
    return models.Remedy.objects.count() + models.Transfer.objects.count() + models.Code.objects.count()
