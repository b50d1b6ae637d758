"""Customers of a desk at work who ring up about what they wrote: a colleague writes it down, and merges and parts.

What is to do next follows from the record alone, so that whoever died over a step does it again.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef

from makegood.desk import models
from makegood.desk.actions import contacts, merging, openings
from makegood.desk.actions.contacts import Incoming
from makegood.rules.refusals import Refusal

CALL = "A call"


def deal_with(now: datetime) -> bool:
    """Take the next step with one of those who rang up; says whether there was one."""
    for step in (_merge, _part, _ring_up):
        with suppress(Refusal):
            if step(now):
                return True
    return False


def _once(name: str) -> Exists:
    return Exists(models.Entry.objects.filter(case=OuterRef("pk"), name=name))


def _ring_up(now: datetime) -> bool:
    """Every fourth customer does, once."""
    cases = models.Case.objects.filter(open=True, quarantined=False).annotate(fourth=F("pk") % 4)
    alone = cases.annotate(cases=Count("customer__cases")).filter(fourth=1, cases=1)
    case = alone.exclude(subject=CALL).order_by("pk").first()
    wrote = case.contacts.filter(direction="in").first() if case else None
    if wrote is None:
        return False
    said = Incoming(received_at=now, from_address=wrote.from_address, subject=CALL, text="It is about what I wrote.")
    openings.open_case(said, door=contacts.page_door(), item=None, acknowledge=False, now=now)
    return True


def _merge(now: datetime) -> bool:
    calls = models.Case.objects.filter(subject=CALL, open=True, merged_into=None)
    waiting = calls.exclude(_once("case.merged")).select_related("owner")
    # What can't be merged yet, since a letter is on its way, holds up nobody else.
    count = waiting.count()
    if not count:
        return False
    gone = waiting.order_by("pk")[int(now.timestamp()) % count]
    kept = models.Case.objects.filter(customer=gone.customer_id, open=True).exclude(pk=gone.pk).order_by("pk").first()
    if kept is None:
        return False
    executive = models.Staff.objects.filter(role="executive").order_by("pk")[0]
    merging.merge(kept.pk, gone=gone.number, why="He rang about it.", by=executive, now=now)
    return True


def _part(now: datetime) -> bool:
    merged = models.Case.objects.filter(subject=CALL, merged_into__isnull=False).annotate(third=F("pk") % 3)
    gone = merged.filter(third=0).exclude(_once("case.parted")).order_by("pk").first()
    if gone is None:
        return False
    merging.part(gone.pk, by=models.Staff.objects.filter(role="executive").order_by("pk")[0], now=now)
    return True


def found() -> dict[str, int]:
    """Return how many cases were merged and parted."""
    entries = models.Entry.objects
    return {what: entries.filter(name=f"case.{what}").count() for what in ("merged", "parted")}
