"""A case while something happens to it.

A decision is a list of events. `Unfolding` lets each event take effect at
once, so that the next line of the decision sees the case as it has become.
"""

from __future__ import annotations

from datetime import datetime

from . import cases
from .cases import Case
from .escalation import House
from .events import Event
from .waking import Moment, Moments


class Unfolding:
    """The events of one decision, and the case they have made so far."""

    def __init__(self, case: Case, house: House, *, now: datetime, opening: tuple[Event, ...] = ()) -> None:
        self.case = case
        self.house = house
        self.now = now
        self.events: list[Event] = list(opening)
        self._moments = Moments()

    def happen(self, event: Event) -> None:
        """Let `event` take effect."""
        self.case = cases.after(self.case, event)
        self.events.append(event)

    def next_moment(self, *, now: datetime | None = None) -> Moment | None:
        """Return what time does next to the case as it has become. `now` is that of `waking.next_moment`."""
        return self._moments.next(self.case, self.house, now=now)

    @property
    def wakes_at(self) -> datetime | None:
        """When time will next do something to it; None for a closed case."""
        moment = self.next_moment()
        return moment.at if moment else None
