"""Orders: placed with what orders them, held by one worker at a time, settled with what it means for the case.

Nothing here calls anybody. A worker claims an order, has it carried out outside any transaction (`watch.orders`)
and comes back with an outcome. Our own codes need nobody else: they are made in the transaction that orders them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, Value, prefetch_related_objects
from django.db.models.functions import Coalesce

from makegood.connectors import at_hand
from makegood.connectors.base import Fate, Outcome
from makegood.desk import models
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries.orders import State, as_order
from makegood.rules import orders as rules
from makegood.rules.catalogue import RemedyKind
from makegood.rules.remedies import Step

from . import order_steps, rows
from .order_codes import at_the_desk
from .record import Decision, deciding

LEASE = timedelta(minutes=5)
"""So long one worker holds an order: longer than any connector takes. Then another asks what became of it."""
AT_ONCE = 20
_PAYS_COST = frozenset({RemedyKind.REFUND})
"""What he gets is what it costs us; authority was judged on that. Anything else is worth its value to him."""
_ALIVE = Q(remedy__step__in=[Step.ORDERED, Step.SHIPPED]) | Q(reverses__isnull=False)


# ── placed ───────────────────────────────────────────────────────────────────


def place(placed: Sequence[tuple[models.Remedy, Decision]], *, now: datetime) -> None:
    """Write down what is to be done for remedies that are just being ordered. Part of these decisions."""
    prefetch_related_objects([row for row, _ in placed], "options")
    ordered = [(d, _order_of(row, d, now=now)) for row, d in placed]
    ours = [order for _, order in ordered if order.connector == at_hand.CODES]
    connectors = {
        at_hand.CODES: at_the_desk([order.remedy for order in ours], now=now, lasting=_lasting(placed)),
        at_hand.BY_HAND: at_hand.connector(at_hand.BY_HAND),
    }
    heard = []
    for d, order in ordered:
        if order.connector in connectors:
            outcome = connectors[order.connector].carry_out(as_order(order))
            note(order, outcome, now=now)
            heard.append((d, order, outcome))
    rows.create([order for _, order in ordered])
    for d, order, outcome in heard:
        order_steps.follow(d, order, outcome, now=now)


def _lasting(placed: Sequence[tuple[models.Remedy, Decision]]) -> dict[int, int]:
    """Return after how many days the policy lets the code of a remedy end, for those that it gives an end."""
    entries = ((row.pk, d.u.house.policy.remedies.get(row.chosen)) for row, d in placed)
    return {pk: entry.lasts_days for pk, entry in entries if entry is not None and entry.lasts_days}


def _order_of(row: models.Remedy, d: Decision, *, now: datetime) -> models.Order:
    option = next(option for option in row.options.all() if option.key == row.chosen)
    return models.Order(
        key=str(row.key),
        case=d.row,
        remedy=row,
        connector=option.connector or at_hand.BY_HAND,
        kind=option.kind,
        currency=row.currency,
        minor=option.cost if option.kind in _PAYS_COST else option.value,
        title=option.title,
        means={"payment": option.means} if option.means else {},
        placed_at=now,
        due_at=now,
    )


def take_back(row: models.Remedy, *, now: datetime) -> bool:
    """Have undone what was ordered for a remedy that is being reversed, and return whether it is all ours again.

    Part of that decision. What has not left is withdrawn; what nobody knows of is taken back when it turns out to
    be done. Raises CannotTakeBack for money on its way and a code that was used.
    """
    order = models.Order.objects.select_for_update().filter(remedy=row, reverses=None).first()
    never_left = row.step not in (Step.SHIPPED, Step.DELIVERED, Step.CONFIRMED)
    if order is None:
        return never_left
    if order.connector == at_hand.CODES:
        if at_the_desk([row], now=now).reverse(as_order(order)).fate is not Fate.DONE:
            raise rules.CannotTakeBack
        return True
    if order.state == State.BY_HAND or (order.state == State.WAITING and order.sent_at is None):
        _end(order, State.WITHDRAWN, now=now)
        return never_left
    if order.state in (State.DONE, State.TAKEN):
        if order.kind == RemedyKind.REFUND:
            raise rules.CannotTakeBack
        undo(order, now=now)
    return False


def undo(order: models.Order, *, now: datetime) -> None:
    """Order that an order be undone, once."""
    known = ("case_id", "remedy_id", "connector", "kind", "currency", "minor", "title", "means")
    same = {name: getattr(order, name) for name in known}
    models.Order.objects.get_or_create(
        reverses=order, defaults={**same, "key": f"{order.key}-back", "placed_at": now, "due_at": now}
    )


# ── held by a worker ─────────────────────────────────────────────────────────


def claim(worker: str, *, now: datetime) -> models.Order | None:
    """Take hold of the next order that is due, for as long as LEASE, or None.

    One that another worker left behind is due when his lease is over; that it was sent is written in it.
    """
    due = models.Order.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    for pk, attempts in due.values_list("pk", "attempts")[:AT_ONCE]:
        free = models.Order.objects.filter(pk=pk, attempts=attempts, due_at__lte=now)
        if free.update(attempts=attempts + 1, held_by=worker, due_at=now + LEASE):
            crashpoint("order.after_claim")
            # Whoever was sending it never came back.
            models.Order.objects.filter(pk=pk, state=State.SENDING).update(doubted_at=Coalesce("doubted_at", "sent_at"))
            return models.Order.objects.select_related("remedy", "reverses").get(pk=pk)
    return None


def hand_over(order: models.Order, *, now: datetime) -> bool:
    """Write down that the first byte is about to go out; False where the order is somebody else's or over by now.

    Committed before the byte goes, so that whoever finds the row after a crash knows that it may have arrived. An
    order whose remedy was taken back in the meantime is not sent.
    """
    mine = models.Order.objects.filter(pk=order.pk, attempts=order.attempts, due_at__isnull=False)
    sent_at = Coalesce("sent_at", Value(now))
    if mine.filter(_ALIVE).update(state=State.SENDING, sent_at=sent_at):
        order.state, order.sent_at = State.SENDING, order.sent_at or now
        return True
    mine.exclude(_ALIVE).update(state=State.WITHDRAWN, due_at=None, settled_at=now, stuck_since=None)
    return False


def settle(order: models.Order, outcome: Outcome, *, now: datetime) -> bool:
    """Write down what became of an order and what it means for its case. False where another worker holds it by now."""
    with deciding(order.case_id, now=now, actor="program") as d:
        held = models.Order.objects.select_for_update(of=("self",)).filter(
            pk=order.pk, attempts=order.attempts, due_at__isnull=False
        )
        current = held.select_related("remedy", "reverses").first()
        if current is None:
            return False
        current.case = d.row
        note(current, outcome, now=now)
        order_steps.follow(d, current, outcome, now=now)
        current.save(update_fields=_NOTED)
        crashpoint("order.before_commit")
    return True


_STATES = {
    Fate.DONE: State.DONE,
    Fate.TAKEN: State.TAKEN,
    Fate.BY_HAND: State.BY_HAND,
    Fate.LATER: State.WAITING,
    Fate.TROUBLE: State.WAITING,
    Fate.NEVER: State.FAILED,
    Fate.UNKNOWN: State.UNKNOWN,
}
_NOTED = [
    "state", "code", "answer", "reference", "evidence", "due_at", "sent_at", "doubted_at", "stuck_since", "told",
    "settled_at", "settled_by",
]  # fmt: skip
_STUCK = (Fate.UNKNOWN, Fate.TROUBLE)


def note(order: models.Order, outcome: Outcome, *, now: datetime) -> None:
    """Set on an order what was heard of it, and when a worker next takes hold of it."""
    order.state, order.code, order.answer = _STATES[outcome.fate], outcome.code, outcome.sentence
    order.reference = outcome.reference[:200] or order.reference
    order.evidence = outcome.evidence[:300] or order.evidence
    if outcome.fate in _STUCK:
        order.stuck_since = order.stuck_since or now
    elif outcome.fate is not Fate.LATER:
        # A line that is down for a moment changes nothing of what is stuck.
        order.stuck_since, order.told = None, rules.Told.NOBODY
    if outcome.fate is Fate.UNKNOWN:
        order.doubted_at = order.doubted_at or now
    elif outcome.fate in (Fate.LATER, Fate.TROUBLE) and order.doubted_at is None:
        order.sent_at = None
    order.due_at = _due_at(order, outcome, now=now)
    order.settled_at = now if outcome.fate in (Fate.DONE, Fate.NEVER) else None


def _due_at(order: models.Order, outcome: Outcome, *, now: datetime) -> datetime | None:
    ways = {
        Fate.LATER: rules.TRY_AGAIN,
        Fate.TROUBLE: rules.TRY_AGAIN,
        Fate.UNKNOWN: rules.ASK_AGAIN,
        Fate.TAKEN: rules.LOOK_AGAIN,
    }
    if outcome.fate not in ways:
        return None
    again = rules.again_at(ways[outcome.fate], order.attempts, now=now, wait=outcome.wait)
    told = rules.hears_next_at(rules.Told(order.told), stuck_since=order.stuck_since) if order.stuck_since else None
    # Whoever must hear next is not kept waiting for the next try.
    return min(again, max(told, now + rules.MINUTE)) if told else again


def step_aside(order: models.Order, *, until: datetime) -> None:
    """Leave an order that made us fail alone for a while, as it is."""
    models.Order.objects.filter(pk=order.pk, attempts=order.attempts, due_at__isnull=False).update(due_at=until)


def bring_forward(connector: str, *, now: datetime) -> int:
    """Let everything that waits for this connector be tried at once: its settings were mended. Returns how many."""
    waiting = models.Order.objects.filter(state=State.WAITING, connector=connector, due_at__gt=now, stuck_since__lt=now)
    return waiting.update(due_at=now)


def after_the_clock_went_back(*, now: datetime) -> None:
    """See that no order waits for a moment that was only read off a wrong clock."""
    longest = timedelta(minutes=max(rules.LOOK_AGAIN))
    models.Order.objects.filter(due_at__gt=now + longest).update(due_at=now)


def after_a_restore(*, copied_at: datetime) -> None:
    """See that every order of a copy that was put back is asked for first: it may have gone out in the lost hours."""
    under_way = models.Order.objects.filter(due_at__isnull=False)
    under_way.update(sent_at=Coalesce("sent_at", Value(copied_at)), doubted_at=Coalesce("doubted_at", Value(copied_at)))


def _end(order: models.Order, state: State, *, now: datetime) -> None:
    order.state, order.due_at, order.settled_at, order.stuck_since = state, None, now, None
    order.save(update_fields=["state", "due_at", "settled_at", "stuck_since"])
