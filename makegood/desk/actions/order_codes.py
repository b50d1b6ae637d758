"""Our own codes as a connector: issued, found and revoked by the desk, once for each remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from makegood.connectors.base import Order
from makegood.connectors.codes import Codes, Issued
from makegood.desk import models

from . import codes, entitlement_rows


def at_the_desk(remedies: Sequence[models.Remedy], *, now: datetime, lasting: Mapping[int, int] | None = None) -> Codes:
    """Return the connector that issues these remedies' codes, all at once when it is asked for the first of them.

    Part of the transaction that orders them. `lasting` says after how many days a remedy's code ends; nearly none does.
    """
    of_key = {str(remedy.key): remedy for remedy in remedies}

    @cache
    def made() -> dict[int, Issued]:
        return {pk: Issued(reference=str(code.pk)) for pk, code in codes.for_remedies(remedies).items()}

    @cache
    def issued() -> dict[int, Issued]:
        each = list(zip(remedies, codes.issue_for_remedies(remedies, now=now), strict=True))
        for remedy, one in each:
            if (days := (lasting or {}).get(remedy.pk)) and one.row.entitlement_id is None:
                entitlement_rows.give_an_end(one.row, days=days, now=now)
        return {remedy.pk: Issued(reference=str(one.row.pk), shown_once=one.text) for remedy, one in each}

    def find(order: Order) -> Issued | None:
        return made().get(of_key[order.key].pk)

    return Codes(
        issue=lambda order: issued()[of_key[order.key].pk],
        find=find,
        revoke=lambda order: codes.revoke_for_remedy(of_key[order.key], now=now),
    )
