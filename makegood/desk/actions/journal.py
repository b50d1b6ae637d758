"""Writing the journal: each entry carries the hash of the one before it in its chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from makegood.desk import models
from makegood.desk.chain import START, Line, sealed
from makegood.rules.events import Event
from makegood.rules.written_events import plain

from . import rows


def append(case: models.Case, events: Sequence[Event], *, actor: str, now: datetime) -> list[Line]:
    """Return the entries for these events, chained onto the case; the caller saves them and the head."""
    entries = []
    for event in events:
        entry = Line(
            case_id=case.pk,
            seq=case.head_seq + 1,
            name=event.name,
            at=event.at,
            recorded_at=now,
            by_id=event.by,
            actor="staff" if event.by is not None else actor,
            facts=plain(event),
            previous=case.head_hash or START,
        )
        entry = Line._make((*entry[:-1], sealed(entry)))
        case.head_seq, case.head_hash = entry.seq, entry.hash
        entries.append(entry)
    return entries


def save(lines: Iterable[Line]) -> None:
    """Write entries as they stand."""
    rows.insert(models.Entry, Line._fields, lines)


def write_house(
    name: str,
    facts: Mapping[str, Any],
    *,
    now: datetime,
    by: models.Staff | None = None,
    actor: str = "program",
) -> models.Entry:
    """Write down something that happened to the house itself: people, policies, the watch, the ledger."""
    (entry,) = write_house_all(name, [facts], now=now, by=by, actor=actor)
    return entry


def write_house_all(
    name: str,
    each: Sequence[Mapping[str, Any]],
    *,
    now: datetime,
    by: models.Staff | None = None,
    actor: str = "program",
) -> list[models.Entry]:
    """Write down something that happened several times at once, an entry for each."""
    chain = models.Entry.objects.filter(case=None)
    # The first entry is the lock: two who locked the last one would both follow it.
    chain.select_for_update().order_by("seq").first()
    last = chain.order_by("-seq").first()
    seq, head = (last.seq, last.hash) if last else (0, START)
    entries = []
    for facts in each:
        entry = models.Entry(
            seq=seq + 1,
            name=name,
            at=now,
            recorded_at=now,
            by=by,
            actor="staff" if by else actor,
            facts=dict(facts),
            previous=head,
        )
        entry.hash = sealed(entry)
        seq, head = entry.seq, entry.hash
        entries.append(entry)
    return rows.create(entries)
