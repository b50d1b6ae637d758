"""What has been given or reserved already: the sums that an authority and a budget are measured against.

Each sum is one question to an index. Whoever decides by them holds the locks of `actions.sums` meanwhile; a page
that only shows them does not. Money is in minor units of the house's currency, as it was counted when it was
proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum

from makegood.desk import models, reading
from makegood.rules import authority
from makegood.rules.escalation import House
from makegood.rules.money import Money
from makegood.rules.policy import Policy

THIRTY_DAYS = timedelta(days=30)


def given(
    case: models.Case,
    giver: models.Staff,
    house: House,
    *,
    budget: models.Budget | None,
    now: datetime,
    without: int | None = None,
) -> authority.Given:
    """Return what was given on this case, to its customer, and by this person, and what is left of the budget.

    `without` is the key of the remedy that is being decided: its own reservation does not stand in its way.
    """
    currency = house.policy.currency
    counted = models.Remedy.objects.filter(gives=True).exclude(pk=without or 0)
    lately = now - THIRTY_DAYS
    # An incident's remedies were approved as a whole; they count against nobody's day.
    own = counted.filter(given_by=giver, incident=None)
    today = _midnight(house, giver, now=now)
    of_case, case_unrated = _sum(counted.filter(case=case))
    of_customer, customer_unrated = _sum(counted.filter(customer=case.customer_id, given_at__gt=lately))
    # What has no rate took an executive's yes by itself, so it stands in nobody's way on other cases.
    of_day, _ = _sum(own.filter(given_at__gte=today))
    of_month, _ = _sum(own.filter(given_at__gt=lately))
    return authority.Given(
        case=Money(currency, of_case),
        # What is on the case counts however long ago it was.
        customer=Money(currency, max(of_customer, of_case)),
        day=Money(currency, of_day),
        thirty_days=Money(currency, of_month),
        budget_left=_left(budget, without),
        unrated=case_unrated or customer_unrated,
    )


def given_to_all(incident: models.Incident, giver: models.Staff, policy: Policy, *, now: datetime) -> authority.Given:
    """Return what this person gave lately by other incidents and by himself, and the most that one on the list got.

    Splitting a sum over incidents is caught here: each is approved as a whole, and counts for 30 days.
    """
    lately, today = now - THIRTY_DAYS, now - timedelta(days=1)
    others = models.Incident.objects.filter(approved_by=giver, approved_at__gt=lately).exclude(pk=incident.pk)
    sums = [(one.approved_at, Money(one.currency, one.approved or 0)) for one in others]
    worths = [(at, authority.in_house(amount, policy)) for at, amount in sums]
    own = models.Remedy.objects.filter(gives=True, given_by=giver, incident=None)
    of_month, month_unrated = _sum(own.filter(given_at__gt=lately))
    of_day, _ = _sum(own.filter(given_at__gt=today))
    customers = models.Affected.objects.filter(incident=incident, customer__isnull=False).values("customer")
    got = models.Remedy.objects.filter(gives=True, given_at__gt=lately, customer__in=customers)
    dearest = got.exclude(incident=incident.pk).order_by().values("customer").annotate(sum=Sum("counted"))
    return authority.Given(
        case=Money(policy.currency, 0),
        customer=Money(policy.currency, max((one["sum"] or 0 for one in dearest.order_by("-sum")[:1]), default=0)),
        day=Money(policy.currency, of_day + sum(w.minor for at, w in worths if w is not None and at and at > today)),
        thirty_days=Money(policy.currency, of_month + sum(w.minor for _, w in worths if w is not None)),
        heads=("for all of them together", "with what one of them got in 30 days"),
        unrated=month_unrated or any(w is None for _, w in worths),
    )


def _sum(remedies: QuerySet[models.Remedy]) -> tuple[int, bool]:
    told = remedies.order_by().aggregate(sum=Sum("counted"), unrated=Count("pk", filter=Q(counted=None)))
    return told["sum"] or 0, bool(told["unrated"])


def _left(budget: models.Budget | None, without: int | None) -> Money | None:
    if budget is None:
        return None
    own = 0
    if without is not None:
        remedy = models.Remedy.objects.get(pk=without)
        account = f"reserved:{budget.name}:{budget.period}"
        own = reserved_for(remedy.case_id, remedy.number, account)
    return Money(budget.currency, budget.left + own)


def reserved_for(case_id: int, number: int, account: str) -> int:
    """Return what is still reserved for one remedy on this account."""
    postings = models.Posting.objects.filter(transfer__case=case_id, transfer__remedy=number, account=account)
    return postings.order_by().aggregate(sum=Sum("minor"))["sum"] or 0


def held_for(remedies: Sequence[models.Remedy]) -> dict[tuple[int, int, str], int]:
    """Return what each account holds for each of these remedies, by case, number and account."""
    keys = {(row.case_id, row.number) for row in remedies}
    found = models.Posting.objects.filter(
        transfer__case__in=reading.keys(sorted({case for case, _ in keys})),
        transfer__remedy__in={number for _, number in keys},
    )
    held = found.order_by().values_list("transfer__case", "transfer__remedy", "account").annotate(sum=Sum("minor"))
    return {(case, number, account): minor for case, number, account, minor in held if (case, number) in keys}


def _midnight(house: House, giver: models.Staff, *, now: datetime) -> datetime:
    zone = ZoneInfo(house.hours(house.calendar_of(giver.pk)).zone)
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def is_one_of(customers: Sequence[int], *, staff: models.Staff) -> frozenset[int]:
    """Return those of these customers who are this member of staff, as far as their mail addresses tell."""
    local, at, domain = staff.email.rpartition("@")
    own = Q(value=staff.email) | Q(value__startswith=f"{local}+", value__endswith=f"{at}{domain}")
    theirs = models.CustomerAddress.objects.filter(own, customer__in=reading.keys(customers), kind="mail")
    return frozenset(theirs.values_list("customer", flat=True))


def beneficiary(customer: models.Customer) -> int | None:
    """Return the member of staff whom this customer is, as far as their mail addresses tell."""
    addresses = customer.addresses.filter(kind="mail").values_list("value", flat=True)
    known = {form for address in addresses for form in (address, without_tag(address))}
    return models.Staff.objects.filter(email__in=sorted(known)).values_list("pk", flat=True).first()


def without_tag(address: str) -> str:
    """Return the mailbox behind an address: `priya+shop@…` arrives at `priya@…` (RFC 5233)."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
