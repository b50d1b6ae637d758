"""P8: the seals over the heads of all chains, against the record and against the file outside the database.

A case names the entry its chain ends with, and `links` has held all of these against the journal; so the
heads of a sealed day are the heads of now, but for the cases that were written to since. The newest seals
are recomputed from one pass over the cases and the entries since the oldest of them.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from django.db.models import Q

from makegood.desk import models
from makegood.desk.chain import START

from .one_moment import one_moment

SEALS = 8
"""How many of the newest seals are recomputed."""
_CASES = 5_000
"""So many cases are sealed at a time."""


def bent_seals(log: Path) -> Iterator[str]:
    """Yield each day whose seal no longer fits: the newest by recomputing, all against the file outside."""
    anchors = list(models.Anchor.objects.order_by("day"))
    newest = anchors[-SEALS:]
    with one_moment():
        digests, counts = _digests(newest), _counts(newest)
    for anchor in newest:
        if digests[anchor.pk] != anchor.digest:
            yield f"what was written up to {anchor.day} is not what was sealed that day"
        elif counts[anchor.pk] != anchor.entries:
            yield f"of the {anchor.entries} entries sealed on {anchor.day} some are gone, or were slipped in"
    outside = read_seals(log)
    for anchor in anchors:
        written = outside.pop(anchor.day, None)
        if written is not None and written != seal_line(anchor):
            yield f"the seal of {anchor.day} is not the one written outside the database"
    for day in outside:
        yield f"the seal of {day} is written outside the database and is gone from it"


def _counts(anchors: Sequence[models.Anchor]) -> dict[int, int]:
    """Return how many entries there are up to each seal: all, less those since."""
    everything = models.Entry.objects.count()
    return {a.pk: everything - models.Entry.objects.filter(pk__gt=a.last_entry).count() for a in anchors}


def _digests(anchors: Sequence[models.Anchor]) -> dict[int, str]:
    """Return each seal anew: SHA-256 over the last entry of every chain as it was then."""
    if not anchors:
        return {}
    ends = {anchor.pk: anchor.last_entry for anchor in anchors}
    later = _entries_since(min(ends.values()))
    seals = {pk: hashlib.sha256(_line_of_house(end)) for pk, end in ends.items()}
    heads = models.Case.objects.order_by("pk").values_list("pk", "head_seq", "head_hash")
    last = 0
    while rows := list(heads.filter(pk__gt=last)[:_CASES]):
        last = rows[-1][0]
        lines = {pk: _line(pk, seq, head) for pk, seq, head in rows}
        moved = [pk for pk in lines if pk in later]
        whole = b"".join(lines.values()) if not moved else b""
        for anchor, seal in seals.items():
            if moved:
                then = lines | {pk: _line_then(pk, later[pk], ends[anchor], lines[pk]) for pk in moved}
                whole = b"".join(then.values())
            seal.update(whole)
    return {anchor: seal.hexdigest() for anchor, seal in seals.items()}


def _line_of_house(end: int) -> bytes:
    """The line of the house's own chain as it was when this entry was the last of all."""
    chain = models.Entry.objects.filter(case=None, pk__lte=end).order_by("-seq")
    seq, head = chain.values_list("seq", "hash").first() or (0, START)
    return f"house:{seq}:{head}\n".encode()


def _line(case: int, seq: int, head: str) -> bytes:
    return f"{case}:{seq}:{head}\n".encode()


def _entries_since(end: int) -> dict[int, list[tuple[int, int, str, str]]]:
    """Return what was written to cases since an entry: case → (key, seq, the hash before, hash), in order."""
    found: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    since = models.Entry.objects.filter(Q(pk__gt=end), case__isnull=False).order_by("pk")
    for case, *entry in since.values_list("case_id", "pk", "seq", "previous", "hash").iterator(chunk_size=5_000):
        found[case].append(tuple(entry))  # type: ignore[arg-type]  # of four
    return found


def _line_then(case: int, since: Sequence[tuple[int, int, str, str]], end: int, now: bytes) -> bytes:
    """Return a case's line as of an entry: its head now, the one that the first later entry follows, or none yet."""
    first_later = next((entry for entry in since if entry[0] > end), None)
    if first_later is None:
        return now
    _key, seq, previous, _hash = first_later
    return _line(case, seq - 1, previous) if seq > 1 else b""


def seal_line(anchor: models.Anchor) -> str:
    """Return a seal as its line of anchors.log."""
    written = {
        "day": anchor.day.isoformat(),
        "sealed_at": anchor.sealed_at.isoformat(),
        "entries": anchor.entries,
        "last_entry": anchor.last_entry,
        "digest": anchor.digest,
    }
    return json.dumps(written) + "\n"


def read_seals(path: Path) -> dict[date, str]:
    """Return the lines of anchors.log by their day; a line that is no seal is left out."""
    found: dict[date, str] = {}
    if not path.exists():
        return found
    for line in path.read_text("utf-8").splitlines(keepends=True):
        try:
            found.setdefault(date.fromisoformat(json.loads(line)["day"]), line)
        except (ValueError, KeyError, TypeError):
            continue
    return found
