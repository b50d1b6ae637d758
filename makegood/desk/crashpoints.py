"""Named places where a test may let the program die.

Each call stands at a boundary: before or after a commit, before or after a
byte goes over a network. Outside a test it costs one comparison. The
environment variable MAKEGOOD_CRASH_AT names the place and, after a colon,
how often it is passed before it strikes: `outbox.after_250:3`.
"""

from __future__ import annotations

import os
import signal

_where, _, _count = os.environ.get("MAKEGOOD_CRASH_AT", "").partition(":")
_left = int(_count) if _count.isdigit() else 1


def crashpoint(name: str) -> None:
    """Die here, as if the power had gone, if this is the place that a test named."""
    global _left
    if name != _where:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
