"""A remedy is confirmed by its code: he who redeems it has what he was given, and came back for it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from makegood.desk import models
from makegood.rules.refusals import Refusal

from . import remedies


def confirm(*, now: datetime, limit: int = 50) -> int:
    """Confirm up to `limit` delivered remedies whose code was redeemed; returns how many.

    Not in the transaction of the redemption: a till must not wait for a case that somebody is at work on.
    """
    waiting = models.Remedy.objects.filter(
        step="delivered",
        options__key=F("chosen"),
        options__evidence_by="redeemed",
        codes__redemptions__isnull=False,
    )
    done = 0
    for case, number, order in waiting.values_list("case", "number", "codes__redemptions__order").distinct()[:limit]:
        try:
            remedies.confirm(case, number, evidence=f"redeemed for order {order}", now=now)
        except Refusal:
            # Somebody confirmed it, or took it back, a moment ago.
            continue
        done += 1
    return done
