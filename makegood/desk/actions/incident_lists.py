"""Lists of affected people as somebody uploads them: kept whole, read piece by piece, each row taken or given back.

A list of any size is read by the watch in pieces, each a transaction that also says how far the list is read, so
that a crash costs nothing but the piece at hand. On disk it lies as UTF-8 with plain line ends, under a name that
nobody can guess, and is removed once it is read.
"""

from __future__ import annotations

import codecs
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from makegood import config
from makegood.desk import access, models
from makegood.rules import incident_refusals as no
from makegood.rules import people_lists
from makegood.rules.people_lists import NamesNobody, Row

from . import incident_people, journal, rows
from .incident_people import AGAIN, NEW, Candidate, mail_address, refuse_closed

AT_ONCE = 200
"""Rows read in one transaction."""
LARGEST = 64 * 1024 * 1024
"""Bytes of one list: some million people."""
_LOOKED_AT = 64 * 1024
_BLOCK = 1024 * 1024


def upload(
    incident_id: int, *, name: str, content: Iterable[bytes], by: models.Staff, now: datetime
) -> models.AffectedList:
    """Keep a list and let the watch read it. Raises Refusal for what is no list, or one that names nobody.

    `content` comes in pieces; the whole is never in memory.
    """
    incident = access.incident_for(by, incident_id)
    refuse_closed(incident)
    stored_as = secrets.token_hex(32)
    raw, plain = _place(f"{stored_as}.raw"), _place(stored_as)
    try:
        _write(raw, content)
        encoding = _encoding_of(raw)
        _as_utf8(raw, plain, encoding)
        sign, means, first = _heading(plain)
    except BaseException:
        plain.unlink(missing_ok=True)
        raise
    finally:
        raw.unlink(missing_ok=True)
    with transaction.atomic():
        kept = models.AffectedList.objects.create(
            incident=incident,
            name=name[:120],
            stored_as=stored_as,
            encoding=encoding,
            delimiter=sign,
            columns=list(means),
            size=plain.stat().st_size,
            read=first,
            line=1 if first else 0,
            by=by,
            uploaded_at=now,
        )
        told = {"incident": incident.pk, "list": kept.pk, "bytes": kept.size}
        journal.write_house("incident.list_uploaded", told, now=now, by=by)
    return kept


def _place(name: str) -> Path:
    folder = config.home() / "incidents"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / name


def _write(place: Path, content: Iterable[bytes]) -> None:
    size = 0
    with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
        for piece in content:
            size += len(piece)
            if size > LARGEST:
                raise no.ListTooLarge
            writing.write(piece)
    if not size:
        raise no.ListIsEmpty


def _encoding_of(place: Path) -> str:
    """Return how a list is encoded: as its first bytes say, UTF-8 if all of it is, else the West's old one."""
    with place.open("rb") as reading:
        first = reading.read(_LOOKED_AT)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\0" in first or first.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
            raise no.NotText
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while first:
                decoder.decode(first)
                first = reading.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _as_utf8(raw: Path, plain: Path, encoding: str) -> None:
    with (
        raw.open("r", encoding=encoding, errors="replace", newline=None) as reading,
        open(os.open(plain, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing,
    ):
        while piece := reading.read(_BLOCK):
            writing.write(piece.replace("\0", "").encode("utf-8", "replace"))


def _heading(plain: Path) -> tuple[str, tuple[str, ...], int]:
    """Return the delimiter, what the columns mean, and where the people begin. Raises Refusal if nobody can be read."""
    with plain.open("rb") as reading:
        sample = [line.decode("utf-8", "replace") for line in islice(iter(lambda: reading.readline(_BLOCK), b""), 20)]
    sign = people_lists.delimiter(sample)
    first = next(people_lists.cut((line.encode() for line in sample), sign=sign, line=1), None)
    means = people_lists.columns(first.cells) if first else ()
    if first is None or not {"mail", "order", "customer"} & set(means):
        raise no.ListNamesNobody
    return sign, means, first.end if people_lists.is_heading(first.cells) else 0


# ── reading it ───────────────────────────────────────────────────────────────


def unread() -> int | None:
    """Return the list that waits longest to be read, or None."""
    return models.AffectedList.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True).first()


def read_some(list_id: int, *, now: datetime) -> bool:
    """Read the next piece of a list; says whether there was any. Another worker at the same list leaves it alone."""
    with transaction.atomic():
        unlocked = models.AffectedList.objects.filter(pk=list_id).values_list("incident", flat=True).first()
        incident = models.Incident.objects.select_for_update(skip_locked=True).filter(pk=unlocked or 0).first()
        if incident is None:
            return False
        kept = models.AffectedList.objects.get(pk=list_id)
        if kept.done_at is not None:
            return False
        found, line, end = _next_rows(kept)
        _take(incident, kept, found, now=now)
        kept.line, kept.read = line, end
        if not found:
            kept.done_at, kept.read = now, kept.size
        kept.save(update_fields=["line", "read", "taken", "again", "rejected", "done_at"])
    if kept.done_at is not None:
        with suppress(OSError):
            _place(kept.stored_as).unlink(missing_ok=True)
    return True


def _next_rows(kept: models.AffectedList) -> tuple[list[Row], int, int]:
    """Return the next rows, with the line and the byte after them."""
    place = _place(kept.stored_as)
    if not place.is_file():
        return [], kept.line, kept.read
    with place.open("rb") as reading:
        reading.seek(kept.read)
        lines: Iterator[bytes] = iter(lambda: reading.readline(_BLOCK), b"")
        cut = people_lists.cut(lines, sign=kept.delimiter, line=kept.line + 1)
        found = list(islice(cut, AT_ONCE))
    if not found:
        return [], kept.line, kept.size
    return found, found[-1].line + found[-1].lines - 1, kept.read + found[-1].end


def _take(incident: models.Incident, kept: models.AffectedList, found: list[Row], *, now: datetime) -> None:
    candidates: list[tuple[Row, Candidate]] = []
    rejects: list[tuple[Row, str]] = []
    for row in found:
        try:
            named = people_lists.named(row, kept.columns, currency=incident.currency, address=mail_address)
        except NamesNobody as nobody:
            rejects.append((row, nobody.why))
        else:
            candidates.append((row, Candidate(named=named)))
    verdicts = incident_people.take(incident, [candidate for _, candidate in candidates], now=now)
    rejects += [
        (row, verdict) for (row, _), verdict in zip(candidates, verdicts, strict=True) if verdict not in (NEW, AGAIN)
    ]
    kept.taken += verdicts.count(NEW)
    kept.again += verdicts.count(AGAIN)
    kept.rejected += len(rejects)
    rows.create(
        [
            models.RejectedRow(source=kept, line=row.line, cells=list(row.cells), why=why)
            for row, why in sorted(rejects, key=lambda reject: reject[0].line)
        ]
    )
