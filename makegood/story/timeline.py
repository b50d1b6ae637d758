"""The timeline of a story: the journal and the mails, in words."""

from __future__ import annotations

from typing import Any

from makegood.desk import models

from .telling import Beat

_QUIET = frozenset({"contact.written", "promise.ended", "ball.passed", "note.written", "handoff.accepted"})


def beats() -> list[Beat]:
    """Return everything that happened, in the order in which it was recorded."""
    names = dict(models.Staff.objects.values_list("pk", "name"))
    promises = {(p.case_id, p.number): p for p in models.Promise.objects.all()}
    contacts = {c.pk: c for c in models.Contact.objects.all()}
    lines = []
    for entry in models.Entry.objects.exclude(case=None).order_by("recorded_at", "pk"):
        if entry.name not in _QUIET:
            lines.append(Beat(at=entry.at, who=_who(entry, names), what=_what(entry, names, promises, contacts)))
    return lines


def _who(entry: models.Entry, names: dict[int, str]) -> str:
    if entry.by_id:
        return names.get(entry.by_id, "")
    return {"customer": "the customer", "mail": "mail", "watch": "the watch"}.get(entry.actor, entry.actor)


def _what(
    entry: models.Entry,
    names: dict[int, str],
    promises: dict[tuple[int, int], models.Promise],
    contacts: dict[int, models.Contact],
) -> str:
    facts: dict[str, Any] = entry.facts
    said = facts | {"people": ", ".join(names.get(pk, "?") for pk in _people(facts))}
    numbers = facts.get("numbers") or ([facts["number"]] if "number" in facts else [])
    keys = [(entry.case_id or 0, n) for n in numbers]
    about = [promises[key] for key in keys if key in promises]
    words = "; ".join(dict.fromkeys(f"“{p.words}”" if p.words else p.kind for p in about))
    contact = contacts.get(facts.get("contact") or 0)
    text = f"“{_short(contact.text)}”" if contact else ""
    kinds = ", ".join(facts.get("kinds") or []) or "unmarked"
    again = " again" if facts.get("repeat") else ""
    sentence = {
        "case.opened": f"a case is opened by {facts.get('door')}; {names.get(facts.get('owner') or 0)} owns it",
        "contact.received": f"writes {text}",
        "contact.proposed": f"a stranger's message is laid before the owner: {text}",
        "contact.accepted": f"{'substantive' if facts.get('substantive') else 'not substantive'} ({kinds}): {text}",
        "contact.refused": f"the customer was not reached: {facts.get('why')}",
        "contact.bounced": "the mail came back",
        "promise.made": f"promise made: {words}, due {facts.get('due_at')}",
        "promise.kept": f"kept: {words}",
        "promise.broken": f"BROKEN: {words}",
        "promise.unkept": f"owed again: {words}",
        "promise.replaced": f"replaced: {words}",
        "promise.released": f"released by the customer: {words}",
        "promise.paused": f"paused: {words}",
        "promise.resumed": f"runs on: {words}",
        "promise.warned": f"{said['people']} warned: {words}",
        "alarm.raised": f"ALARM{again} to {said['people']}: {words or 'somebody higher is asked for'}",
        "alarm.missed": f"a rung passed while the watch stood still: {words}",
        "alarm.acknowledged": "“I have it”",
        "handoff.offered": f"offers the case to {said['people']}",
        "handoff.returned": f"the offer came back: {facts.get('why')}",
        "owner.changed": f"{said['people']} owns it now ({facts.get('why')})",
        "finding.made": f"finding {facts.get('code')}: {facts.get('evidence')}",
        "manager.asked": "the customer asks for a manager",
        "unresolved.said": "the customer says that it is not resolved",
    }.get(entry.name)
    return sentence or entry.name.replace(".", " ")


def _people(facts: dict[str, Any]) -> list[int]:
    to = facts.get("to")
    return to if isinstance(to, list) else [to] if isinstance(to, int) else []


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else f"{flat[:87]}…"
