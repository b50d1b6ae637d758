"""A lived case with every row that hangs on it, taken apart into what stays and what a clone has of its own.

A row becomes a list of values with holes. `Holes` are keys (its own and those of rows of the same
case), moments, and the marks by which `stories` wrote names, subjects and sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db import models as fields
from django.db.models import Model

from makegood.desk import models
from makegood.desk.actions.letters import mail_domain
from makegood.notify.email import reply_address
from makegood.notify.email.reply_address import ReplyAddress
from makegood.rules.policy import Policy

RECIPIENT = models.Alarm.to.through
TABLES: tuple[type[Model], ...] = (
    models.Entry, models.Customer, models.CustomerAddress, models.Case, models.InboxItem, models.RawItem,
    models.Contact, models.OutboxItem, models.Promise, models.Heard, models.Note, models.Handoff, models.Alarm,
    RECIPIENT, models.Notice, models.Link,
)  # fmt: skip
"""The journal first: its last hash stands in the case's row."""
NUMBER = {model: number for number, model in enumerate(TABLES)}
_IDS_IN_JSON = {"contact": models.Contact, "note": models.Note}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)")


class Own(IntEnum):
    """What every clone has of its own, by its place in the list that fills the holes of its texts."""

    NAME = 0
    QUOTED = 1
    ADDRESS = 2
    SUBJECT = 3
    WORDS = 4
    CASE_NUMBER = 5
    REPLY_TO = 6
    CASE = 7
    FURTHER = 8
    """From here on: its Message-IDs, then the keys of its contacts and notes."""


class Kind(IntEnum):
    """How a hole is filled."""

    KEY = 0
    """With the first key of this clone in a table, plus a number."""
    TEXT = 1
    BYTES = 2
    HEAD = 3
    """With the hash of the newest entry so far."""
    SEAL = 4
    """With the hash of this entry, whose words are the argument."""
    LINK = 5
    RAW = 6
    """With a letter's bytes, whose fingerprint and size stand in the item's row."""
    FINGERPRINT = 7
    SIZE = 8


Text = tuple[str, Callable[[Sequence[str]], Any]]
"""A pattern with %s for each hole, and what picks these holes' words."""
Hole = tuple[int, Kind, Any]
Row = tuple[int, list[Any], tuple[Hole, ...]]
"""The number of its table, its values, its holes by column."""


@dataclass(kw_only=True)
class Template:
    """One lived case, ready to be moved in time and written again."""

    case: models.Case
    entries: list[models.Entry]
    rows: list[Model]
    marks: dict[str, int]
    """Words that are a clone's own → their place in its list."""
    message_ids: list[str]
    places: dict[tuple[type[Model], Any], int]
    """(table, key) → the number of that row among this case's rows of the table."""
    counts: list[int] = field(default_factory=list)
    """How many rows it has in each table."""
    contacts: int = 0
    notes: int = 0

    def __post_init__(self) -> None:
        self.pattern = re.compile(f'"?@@(\\d+)@@"?|{"|".join(map(re.escape, self.marks))}')


def read(case: models.Case, policy: Policy) -> Template:
    """Return the case with everything that hangs on it."""
    rows = [row for group in _rows(case) for row in group]
    places: dict[tuple[type[Model], Any], int] = {}
    counts = [0] * len(TABLES)
    for row in rows:
        number = NUMBER[type(row)]
        places[type(row), row.pk] = counts[number]
        counts[number] += 1
    contacts = [row for row in rows if isinstance(row, models.Contact)]
    mails = [row for row in rows if isinstance(row, models.OutboxItem)]
    ids = dict.fromkeys(row.message_id for row in [*contacts, *mails] if row.message_id)
    return Template(
        case=case,
        entries=[row for row in rows if isinstance(row, models.Entry)],
        rows=rows,
        marks=_marks(case, list(ids), policy),
        message_ids=list(ids),
        places=places,
        counts=counts,
        contacts=len(contacts),
        notes=counts[NUMBER[models.Note]],
    )


def _rows(case: models.Case) -> Iterable[Iterable[Model]]:
    items = models.InboxItem.objects.filter(contacts__case=case)
    yield case.journal.order_by("seq")
    yield [case.customer]
    yield case.customer.addresses.order_by("pk")
    yield [case]
    yield items.order_by("pk")
    yield models.RawItem.objects.filter(item__in=items).order_by("pk")
    yield case.contacts.order_by("pk")
    yield case.outbox.order_by("pk")
    yield case.promises.order_by("pk")
    yield models.Heard.objects.filter(contact__case=case).order_by("pk")
    yield case.notes.order_by("pk")
    yield case.handoffs.order_by("pk")
    yield case.alarms.order_by("pk")
    yield RECIPIENT.objects.filter(alarm__case=case).order_by("pk")
    yield case.notices.order_by("pk")
    yield case.links.order_by("pk")


def _marks(case: models.Case, ids: list[str], policy: Policy) -> dict[str, int]:
    mark = case.customer.name.removeprefix("Xenname")
    answer_to = ReplyAddress(case=case.pk, who="c", id=case.customer_id)
    return {
        reply_address.make(answer_to, domain=mail_domain(policy)): Own.REPLY_TO,
        f'"Xenname{mark}"': Own.QUOTED,
        f"Xenname{mark}": Own.NAME,
        f"xen{mark}@mark.example": Own.ADDRESS,
        f"Xensubject{mark}": Own.SUBJECT,
        f"Xenwords{mark}": Own.WORDS,
        case.number: Own.CASE_NUMBER,
        **{message_id: Own.FURTHER + place for place, message_id in enumerate(ids)},
    }


# ── a template at another time ───────────────────────────────────────────────


