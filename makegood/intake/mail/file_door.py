"""The mail door for what lies on disk: `.eml` files, mbox files, Maildirs, and folders of any of them.

Each mail is stored and committed by itself, so an import that is cut off loses nothing and may be run again:
the same bytes by the same door are the same item.
"""

import logging
import mailbox
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from .arrivals import from_file
from .headers import read_date, read_headers
from .our_addresses import read_ours

log = logging.getLogger(__name__)

_BEGINS_LIKE_A_MAIL = re.compile(rb"[!-9;-~]+[ \t]*:")
_RECEIVED_AT = re.compile(r";([^;]*)$")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What an import came to so far. `found` counts everything looked at."""

    found: int = 0
    stored: int = 0
    #: Mails that the ledger had already.
    known: int = 0
    #: Files that could not be read, by path and reason.
    unreadable: tuple[str, ...] = ()


class NoSuchDoorError(ValueError):
    """The policy has no door of that name."""


def count(paths: Iterable[Path]) -> int:
    """Return how many mails there are to take, for a progress bar."""
    return sum(1 for _ in _mails(paths))


def take(
    paths: Iterable[Path], *, door: str = "", now: datetime, progress: Callable[[Counts], None] = lambda _: None
) -> Counts:
    """Store every mail under these paths, and return the counts; `progress` hears them after each mail.

    `door` names a door of the policy; without one it is the first public mail door. Raises NoSuchDoorError,
    and whatever the database says: everything counted until then is committed.
    """
    ours = read_ours()
    door = door or ours.first
    if door not in ours.doors:
        raise NoSuchDoorError(f"The policy has no door called “{door}”; it has {', '.join(sorted(ours.doors))}.")
    found = stored = known = 0
    unreadable: list[str] = []
    for path, read in _mails(paths):
        found += 1
        try:
            raw = read()
        except OSError as error:
            unreadable.append(f"{path}: {error.strerror or type(error).__name__}")
            continue
        if not _BEGINS_LIKE_A_MAIL.match(raw):
            unreadable.append(f"{path}: holds no mail: it does not begin with header lines such as “From: …”")
        else:
            _, new = from_file(raw, door=door, received_at=received_at(raw, now=now), now=now)
            stored, known = stored + new, known + (not new)
        progress(Counts(found=found, stored=stored, known=known, unreadable=tuple(unreadable)))
    return Counts(found=found, stored=stored, known=known, unreadable=tuple(unreadable))


def received_at(raw: bytes, *, now: datetime) -> datetime:
    """Return when our own server took the mail: the moment in its topmost Received field, else `now`.

    The Date field is the sender's word and is never asked; a moment in the future is nobody's.
    """
    headers, _ = read_headers(raw, 0, len(raw), set())
    stamped = _RECEIVED_AT.search(headers.first("received"))
    moment = read_date(stamped[1]) if stamped else None
    return min(moment, now.astimezone(UTC)) if moment else now


def _mails(paths: Iterable[Path]) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    for path in paths:
        if not path.is_dir():
            yield from _in_file(path)
        elif (path / "cur").is_dir() or (path / "new").is_dir():
            yield from _in_maildir(path)
        else:
            yield from _mails(sorted(path.iterdir()))


def _in_file(path: Path) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    if _is_mbox(path):
        box = mailbox.mbox(path, create=False)
        try:
            for key in box.iterkeys():
                yield path, partial(_from_mbox, box, key)
        finally:
            box.close()
    else:
        yield path, path.read_bytes


def _is_mbox(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(5) == b"From "
    except OSError:
        return False


def _from_mbox(box: mailbox.mbox, key: str) -> bytes:
    """One mail, with what an mbox does to lines that begin with "From " undone."""
    raw = box.get_bytes(key)
    return re.sub(rb"(?m)^>(>*From )", rb"\1", raw)


def _in_maildir(path: Path) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    for folder in ("cur", "new"):
        if (path / folder).is_dir():
            for file in sorted((path / folder).iterdir()):
                if file.is_file() and not file.name.startswith("."):
                    yield file, file.read_bytes
    for inner in sorted(path.iterdir()):
        # Maildir++: folders inside are called ".Sent" and the like.
        if inner.name.startswith(".") and inner.is_dir() and (inner / "cur").is_dir():
            yield from _in_maildir(inner)
