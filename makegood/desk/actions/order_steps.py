"""What an outcome means for the case: a step of its remedy, or word to people. Part of the decision that settles it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from makegood.connectors.base import Fate, Outcome
from makegood.desk import models
from makegood.rules import orders as rules
from makegood.rules import remedies
from makegood.rules.catalogue import Evidence, RemedyKind
from makegood.rules.findings import tell_higher
from makegood.rules.remedies import Step
from makegood.rules.remedy_steps import UNDER_WAY

from . import journal, notices
from .record import Decision

GOODS = frozenset({RemedyKind.REPAIR, RemedyKind.REPLACEMENT, RemedyKind.CHOOSE_ANY, RemedyKind.SUBSTITUTE})
"""What has a way to go after it was carried out: done means sent."""
CONFIRMS = frozenset({Evidence.PAYMENT, Evidence.STAFF})
"""Where it is this that shows that he has it, nothing more is waited for."""
TOLD_AGAIN_AFTER = timedelta(hours=1)


def follow(
    d: Decision, order: models.Order, outcome: Outcome, *, now: datetime, by: models.Staff | None = None
) -> None:
    """Let the remedy take its step, and tell those who must hear. Sets `order.told`."""
    if order.reverses_id is not None:
        if outcome.fate is Fate.NEVER:
            _tell_owner(d, "order.not_undone", order, now=now)
    elif outcome.fate is Fate.DONE:
        _done(d, order, now=now, by=by)
    elif outcome.fate is Fate.TAKEN and _step(d, order) is Step.ORDERED:
        remedies.ship(d.u, number=order.remedy.number, reference=order.reference or order.title, at=now)
    elif outcome.fate is Fate.NEVER:
        _refused(d, order, now=now, by=by)
    if order.stuck_since is not None:
        _stuck(d, order, outcome, now=now)


def _step(d: Decision, order: models.Order) -> Step:
    return d.u.case.remedy(order.remedy.number).step


def _done(d: Decision, order: models.Order, *, now: datetime, by: models.Staff | None) -> None:
    number, who, step = order.remedy.number, by.pk if by else None, _step(d, order)
    shown = order.evidence or order.reference or order.title
    if step is Step.REVERSED:
        # Taken back while it was on its way: what was done is undone, or a person hears that it can't be.
        from .orders import undo

        undo(order, now=now)
    elif order.kind in GOODS and step is Step.ORDERED:
        remedies.ship(d.u, number=number, reference=order.reference or shown, by=who, at=now)
    elif order.kind not in GOODS and step in (Step.ORDERED, Step.SHIPPED):
        remedies.deliver(d.u, number=number, evidence=shown, by=who, at=now)
        if _confirmed_by(order) and _step(d, order) is Step.DELIVERED:
            remedies.confirm(d.u, number=number, evidence=shown, weak=True, by=who, at=now)
    elif step not in (Step.SHIPPED, Step.DELIVERED, Step.CONFIRMED):
        _tell_owner(d, "order.done_after_all", order, now=now)


def _confirmed_by(order: models.Order) -> bool:
    return any(o.key == order.remedy.chosen and o.evidence_by in CONFIRMS for o in order.remedy.options.all())


def _refused(d: Decision, order: models.Order, *, now: datetime, by: models.Staff | None) -> None:
    if _step(d, order) in UNDER_WAY:
        why = order.answer or "it could not be carried out"
        remedies.fail(d.u, number=order.remedy.number, why=why, by=by.pk if by else None, at=now)


# ── word to people ───────────────────────────────────────────────────────────


def _stuck(d: Decision, order: models.Order, outcome: Outcome, *, now: datetime) -> None:
    """Tell the owner of an order that nobody knows of, or that we hold up; then somebody higher."""
    assert order.stuck_since is not None
    trouble = outcome.fate is Fate.TROUBLE
    told = rules.hears(rules.Told(order.told), stuck_since=order.stuck_since, at_once=trouble, now=now)
    if told > order.told and order.told == rules.Told.NOBODY:
        if trouble:
            _tell_house(order, now=now)
        # Of a hundred thousand that one cause holds up, the house hears once; their clocks run all the same.
        if not trouble or order.remedy.incident is None:
            _tell_owner(d, "order.held_up" if trouble else "order.unknown", order, now=now)
    if told is rules.Told.HIGHER and order.told < told and d.u.case.open and order.remedy.incident is None:
        tell_higher(d.u, at=now)
    order.told = told


def _tell_owner(d: Decision, kind: str, order: models.Order, *, now: datetime) -> None:
    owner = models.Staff.objects.filter(pk=d.u.case.owner)
    notices.tell(owner, case=d.row, kind=kind, facts=_facts(order), now=now)


def _tell_house(order: models.Order, *, now: datetime) -> None:
    """Once an hour for each connector and cause."""
    same = {"facts__connector": order.connector, "facts__code": order.code}
    lately = models.Notice.objects.filter(kind="connector.trouble", written_at__gt=now - TOLD_AGAIN_AFTER, **same)
    if not lately.exists():
        notices.write_to_house("connector.trouble", _facts(order), now=now)


def _facts(order: models.Order) -> dict[str, object]:
    return {
        "order": order.pk or 0,
        "remedy": order.remedy.number,
        "connector": order.connector,
        "code": order.code,
        "title": order.title,
        "why": order.answer,
    }


def failed(order: models.Order, error: Exception, *, now: datetime) -> None:
    """An order made us fail when what became of it was to be written down. It is asked for again in an hour."""
    told = {"order": order.pk, "error": type(error).__name__}
    with transaction.atomic():
        journal.write_house("order.crashed", told, now=now, actor="watch")
        notices.write_to_house("order.crashed", told, now=now, case=order.case)
