"""Who is affected: each person once, whatever lists name him how often, and by which of his names.

A row that two people on the list answer to is refused: two people are never made one without somebody saying so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from makegood.desk import access, models
from makegood.desk.queries import incidents as queries
from makegood.notify.email import compose
from makegood.rules import affected
from makegood.rules import incident_refusals as no
from makegood.rules.affected import Giving, Telling
from makegood.rules.people_lists import Named

from . import incident_alarms, rows
from .letters import customer_address

NEW, AGAIN = "new", "again"
TWO_PEOPLE = "It names two people who are on the list already: say in two rows who is meant."
NO_SUCH_CUSTOMER = "There is no customer with that number."


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may be affected: what a row says of him, or a case he has already."""

    named: Named
    case: models.Case | None = None


@dataclass(kw_only=True)
class _Person:
    """A row of the list that is being made or added to."""

    row: models.Affected
    keys: set[str] = field(default_factory=set)
    new: bool = True
    changed: bool = False


def mail_address(typed: str) -> str:
    """Return a mail address as the desk keeps it, or an empty string for one nobody could write to."""
    found = typed.strip().strip("<>").strip().lower()
    return found if found.count("@") == 1 and compose.is_address(found) else ""


def take(incident: models.Incident, found: Sequence[Candidate], *, now: datetime) -> list[str]:
    """Put people on the list; say of each, in their order, whether he is `new`, came `again`, or why not at all.

    Part of the caller's transaction, who holds the incident's row.
    """
    customers = _customers(found)
    known = _known(incident, [_keys(one, customers) for one in found])
    was_told = incident.told_by is not None and incident.people.exists() and not queries.untold(incident).exists()
    verdicts = [_take_one(incident, one, customers, known) for one in found]
    people = list({id(person): person for person in known.values()}.values())
    fresh = [p for p in people if p.new]
    rows.create([p.row for p in fresh])
    for person in people:
        if person.changed and not person.new:
            person.row.save(
                update_fields=["name", "address", "order", "item", "amount", "named", "telling", "standing"]
            )
    had = {(p.row.pk, key) for p in people if not p.new for key in p.row.keys.values_list("key", flat=True)}
    rows.create(
        [
            models.AffectedKey(incident=incident, key=key, person_id=p.row.pk)
            for p in people
            for key in sorted(p.keys)
            if (p.row.pk, key) not in had
        ]
    )
    if any(verdict == NEW for verdict in verdicts):
        # What was counted before is not what would be given now; and a job that had nothing left to do has again.
        changed = models.Incident.objects.filter(pk=incident.pk)
        changed.update(dry_run_at=None)
        if was_told:
            # What was promised of those before them was kept; for whoever comes now it begins.
            incident_alarms.start(incident, now=now)
            changed.update(told_by=incident.told_by, rings_at=incident.rings_at)
        changed.filter(job=models.Incident.Job.RUNNING, wakes_at=None).update(wakes_at=F("opened_at"))
        incident.dry_run_at = None
    return verdicts


def _customers(found: Sequence[Candidate]) -> dict[str, models.Customer]:
    """Return the customers these rows mean, by `mail:…` and by `number:…`."""
    mails = {one.named.mail for one in found if one.named.mail}
    addresses = models.CustomerAddress.objects.select_related("customer").filter(kind="mail", value__in=mails)
    numbers = {int(one.named.customer) for one in found if _is_number(one.named.customer)}
    by_mail = {f"mail:{row.value}": row.customer for row in addresses}
    return by_mail | {f"number:{pk}": row for pk, row in models.Customer.objects.in_bulk(numbers).items()}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def _customer(one: Candidate, customers: dict[str, models.Customer]) -> models.Customer | None:
    if one.case is not None:
        return one.case.customer
    number = customers.get(f"number:{int(one.named.customer)}") if _is_number(one.named.customer) else None
    return number or customers.get(f"mail:{one.named.mail}")


def _keys(one: Candidate, customers: dict[str, models.Customer]) -> tuple[str, ...]:
    customer = _customer(one, customers)
    named = one.named
    return affected.keys(mail=named.mail, customer=customer.pk if customer else None, order=named.order)


