"""Named places where a test may let the program fail.

Each call stands at a boundary: before or after a commit, before or after a
byte goes over a network, before or after a file is written. Outside a test
it costs one comparison. The environment variable MAKEGOOD_CRASH_AT names the
place and, after a colon, how often it is passed before the program dies
there: `outbox.after_250:3`. A test in the same process may listen to every
place that is passed, and fail there in its own way.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable


def _die() -> None:
    """Go as if the power had gone."""
    os.kill(os.getpid(), signal.SIGKILL)


def striking(where: str, strike: Callable[[], None] = _die) -> Callable[[str], None]:
    """Return a listener that strikes once at `place` or `place:times`, when that place is passed so often."""
    place, _, times = where.partition(":")
    left = int(times) if times.isdigit() else 1

    def passed(name: str) -> None:
        nonlocal left
        if name != place:
            return
        left -= 1
        if left == 0:
            strike()

    return passed


_listener: Callable[[str], None] | None = (
    striking(os.environ["MAKEGOOD_CRASH_AT"]) if os.environ.get("MAKEGOOD_CRASH_AT") else None
)


def listen(listener: Callable[[str], None] | None) -> None:
    """Have every place that is passed told to a test; None ends it."""
    global _listener
    _listener = listener


def crashpoint(name: str) -> None:
    """A test may let the program fail here."""
    if _listener is not None:
        _listener(name)
