"""What a code is worth, and redeeming it, for a shop's own till or checkout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from makegood.config import clock
from makegood.desk import models
from makegood.desk.actions import redeeming
from makegood.desk.actions.redeeming import Order, Till
from makegood.desk.queries import codes as queries
from makegood.rules import code_text, codes
from makegood.rules.money import Money

from . import door
from .door import Body, call

LONGEST_ADDRESS = 320
LONGEST_ORDER = 100


@call("codes.look_up")
def look_up(token: models.Token, body: Body) -> Mapping[str, Any]:
    """Say what a code is good for, to whoever holds it up. Nothing is changed."""
    door.only(body, "code", "customer")
    now = clock.now()
    row = _held_up(token, body)
    card = queries.card(row)
    why = codes.over(card, now=now)
    return {
        "id": row.pk,
        "title": row.title,
        "currency": row.currency,
        "value": _plain(row.value, row),
        "left": _plain(row.left if not why else 0, row),
        "percent": row.percent,
        "items": sorted(row.scope),
        "single_use": row.single,
        "ends_at": card.expires_at.isoformat() if card.expires_at else None,
        "redeemable": not why,
        "why_not": list(why),
    }


@call("codes.redeem")
def redeem(token: models.Token, body: Body) -> Mapping[str, Any]:
    """Take a code off an order. The same order asked again gets the same answer, and nothing is taken twice."""
    door.only(body, "code", "customer", "order", "currency", "total", "amount", "items")
    currency = door.text(body, "currency", longest=3)
    order = Order(
        number=door.text(body, "order", longest=LONGEST_ORDER),
        total=door.money(body, "total", currency),
        amount=door.money(body, "amount", currency) if body.get("amount") is not None else None,
        items=door.texts(body, "items", most=200, longest=120),
    )
    done = redeeming.redeem(_held_up(token, body), order, till=Till(token=token), now=clock.now())
    return {
        "id": done.row.pk,
        "order": order.number,
        "currency": done.amount.currency,
        "amount": f"{done.amount.amount():f}",
        "left": f"{done.left.amount():f}",
        "again": done.again,
    }


def _held_up(token: models.Token, body: Body) -> models.Code:
    return redeeming.look_up(
        door.text(body, "code", longest=code_text.LONGEST_TYPED),
        customer=door.text(body, "customer", longest=LONGEST_ADDRESS),
        till=Till(token=token),
        now=clock.now(),
    )


def _plain(minor: int, row: models.Code) -> str:
    return f"{Money(row.currency, minor).amount():f}"
