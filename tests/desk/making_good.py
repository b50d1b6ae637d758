"""What tests of remedies share: a case on which the customer was heard, and short words for what is wanted."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import contacts, links, wishes
from makegood.desk.actions.contacts import Incoming
from makegood.desk.actions.wanted import Choice, Wanted
from makegood.rules.money import Money


def complaint(
    cast: Cast, *, at: datetime, sender: str = "rosalia@quintero.example", owner: models.Staff | None = None
) -> models.Case:
    """Somebody writes to the mailbox; the case is Priya's unless somebody else is named."""
    return contacts.open_case(
        Incoming(
            received_at=at,
            from_address=sender,
            from_name="Rosalía Quintero",
            subject="Hip-belt buckle snapped",
            text="The buckle snapped on the first day out.",
        ),
        door=cast.policy.doors["mail"],
        item=None,
        owner=(owner or cast.priya).pk,
        now=at,
    )


def heard(cast: Cast, *, at: datetime, **about: Any) -> models.Case:
    """A case on which the customer said what he would like to have happen."""
    case = complaint(cast, at=at, **about)
    wishes.say(case.pk, words="Another pack, please.", door="phone", by=case.owner, now=at)
    case.refresh_from_db()
    return case


def dollars(amount: float) -> Money:
    return Money("USD", round(amount * 100))


def wanted(
    *choices: Choice, failure: str = "outcome", price: Money | None = None, key: UUID | None = None, **more: Any
) -> Wanted:
    return Wanted(key=key or uuid4(), failure=failure, choices=choices, price=price, **more)


def custom(title: str, cost: Money, **more: Any) -> Wanted:
    return wanted(Choice(title=title, cost=cost), why="Nothing in the catalogue fits.", **more)


def page_of(case: models.Case, *, now: datetime) -> models.Link:
    """The customer's private link to his page."""
    secret = links.make(case, models.Link.Purpose.PAGE, customer=case.customer, now=now)
    link = links.open_link(secret, models.Link.Purpose.PAGE, now=now)
    assert link is not None
    return link


def sums() -> dict[tuple[str, str], int]:
    """What each account holds, by its name and currency."""
    found: dict[tuple[str, str], int] = {}
    for account, currency, minor in models.Posting.objects.values_list("account", "currency", "minor"):
        found[account, currency] = found.get((account, currency), 0) + minor
    return {account: minor for account, minor in found.items() if minor}
