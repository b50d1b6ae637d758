"""Noticing that the clock on the wall jumped, by a clock that only ever runs on (F-20).

A step of the wall clock is either an error about to be corrected or a machine
that slept. Nothing can tell the two apart at once, so after a step the watch
holds still for a moment: a clock that is put right again within it has
changed nothing, and one that stays is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(seconds=30)
"""A difference between the two clocks that is no drift."""
HOLD = 20.0
"""Seconds for which nothing rings after a step; well under the alarm limit of a minute."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """The wall clock moved by `by` more than time did; backwards where it is negative."""

    was: datetime
    by: timedelta

    def told(self, now: datetime) -> dict[str, str]:
        """Return it as the journal keeps it."""
        return {"was": self.was.isoformat(), "is": now.isoformat(), "seconds": str(int(self.by.total_seconds()))}


class ClockSteps:
    """Compares the wall clock with a monotonic one."""

    def __init__(self) -> None:
        self._wall: datetime | None = None
        self._monotonic = 0.0
        self._held_until = 0.0

    def look(self, now: datetime, *, monotonic: float) -> Step | None:
        """Return the step since the last look, if there was one. `monotonic` is in seconds."""
        step = None
        if self._wall is not None:
            expected = self._wall + timedelta(seconds=monotonic - self._monotonic)
            if abs(now - expected) > STEP:
                step = Step(was=expected, by=now - expected)
                self._held_until = monotonic + HOLD
        self._wall, self._monotonic = now, monotonic
        return step

    def holds(self, *, monotonic: float) -> bool:
        """Return whether a step is too fresh to be believed."""
        return monotonic < self._held_until
