"""Opening, judging, closing and reopening a case."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Max, Q

from makegood.desk import access, facts, models
from makegood.rules import closing, incoming, rounds
from makegood.rules.escalation import House
from makegood.rules.policy import Door, Role

from .letters import ask_if_right
from .record import Decision, deciding


def latest_policy() -> models.PolicyVersion:
    """Return the policy that new cases begin with."""
    # Locked: two cases that open at once must not get one number.
    return models.PolicyVersion.objects.select_for_update().latest()


def open_new(
    *,
    customer: models.Customer,
    door: Door,
    subject: str,
    received_at: datetime,
    now: datetime,
    actor: str = "mail",
    owner: int | None = None,
    quarantined: bool = False,
    why: str = "",
    language: str = "",
) -> Decision:
    """Open a case with its owner and its first clocks. Part of the caller's transaction, who records it.

    The row must exist before the contact that opens it, so the row is saved here with what is
    known and `record` writes the rest.
    """
    version = latest_policy()
    house = facts.house(version)
    owner = owner or choose_owner(house, door, at=now)
    u = incoming.open_case(
        house,
        door=door.name,
        owner=owner,
        received_at=received_at,
        now=now,
        quarantined=quarantined,
        why=why[:300],
    )
    row = models.Case.objects.create(
        number=next_number(received_at),
        subject=subject[:300],
        customer=customer,
        owner_id=owner,
        team_id=models.Staff.objects.values_list("team_id", flat=True).get(pk=owner),
        policy=version,
        door=door.name,
        language=language or customer.language or "en",
        received_at=received_at,
        opened_at=u.case.opened_at,
        wakes_at=rounds.wakes_at(u.case, house),
    )
    return Decision(row=row, u=u, actor=actor)


def next_number(at: datetime) -> str:
    """Return the next number of the year: 2026-0412. Numbers are said on the telephone, so they stay short."""
    year = f"{at.year:04d}-"
    last = models.Case.objects.filter(number__startswith=year).aggregate(last=Max("pk"))["last"]
    used = models.Case.objects.values_list("number", flat=True).get(pk=last).partition("-")[2] if last else "0"
    return f"{year}{max(int(used) + 1, _free_from(year)):04d}"


def _free_from(year: str) -> int:
    """Return from where numbers are free if a copy was put back: those of the lost hours were said to customers."""
    restored = models.Entry.objects.filter(case=None, name="backup.restored").order_by("-seq")
    told = restored.values_list("facts", flat=True).first()
    return int(told["numbers_from"].get(year, 1)) if told else 1


def choose_owner(house: House, door: Door, *, at: datetime) -> int:
    """Return who owns a new case from this door: the least busy agent of its team who is in.

    Where nobody of the team is in, somebody higher owns it: a case is never nobody's.
    """
    here = [p for p in house.people.everybody if p.here(at)]
    if door.executive:
        wanted = [p.id for p in here if p.role is Role.EXECUTIVE]
        named = models.Staff.objects.filter(pk__in=wanted, email__in=door.addresses).first()
        if named is not None or wanted:
            return named.pk if named is not None else wanted[0]
    for role in (Role.AGENT, Role.LEAD, Role.HEAD, Role.EXECUTIVE):
        own = [p.id for p in here if p.role is role and (role is not Role.AGENT or p.team == door.team)]
        if own:
            return _least_busy(own)
    everybody = [p.id for p in house.people.everybody if p.active and p.role is not Role.ADMIN]
    return everybody[-1]


def _least_busy(staff: list[int]) -> int:
    busy = models.Staff.objects.filter(pk__in=staff).annotate(open=Count("owned", filter=Q(owned__open=True)))
    return busy.order_by("open", "pk").values_list("pk", flat=True)[0]


def judge(case_id: int, *, genuine: bool, why: str, by: models.Staff, now: datetime) -> None:
    """Say what a message that was set aside is: a complaint, or not."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        closing.judge(d.u, genuine=genuine, why=why[:300], by=by.pk, at=now)


def note_need_by(case_id: int, *, need_by: datetime, words: str, by: models.Staff, now: datetime) -> None:
    """Record when the customer needs it; the reply is due then, if that is sooner."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        incoming.note_need_by(d.u, need_by=need_by, words=words[:300], by=by.pk, at=now)


def close(case_id: int, *, by: models.Staff, now: datetime) -> None:
    """Close a case, if nothing is owed on it, and ask the customer whether it is right again."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        closing.close(d.u, by=by.pk, at=now)
        ask_if_right(d, now=now)


def reopen(case_id: int, *, by: models.Staff, now: datetime) -> None:
    """Open a closed case again."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        closing.reopen(d.u, at=now, unresolved=False, by=by.pk)
