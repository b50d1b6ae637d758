"""Tasks by hand that are over because their remedy went on without them. Part of recording a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from makegood.desk import models
from makegood.rules import remedy_events as rev
from makegood.rules.events import Event

State = models.Order.State


def keep_up(happened: Iterable[tuple[models.Remedy, Iterable[Event]]], *, now: datetime) -> None:
    """Let a task be done when its remedy was sent, arrived or was confirmed; be withdrawn when it ended otherwise.

    Whoever says so on the case need not say it again in the list of tasks.
    """
    for row, events in happened:
        for event in events:
            match event:
                case rev.RemedyShipped():
                    _end(row, State.DONE, event, event.reference, now=now)
                case rev.RemedyDelivered() | rev.RemedyConfirmed():
                    _end(row, State.DONE, event, event.evidence, now=now)
                case rev.RemedyFailed() | rev.RemedyReversed():
                    _end(row, State.WITHDRAWN, event, "", now=now)


def _end(row: models.Remedy, state: State, event: Event, evidence: str, *, now: datetime) -> None:
    tasks = models.Order.objects.filter(remedy=row, state=State.BY_HAND, reverses=None)
    tasks.update(state=state, evidence=evidence[:300], settled_at=now, settled_by=event.by)
