"""The files that come with messages: on the disk under names that nobody can guess, or waiting for room there.

A letter is kept whole before it is read, so that a disk without room for its files keeps no case from opening: the
row says that the file waits, and it is written from the letter as soon as there is room (F-17). What comes by the
customer's page is kept nowhere else, and is refused instead, so that he knows.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from makegood import config
from makegood.desk import models
from makegood.desk.crashpoints import crashpoint

from . import rows

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})
"""What a disk says that takes no more; it says nothing about the file."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that came with a message. The name is the sender's word for it and nothing more."""

    name: str
    declared_type: str
    content: bytes


def keep(files: Sequence[tuple[models.Contact, File, int]], *, waits_since: datetime | None) -> None:
    """Write the files first, then their rows: a crash between leaves no row without a file. Part of the transaction.

    Each comes with its contact and its place among the files of it. Where there is no room for one, it waits from
    `waits_since` on; OSError is raised if that is None, since the file is kept nowhere else.
    """
    if not files:
        return
    attachments = [_row(contact, file, nth, waits_since=waits_since) for contact, file, nth in files]
    crashpoint("attachment.before_row")
    rows.create(attachments)


def waiting(limit: int) -> list[models.Contact]:
    """Return the contacts whose files wait for room, the oldest first."""
    held = models.Attachment.objects.exclude(waits_since=None).order_by("contact").values("contact").distinct()
    return list(models.Contact.objects.filter(pk__in=held[:limit]).select_related("item__raw").order_by("pk"))


def put_away(contact: models.Contact, files: Sequence[File]) -> int:
    """Write those files of this contact that wait, and say so in their rows; returns how many.

    `files` are all that came with it. Raises OSError while there is no room.
    """
    by_content = {hashlib.sha256(file.content).hexdigest(): file for file in files}
    found = contact.attachments.exclude(waits_since=None).filter(sha256__in=by_content)
    for attachment in found:
        _write(attachment.stored_as, by_content[attachment.sha256].content)
    return contact.attachments.filter(pk__in=[one.pk for one in found]).update(waits_since=None)


def _row(contact: models.Contact, file: File, nth: int, *, waits_since: datetime | None) -> models.Attachment:
    sha256 = hashlib.sha256(file.content).hexdigest()
    stored_as = _name_for(contact, nth, sha256)
    try:
        _write(stored_as, file.content)
    except OSError as error:
        if error.errno not in NO_ROOM or waits_since is None:
            raise
    else:
        waits_since = None
    return models.Attachment(
        contact=contact,
        name=file.name[:255],
        declared_type=file.declared_type[:120],
        size=len(file.content),
        sha256=sha256,
        stored_as=stored_as,
        waits_since=waits_since,
    )


def _write(stored_as: str, content: bytes) -> None:
    """Under a name of its own first: a name that a row may have is only ever that of a whole file."""
    folder = config.home() / "attachments"
    folder.mkdir(mode=0o700, exist_ok=True)
    begun = Path(f"{folder}/{stored_as}.{secrets.token_hex(8)}")
    try:
        with open(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
            writing.write(content)
        os.replace(begun, f"{folder}/{stored_as}")
    except OSError:
        with suppress(OSError):
            begun.unlink(missing_ok=True)
        raise


def _name_for(contact: models.Contact, nth: int, sha256: str) -> str:
    """Return the name of a file on disk, which nobody can guess who has not the desk's key.

    What is judged again, since a crash or an error undid it, writes the same file again and leaves no other behind.
    """
    if contact.item_id is None:
        return secrets.token_hex(32)
    key = hashlib.sha256(b"attachment\0" + config.secret_key().encode()).digest()
    return hmac.new(key, f"{contact.item_id} {nth} {sha256}".encode(), hashlib.sha256).hexdigest()
