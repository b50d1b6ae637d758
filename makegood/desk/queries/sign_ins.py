"""How often a sign-in failed lately. Counted from the house's journal, so that all processes see one number."""

from __future__ import annotations

from datetime import datetime, timedelta

from makegood.desk import models

WINDOW = timedelta(minutes=15)
BY_ACCOUNT = 8
"""Failures within the window after which an account waits, wherever they come from."""
BY_ADDRESS = 24
"""The same for one network address, whichever accounts it tries."""


def must_wait(*, account: str, address: str, now: datetime) -> bool:
    """Return whether no further try is heard now. Both are fingerprints, never the words that were typed."""
    failed = models.Entry.objects.filter(case=None, name="sign_in.failed", at__gt=now - WINDOW)
    by_account = failed.filter(facts__account=account)[:BY_ACCOUNT].count()
    return by_account >= BY_ACCOUNT or failed.filter(facts__address=address)[:BY_ADDRESS].count() >= BY_ADDRESS


def last_code_step(staff: models.Staff) -> int:
    """Return the step of the last one-time code this person used: no code counts twice."""
    used = models.Entry.objects.filter(case=None, name="sign_in.done", by=staff, facts__has_key="step")
    last = used.order_by("-seq").first()
    return int(last.facts["step"]) if last else 0
