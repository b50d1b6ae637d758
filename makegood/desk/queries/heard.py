"""How well the house's own messages are read: what was proposed, and what people said to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from makegood.desk import access, models
from makegood.rules.shares import Share, share

Task, Verdict = models.Heard.Task, models.Heard.Verdict
JUDGED = (Verdict.CONFIRMED, Verdict.OVERRULED, Verdict.MISSED)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One thing that reading proposes, and how often people agreed."""

    task: str
    label: str
    reader: str
    confirmed: int
    overruled: int
    missed: int
    open: int

    @property
    def right(self) -> Share | None:
        """Of the proposals that were judged, those that were right (precision)."""
        return share(self.confirmed, self.confirmed + self.overruled)

    @property
    def found(self) -> Share | None:
        """Of what there was by a person's word, what reading had proposed (recall)."""
        return share(self.confirmed, self.confirmed + self.missed)


def readings(who: models.Staff) -> QuerySet[models.Heard]:
    """Return the proposals about messages of cases that somebody may see."""
    return models.Heard.objects.filter(contact__case__in=access.cases_for(who))


def figures(who: models.Staff) -> list[Figure]:
    """Return one figure for each thing that is proposed, in the order of the tasks; references count by type."""
    counted: Counter[tuple[str, str, str, str]] = Counter()
    rows = readings(who).values_list("task", "label", "reader", "verdict").annotate(n=Count("pk")).order_by()
    for task, label, reader, verdict, n in rows:
        counted[task, _shown(task, label), reader, verdict] += n
    groups = sorted({key[:3] for key in counted}, key=lambda key: (list(Task).index(Task(key[0])), *key[1:]))
    return [_figure(counted, *group) for group in groups]


def _shown(task: str, label: str) -> str:
    return label if task in (Task.KIND, Task.LABEL) else label.partition(" ")[0] if task == Task.REFERENCE else ""


def _figure(counted: Counter[tuple[str, str, str, str]], task: str, label: str, reader: str) -> Figure:
    of = {verdict: counted[task, label, reader, verdict] for verdict in Verdict.values}
    return Figure(
        task=task,
        label=label,
        reader=reader,
        confirmed=of["confirmed"],
        overruled=of["overruled"],
        missed=of["missed"],
        open=of["open"],
    )


def behind(who: models.Staff, *, task: str, label: str, verdict: str, reader: str = "") -> QuerySet[models.Heard]:
    """Return the proposals behind a number, the newest first."""
    found = readings(who).filter(task=task, verdict=verdict)
    if reader:
        found = found.filter(reader=reader)
    if label:
        found = found.filter(label__startswith=f"{label} ") if task == Task.REFERENCE else found.filter(label=label)
    return found.select_related("contact", "contact__case", "contact__case__customer", "judged_by").order_by("-pk")


def of_contacts(contacts: Iterable[models.Contact]) -> dict[int, list[models.Heard]]:
    """Return what was read out of each of these messages."""
    rows: dict[int, list[models.Heard]] = {}
    for row in models.Heard.objects.filter(contact__in=[c.pk for c in contacts]):
        rows.setdefault(row.contact_id, []).append(row)
    return rows
