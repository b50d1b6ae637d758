"""Writing the books. What is written can't be changed: the database refuses, and a key is used once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from makegood.desk import models
from makegood.rules.books import Posting, Transfer


def post(
    transfer: Transfer,
    *,
    now: datetime,
    case_id: int | None = None,
    number: int | None = None,
    by: int | None = None,
    follow: bool = True,
) -> models.Transfer:
    """Write one transfer. Part of the caller's transaction.

    Raises IntegrityError for a key that was used: the same movement can't be posted twice. With `follow`,
    what is left of the budgets it touches follows.
    """
    written = models.Transfer.objects.create(key=transfer.key, at=now, case_id=case_id, remedy=number, by_id=by)
    models.Posting.objects.bulk_create(
        models.Posting(transfer=written, account=p.account, currency=p.currency, minor=p.minor)
        for p in transfer.postings
    )
    if follow:
        for posting in transfer.postings:
            _follow(posting)
    return written


def _follow(posting: Posting) -> None:
    """Let a budget's own column follow. A currency without a rate is booked beside it, and taken from nothing."""
    kind, _, rest = posting.account.partition(":")
    name, _, period = rest.rpartition(":")
    if kind == "budget" and name:
        its_own = models.Budget.objects.filter(name=name, period=period, currency=posting.currency)
        its_own.update(left=F("left") + posting.minor)
