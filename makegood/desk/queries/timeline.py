"""A case as people read it: what was said, noted and noticed, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from makegood.desk import models
from makegood.rules.remedy_steps import Step

from . import merged

WORTH_A_LINE = frozenset(
    {
        "case.judged",
        "case.closed",
        "case.reopened",
        "case.repinned",
        "case.merged",
        "case.absorbed",
        "case.parted",
        "case.divided",
        "contact.refused",
        "contact.bounced",
        "contact.cleared",
        "promise.broken",
        "promise.kept",
        "promise.released",
        "promise.replaced",
        "promise.paused",
        "promise.resumed",
        "promise.recomputed",
        "promise.warned",
        "alarm.raised",
        "alarm.missed",
        "alarm.acknowledged",
        "handoff.offered",
        "handoff.returned",
        "owner.changed",
        "manager.asked",
        "unresolved.said",
        "finding.made",
        "wish.asked",
        "wish.said",
        "wish.passed",
        "property.held",
        "property.returned",
        "item.named",
        "item.settled",
        # That one failed is a finding as well.
        *(f"remedy.{step}" for step in Step if step is not Step.FAILED),
    }
)
"""The events that get a line of their own; contacts and notes are shown as what they are."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing in the timeline: a contact, a note, or something that happened."""

    at: datetime
    order: int
    contact: models.Contact | None = None
    note: models.Note | None = None
    event: models.Entry | None = None
    facts: dict[str, Any] | None = None
    people: tuple[str, ...] = ()
    promise: models.Promise | None = None


def timeline(case: models.Case) -> list[Line]:
    """Return everything on a case and everything said on those that go on in it, oldest first."""
    promises = {p.number: p for p in case.promises.select_related("staff")}
    names = dict(models.Staff.objects.values_list("pk", "name"))
    family = merged.family(case.pk)
    said = models.Contact.objects.filter(case__in=family).select_related("case", "staff", "customer", "item")
    noted = models.Note.objects.filter(case__in=family).select_related("staff")
    lines = [
        Line(at=c.received_at, order=0, contact=c) for c in said.prefetch_related("attachments", "made", "heard")
    ]
    lines += [Line(at=n.written_at, order=1, note=n) for n in noted]
    for entry in case.journal.filter(name__in=WORTH_A_LINE).select_related("by"):
        if _worth(entry, promises):
            lines.append(_event_line(entry, promises, names))
    return sorted(lines, key=lambda line: (line.at, line.order))


def _worth(entry: models.Entry, promises: dict[int, models.Promise]) -> bool:
    """Leave out what says nothing to a reader: our own clocks being kept, alarms said again."""
    promise = promises.get(entry.facts.get("number") or 0)
    if entry.name in ("promise.kept", "promise.paused", "promise.resumed"):
        return promise is not None and (promise.said or entry.name != "promise.kept") and promise.kind != "silence"
    if entry.name == "promise.broken":
        return promise is not None and promise.shown
    return not (entry.name == "alarm.raised" and entry.facts.get("repeat"))


def _event_line(entry: models.Entry, promises: dict[int, models.Promise], names: dict[int, str]) -> Line:
    to = entry.facts.get("to")
    told = to if isinstance(to, list) else [to] if to else []
    numbers = entry.facts.get("numbers") or [entry.facts.get("number")]
    known = [promises[n] for n in numbers if n in promises]
    return Line(
        at=entry.at,
        order=2,
        event=entry,
        facts=entry.facts,
        people=tuple(names.get(pk, "") for pk in told),
        promise=next((p for p in known if p.said), known[0] if known else None),
    )


def automatic_mails(case: models.Case) -> QuerySet[models.OutboxItem]:
    """Return what the desk wrote to the customer by itself, without the bytes."""
    return case.outbox.filter(purpose__in=["acknowledgement", "closing", "new_link"]).defer("body")


def why_proposed(case: models.Case) -> dict[int, str]:
    """Return why messages of this case were laid before its owner: contact → the sentence."""
    entries = case.journal.filter(name="contact.proposed")
    return {int(e.facts["contact"]): str(e.facts.get("why", "")) for e in entries}


def why_set_aside(case: models.Case) -> str:
    """Return why a case was set aside when it came in, as a sentence."""
    opened = case.journal.filter(name="case.opened").first()
    return str(opened.facts.get("why", "")) if opened else ""


def written_since(case: models.Case, seen: int, *, not_by: models.Staff) -> QuerySet[models.Contact]:
    """Return what others wrote to the customer after the journal entry `seen`."""
    since = case.journal.filter(name="contact.written", seq__gt=seen).exclude(by=not_by)
    contacts = [int(entry.facts["contact"]) for entry in since]
    return case.contacts.filter(pk__in=contacts).select_related("staff")
