"""When a customer who asked for it is reminded of a code: before its end, and when he has not used it for long.

Each at most once, whatever happens to the program. Never of a code that is over, and not while a case of his is
open: then its end stands still, and he waits for us and not we for him.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Reminder(StrEnum):
    """What he is reminded of."""

    END = "end"
    UNUSED = "unused"


@dataclass(frozen=True, kw_only=True)
class Reminders:
    """When a house reminds, `[code_reminders]` in its policy."""

    days_before_end: int = 14
    days_unused: int = 180


@dataclass(frozen=True, kw_only=True)
class Unredeemed:
    """An open code, as far as reminders go."""

    made_at: datetime
    used: bool
    """Whether a part of it was redeemed: then he knows of it."""
    expires_at: datetime | None
    sent: frozenset[Reminder]


def due(code: Unredeemed, policy: Reminders) -> tuple[datetime, Reminder] | None:
    """Return when he is next reminded of it, and of what; None for never. A moment that is gone is due now."""
    found = []
    if code.expires_at is not None and Reminder.END not in code.sent:
        found.append((code.expires_at - timedelta(days=policy.days_before_end), Reminder.END))
    if not code.used and Reminder.UNUSED not in code.sent:
        found.append((code.made_at + timedelta(days=policy.days_unused), Reminder.UNUSED))
    return min(found, default=None)
