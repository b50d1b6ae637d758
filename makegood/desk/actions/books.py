"""Writing the books. What is written can't be changed: the database refuses, and a key is used once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from makegood.desk import models
from makegood.desk.crashpoints import crashpoint
from makegood.rules.books import Posting, Transfer

from . import rows


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One transfer, and for what it was made."""

    transfer: Transfer
    case_id: int | None = None
    number: int | None = None
    by: int | None = None


def post(
    transfer: Transfer,
    *,
    now: datetime,
    case_id: int | None = None,
    number: int | None = None,
    by: int | None = None,
    follow: bool = True,
) -> models.Transfer:
    """Write one transfer, as `post_all` does."""
    moved = Moved(transfer=transfer, case_id=case_id, number=number, by=by)
    (written,) = post_all([moved], now=now, follow=follow)
    return written


def post_all(moved: Sequence[Moved], *, now: datetime, follow: bool = True) -> list[models.Transfer]:
    """Write these transfers. Part of the caller's transaction.

    Raises IntegrityError for a key that was used: the same movement can't be posted twice. With `follow`,
    what is left of the budgets they touch follows.
    """
    written = rows.create(
        [models.Transfer(key=m.transfer.key, at=now, case_id=m.case_id, remedy=m.number, by_id=m.by) for m in moved]
    )
    crashpoint("books.before_postings")
    rows.create(
        [
            models.Posting(transfer=transfer, account=p.account, currency=p.currency, minor=p.minor)
            for transfer, m in zip(written, moved, strict=True)
            for p in m.transfer.postings
        ]
    )
    crashpoint("books.after_postings")
    if follow:
        _follow(p for m in moved for p in m.transfer.postings)
    return written


def _follow(postings: Iterable[Posting]) -> None:
    """Let budgets' own columns follow. A currency without a rate is booked beside it, and taken from nothing."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for posting in postings:
        kind, _, account = posting.account.partition(":")
        if kind == "budget" and ":" in account:
            sums[account, posting.currency] += posting.minor
    for (account, currency), minor in sorted(sums.items()):
        name, _, period = account.rpartition(":")
        its_own = models.Budget.objects.filter(name=name, period=period, currency=currency)
        its_own.update(left=F("left") + minor)
