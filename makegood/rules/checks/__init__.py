"""What the desk and the audit look for; each check carries its good and bad examples.

check       what a check is
promises    kept late, forgotten, told to nobody, moved; an offer lapsed
silence     drip asks, two answers, empty apologies, not reached, silent beyond the limit, nobody asked
ownership   ping-pong, closed unanswered, reopened again, had to escalate, helped when loud, no owner
remedies    it failed, too; it never came; it came too late
record      the record contradicts itself
"""

from __future__ import annotations

from . import ownership, promises, record, remedies, silence
from .check import Check

CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (*promises.CHECKS, *silence.CHECKS, *ownership.CHECKS, *remedies.CHECKS, *record.CHECKS),
        key=lambda check: check.code,
    )
)
"""Every check, by code."""
