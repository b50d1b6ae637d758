"""P8: history can't be bent. Chains, and what the rows say against what the journal adds up to.

That chains are whole the database says of all of them (`links`). Here the cases of a coverage are
recomputed: each entry's hash, and each column and promise from the folded journal. Everything is read in
batches by key, so a million cases need no more memory than a thousand. The desk goes on meanwhile: a case
that looks wrong is looked at again as of one moment, and only what is still wrong is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice, pairwise

from makegood.desk import models
from makegood.desk.chain import START, Line, sealed
from makegood.rules import cases, written_events
from makegood.rules import events as ev
from makegood.rules.promises import State

from . import kept_remedies, links
from .coverage import BATCH, Coverage
from .one_moment import one_moment

# ── the chain of each case, and what it adds up to ──────────────────────────


def bent_cases(part: Coverage, *, passed: Callable[[int], None] = lambda _: None) -> Iterator[tuple[models.Case, str]]:
    """Yield each fault of a case's history: the case, and a sentence that names the entry or the column."""
    looked_again: set[int] = set()
    for pk in (*links.loose(part), *links.ending_elsewhere(part)):
        if pk not in looked_again:
            looked_again.add(pk)
            yield from _again(pk)
    for rows in part.batches(passed):
        stories, promised, remedies = journals(rows), _promised(rows), kept_remedies.kept(rows)
        for row in rows:
            faults = faults_of(row, stories[row.pk], promised[row.pk], remedies[row.pk])
            if row.pk not in looked_again and any(faults):
                yield from _again(row.pk)


def journals(rows: Sequence[models.Case]) -> dict[int, list[Line]]:
    """Return the journals of these cases, in order."""
    found: dict[int, list[Line]] = defaultdict(list)
    entries = models.Entry.objects.filter(case__in=[row.pk for row in rows]).order_by("case_id", "seq")
    for line in map(Line._make, entries.values_list(*Line._fields)):
        assert line.case_id is not None
        found[line.case_id].append(line)
    return found


def _promised(rows: Sequence[models.Case]) -> dict[int, list[models.Promise]]:
    found: dict[int, list[models.Promise]] = defaultdict(list)
    # Words and evidence may be long, and nothing here asks for them.
    promises = models.Promise.objects.filter(case__in=[row.pk for row in rows]).defer("words", "evidence")
    for promise in promises.order_by():
        found[promise.case_id].append(promise)
    return found


def _again(pk: int) -> Iterator[tuple[models.Case, str]]:
    """Look once more as of one moment: it may only have moved between two readings."""
    with one_moment():
        row = models.Case.objects.get(pk=pk)
        remedies = kept_remedies.kept([row])[pk]
        faults = list(faults_of(row, journals([row])[pk], _promised([row])[pk], remedies))
    yield from ((row, fault) for fault in faults)


def faults_of(
    row: models.Case, entries: Sequence[Line], promises: Sequence[models.Promise], remedies: kept_remedies.Kept
) -> Iterator[str]:
    """Yield what is wrong with one case's history. A chain that does not hold is not folded."""
    broken = list(faults_of_chain(entries))
    head = (entries[-1].seq, entries[-1].hash) if entries else (0, "")
    if (row.head_seq, row.head_hash) != head:
        broken.append(f"the case ends its chain with entry {row.head_seq}, the journal with entry {head[0]}")
    yield from broken
    if broken:
        return
    try:
        story = [event_of(entry) for entry in entries]
        case = cases.fold(story)
    except (ValueError, KeyError, IndexError, TypeError, AssertionError) as error:
        yield f"the journal adds up to no case: {type(error).__name__}"
        return
    yield from _columns(row, case)
    yield from _promises(promises, case, story)
    yield from kept_remedies.faults_of(remedies, case, story)


def event_of(entry: Line) -> ev.Event:
    """Return the event that an entry records. Raises what `written_events.from_plain` raises."""
    return written_events.from_plain(entry.name, entry.at, entry.by_id, entry.facts)


def faults_of_chain(entries: Sequence[Line]) -> Iterator[str]:
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
    "opened_at", "unanswered_at", "substantive_at", "door", "merged_into",
)  # fmt: skip


def _columns(row: models.Case, case: cases.Case) -> Iterator[str]:
    true = {
        "owner": case.owner,
        "offered_to": case.offer.to if case.offer else None,
        "ball": str(case.ball),
    }
    shown = {"owner": row.owner_id, "offered_to": row.offered_to_id, "merged_into": row.merged_into_id}
    for name in _COLUMNS:
        is_shown = shown[name] if name in shown else getattr(row, name)
        is_true = true[name] if name in true else getattr(case, name)
        if is_shown != is_true:
            yield f"the case shows {name} as {_said(is_shown)}, its journal says {_said(is_true)}"


def _promises(promises: Sequence[models.Promise], case: cases.Case, story: Sequence[ev.Event]) -> Iterator[str]:
    rows = {promise.number: promise for promise in promises}
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
    last: Line | None = None
    chain = models.Entry.objects.filter(case=None).order_by("seq").values_list(*Line._fields)
    while batch := [Line._make(row) for row in islice(chain.filter(seq__gt=last.seq if last else 0), BATCH)]:
        if last is None:
            yield from faults_of_chain(batch)
        else:
            for before, entry in pairwise([last, *batch]):
                if entry.seq != before.seq + 1 or entry.previous != before.hash:
                    yield f"entry {entry.seq} does not follow from the one before it"
                elif sealed(entry) != entry.hash:
                    yield f"entry {entry.seq} ({entry.name}) was changed after it was written"
        last = batch[-1]
