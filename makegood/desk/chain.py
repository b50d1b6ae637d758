"""The hash chain of the journal: what an entry's hash must be, from everything it says.

Whoever writes the journal (`actions.journal`) and whoever verifies it
(`queries.history`) call the same two functions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

START = "0" * 64
"""What the first entry of a chain names as the hash before it."""


class Line(NamedTuple):
    """A journal entry as plain values: a row of the model costs more than all that is asked of it."""

    case_id: int | None
    seq: int
    name: str
    at: datetime
    recorded_at: datetime
    by_id: int | None
    actor: str
    facts: dict[str, Any]
    previous: str
    hash: str = ""


_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def chain_hash(previous: str, facts: Mapping[str, Any]) -> str:
    """Return SHA-256 over the previous hash and the entry, as hex. Field order does not matter."""
    text = _written(facts)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def sealed(entry: Any) -> str:
    """Return the hash an entry should have, from what it says. A row of the model, or whatever has its columns."""
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


@lru_cache(maxsize=64)
def _instant(at: datetime) -> str:
    # What is written down at once became true, and is recorded, at few moments.
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest_of_heads(house: tuple[int, str], cases: Iterable[tuple[int, int, str]]) -> str:
    """Return the seal over the last entry of every chain: the house's, then each case's by its key."""
    seal = hashlib.sha256(f"house:{house[0]}:{house[1]}\n".encode())
    for pk, seq, head in cases:
        seal.update(f"{pk}:{seq}:{head}\n".encode())
    return seal.hexdigest()