def moved(template: Template, by: timedelta) -> list[Row]:
    """Return its rows as they are at another time, with holes for what a clone has of its own."""
    return [_row(row, template, by) for row in template.rows]


def shifted(value: Any, by: timedelta) -> Any:
    """Return plain facts with every moment in them moved."""
    if isinstance(value, dict):
        return {key: shifted(inner, by) for key, inner in value.items()}
    if isinstance(value, list):
        return [shifted(inner, by) for inner in value]
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return (datetime.fromisoformat(value) + by).isoformat()
    return value


def _row(row: Model, template: Template, by: timedelta) -> Row:
    values: list[Any] = []
    holes: list[Hole] = []
    for column, of in enumerate(type(row)._meta.concrete_fields):
        found = _special(row, of, template, by) or _value(getattr(row, of.attname), of, template, by)
        values.append(None if isinstance(found, tuple) else found)
        if isinstance(found, tuple):
            holes.append((column, *found))
    return NUMBER[type(row)], values, tuple(holes)


def _value(value: Any, of: Any, template: Template, by: timedelta) -> Any:
    if value is None:
        return None
    if of.primary_key and of.remote_field is None:
        return Kind.KEY, (NUMBER[of.model], template.places[of.model, value])
    if of.remote_field is not None:
        place = template.places.get((of.related_model, value))
        return value if place is None else (Kind.KEY, (NUMBER[of.related_model], place))
    if isinstance(value, datetime):
        return str((value + by).replace(tzinfo=None) if connection.vendor == "sqlite" else value + by)
    if isinstance(value, date):
        return str(value + by)
    if isinstance(of, fields.JSONField):
        return _text(json.dumps(_with_ids(shifted(value, by), template)), template)
    if isinstance(of, fields.BinaryField):
        return _text(bytes(value).decode("ascii", "surrogateescape"), template, kind=Kind.BYTES)
    return _text(value, template) if isinstance(value, str) else value


def _special(row: Model, of: Any, template: Template, by: timedelta) -> tuple[Kind, Any] | None:
    """Holes that are more than words: hashes, and the bytes of letters."""
    match row, of.name:
        case models.Entry(), "previous":
            return Kind.HEAD, None
        case models.Entry(), "hash":
            return Kind.SEAL, _sealed_words(row, template, by)
        case models.Case(), "head_hash":
            return Kind.HEAD, None
        case models.Link(), "digest":
            return Kind.LINK, None
        case models.RawItem(), "body":
            return Kind.RAW, template.places[models.RawItem, row.pk]
        case models.InboxItem(), "sha256" | "source_id":
            return Kind.FINGERPRINT, (template.places[models.InboxItem, row.pk], _letter(row, template, by))
        case models.InboxItem(), "size":
            return Kind.SIZE, template.places[models.InboxItem, row.pk]
    return None


def _with_ids(value: Any, template: Template) -> Any:
    """Return facts with the keys of contacts and notes as marks, which `_text` makes holes of."""
    if not isinstance(value, dict):
        return value
    return {key: _id_mark(key, inner, template) for key, inner in value.items()}


def _id_mark(key: str, value: Any, template: Template) -> Any:
    model = _IDS_IN_JSON.get(key)
    place = template.places.get((model, value)) if model and isinstance(value, int) else None
    if place is None:
        return value
    before = len(template.message_ids) + (template.contacts if model is models.Note else 0)
    return f"@@{Own.FURTHER + before + place}@@"


def _sealed_words(entry: models.Entry, template: Template, by: timedelta) -> Text:
    """What `desk.chain.sealed` hashes, but for the keys that are the clone's own."""
    words = {
        "case": f"@@{int(Own.CASE)}@@",
        "seq": entry.seq,
        "name": entry.name,
        "at": (entry.at + by).isoformat(timespec="microseconds"),
        "recorded_at": (entry.recorded_at + by).isoformat(timespec="microseconds"),
        "by": entry.by_id,
        "actor": entry.actor,
        "facts": _with_ids(shifted(entry.facts, by), template),
    }
    return _holes(json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False), template)


def _letter(item: models.InboxItem, template: Template, by: timedelta) -> Text:
    """The bytes of a letter as its sender's program would have written them; of a page, what was typed."""
    contact = next(row for row in template.rows if isinstance(row, models.Contact) and row.item_id == item.pk)
    if item.way == "page":
        return _holes(f"{contact.text}\n@@{Own.CASE:d}@@ {item.pk}", template)
    at = contact.received_at + by
    head = (
        f'From: "{contact.from_name}" <{contact.from_address}>\r\nTo: {", ".join(contact.to_addresses)}\r\n'
        f"Subject: {contact.subject}\r\nDate: {at:%a, %d %b %Y %H:%M:%S +0000}\r\nMessage-ID: {contact.message_id}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    )
    return _holes(head + contact.text.replace("\n", "\r\n") + "\r\n", template)


def _text(text: str, template: Template, *, kind: Kind = Kind.TEXT) -> Any:
    pattern, pick = _holes(text, template)
    if pick is not _nothing:
        return kind, (pattern, pick)
    return text if kind is Kind.TEXT else text.encode("ascii", "surrogateescape")


def _holes(text: str, template: Template) -> Text:
    """Return the text as a pattern, and what picks its words out of a clone's list."""
    places: list[int] = []

    def found(match: re.Match[str]) -> str:
        places.append(int(match[1]) if match[1] else template.marks[match[0]])
        return "%s"

    pattern = template.pattern.sub(found, text.replace("%", "%%"))
    return pattern, itemgetter(*places) if places else _nothing


def _nothing(_: Sequence[str]) -> tuple[()]:
    return ()
