"""What customers hold, looked at by the watch: ends that come, codes that were redeemed, and hands that are empty."""

from __future__ import annotations

from datetime import datetime

from makegood.desk.actions import custody, entitlements, redeemed_remedies, reminders

AT_ONCE = 50


def look(*, now: datetime) -> bool:
    """Let time do what is due to entitlements, confirm remedies by their codes, remind of codes, look at custody.

    Says whether there may be more to do at once.
    """
    woken = entitlements.wake_due(now=now, limit=AT_ONCE)
    confirmed = redeemed_remedies.confirm(now=now, limit=AT_ONCE)
    reminded = reminders.send_due(now=now, limit=AT_ONCE)
    custody.look(now=now)
    return AT_ONCE in (woken, confirmed, reminded)
