"""Our own codes as a connector: issued, found and revoked by the desk, once for each remedy."""

from __future__ import annotations

from datetime import datetime

from makegood.connectors.base import Order
from makegood.connectors.codes import Codes, Issued
from makegood.desk import models

from . import codes


def at_the_desk(remedy: models.Remedy, *, now: datetime) -> Codes:
    """Return the connector that issues this remedy's code. Part of the transaction that orders it."""

    def issue(_: Order) -> Issued:
        issued = codes.issue_for_remedy(remedy, now=now)
        return Issued(reference=str(issued.row.pk), shown_once=issued.text)

    def find(_: Order) -> Issued | None:
        made = codes.for_remedy(remedy)
        return Issued(reference=str(made.pk)) if made else None

    return Codes(issue=issue, find=find, revoke=lambda _: codes.revoke_for_remedy(remedy, now=now))
