"""What people of a desk at work do to make it right, one step at a time: whoever died over a step does it again."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Exists, OuterRef

from makegood.desk import models
from makegood.desk.actions import approvals, remedies, wishes
from makegood.desk.actions.wanted import Choice, Wanted
from makegood.rules.money import Money


def make_good(now: datetime) -> bool:
    """Go on with the oldest remedy that waits for us, or propose one for a customer who was answered."""
    waiting = models.Remedy.objects.filter(case__open=True).select_related("case__owner").order_by("pk")
    asked = waiting.filter(step="proposed").first()
    if asked is not None:
        executive = models.Staff.objects.filter(role="executive").order_by("pk")[0]
        approvals.approve(asked.case_id, asked.number, by=executive, now=now)
        return True
    approved = waiting.filter(step="approved").first()
    if approved is not None:
        remedies.order(approved.case_id, approved.number, by=approved.case.owner, now=now)
        return True
    return _propose(now)


def _propose(now: datetime) -> bool:
    answered = Exists(models.Contact.objects.filter(case=OuterRef("pk"), direction="out"))
    given = Exists(models.Remedy.objects.filter(case=OuterRef("pk")))
    case = models.Case.objects.filter(answered, ~given, open=True, quarantined=False).order_by("pk").first()
    if case is None:
        return False
    if not case.wishes.exists():
        wishes.say(case.pk, words="A new one, please.", door="phone", by=case.owner, now=now)
        return True
    # A code is made by the desk itself, a strap is sent by hand, and a tent is more than an agent may give.
    choice = (
        Choice(catalogue="code", cost=Money("USD", 900)),
        Choice(title="A new strap", cost=Money("USD", 400)),
        Choice(title="A new tent", cost=Money("USD", 26_000)),
    )[case.pk % 3]
    key = uuid5(NAMESPACE_URL, f"torture/{case.pk}")
    want = Wanted(key=key, failure="outcome", choices=(choice,), why="It broke on the second day.")
    remedies.propose(case.pk, want, by=case.owner, now=now)
    return True