def _known(incident: models.Incident, keys: Iterable[Iterable[str]]) -> dict[str, _Person]:
    """Return who is on the list already under one of these keys."""
    wanted = {key for some in keys for key in some}
    found = models.AffectedKey.objects.select_related("person").filter(incident=incident, key__in=wanted)
    people: dict[int, _Person] = {}
    known = {}
    for one in found:
        person = people.setdefault(one.person_id, _Person(row=one.person, new=False))
        known[one.key] = person
    return known


def _take_one(
    incident: models.Incident, one: Candidate, customers: dict[str, models.Customer], known: dict[str, _Person]
) -> str:
    if one.named.customer and _customer(one, customers) is None:
        return NO_SUCH_CUSTOMER
    keys = _keys(one, customers)
    if not keys:
        return "It names nobody: no mail address, no order and no customer number."
    met = list({id(known[key]): known[key] for key in keys if key in known}.values())
    if len(met) > 1:
        return TWO_PEOPLE
    person = met[0] if met else _new(incident, one, _customer(one, customers))
    if met:
        _add(person, one)
    person.keys |= set(keys)
    known.update(dict.fromkeys(keys, person))
    return AGAIN if met else NEW


def _new(incident: models.Incident, one: Candidate, customer: models.Customer | None) -> _Person:
    named, case = one.named, one.case
    address = named.mail or (_address_of(customer, case) if customer else "")
    telling = Telling.WAITING if address else Telling.NO_ADDRESS
    return _Person(
        row=models.Affected(
            incident=incident,
            name=named.name or (customer.name if customer else ""),
            address=address,
            language=(case.language if case else "") or named.language or (customer.language if customer else ""),
            order=named.order,
            item=named.item,
            amount=named.amount,
            customer=customer,
            case=case,
            told_us=case is not None,
            partner_told_at=named.partner_told_at,
            telling=str(telling),
            standing=str(affected.standing(telling, Giving.WAITING)),
        )
    )


def _address_of(customer: models.Customer, case: models.Case | None) -> str:
    if case is not None:
        return customer_address(case)
    return customer.addresses.filter(kind="mail").order_by("value").values_list("value", flat=True).first() or ""


def _add(person: _Person, one: Candidate) -> None:
    """Let a further row say more of somebody: a second order he paid for counts, the same one again does not."""
    row, named = person.row, one.named
    person.changed = True
    row.named += 1
    again = not named.order or affected.keys(order=named.order)[0] in person.keys | _orders(row)
    if row.giving == Giving.WAITING and named.amount is not None and (row.amount is None or not again):
        row.amount = (row.amount or 0) + named.amount
    row.name, row.item = row.name or named.name, row.item or named.item
    if not again:
        row.order = f"{row.order}, {named.order}".strip(", ")[:60]
    if not row.address and named.mail:
        row.address = named.mail
        if row.telling == Telling.NO_ADDRESS:
            row.telling = str(Telling.WAITING)
            row.standing = str(affected.standing(Telling.WAITING, Giving(row.giving)))


def _orders(row: models.Affected) -> set[str]:
    if row.pk is None:
        return set()
    return set(row.keys.filter(key__startswith="order:").values_list("key", flat=True))


# ── one by one ───────────────────────────────────────────────────────────────


def add_case(incident_id: int, case_id: int, *, by: models.Staff, now: datetime) -> str:
    """Put the customer of a case on the list with the case he has; returns what `take` says of him."""
    case = access.case_by_id(by, case_id)
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        (verdict,) = take(incident, [of_case(case)], now=now)
    return verdict


def of_case(case: models.Case) -> Candidate:
    """Return the customer of a case as somebody affected."""
    return Candidate(named=Named(mail=mail_address(customer_address(case)), name=case.customer.name), case=case)


def of_customer(customer: models.Customer) -> Candidate:
    """Return a customer as somebody affected; a case is opened for him."""
    address = customer.addresses.filter(kind="mail").order_by("value").values_list("value", flat=True).first()
    return Candidate(named=Named(mail=address or "", name=customer.name, customer=str(customer.pk)))


def refuse_closed(incident: models.Incident) -> None:
    """Refuse what would change an incident that is over."""
    if incident.closed_at is not None:
        raise no.IncidentIsClosed
