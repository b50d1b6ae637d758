"""P8: history can't be bent. Chains, seals, and what the rows say against what the journal adds up to.

Everything is read in batches by key, so a million cases need no more memory
than a thousand. The desk goes on meanwhile: a case that looks wrong is looked
at again under its own lock, and only what is still wrong is reported.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from makegood.desk import facts, models
from makegood.desk.chain import START, digest_of_heads, sealed
from makegood.rules import cases
from makegood.rules import events as ev
from makegood.rules.promises import State

BATCH = 500
SEALS = 8
"""How many of the newest seals are recomputed; each takes one pass over the heads of all cases."""


# ── the chain of each case, and what it adds up to ──────────────────────────


def bent_cases() -> Iterator[tuple[models.Case, str]]:
    """Yield each fault of a case's history: the case, and a sentence that names the entry or the column."""
    for rows in in_batches(models.Case.objects.order_by("pk")):
        stories = journals(rows)
        for row in rows:
            if any(faults_of(row, stories[row.pk])):
                yield from _again(row.pk)


def in_batches(rows: Any) -> Iterator[list[models.Case]]:
    """Yield cases in batches by key, each batch read by a query of its own."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def journals(rows: Sequence[models.Case]) -> dict[int, list[models.Entry]]:
    """Return the journals of these cases, in order."""
    found: dict[int, list[models.Entry]] = defaultdict(list)
    for entry in models.Entry.objects.filter(case__in=[row.pk for row in rows]).order_by("case_id", "seq"):
        assert entry.case_id is not None
        found[entry.case_id].append(entry)
    return found


def _again(pk: int) -> Iterator[tuple[models.Case, str]]:
    """Look once more while nobody can write to the case: it may only have moved between two readings."""
    with transaction.atomic():
        row = models.Case.objects.select_for_update().get(pk=pk)
        faults = list(faults_of(row, journals([row])[pk]))
    yield from ((row, fault) for fault in faults)


def faults_of(row: models.Case, entries: Sequence[models.Entry]) -> Iterator[str]:
    """Yield what is wrong with one case's history. A chain that does not hold is not folded."""
    broken = list(faults_of_chain(entries))
    head = (entries[-1].seq, entries[-1].hash) if entries else (0, "")
    if (row.head_seq, row.head_hash) != head:
        broken.append(f"the case ends its chain with entry {row.head_seq}, the journal with entry {head[0]}")
    yield from broken
    if broken:
        return
    try:
        story = [facts.event(entry) for entry in entries]
        case = cases.fold(story)
    except (ValueError, KeyError, IndexError, TypeError, AssertionError) as error:
        yield f"the journal adds up to no case: {type(error).__name__}"
        return
    yield from _columns(row, case)
    yield from _promises(row, case, story)


def faults_of_chain(entries: Sequence[models.Entry]) -> Iterator[str]:
    """Yield each entry that does not follow from the one before it, or does not say what it was sealed with."""
    previous, seq = START, 0
    for entry in entries:
        if entry.seq != seq + 1:
            yield f"entry {seq + 1} is missing"
        elif entry.previous != previous:
            yield f"entry {entry.seq} does not follow from the one before it"
        elif sealed(entry) != entry.hash:
            yield f"entry {entry.seq} ({entry.name}) was changed after it was written"
        previous, seq = entry.hash, entry.seq


_COLUMNS = (
    "owner", "offered_to", "open", "quarantined", "ball", "ball_until", "closed_at", "received_at",
    "opened_at", "unanswered_at", "substantive_at", "door",
)  # fmt: skip


def _columns(row: models.Case, case: cases.Case) -> Iterator[str]:
    true = {
        "owner": case.owner,
        "offered_to": case.offer.to if case.offer else None,
        "ball": str(case.ball),
    }
    shown = {"owner": row.owner_id, "offered_to": row.offered_to_id}
    for name in _COLUMNS:
        is_shown = shown[name] if name in shown else getattr(row, name)
        is_true = true[name] if name in true else getattr(case, name)
        if is_shown != is_true:
            yield f"the case shows {name} as {_said(is_shown)}, its journal says {_said(is_true)}"


def _promises(row: models.Case, case: cases.Case, story: Sequence[ev.Event]) -> Iterator[str]:
    rows = {promise.number: promise for promise in row.promises.all()}
    once_broken = {event.number for event in story if isinstance(event, ev.PromiseBroken)}
    for promise in case.promises:
        shown = rows.pop(promise.number, None)
        if shown is None:
            yield f"promise {promise.number} is in the journal and not in the record"
            continue
        for name in ("kind", "said", "due_at", "state", "running", "outstanding", "broken_at", "kept_at"):
            is_shown, is_true = getattr(shown, name), getattr(promise, name)
            if is_shown != is_true:
                yield f"promise {promise.number} shows {name} as {_said(is_shown)}, its journal says {_said(is_true)}"
        if promise.number in once_broken and shown.state == State.KEPT:
            yield f"promise {promise.number} was broken and is now called kept"
    for number in rows:
        yield f"promise {number} is in the record and not in the journal"


def _said(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)


# ── the house's own chain ────────────────────────────────────────────────────


def bent_house() -> Iterator[str]:
    """Yield what is wrong with the house's own chain, read a batch at a time."""
    last: models.Entry | None = None
    chain = models.Entry.objects.filter(case=None).order_by("seq")
    while batch := list(islice(chain.filter(seq__gt=last.seq if last else 0).iterator(), BATCH)):
        if last is None:
            yield from faults_of_chain(batch)
        else:
            for before, entry in pairwise([last, *batch]):
                if entry.seq != before.seq + 1 or entry.previous != before.hash:
                    yield f"entry {entry.seq} does not follow from the one before it"
                elif sealed(entry) != entry.hash:
                    yield f"entry {entry.seq} ({entry.name}) was changed after it was written"
        last = batch[-1]


# ── the seals ────────────────────────────────────────────────────────────────


def bent_seals(log: Path) -> Iterator[str]:
    """Yield each day whose seal no longer fits: the newest by recomputing, all against the file outside."""
    anchors = list(models.Anchor.objects.order_by("day"))
    for anchor in anchors[-SEALS:]:
        if digest_as_of(anchor.last_entry) != anchor.digest:
            yield f"what was written up to {anchor.day} is not what was sealed that day"
        elif models.Entry.objects.filter(pk__lte=anchor.last_entry).count() != anchor.entries:
            yield f"of the {anchor.entries} entries sealed on {anchor.day} some are gone, or were slipped in"
    outside = read_seals(log)
    for anchor in anchors:
        written = outside.pop(anchor.day, None)
        if written is not None and written != seal_line(anchor):
            yield f"the seal of {anchor.day} is not the one written outside the database"
    for day in outside:
        yield f"the seal of {day} is written outside the database and is gone from it"


def digest_as_of(last_entry: int) -> str:
    """Return the seal over the heads of all chains as they were when this entry was the last."""
    known = models.Entry.objects.filter(pk__lte=last_entry)
    house = known.filter(case=None).order_by("-seq").values_list("seq", "hash").first()
    later = known.filter(case=OuterRef("case"), seq__gt=OuterRef("seq"))
    heads = known.filter(~Exists(later), case__isnull=False).order_by("case_id")
    rows = heads.values_list("case_id", "seq", "hash").iterator(chunk_size=2000)
    return digest_of_heads(house or (0, START), ((pk, seq, head) for pk, seq, head in rows if pk is not None))


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
