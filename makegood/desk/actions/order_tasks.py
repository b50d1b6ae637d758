"""What a person says of an order: that it is done and what shows it, that it was not, what was missing.

Whoever may see the case may say it, and it stands on record who did.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from makegood.connectors.base import LONGEST_SENTENCE, Fate, Outcome
from makegood.connectors.by_hand import instruction
from makegood.desk import access, models
from makegood.desk.queries.orders import State, as_order
from makegood.language import cards
from makegood.rules import orders as rules

from . import journal, order_steps, orders, payouts
from .record import Decision, deciding

LARGEST_PROOF = 5 * 1024 * 1024
"""Bytes of one file."""
OVER = (State.DONE, State.FAILED, State.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A file that shows it. The name is whatever its owner calls it."""

    name: str
    content: bytes


def done(
    order_id: int,
    *,
    evidence: str,
    by: models.Staff,
    now: datetime,
    reference: str = "",
    proofs: tuple[Proof, ...] = (),
) -> None:
    """Say that an order was carried out, and what shows it: a task by hand, or one of which nobody knew.

    Raises NeedsProof without words or a file, OrderIsOver, MayHaveHappened for one that a worker is just sending.
    """
    case = _case(order_id, by)
    with deciding(case, now=now) as d:
        order = _held(d, order_id)
        if order.state == State.DONE:
            return  # Pressed twice.
        _refuse(order, State.BY_HAND, State.UNKNOWN, State.TAKEN)
        shown = cards.mask(evidence.strip())[:LONGEST_SENTENCE] or (f"file “{proofs[0].name[:80]}”" if proofs else "")
        if not shown:
            raise rules.NeedsProof
        _keep(order, proofs, by=by, now=now)
        outcome = Outcome(fate=Fate.DONE, code="said-done", reference=reference.strip()[:200], evidence=shown)
        _settle(d, order, outcome, by=by, now=now)


def not_done(order_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Say that an order of which nobody knew did not happen, having looked there. It becomes a task by hand.

    Nothing is sent a second time by itself: whoever looked does it and says what shows it.
    """
    _to_hand(order_id, State.UNKNOWN, name="order.said_not_done", why=why, by=by, now=now)


def by_hand_instead(order_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Make an order that has not left a task for a person: its connector isn't set up, or can't do it."""
    _to_hand(order_id, State.WAITING, name="order.to_hand", why=why, by=by, now=now)


def refused(order_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Say that a task can't be done by hand either: the remedy failed, and somebody higher hears at once."""
    case = _case(order_id, by)
    with deciding(case, now=now) as d:
        order = _held(d, order_id)
        _refuse(order, State.BY_HAND)
        said = cards.mask(why.strip())[:LONGEST_SENTENCE]
        if not said:
            raise rules.NeedsProof
        _settle(d, order, Outcome(fate=Fate.NEVER, code="said-refused", sentence=said), by=by, now=now)


def supply(order_id: int, *, payment: str, by: models.Staff, now: datetime) -> None:
    """Say which payment a refund goes back to, and let it be tried at once.

    Only before it was ever sent, and only a payment of this customer's (payouts, A-60). Raises CoolingOff.
    """
    case = _case(order_id, by)
    with deciding(case, now=now) as d:
        order = _held(d, order_id)
        _refuse(order, State.WAITING)
        if order.sent_at is not None:
            raise rules.MayHaveHappened
        named = payment.strip()[:200]
        if not named:
            raise rules.NothingToSupply
        payouts.use_means(d, named, by=by, now=now)
        payouts.refuse_while_cooling(d, kind=order.kind, means=named, now=now)
        order.means = {**order.means, "payment": named}
        order.due_at, order.stuck_since, order.told = now, None, rules.Told.NOBODY
        order.save(update_fields=["means", "due_at", "stuck_since", "told"])
        journal.write_house("order.supplied", _facts(d, order), now=now, by=by)


def try_now(order_id: int, *, by: models.Staff, now: datetime) -> None:
    """Let a worker look at an order at once: its settings were mended, or somebody can't wait."""
    case = _case(order_id, by)
    with deciding(case, now=now) as d:
        order = _held(d, order_id)
        _refuse(order, State.WAITING, State.UNKNOWN, State.TAKEN)
        order.due_at = now
        order.save(update_fields=["due_at"])


# ── what they share ──────────────────────────────────────────────────────────


def _to_hand(order_id: int, state: State, *, name: str, why: str, by: models.Staff, now: datetime) -> None:
    case = _case(order_id, by)
    with deciding(case, now=now) as d:
        order = _held(d, order_id)
        _refuse(order, state)
        if state == State.WAITING and order.sent_at is not None:
            raise rules.MayHaveHappened
        said = cards.mask(why.strip())[:LONGEST_SENTENCE]
        if not said:
            raise rules.NeedsProof
        journal.write_house(name, {**_facts(d, order), "why": said}, now=now, by=by)
        outcome = Outcome(fate=Fate.BY_HAND, code="by-hand", sentence=instruction(as_order(order)))
        orders.note(order, outcome, now=now)
        order.save()


def _case(order_id: int, by: models.Staff) -> int:
    """Return the case of an order that he may see. Raises Http404."""
    found = models.Order.objects.filter(pk=order_id).values_list("case", flat=True).first()
    if found is None:
        raise Http404
    return access.case_by_id(by, found).pk


def _held(d: Decision, order_id: int) -> models.Order:
    """Return the order, locked: a worker's conditional update and this wait for each other."""
    order = models.Order.objects.select_for_update(of=("self",)).select_related("remedy").get(pk=order_id)
    order.case = d.row
    # Whoever holds it now finds that it is somebody else's.
    order.attempts += 1
    models.Order.objects.filter(pk=order.pk).update(attempts=order.attempts)
    return order


def _refuse(order: models.Order, *states: State) -> None:
    if order.state in OVER:
        raise rules.OrderIsOver
    if order.state not in states:
        raise rules.MayHaveHappened


def _settle(d: Decision, order: models.Order, outcome: Outcome, *, by: models.Staff, now: datetime) -> None:
    orders.note(order, outcome, now=now)
    order.settled_by = by
    order.save()
    order_steps.follow(d, order, outcome, now=now, by=by)


def _keep(order: models.Order, proofs: tuple[Proof, ...], *, by: models.Staff, now: datetime) -> None:
    for proof in proofs:
        if not 0 < len(proof.content) <= LARGEST_PROOF:
            raise rules.NeedsProof(f"A file may have {LARGEST_PROOF // 2**20} MB.")
        models.OrderProof.objects.create(
            order=order,
            name=proof.name[:200],
            content=proof.content,
            sha256=hashlib.sha256(proof.content).hexdigest(),
            added_at=now,
            added_by=by,
        )


def _facts(d: Decision, order: models.Order) -> dict[str, object]:
    return {"case": d.row.number, "order": order.pk, "remedy": order.remedy.number, "connector": order.connector}
