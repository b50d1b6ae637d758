"""Approving what somebody else wants to give, or saying no. Proposer, approver and beneficiary are three people."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries.given import beneficiary
from makegood.language import cards
from makegood.rules import authority, refusals, remedies
from makegood.rules.policy import Role

from . import notices, sums
from .record import Decision, deciding


def approve(case_id: int, number: int, *, by: models.Staff, now: datetime) -> None:
    """Approve with one's own authority, measured anew at this moment. Raises OwnRequest, NotEnoughAuthority."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        waiting = _waiting(d, number)
        budget = sums.lock(d, by, waiting.budget.name if waiting.budget else "", now=now)
        crashpoint("approval.after_lock")
        cost = d.u.case.remedy(number).cost()
        verdict = sums.verdict(d, cost, by, budget, now=now, without=waiting.pk)
        _refuse(waiting, by, verdict, beneficiary(d.row.customer))
        remedies.approve(d.u, number=number, role=Role(by.role), by=by.pk, at=now)
        _tell_proposer(d, waiting, "remedy.approved", by, "", now=now)


def deny(case_id: int, number: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Say no, with a reason. Nothing stays reserved. The proposer takes his own request back the same way."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        waiting = _waiting(d, number)
        if by.pk != waiting.proposed_by_id and not _stands_above(by, waiting):
            raise refusals.NotEnoughAuthority
        why = cards.mask(why)
        remedies.deny(d.u, number=number, why=why[:300], by=by.pk, at=now)
        _tell_proposer(d, waiting, "remedy.denied", by, why, now=now)


def _waiting(d: Decision, number: int) -> models.Remedy:
    found = models.Remedy.objects.select_related("budget", "proposed_by").filter(case=d.row, number=number).first()
    if found is None:
        raise refusals.NoSuchRemedy
    if d.u.case.remedy(number).step is not remedies.Step.PROPOSED:
        raise refusals.NotAtThisStep
    return found


def _refuse(waiting: models.Remedy, by: models.Staff, verdict: authority.Verdict, beneficiary: int | None) -> None:
    if waiting.proposed_by_id == by.pk:
        raise refusals.OwnRequest
    if verdict.short is not None:
        raise refusals.BudgetSpent(f"It would need {verdict.short.plain()} more.")
    reasons = authority.may_approve(
        approver=by.pk,
        role=Role(by.role),
        proposer=waiting.proposed_by_id,
        beneficiary=beneficiary,
        verdict=verdict,
    )
    if reasons:
        raise refusals.NotEnoughAuthority(*reasons)


def _stands_above(by: models.Staff, waiting: models.Remedy) -> bool:
    needs = Role(waiting.needs) if waiting.needs else Role.LEAD
    order = authority.GIVERS
    return Role(by.role) in order and order.index(Role(by.role)) >= order.index(needs)


def _tell_proposer(
    d: Decision, waiting: models.Remedy, kind: str, by: models.Staff, why: str, *, now: datetime
) -> None:
    told = [p for p in (waiting.proposed_by,) if p is not None and p.pk != by.pk]
    facts: dict[str, object] = {"number": waiting.number, "who": by.name, "why": why[:300]}
    notices.tell(told, case=d.row, kind=kind, facts=facts, now=now)
