"""Carrying orders out: one at a time, each asked for by its key before it is sent a second time.

One pass:
0. Order what a customer chose and may not change any more; it waits for the next pass like any other.
1. Claim the order that is due, by one conditional update. Whoever else looks finds it held.
2. If it was ever sent, ask for it by its key. What they know of it settles it; nothing is sent.
3. They don't have it: if the other side may have forgotten the key by now, a person decides.
4. Otherwise write down that it is being sent, and have it carried out.
5. Write down what became of it, with what that means for the case.

A worker that dies between 4 and 5 leaves an order that was sent, and whoever comes next begins at 2.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection

from makegood.connectors import at_hand
from makegood.connectors.base import Connector, Fate, NotSetUp, Outcome
from makegood.desk import models
from makegood.desk.actions import order_steps, orders, remedies
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries.orders import as_order

log = logging.getLogger(__name__)

TRIES = 3
"""How often what they said is written down if the database fails."""
STEP_ASIDE = timedelta(hours=1)
Find = Callable[[str], Connector]


def carry_out_one(worker: str, *, now: datetime, find: Find = at_hand.connector) -> bool:
    """Take one step with the next order that is due; says whether there was one."""
    if order_chosen(now=now):
        return True
    order = orders.claim(worker, now=now)
    if order is None:
        return False
    begun = monotonic()
    outcome = _outcome(order, now=now, find=find)
    if outcome is not None:
        settled_at = now + timedelta(seconds=monotonic() - begun)
        if outcome.fate is not Fate.DONE:
            log.info("order %s: %s, %s", order.pk, outcome.fate, outcome.code)
        _write_down(order, outcome, now=settled_at)
        crashpoint("order.after_settle")
    return True


def order_chosen(*, now: datetime) -> bool:
    """Order the next thing that a customer chose and that waits no more; says whether there was one."""
    waited = remedies.next_to_order(now=now)
    if waited is None:
        return False
    try:
        remedies.order_chosen(waited, now=now)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        log.exception("what was chosen for remedy %s made us fail and steps aside for an hour", waited.pk)
        remedies.wait_longer(waited, until=now + STEP_ASIDE)
    return True


def _outcome(order: models.Order, *, now: datetime, find: Find) -> Outcome | None:
    """Return what became of it, having asked and sent as the rules above say; None where it is nobody's any more."""
    try:
        connector = find(order.connector)
    except NotSetUp as error:
        fate = Fate.TROUBLE if order.sent_at is None else Fate.UNKNOWN
        return Outcome(fate=fate, code="not-set-up", sentence=error.sentence)
    if order.reverses is not None:
        return _undone(order, order.reverses, connector, now=now)
    if order.sent_at is not None:
        known = connector.ask(as_order(order))
        if known is not None:
            return known
        if connector.remembers is not None and now - order.sent_at > connector.remembers:
            return _forgotten()
    if not _hand_over(order, now=now):
        return None
    crashpoint("order.after_hand_over")
    outcome = connector.carry_out(as_order(order))
    crashpoint("order.after_answer")
    return outcome


def _undone(order: models.Order, done: models.Order, connector: Connector, *, now: datetime) -> Outcome | None:
    """Undo an order. That is asked for as often as it takes: to undo twice is to undo once."""
    if not _hand_over(order, now=now):
        return None
    crashpoint("order.after_hand_over")
    return connector.reverse(as_order(done))


def _forgotten() -> Outcome:
    sentence = (
        "They don't have it, and it was sent so long ago that they may have forgotten its key. Nothing is sent again "
        "by itself: look there, and say that it was done or that it was not."
    )
    return Outcome(fate=Fate.UNKNOWN, code="key-forgotten", sentence=sentence)


def _hand_over(order: models.Order, *, now: datetime) -> bool:
    """Write down that it is about to go; asked again where the database's answer was lost."""
    try:
        return orders.hand_over(order, now=now)
    except (DatabaseError, InterfaceError):
        # Nothing has gone yet, and saying the same twice is saying it once.
        connection.close()
        return orders.hand_over(order, now=now)


def _write_down(order: models.Order, outcome: Outcome, *, now: datetime) -> None:
    for tries_left in reversed(range(TRIES)):
        try:
            orders.settle(order, outcome, now=now)
            return
        except (DatabaseError, InterfaceError):
            # What they said is known to nobody but us; but the order is asked for again, should this fail.
            connection.close()
            if not tries_left:
                raise
        except Exception as error:
            log.exception("order %s made us fail and steps aside for an hour", order.pk)
            order_steps.failed(order, error, now=now)
            orders.step_aside(order, until=now + STEP_ASIDE)
            return
