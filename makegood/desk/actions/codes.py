"""Codes issued, taken back and given anew.

The text of a code exists on its customer's page, in the letter that brings it, and in the shop's till; no row, no
journal entry and no log holds it. What a code costs stands in `liability:codes` from the moment it is owed until it
was redeemed or is over.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from makegood.desk import models, reading
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries import codes as queries
from makegood.rules import books as accounts
from makegood.rules import code_text
from makegood.rules.codes import CodeIsOver, State, Worth
from makegood.rules.money import Money

from . import books, journal, rows

SEED = 16


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A code, and its text for whoever brings it to the customer."""

    row: models.Code
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A code to be made."""

    title: str
    worth: Worth
    cost: Money | None = None
    """What it costs us if all of it is redeemed; None for its value."""


def issue(
    wanted: Wanted,
    *,
    customer: models.Customer,
    now: datetime,
    by: models.Staff | None = None,
    case: models.Case | None = None,
    entitlement: models.Entitlement | None = None,
) -> Issued:
    """Make a code that no remedy stands behind: from a programme, or as a courtesy. The house owes it from now on."""
    with transaction.atomic():
        new = _drafted(wanted, customer=customer, now=now, by=by, case=case, entitlement=entitlement)
        (issued,) = _keep([new], now=now, by=by)
        owed = queries.cost_of(issued.row, issued.row.left)
        _book(issued.row, "issued", owed, out_of=accounts.HOUSE, into=accounts.LIABILITY, now=now, by=by)
    return issued


def issue_for_remedy(remedy: models.Remedy, *, now: datetime, nth: int = 1, worth: Worth | None = None) -> Issued:
    """Make the code that a remedy promises, or return the one that was made: however often it is asked, there is one.

    What it costs was booked when the remedy was ordered. Raises CodeIsOver where its code is over already.
    """
    (issued,) = issue_for_remedies([remedy], now=now, nth=nth, worth=worth)
    return issued


def issue_for_remedies(
    remedies: Sequence[models.Remedy], *, now: datetime, nth: int = 1, worth: Worth | None = None
) -> list[Issued]:
    """Make the codes that these remedies promise, in their order; see `issue_for_remedy`."""
    with transaction.atomic():
        # The remedy is the lock: two who carry out one order must not both find that there is no code yet.
        theirs = reading.keys([remedy.pk for remedy in remedies])
        locked = models.Remedy.objects.select_for_update(of=("self",)).filter(pk__in=theirs).order_by("pk")
        list(locked.values_list("pk", flat=True))
        made = {pk: _issued_before(row) for pk, row in for_remedies(remedies, nth=nth).items()}
        new = [
            _drafted(
                _promised(remedy, worth), customer=remedy.customer, now=now, case=remedy.case, remedy=remedy, nth=nth
            )
            for remedy in remedies
            if remedy.pk not in made
        ]
        made |= {issued.row.remedy_id or 0: issued for issued in _keep(new, now=now)}
    return [made[remedy.pk] for remedy in remedies]


def _issued_before(row: models.Code) -> Issued:
    text = queries.text_of(row)
    if not text:
        raise CodeIsOver
    return Issued(row=row, text=text)


def _promised(remedy: models.Remedy, worth: Worth | None) -> Wanted:
    options = sorted(remedy.options.all(), key=lambda option: (option.key != remedy.chosen, option.nth))
    option = options[0] if options else None
    value = Money(remedy.currency, option.value if option else remedy.value)
    return Wanted(
        title=option.title if option else remedy.words[:200],
        worth=worth or Worth(value=value),
        cost=Money(remedy.currency, option.cost if option else remedy.cost),
    )


def for_remedies(remedies: Sequence[models.Remedy], *, nth: int = 1) -> dict[int, models.Code]:
    """Return the codes that stand for remedies now: those made for them, or what these were replaced by."""
    theirs = reading.keys([remedy.pk for remedy in remedies])
    found = {}
    for row in models.Code.objects.filter(remedy__in=theirs, nth=nth, ancestor=None):
        first = row.remedy_id or 0
        while row.state == State.REPLACED:
            row = row.successor
        found[first] = row
    return found


def revoke_for_remedy(remedy: models.Remedy, *, now: datetime) -> bool:
    """Take back the codes of a remedy that is reversed; False, and nothing changed, if anything of them was redeemed.

    The reversal of the remedy books it; this does not.
    """
    with transaction.atomic():
        # In this order everywhere: the entitlement, then the code.
        ends = models.Entitlement.objects.select_for_update(of=("self",)).filter(code__remedy=remedy)
        list(ends.order_by("pk").values_list("pk", flat=True))
        made = list(models.Code.objects.select_for_update(of=("self",)).filter(remedy=remedy).order_by("pk"))
        if not made or any(row.redemptions.exists() for row in made):
            return False
        for row in made:
            if row.state == State.OPEN:
                _end(row, State.REVOKED, why="the remedy was taken back", now=now, by=None)
            if row.entitlement_id:
                _over(row.entitlement_id, models.Entitlement.State.TAKEN_BACK, now=now)
        return True


def _drafted(
    wanted: Wanted,
    *,
    customer: models.Customer,
    now: datetime,
    by: models.Staff | None = None,
    case: models.Case | None = None,
    remedy: models.Remedy | None = None,
    nth: int = 1,
    entitlement: models.Entitlement | None = None,
    ancestor: models.Code | None = None,
) -> Issued:
    seed = secrets.token_bytes(SEED)
    text = code_text.derived(queries.key(), seed)
    worth = wanted.worth
    cost = wanted.cost or worth.value
    if cost.currency != worth.value.currency:
        raise ValueError("a code costs us in its own currency")
    row = models.Code(
        digest=code_text.digest(text),
        seed=seed,
        title=wanted.title[:200],
        customer=customer,
        case=case,
        remedy=remedy,
        nth=nth,
        entitlement=entitlement,
        currency=worth.value.currency,
        value=worth.value.minor,
        left=worth.value.minor,
        cost=cost.minor,
        percent=worth.percent,
        scope=sorted(worth.scope),
        single=worth.single,
        made_at=now,
        made_by=by,
        remind_at=now if customer.reminders_at else None,
        ancestor=ancestor,
    )
    return Issued(row=row, text=code_text.grouped(text))


def _keep(new: Sequence[Issued], *, now: datetime, by: models.Staff | None = None) -> list[Issued]:
    """Write the rows of new codes, and that they were issued."""
    if new:
        rows.create([issued.row for issued in new])
        crashpoint("code.after_row")
        facts = [
            {
                "code": row.pk,
                "value": Money(row.currency, row.value).plain(),
                "case": row.case.number if row.case else "",
            }
            for row in (issued.row for issued in new)
        ]
        journal.write_house_all("code.issued", facts, now=now, by=by)
    return list(new)


# ── over ─────────────────────────────────────────────────────────────────────


def revoke(code: models.Code, *, why: str, by: models.Staff, now: datetime) -> None:
    """Take back what is left of a code, for a reason. Raises CodeIsOver."""
    with transaction.atomic():
        _hold_entitlement(code)
        row = locked(code.pk)
        owed = queries.cost_of(row, row.left)
        _end(row, State.REVOKED, why=why, now=now, by=by)
        if row.entitlement_id:
            _over(row.entitlement_id, models.Entitlement.State.TAKEN_BACK, now=now)
        _book(row, "revoked", owed, out_of=accounts.LIABILITY, into=accounts.LAPSED, now=now, by=by)


def revoke_for_substitute(code: models.Code, *, by: models.Staff, now: datetime) -> None:
    """End a code in whose place something of equal worth is given. Part of that transaction."""
    row = locked(code.pk)
    owed = queries.cost_of(row, row.left)
    _end(row, State.REVOKED, why="something of equal worth stands in its place", now=now, by=by)
    _book(row, "revoked", owed, out_of=accounts.LIABILITY, into=accounts.LAPSED, now=now, by=by)


def replace(code: models.Code, *, why: str, by: models.Staff, now: datetime) -> Issued:
    """Give a customer a new code for what is left of one he lost or can't be shown. Raises CodeIsOver."""
    with transaction.atomic():
        _hold_entitlement(code)
        row = locked(code.pk)
        left, cost = Money(row.currency, row.left), queries.cost_of(row, row.left)
        held, row.entitlement = row.entitlement, None
        models.Code.objects.filter(pk=row.pk).update(entitlement=None)
        _end(row, State.REPLACED, why=why, now=now, by=by)
        was = queries.worth(row)
        again = Worth(value=left, percent=was.percent, scope=was.scope, single=was.single)
        new = _drafted(
            Wanted(title=row.title, worth=again, cost=cost),
            customer=row.customer,
            now=now,
            by=by,
            case=row.case,
            remedy=row.remedy,
            nth=row.nth,
            entitlement=held,
            ancestor=row,
        )
        (issued,) = _keep([new], now=now, by=by)
        return issued


