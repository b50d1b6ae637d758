"""Raw bytes as the ledger stores them: which of our doors they came to, masked, sealed, and named.

The one road from every way in to `desk.actions.ledger`. A mail is masked before its first write. One mail
may be several arrivals: an executive's mailbox is a door with a clock of its own, so it has its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import QuerySet

from makegood import config
from makegood.desk import models
from makegood.desk.actions import ledger
from makegood.desk.actions.ledger import Arrival
from makegood.desk.prepared import prepared
from makegood.language.cards import mask_in_place

from . import vault
from .addresses import comparable
from .masking import mask_raw
from .our_addresses import Ours

MEGABYTE = 1024 * 1024
#: How many times the size that is read in full is still stored whole.
HARD_LIMIT_TIMES = 4
#: Equal bytes for equal recipients within this long are a sender's second try, not a second letter. Mail
#: servers try again after 5 to 30 minutes; two people, or one person twice, never write equal bytes: their
#: programs and servers write times and ids into them.
SECOND_TRY = timedelta(minutes=30)


def read_limit() -> int:
    """Bytes of a mail that are read in full; a larger one is stored whole and set aside for a person."""
    return max(1, config.number("MAKEGOOD_MAX_MAIL_MB")) * MEGABYTE


def hard_limit() -> int:
    """Bytes above which a mail is not stored whole by any way in."""
    return HARD_LIMIT_TIMES * read_limit()


@dataclass(frozen=True, kw_only=True)
class Safe:
    """A mail as it may be written down."""

    body: bytes
    sealed: bytes | None
    #: Of the original: SHA-256, or keyed where the original holds a card number.
    sha256: str


def safe(raw: bytes) -> Safe:
    """Return the mail with card numbers masked, and the original sealed where the house keeps originals."""
    masked = mask_raw(raw)
    if masked is None:
        return Safe(body=raw, sealed=None, sha256=ledger.fingerprint(raw))
    keeps = config.get("MAKEGOOD_CARD_NUMBERS").lower() != "mask"
    return Safe(body=masked, sealed=vault.seal(raw) if keeps else None, sha256=vault.unlinkable(raw))


def by_door(recipients: Iterable[str], ours: Ours) -> dict[str, tuple[str, ...]]:
    """Return the recipients by the doors they stand for, the public door first.

    A signed reply address goes to the public door; what it says is read when the mail is judged.
    """
    doors: dict[str, tuple[str, ...]] = {}
    for recipient in recipients:
        door = ours.door_of(recipient) or ours.first
        doors[door] = (*doors.get(door, ()), recipient)
    return dict(sorted(doors.items(), key=lambda found: ours.is_executive(found[0])))


def from_smtp(
    raw: bytes, *, envelope_from: str, recipients: Iterable[str], ours: Ours, now: datetime
) -> list[models.InboxItem]:
    """Store and commit a mail that was handed to our listener; returns its items, one a door.

    Raises whatever the database or the disk says; the sender must then be asked to try again, and
    what was stored already is known again by its bytes and recipients.
    """
    kept = safe(raw)
    arrival = Arrival(
        door="",
        way="smtp",
        source_id="",
        body=kept.body,
        sealed=kept.sealed,
        size=len(raw),
        sha256=kept.sha256,
        received_at=now,
        envelope_from=_envelope(envelope_from),
    )
    items = []
    for door, names in by_door(recipients, ours).items():
        names = tuple(_envelope(name) for name in names)
        source_id = _queue_name(kept.sha256, names, now=now)
        item, _ = ledger.store(replace(arrival, door=door, envelope_to=names, source_id=source_id), now=now)
        items.append(item)
    return items


def _envelope(address: str) -> str:
    """An address of the envelope as a database takes it: any bytes, no card number, no NUL."""
    text = address.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return mask_in_place(text.replace("\x00", ""))[:320]


def _queue_name(sha256: str, recipients: tuple[str, ...], *, now: datetime) -> str:
    """Return the name of this hand-over: the one it had a moment ago if it is a second try."""
    to = ledger.fingerprint("\n".join(sorted(map(comparable, recipients))).encode())
    half_hour = int(now.timestamp()) // int(SECOND_TRY.total_seconds())
    before = f"{sha256}-{to[:16]}-{half_hour - 1}"
    return before if _came_by_smtp(before, now - SECOND_TRY) else f"{sha256}-{to[:16]}-{half_hour}"


@prepared("pk")
def _came_by_smtp(source_id: str, since: datetime) -> QuerySet[models.InboxItem]:
    return models.InboxItem.objects.filter(way="smtp", source_id=source_id, stored_at__gt=since)[:1]


def from_mailbox(
    raw: bytes, *, door: str, source_id: str, size: int, received_at: datetime, now: datetime
) -> tuple[models.InboxItem, bool]:
    """Store and commit a mail found in a mailbox; returns its item and whether it is new.

    The same bytes by the same door are the same item whatever the mailbox calls them now: it was moved
    by hand, or the mailbox was numbered anew.
    """
    kept = safe(raw)
    known = models.InboxItem.objects.filter(way="imap", door=door, sha256=kept.sha256).order_by("pk").first()
    if known is not None:
        return known, False
    arrival = Arrival(
        door=door,
        way="imap",
        source_id=source_id,
        body=kept.body,
        sealed=kept.sealed,
        size=max(size, len(raw)),
        sha256=kept.sha256,
        received_at=received_at,
    )
    return ledger.store(arrival, now=now)


def from_file(raw: bytes, *, door: str, received_at: datetime) -> Arrival:
    """Return a mail read from a file as the ledger stores it.

    The same bytes by the same door are the same item, so an import may be run twice.
    """
    kept = safe(raw)
    return Arrival(
        door=door,
        way="file",
        source_id=f"{kept.sha256}-{ledger.fingerprint(door.encode())[:16]}",
        body=kept.body,
        sealed=kept.sealed,
        size=len(raw),
        sha256=kept.sha256,
        received_at=received_at,
    )
