"""Sign-ins on the record: those that failed, which slow down the next try, and those that were good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from makegood.desk import models

from . import journal


def fail(*, account: str, address: str, now: datetime) -> None:
    """Record that a sign-in failed. `account` and `address` are fingerprints: a password typed into
    the wrong field must not end in the journal."""
    with transaction.atomic():
        journal.write_house("sign_in.failed", {"account": account, "address": address}, now=now)


def succeed(staff: models.Staff, *, address: str, step: int | None = None, now: datetime) -> None:
    """Record a good sign-in; `step` is that of the one-time code, which is thereby used up."""
    facts: dict[str, object] = {"staff": staff.pk, "address": address}
    if step is not None:
        facts["step"] = step
    with transaction.atomic():
        journal.write_house("sign_in.done", facts, now=now, by=staff)
