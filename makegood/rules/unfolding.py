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


class Unfolding:
    """The events of one decision, and the case they have made so far."""

    def __init__(self, case: Case, house: House, *, now: datetime, opening: tuple[Event, ...] = ()) -> None:
        self.case = case
        self.house = house
        self.now = now
        self.events: list[Event] = list(opening)

    def happen(self, event: Event) -> None:
        """Let `event` take effect."""
        self.case = cases.after(self.case, event)
        self.events.append(event)
