"""Writing the journal: each entry carries the hash of the one before it in its chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from makegood.desk import models
from makegood.rules.events import Event, plain

_START = "0" * 64


def chain_hash(previous: str, facts: Mapping[str, Any]) -> str:
    """Return SHA-256 over the previous hash and the entry, as hex. Field order does not matter."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def sealed(entry: models.Entry) -> str:
    """Return the hash this entry should have, from everything it says."""
    return chain_hash(
        entry.previous,
        {
            "case": entry.case_id,
            "seq": entry.seq,
            "name": entry.name,
            "at": _instant(entry.at),
            "recorded_at": _instant(entry.recorded_at),
            "by": entry.by_id,
            "actor": entry.actor,
            "facts": entry.facts,
        },
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def append(case: models.Case, events: Sequence[Event], *, actor: str, now: datetime) -> list[models.Entry]:
    """Return the entries for these events, chained onto the case; the caller saves them and the head."""
    entries = []
    for event in events:
        entry = models.Entry(
            case=case,
            seq=case.head_seq + 1,
            name=event.name,
            at=event.at,
            recorded_at=now,
            by_id=event.by,
            actor="staff" if event.by is not None else actor,
            facts=plain(event),
            previous=case.head_hash or _START,
        )
        entry.hash = sealed(entry)
        case.head_seq, case.head_hash = entry.seq, entry.hash
        entries.append(entry)
    return entries


def write_house(
    name: str,
    facts: Mapping[str, Any],
    *,
    now: datetime,
    by: models.Staff | None = None,
    actor: str = "program",
) -> models.Entry:
    """Write down something that happened to the house itself: people, policies, the watch, the ledger."""
    last = models.Entry.objects.select_for_update().filter(case=None).order_by("-seq").first()
    entry = models.Entry(
        seq=last.seq + 1 if last else 1,
        name=name,
        at=now,
        recorded_at=now,
        by=by,
        actor="staff" if by else actor,
        facts=dict(facts),
        previous=last.hash if last else _START,
    )
    entry.hash = sealed(entry)
    entry.save(force_insert=True)
    return entry
