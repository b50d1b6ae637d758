"""The hash chain of the journal: what an entry's hash must be, from everything it says.

Whoever writes the journal (`actions.journal`) and whoever verifies it
(`queries.history`) call the same two functions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from . import models

START = "0" * 64
"""What the first entry of a chain names as the hash before it."""


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


def digest_of_heads(house: tuple[int, str], cases: Iterable[tuple[int, int, str]]) -> str:
    """Return the seal over the last entry of every chain: the house's, then each case's by its key."""
    seal = hashlib.sha256(f"house:{house[0]}:{house[1]}\n".encode())
    for pk, seq, head in cases:
        seal.update(f"{pk}:{seq}:{head}\n".encode())
    return seal.hexdigest()
