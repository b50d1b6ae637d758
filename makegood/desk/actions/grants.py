"""An incident's remedy given to many at once, each on his own case. Part of the job's transaction.

The incident's own approval stands behind each; its budget holds all the same. All that a batch of them changes is a
fixed number of statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from makegood.desk import models, reading
from makegood.desk.crashpoints import crashpoint
from makegood.rules import authority, refusals
from makegood.rules import remedies as rules

from . import budgets, orders, payouts, proposals, sums
from .proposals import Filled
from .record import Decision
from .wanted import Wanted
from .written_remedies import booked


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What one person is to be given."""

    decision: Decision
    wanted: Wanted
    contact: int | None = None
    """The letter that offers it."""


Answer = int | refusals.Refusal
"""The number of his remedy, or why he can't be given it."""


def lock(decisions: Sequence[Decision]) -> None:
    """Lock the customers of these cases: all of them before the first budget, in one order whoever asks."""
    theirs = reading.keys([d.row.customer_id for d in decisions])
    held = models.Customer.objects.select_for_update(no_key=True).filter(pk__in=theirs)
    list(held.order_by("pk").values_list("pk", flat=True))


def grant(grants: Sequence[Grant], *, incident: int, now: datetime) -> list[Answer]:
    """Give each of these people the incident's remedy, once. Needs `lock`.

    What needs no choice of his is ordered at once, everything else is offered. Returns an answer for each; for fewer
    of them, the first ones, where the budget covers no more. Raises BudgetSpent where it does not cover the first.
    """
    known = _known(grants, incident)
    batch = _Batch(incident, moved=_moved(grants))
    answers: list[Answer] = []
    for each in grants:
        number = known.get(each.decision.row.pk)
        try:
            answers.append(number if number is not None else batch.add(each, now=now))
        except refusals.BudgetSpent:
            if not answers:
                raise
            break
        except refusals.Refusal as no:
            answers.append(no)
    batch.carry_out(now=now)
    return answers


def _known(grants: Sequence[Grant], incident: int) -> dict[int, int]:
    """Return the remedies that people have of this incident, by case."""
    customers = reading.keys([each.decision.row.customer_id for each in grants])
    found = models.Remedy.objects.filter(incident=incident, customer__in=customers, ancestor=None, gives=True)
    return dict(found.order_by().values_list("case", "number"))


def _moved(grants: Sequence[Grant]) -> frozenset[int]:
    """Return the customers who ever got a new address: nobody else's remedy can be cooling off."""
    customers = reading.keys([each.decision.row.customer_id for each in grants])
    return frozenset(models.AddressChange.objects.filter(customer__in=customers).values_list("customer", flat=True))


class _Batch:
    """What is given together: proposed one by one, then written at once."""

    def __init__(self, incident: int, *, moved: frozenset[int]) -> None:
        self._incident, self._moved = incident, moved
        self._budgets: dict[str, models.Budget | None] = {}
        self._new: list[tuple[Grant, models.Remedy, list[Filled]]] = []

    def add(self, each: Grant, *, now: datetime) -> int:
        """Let the rules propose it. Raises Refusal, and changes nothing, where it can't be."""
        d = each.decision
        filled = proposals.fill_in(each.wanted, d.u.house.policy, language=d.row.language)
        if len(filled) == 1 and d.row.customer_id in self._moved:
            payouts.refuse_while_cooling(d, kind=filled[0].kind, means=filled[0].choice.means, now=now)
        cost, budget = proposals.dearest(filled).cost, self._budget(each, filled, now=now)
        allowed = authority.Verdict(short=sums.short_of(d, cost, budget))
        row = proposals.drafted(
            d, each.wanted, filled, allowed=allowed, budget=budget, by=None, incident=self._incident, now=now
        )
        if budget is not None and (drawn := booked(row, cost.minor, d.u.house.policy)).currency == budget.currency:
            # Posted with the others' when this is recorded; the next one sees already what is left then.
            budget.left -= drawn.minor
        self._new.append((each, row, filled))
        return row.number

    def _budget(self, each: Grant, filled: Sequence[Filled], *, now: datetime) -> models.Budget | None:
        name = each.wanted.budget or proposals.dearest(filled).budget
        if name and name not in self._budgets:
            self._budgets[name] = budgets.take(name, each.decision.u.house.policy, now=now)
        return self._budgets[name] if name else None

    def carry_out(self, *, now: datetime) -> None:
        """Write what was proposed; order what needs no choice of his, offer the rest."""
        proposals.keep([(row, filled) for _, row, filled in self._new])
        ordered = []
        for each, row, _ in self._new:
            u = each.decision.u
            fact = u.case.remedy(row.number)
            if rules.needs_no_choice(u, fact):
                rules.order(u, number=row.number, key=str(row.key), by=None, at=now)
                row.chosen = fact.options[0]
                ordered.append((row, each.decision))
            else:
                rules.offer(u, number=row.number, by=None, at=now, contact=each.contact)
        crashpoint("remedy.before_order")
        orders.place(ordered, now=now)
        crashpoint("remedy.after_order")
