"""Keeping what came in: the contact, its files, and what it seems to say."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from makegood import config
from makegood.desk import facts, models
from makegood.desk.crashpoints import crashpoint
from makegood.language import which
from makegood.rules.policy import Door

from . import hearing, rows

WE_WRITE = ("en", "es")
"""Languages the desk writes in; a letter in another one is answered in English."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that came with a message. The name is the sender's word for it and nothing more."""

    name: str
    declared_type: str
    content: bytes


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
    _keep_files(
        [(c, file, nth) for c, o in zip(contacts, coming, strict=True) for nth, file in enumerate(o.message.files)]
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


def _keep_files(files: Sequence[tuple[models.Contact, File, int]]) -> None:
    """Write the files first, then their rows: a crash between leaves no row without a file."""
    if not files:
        return
    folder = config.home() / "attachments"
    folder.mkdir(mode=0o700, exist_ok=True)
    attachments = [_written(contact, file, nth, folder) for contact, file, nth in files]
    crashpoint("attachment.before_row")
    rows.create(attachments)


def _written(contact: models.Contact, file: File, nth: int, folder: Path) -> models.Attachment:
    sha256 = hashlib.sha256(file.content).hexdigest()
    stored_as = _name_for(contact, nth, sha256)
    # Under a name of its own first: a name that a row may have is only ever that of a whole file.
    begun = f"{folder}/{stored_as}.{secrets.token_hex(8)}"
    with open(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
        writing.write(file.content)
    os.replace(begun, f"{folder}/{stored_as}")
    return models.Attachment(
        contact=contact,
        name=file.name[:255],
        declared_type=file.declared_type[:120],
        size=len(file.content),
        sha256=sha256,
        stored_as=stored_as,
    )


def _name_for(contact: models.Contact, nth: int, sha256: str) -> str:
    """Return the name of a file on disk, which nobody can guess who has not the desk's key.

    What is judged again, since a crash or an error undid it, writes the same file again and leaves no other behind.
    """
    if contact.item_id is None:
        return secrets.token_hex(32)
    key = hashlib.sha256(b"attachment\0" + config.secret_key().encode()).digest()
    return hmac.new(key, f"{contact.item_id} {nth} {sha256}".encode(), hashlib.sha256).hexdigest()
