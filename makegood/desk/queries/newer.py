"""What has come since a board was drawn: a question so small that an open page may ask it every half minute."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from makegood.desk import models

from . import board

MOST = 99
"""So many are counted; more are "99 and more"."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The last case and the last alarm there were when a board was drawn, by their keys."""

    case: int
    alarm: int


def seen_by_now() -> Seen:
    """Return how far the record has come. Ask before the board is read, so that nothing is passed over."""
    last_case = models.Case.objects.aggregate(last=Max("pk"))["last"]
    last_alarm = models.Alarm.objects.order_by().aggregate(last=Max("pk"))["last"]
    return Seen(case=last_case or 0, alarm=last_alarm or 0)


def newer(who: models.Staff, seen: Seen, *, whose: str, door: str, source: str) -> tuple[int, int]:
    """Return how many cases that the filters leave, and how many ringing alarms on any, are newer; each up to `MOST`.

    Only rows after the ones seen are looked at, so it costs nothing while nothing comes.
    """
    waiting = board.waiting(who)
    cases = board.chosen(waiting, who, whose=whose, door=door, source=source).filter(pk__gt=seen.case)
    alarms = board.unanswered(waiting).filter(pk__gt=seen.alarm, repeat=False)
    return cases.order_by()[:MOST].count(), alarms[:MOST].count()