def lapse(code: models.Code, *, now: datetime) -> None:
    """End a code whose entitlement ended. Part of that transaction; does nothing to one that is over."""
    row = models.Code.objects.select_for_update(of=("self",)).get(pk=code.pk)
    if row.state != State.OPEN:
        return
    owed = queries.cost_of(row, row.left)
    _end(row, State.LAPSED, why="", now=now, by=None)
    _book(row, "lapsed", owed, out_of=accounts.LIABILITY, into=accounts.LAPSED, now=now, by=None)


def _hold_entitlement(code: models.Code) -> None:
    """Lock what a code stands for before the code, as a till does, so that the two never wait for each other."""
    if code.entitlement_id:
        models.Entitlement.objects.select_for_update(of=("self",)).get(pk=code.entitlement_id)


def locked(pk: int) -> models.Code:
    """Return an open code that nobody else can change until this transaction ends. Raises CodeIsOver."""
    row = models.Code.objects.select_for_update(of=("self",)).select_related("customer", "case").get(pk=pk)
    if row.state != State.OPEN:
        raise CodeIsOver
    return row


def _end(row: models.Code, state: State, *, why: str, now: datetime, by: models.Staff | None) -> None:
    open_still = models.Code.objects.filter(pk=row.pk, state=State.OPEN)
    ended = open_still.update(state=state, seed=b"", over_at=now, over_by=by, over_why=why[:300])
    if not ended:
        raise CodeIsOver
    journal.write_house(f"code.{state}", {"code": row.pk, "why": why[:300]}, now=now, by=by)


def _over(entitlement: int, state: models.Entitlement.State, *, now: datetime) -> None:
    models.Entitlement.objects.filter(pk=entitlement, state=models.Entitlement.State.OPEN).update(
        state=state, over_at=now, next_at=None, frozen_at=None, frozen_case=None
    )


def used_up(row: models.Code, *, now: datetime) -> None:
    """End the entitlement of a code that was redeemed to the end. Part of that transaction."""
    if row.entitlement_id:
        _over(row.entitlement_id, models.Entitlement.State.USED, now=now)


def _book(
    row: models.Code,
    step: str,
    amount: Money,
    *,
    out_of: str,
    into: str,
    now: datetime,
    by: models.Staff | None,
) -> None:
    moved = accounts.move(f"code:{row.pk}:{step}", amount, out_of=out_of, into=into)
    if moved is not None:
        books.post(moved, now=now, case_id=row.case_id, by=by.pk if by else None)
