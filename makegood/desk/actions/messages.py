"""Keeping what came in: the contact, its files, and what it seems to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from makegood.desk import facts, models
from makegood.language import which
from makegood.rules.policy import Door

from . import files, hearing, rows
from .files import File as File

WE_WRITE = ("en", "es")
"""Languages the desk writes in; a letter in another one is answered in English."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A message as its door read it."""

    received_at: datetime
    from_address: str = ""
    """Normalised; empty where no sender could be read."""
    from_name: str = ""
    to_addresses: tuple[str, ...] = ()
    verified: bool = False
    subject: str = ""
    text: str = ""
    folded: str = ""
    html: str = ""
    language: str = ""
    message_id: str = ""
    automatic: bool = False
    kinds: tuple[str, ...] = ()
    """What the reading took it for: `thanks`. A proposal; a person may say otherwise."""
    trouble: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    files_kept: bool = False
    """Whether the files lie in what was stored before it was read, so that they can wait there for room."""

    @cached_property
    def written_in(self) -> str:
        """The language he wrote in, if we write it too; what his program declared where the words don't tell."""
        told = which.language(self.text, declared=self.language).label
        return told if told in WE_WRITE else ""


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A message that comes to a case, by a door, from a customer if we know whose it is."""

    row: models.Case
    message: Incoming
    door: Door
    item: models.InboxItem | None
    customer: models.Customer | None


def keep(
    row: models.Case,
    message: Incoming,
    *,
    door: Door,
    item: models.InboxItem | None,
    customer: models.Customer | None,
    now: datetime,
) -> models.Contact:
    """Keep one message. Part of the caller's transaction."""
    return keep_all([Coming(row=row, message=message, door=door, item=item, customer=customer)], now=now)[0]


def keep_all(coming: Sequence[Coming], *, now: datetime) -> list[models.Contact]:
    """Keep messages with their files, and what they seem to say. Part of the caller's transaction."""
    contacts = rows.create([_contact(one, now=now) for one in coming])
    for may_wait in (True, False):
        files.keep(
            [
                (contact, file, nth)
                for contact, one in zip(contacts, coming, strict=True)
                if one.message.files_kept is may_wait
                for nth, file in enumerate(one.message.files)
            ],
            waits_since=now if may_wait else None,
        )
    people_wrote = [contact for contact in contacts if not contact.automatic]
    hearing.listen([(c, facts.policy(c.case.policy)) for c in people_wrote], now=now)
    return contacts


def _contact(one: Coming, *, now: datetime) -> models.Contact:
    message = one.message
    return models.Contact(
        case=one.row,
        direction="in",
        door=one.door.name,
        automatic=message.automatic,
        kinds=list(message.kinds),
        received_at=min(message.received_at, now),
        customer=one.customer,
        from_name=message.from_name[:200],
        from_address=message.from_address[:320],
        to_addresses=list(message.to_addresses),
        verified=message.verified,
        subject=message.subject[:500],
        text=message.text,
        folded=message.folded,
        html=message.html,
        message_id=message.message_id[:300],
        trouble=list(message.trouble),
        item=one.item,
    )


def names_in(messages: Iterable[Incoming]) -> dict[str, Incoming]:
    """Return the first message of each sender that can be named, by his address."""
    found: dict[str, Incoming] = {}
    for message in messages:
        if message.from_address:
            found.setdefault(message.from_address, message)
    return found
