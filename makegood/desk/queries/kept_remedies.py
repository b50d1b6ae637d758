"""P8 of remedies: whether each row shows what its journal adds up to, its words and what we hold included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from makegood.desk import models
from makegood.rules import cases
from makegood.rules import events as ev
from makegood.rules.remedy_events import RemedyProposed
from makegood.rules.remedy_steps import Remedy

from .remedy_seals import seal


@dataclass
class Kept:
    """What the record keeps of one case's remedies."""

    remedies: list[models.Remedy] = field(default_factory=list)
    held: list[int] = field(default_factory=list)


def kept(rows: Sequence[models.Case]) -> dict[int, Kept]:
    """Return what is kept of these cases, by their keys."""
    keys = [row.pk for row in rows]
    found: dict[int, Kept] = defaultdict(Kept)
    for remedy in models.Remedy.objects.filter(case__in=keys).prefetch_related("options").order_by("case", "number"):
        found[remedy.case_id].remedies.append(remedy)
    holdings = models.Holding.objects.filter(case__in=keys, returned_at=None).order_by("pk")
    for case, pk in holdings.values_list("case", "pk"):
        found[case].held.append(pk)
    return found


def faults_of(shown: Kept, case: cases.Case, story: Sequence[ev.Event]) -> Iterator[str]:
    """Yield where the record of a case's remedies says something else than its journal."""
    rows = {row.number: row for row in shown.remedies}
    said = {event.number: event.words_hash for event in story if isinstance(event, RemedyProposed)}
    for fact in case.remedies:
        row = rows.pop(fact.number, None)
        if row is None:
            yield f"remedy {fact.number} is in the journal and not in the record"
            continue
        yield from _columns(row, fact)
        read = [(option.key, option.title, option.description) for option in row.options.all()]
        if seal(row.words, read) != said[fact.number]:
            yield f"remedy {fact.number} shows other words than those that were proposed"
    for number in rows:
        yield f"remedy {number} is in the record and not in the journal"
    if sorted(shown.held) != sorted(case.holdings):
        yield f"the record holds {sorted(shown.held)} of the customer's, the journal {sorted(case.holdings)}"


_SAME = (
    "kind", "failure", "currency", "needs", "custom", "before_wish", "late", "weak", "proposed_at", "moved_at",
    "offered_at", "expires_at", "ordered_at", "ancestor", "incident", "item",
)  # fmt: skip


def _columns(row: models.Remedy, fact: Remedy) -> Iterator[str]:
    true = {name: getattr(fact, name) for name in _SAME} | {
        "step": str(fact.step),
        "cost": fact.cost().minor,
        "value": fact.value().minor,
        "gives": fact.counts,
        "chosen": fact.chosen or "",
        "proposed_by_id": fact.proposed_by,
        "approved_by_id": fact.approved_by,
    }
    for name, is_true in true.items():
        if getattr(row, name) != is_true:
            label = name.removesuffix("_id")
            yield f"remedy {row.number} shows {label} as {getattr(row, name)}, its journal says {is_true}"
