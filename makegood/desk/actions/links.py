"""Private links: made once, stored as a hash, expiring and revocable."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from makegood.desk.models import Case, Customer, Link, Staff

from . import journal, rows

LIFE = {Link.Purpose.PAGE: timedelta(days=180), Link.Purpose.ACKNOWLEDGE: timedelta(days=14)}


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make(
    case: Case,
    purpose: Link.Purpose,
    *,
    now: datetime,
    customer: Customer | None = None,
    staff: Staff | None = None,
) -> str:
    """Return a new secret of 192 random bits for this case; only its hash is kept."""
    secret = secrets.token_urlsafe(24)
    Link.objects.create(
        digest=digest(secret),
        purpose=purpose,
        case=case,
        customer=customer,
        staff=staff,
        made_at=now,
        expires_at=now + LIFE[purpose],
    )
    return secret


def make_all(whose: Sequence[tuple[Case, Customer]], *, now: datetime) -> list[str]:
    """Return a new secret for the private page of each case and customer, in their order."""
    made = [secrets.token_urlsafe(24) for _ in whose]
    rows.create(
        [
            Link(
                digest=digest(secret),
                purpose=Link.Purpose.PAGE,
                case_id=case.pk,
                customer_id=customer.pk,
                made_at=now,
                expires_at=now + LIFE[Link.Purpose.PAGE],
            )
            for secret, (case, customer) in zip(made, whose, strict=True)
        ]
    )
    return made


def open_link(secret: str, purpose: Link.Purpose, *, now: datetime) -> Link | None:
    """Return the link a secret opens, or None: unknown, expired, revoked and empty look the same.

    That of a merged case opens the case in which it goes on.
    """
    if len(secret) < 16:
        return None
    link = (
        Link.objects.select_related("case", "customer", "staff", "case__owner", "case__policy")
        .filter(digest=digest(secret), purpose=purpose, revoked_at=None, expires_at__gt=now)
        .first()
    )
    if link is not None and link.case.merged_into is not None:
        link.case = link.case.merged_into
    return link


def opened(link: Link, *, now: datetime) -> None:
    """Note that a link was used by a person (a POST; a mail scanner that fetches it proves nothing)."""
    Link.objects.filter(pk=link.pk).update(opened_at=now)


def revoke(case: Case, *, customer: Customer, now: datetime) -> int:
    """End every page link of a customer on a case; return how many there were."""
    return case.links.filter(customer=customer, purpose=Link.Purpose.PAGE, revoked_at=None).update(revoked_at=now)


def hand_out(case: Case, *, by: Staff, now: datetime) -> str:
    """Return a new secret of the customer's page, for a member of staff to pass on by another way.

    Whoever holds it can act as the customer, so that it was made, and by whom, is on the record.
    """
    with transaction.atomic():
        journal.write_house("link.handed_out", {"case": case.number}, now=now, by=by)
        return make(case, Link.Purpose.PAGE, customer=case.customer, now=now)


def take_back(case: Case, *, by: Staff, now: datetime) -> int:
    """End every page link of the case's customer because a member of staff asks for it; return how many."""
    with transaction.atomic():
        journal.write_house("link.taken_back", {"case": case.number}, now=now, by=by)
        return revoke(case, customer=case.customer, now=now)
