"""How often a sign-in failed lately. Counted from the house's journal, so that all processes see one number."""

from __future__ import annotations

from datetime import datetime, timedelta

from makegood.desk import models

WINDOW = timedelta(minutes=15)
BY_BOTH = 8
"""Failures within the window after which one network address is no longer heard about one account."""
BY_ACCOUNT = 60
"""The same for an account, wherever they come from: high, so that nobody can shut a colleague out cheaply."""
BY_ADDRESS = 40
"""The same for one network address, whichever accounts it tries: high, since an office may share one."""


def must_wait(*, account: str, address: str, now: datetime) -> bool:
    """Return whether no further try is heard now. Both are fingerprints, never the words that were typed."""
    failed = models.Entry.objects.filter(case=None, name="sign_in.failed", at__gt=now - WINDOW)
    limits = (
        (failed.filter(facts__account=account, facts__address=address), BY_BOTH),
        (failed.filter(facts__account=account), BY_ACCOUNT),
        (failed.filter(facts__address=address), BY_ADDRESS),
    )
    return any(found[:limit].count() >= limit for found, limit in limits)


def last_code_step(staff: models.Staff) -> int:
    """Return the step of the last one-time code this person used: no code counts twice."""
    used = models.Entry.objects.filter(case=None, name="sign_in.done", by=staff, facts__has_key="step")
    last = used.order_by("-seq").first()
    return int(last.facts["step"]) if last else 0
