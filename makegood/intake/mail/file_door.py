"""The mail door for what lies on disk: `.eml` files, mbox files, Maildirs, and folders of any of them.

Mails are stored and committed some at a time, so an import that is cut off may be run again: the same bytes
by the same door are the same item. Nothing is counted as stored before it is committed.
"""

import logging
import mailbox
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from makegood.desk.actions import ledger
from makegood.desk.actions.ledger import Arrival

from .arrivals import from_file
from .headers import read_date, read_headers
from .our_addresses import read_ours

log = logging.getLogger(__name__)

#: Mails that are committed together.
TOGETHER = 50

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

    def and_stored(self, *, new: bool) -> "Counts":
        """These, and one mail that is in the ledger now."""
        return replace(self, found=self.found + 1, stored=self.stored + new, known=self.known + (not new))

    def and_unreadable(self, why: str) -> "Counts":
        """These, and one that could not be read."""
        return replace(self, found=self.found + 1, unreadable=(*self.unreadable, why))


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
    counts = Counts()
    for pile in _piles(_read(path, read, door=door, now=now) for path, read in _mails(paths)):
        arrivals = [one for one in pile if isinstance(one, Arrival)]
        stored = iter(ledger.store_all(arrivals, now=now))
        for one in pile:
            counts = counts.and_unreadable(one) if isinstance(one, str) else counts.and_stored(new=next(stored)[1])
            progress(counts)
    return counts


def _read(path: Path, read: Callable[[], bytes], *, door: str, now: datetime) -> Arrival | str:
    """Read one mail; where that fails, the path and the reason."""
    try:
        raw = read()
    except OSError as error:
        return f"{path}: {error.strerror or type(error).__name__}"
    if not _BEGINS_LIKE_A_MAIL.match(raw):
        return f"{path}: holds no mail: it does not begin with header lines such as “From: …”"
    return from_file(raw, door=door, received_at=received_at(raw, now=now))


def _piles(mails: Iterable[Arrival | str]) -> Iterator[list[Arrival | str]]:
    """Piles of mails that are committed together: so many, or so many bytes."""
    pile: list[Arrival | str] = []
    size = 0
    for one in mails:
        pile.append(one)
        size += one.size if isinstance(one, Arrival) else 0
        if len(pile) >= TOGETHER or size > ledger.AT_EASE:
            yield pile
            pile, size = [], 0
    if pile:
        yield pile


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
