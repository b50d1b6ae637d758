"""Opening, judging, closing and reopening a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from makegood.desk import access, models, reading
from makegood.desk.prepared import prepared
from makegood.rules import closing, incoming, rounds
from makegood.rules.escalation import House
from makegood.rules.policy import Door

from . import rows
from .automatic_letters import ask_if_right
from .owners import Owners
from .record import Decision, deciding


def latest_policy() -> models.PolicyVersion:
    """Return the policy that new cases begin with."""
    for found in _latest_policy():
        return reading.row(models.PolicyVersion, ("id", "number"), found)
    raise models.PolicyVersion.DoesNotExist("No policy is loaded.")


@prepared("pk", "number")
def _latest_policy() -> QuerySet[models.PolicyVersion]:
    # Locked: two cases that open at once must not get one number. What it says is known already (`facts.policy`).
    return models.PolicyVersion.objects.select_for_update().order_by("-number")[:1]


@dataclass(frozen=True, kw_only=True)
class New:
    """A case to be opened."""

    customer: models.Customer
    door: Door
    subject: str
    received_at: datetime
    owner: int | None = None
    """None where the house chooses."""
    why: str = ""
    """A sentence why it is set aside; empty for a complaint like any other."""
    language: str = ""


def open_new(
    news: Sequence[New], *, house: House, version: models.PolicyVersion, now: datetime, actor: str = "mail"
) -> list[Decision]:
    """Open cases with their owners and first clocks. Part of the caller's transaction, who records them.

    A row must exist before the contact that opens it, so the rows are saved here with what is known and
    `record` writes the rest. The policy must be locked (`latest_policy`), since it keeps the numbers apart.
    """
    owners, numbers = Owners(house), Numbers()
    decisions = []
    for new in news:
        owner = new.owner or owners.choose(new.door, at=now)
        u = incoming.open_case(
            house,
            door=new.door.name,
            owner=owner,
            received_at=new.received_at,
            now=now,
            quarantined=bool(new.why),
            why=new.why[:300],
        )
        row = models.Case(
            number=numbers.next(new.received_at),
            subject=new.subject[:300],
            customer=new.customer,
            owner_id=owner,
            team_id=owners.team[owner],
            policy=version,
            door=new.door.name,
            language=new.language or new.customer.language or "en",
            received_at=new.received_at,
            opened_at=u.case.opened_at,
            wakes_at=rounds.wakes_at(u.case, house),
        )
        decisions.append(Decision(row=row, u=u, actor=actor))
    rows.create([d.row for d in decisions])
    return decisions


class Numbers:
    """The next numbers of the year: 2026-0412. They are said on the telephone, so they stay short."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, at: datetime) -> str:
        """Return the next number of the year in which a case came in."""
        year = f"{at.year:04d}-"
        if year not in self._last:
            self._last[year] = max(int(_last_used(year).partition("-")[2]), _free_from(year) - 1)
        self._last[year] += 1
        return f"{year}{self._last[year]:04d}"


def _last_used(year: str) -> str:
    """Return the year's last number, nearly always the newest case's: for any other SQLite looks through all cases.

    The newest is found as the greatest key, since asked for "the first from behind" SQLite sorts them all.
    """
    numbers = models.Case.objects.values_list("number", flat=True)
    last = numbers.filter(pk=models.Case.objects.aggregate(pk=Max("pk"))["pk"]).first()
    if last is not None and not last.startswith(year):
        last = numbers.filter(number__startswith=year).order_by("-pk").first()
    return last or f"{year}0"


def _free_from(year: str) -> int:
    """Return from where numbers are free if a copy was put back: those of the lost hours were said to customers."""
    restored = models.Entry.objects.filter(case=None, name="backup.restored").order_by("-seq")
    told = restored.values_list("facts", flat=True).first()
    return int(told["numbers_from"].get(year, 1)) if told else 1


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
        # What he chose is ordered at once now; he has no time to change it.
        models.Remedy.objects.filter(case=row.pk, order_at__gt=now).update(order_at=now)


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
