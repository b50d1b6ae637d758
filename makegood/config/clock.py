"""The only place that reads the clock.

Doors call `now()` once and pass it on. A story sets a clock of its own, so
that weeks pass in a second through the same doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _real() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  (here, and nowhere else)


_clock: Callable[[], datetime] = _real


def now() -> datetime:
    """Return this moment, in UTC."""
    return _clock()


@contextmanager
def reading(clock: Callable[[], datetime]) -> Iterator[None]:
    """Let `now()` read another clock for a while."""
    global _clock
    before = _clock
    _clock = clock
    try:
        yield
    finally:
        _clock = before
