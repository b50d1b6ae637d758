"""What a record adds up to, told so that two days which went alike look alike.

Keys drawn from sequences, secrets, and moments of delivery are left out; cases are called by their customer and
people by their case, since a letter that had to wait may come second.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from makegood import config
from makegood.desk import models
from makegood.desk.queries import seals

_PEOPLE = ("owner", "to", "by", "skipped", "from_staff")


class _Names:
    """Names for rows."""

    def __init__(self) -> None:
        cases = models.Case.objects.select_related("customer").order_by("pk")
        self.case = {None: "the house"} | {c.pk: _address(c) for c in cases}
        owners = {c.owner_id: f"the owner of {_address(c)}'s case" for c in cases}
        everybody = models.Staff.objects.all()
        self.staff = {s.pk: owners.get(s.pk, s.name) for s in everybody}
        self.address = {s.email: self.staff[s.pk] for s in everybody}
        self.contact = {
            c.pk: f"{self.case[c.case_id]} {c.direction} {c.door} {c.text[:12]}" for c in models.Contact.objects.all()
        }

    def plain(self, told: dict[str, Any]) -> dict[str, Any]:
        """Return the facts of an entry under these names."""
        kept = {key: value for key, value in sorted(told.items()) if not re.search(r"_at$|^until$|hash$", key)}
        return {key: self._named(key, value) for key, value in kept.items()}

    def _named(self, key: str, value: Any) -> Any:
        if key == "contact":
            return self.contact.get(value, value)
        if key == "evidence":
            return re.sub(r"^one of our own codes, number \d+$", "a code", value)
        if key in _PEOPLE and isinstance(value, list):
            return sorted(str(self.staff.get(v, v)) for v in value)
        return self.staff.get(value, value) if key in _PEOPLE and isinstance(value, int) else value


def _address(case: models.Case) -> str:
    return ", ".join(sorted(case.customer.addresses.values_list("value", flat=True)))


def the_end() -> dict[str, Any]:
    """Return everything that must be the same however often the day was broken."""
    names = _Names()
    return {**_record(names), **_ledger(names), **_outside(names)}


def _record(names: _Names) -> dict[str, Any]:
    entries = models.Entry.objects.exclude(case=None).order_by("case", "seq")
    journal: dict[str, list[Any]] = {}
    for entry in entries:
        journal.setdefault(names.case[entry.case_id], []).append((entry.name, names.plain(entry.facts)))
    promises = models.Promise.objects.values_list("case", "number", "kind", "state")
    alarms = models.Alarm.objects.values_list("case", "rung", "repeat", "missed")
    notices = models.Notice.objects.values_list("case", "seq", "staff", "kind")
    cases = models.Case.objects.values_list("pk", "subject", "ball", "open", "quarantined")
    return {
        "journal": journal,
        "house": list(models.Entry.objects.filter(case=None).order_by("seq").values_list("name", flat=True)),
        "promises": sorted((names.case[case], *rest) for case, *rest in promises),
        "alarms": sorted((names.case[case], *rest) for case, *rest in alarms),
        "notices": sorted((names.case[c], seq or 0, names.staff[s], kind) for c, seq, s, kind in notices),
        "cases": sorted((names.case[case], *rest) for case, *rest in cases),
    }


def _ledger(names: _Names) -> dict[str, Any]:
    items = models.InboxItem.objects.order_by("sha256", "door")
    contacts = models.Contact.objects.values_list("pk", "from_address", "standing")
    return {
        "items": list(items.values_list("way", "door", "sha256", "state", "code")),
        "raws": models.RawItem.objects.count(),
        "contacts": sorted((names.contact[pk], *rest) for pk, *rest in contacts),
        "files": sorted(_files()),
        "cursors": list(models.MailboxCursor.objects.values_list("uid", "trouble")),
    }


def _files() -> list[tuple[str, str]]:
    """Every file of a message by its name, and what lies on the disk under it."""
    folder = Path(config.home(), "attachments")
    rows = models.Attachment.objects.values_list("name", "stored_as")
    return [(name, hashlib.sha256((folder / at).read_bytes()).hexdigest()) for name, at in rows]


def _outside(names: _Names) -> dict[str, Any]:
    mails = models.OutboxItem.objects.values_list("purpose", "to_address", "state")
    refusals = models.Entry.objects.filter(name="contact.refused").order_by("pk")
    uncertain = models.OutboxItem.objects.filter(state="uncertain")
    return {
        "mails": sorted((purpose, names.address.get(to, to), state) for purpose, to, state in mails),
        "uncertain": sorted(uncertain.values_list("purpose", flat=True)),
        "told that nobody knows": [not entry.facts["final"] for entry in refusals],
        "seals": models.Anchor.objects.count(),
        "seals outside": len(seals.read_seals(config.home() / "anchors.log")),
        "canaries": [(c.missed_at is None, c.back_at is None) for c in models.Canary.objects.order_by("pk")],
    }
