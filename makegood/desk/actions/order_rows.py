"""Tasks by hand that are over because their remedy went on without them. Part of recording a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from makegood.desk import models, reading
from makegood.rules import remedy_events as rev
from makegood.rules.events import Event

State = models.Order.State
_OVER = (rev.RemedyShipped, rev.RemedyDelivered, rev.RemedyConfirmed, rev.RemedyFailed, rev.RemedyReversed)


def keep_up(happened: Iterable[tuple[models.Remedy, Iterable[Event]]], *, now: datetime) -> None:
    """Let a task be done when its remedy was sent, arrived or was confirmed; be withdrawn when it ended otherwise.

    Whoever says so on the case need not say it again in the list of tasks.
    """
    over = [(row, event) for row, events in happened for event in events if isinstance(event, _OVER)]
    if not over:
        return
    asked = models.Order.objects.filter(remedy__in=reading.keys([row.pk for row, _ in over]))
    by_hand = set(asked.filter(state=State.BY_HAND, reverses=None).values_list("remedy", flat=True))
    for row, event in over:
        if row.pk not in by_hand:
            continue
        match event:
            case rev.RemedyShipped():
                _end(row, State.DONE, event, event.reference, now=now)
            case rev.RemedyDelivered() | rev.RemedyConfirmed():
                _end(row, State.DONE, event, event.evidence, now=now)
            case _:
                _end(row, State.WITHDRAWN, event, "", now=now)


def _end(row: models.Remedy, state: State, event: Event, evidence: str, *, now: datetime) -> None:
    tasks = models.Order.objects.filter(remedy=row, state=State.BY_HAND, reverses=None)
    tasks.update(state=state, evidence=evidence[:300], settled_at=now, settled_by=event.by)
