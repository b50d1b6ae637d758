"""First messages: each opens a case of its own, however many come at once.

All that a batch of them changes is one transaction and a fixed number of statements; a batch of one is the
usual case, and goes the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from makegood.desk import facts, models
from makegood.rules import incoming
from makegood.rules.policy import Door

from . import automatic_letters, cases, customers, ledger, messages
from .automatic_letters import Acknowledging
from .messages import Coming, Incoming
from .record import record_all

State = models.InboxItem.State


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A message that opens a case, and how."""

    message: Incoming
    door: Door
    item: models.InboxItem | None
    owner: int | None = None
    """Who owns it; None where the house chooses."""
    quarantine: str = ""
    """A sentence why it is set aside for a person to judge; empty for a complaint like any other."""
    code: str = ""
    """Why, in the ledger's word."""
    acknowledge: bool = True


def open_case(
    message: Incoming,
    *,
    door: Door,
    item: models.InboxItem | None,
    now: datetime,
    owner: int | None = None,
    quarantine: str = "",
    code: str = "",
    acknowledge: bool = True,
) -> models.Case:
    """Open a case for a message. With `quarantine` (a sentence why) it is set aside for a person to judge."""
    opening = Opening(
        message=message,
        door=door,
        item=item,
        owner=owner,
        quarantine=quarantine,
        code=code,
        acknowledge=acknowledge,
    )
    return open_all([opening], now=now)[0]


def open_all(openings: Sequence[Opening], *, now: datetime) -> list[models.Case]:
    """Open a case for each message. Raises AlreadySettled, and changes nothing, if another worker has one of them."""
    with transaction.atomic():
        house = facts.house(version := cases.latest_policy())
        whose = customers.of_messages([o.message for o in openings], now=now)
        decisions = cases.open_new(
            [
                cases.New(
                    customer=customer,
                    door=opening.door,
                    subject=opening.message.subject,
                    received_at=opening.message.received_at,
                    owner=opening.owner,
                    why=opening.quarantine,
                    language=opening.message.written_in,
                )
                for opening, customer in zip(openings, whose, strict=True)
            ],
            house=house,
            version=version,
            now=now,
        )
        coming = [
            Coming(row=d.row, message=o.message, door=o.door, item=o.item, customer=d.row.customer)
            for o, d in zip(openings, decisions, strict=True)
        ]
        contacts = messages.keep_all(coming, now=now)
        for opening, d, contact in zip(openings, decisions, contacts, strict=True):
            at = min(opening.message.received_at, now)
            incoming.receive(d.u, contact=contact.pk, door=opening.door, at=at)
        automatic_letters.acknowledge(
            [
                Acknowledging(decision=d, door=o.door, contact=contact)
                for o, d, contact in zip(openings, decisions, contacts, strict=True)
                if o.acknowledge and not o.message.automatic
            ],
            now=now,
        )
        record_all(decisions, now=now)
        _settle(openings, now=now)
    return [d.row for d in decisions]


def _settle(openings: Sequence[Opening], *, now: datetime) -> None:
    """Say where the items ended: those with nothing of their own to say in one statement."""
    plain = [o.item for o in openings if o.item is not None and not o.quarantine and not o.code]
    if plain:
        ledger.settle_all(plain, State.JOINED, now=now)
    for opening in openings:
        if opening.item is not None and opening.item not in plain:
            state = State.QUARANTINED if opening.quarantine else State.JOINED
            ledger.settle(opening.item, state, code=opening.code, why=opening.quarantine, now=now)
