"""Remedy rows and the books, brought up to date with what happened. Part of recording a decision.

What a step moves is posted here and nowhere else, in the transaction that writes its event: so there is no step
without its transfer, and the key of a transfer lets a step be booked once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from makegood.desk import models, reading
from makegood.desk.queries.given import held_for
from makegood.rules import authority
from makegood.rules import books as rules
from makegood.rules import remedy_events as rev
from makegood.rules.events import Event
from makegood.rules.money import Money
from makegood.rules.policy import Policy
from makegood.rules.remedies import Remedy, Step

from . import books, order_rows, rows
from .budgets import account_name
from .written_promises import Happened

FILLED_IN_LATER = (
    "step",
    "cost",
    "value",
    "counted",
    "gives",
    "approved_by_id",
    "approved_at",
    "given_by_id",
    "given_at",
    "offered_at",
    "contact_id",
    "expires_at",
    "late",
    "chosen",
    "accepted_at",
    "order_at",
    "ordered_at",
    "reference",
    "delivered_at",
    "confirmed_at",
    "weak",
    "moved_at",
    "evidence",
    "ended_why",
)


def save(stories: Sequence[Happened], *, now: datetime) -> None:
    """Bring the rows of remedies that these events touched up to date, and post what their steps move."""
    touched = {story.row.pk: _touched(story.u.events) for story in stories}
    touched = {pk: numbers for pk, numbers in touched.items() if numbers}
    if not touched:
        return
    known = _known(touched)
    moving = _Moving(list(known.values()))
    changed = []
    for story in stories:
        for number, events in touched.get(story.row.pk, {}).items():
            row, fact = known[story.row.pk, number], story.u.case.remedy(number)
            changed.append((row, rows.read(row, FILLED_IN_LATER)))
            follow(row, fact, story.u.house.policy)
            for event in events:
                _note(row, event)
                moving.step(row, fact, event, story.u.house.policy)
    moving.post(now=now)
    rows.update(changed, FILLED_IN_LATER)
    order_rows.keep_up(
        ((known[pk, number], events) for pk in touched for number, events in touched[pk].items()), now=now
    )


def _touched(happened: Sequence[Event]) -> dict[int, list[Event]]:
    """Return what happened to each remedy, in order."""
    found: dict[int, list[Event]] = {}
    for event in happened:
        if event.name.startswith("remedy."):
            found.setdefault(event.number, []).append(event)  # type: ignore[attr-defined]
    return found


def _known(touched: Mapping[int, Mapping[int, object]]) -> dict[tuple[int, int], models.Remedy]:
    numbers = {number for each in touched.values() for number in each}
    found = models.Remedy.objects.filter(case__in=reading.keys(list(touched)), number__in=numbers)
    return {(row.case_id, row.number): row for row in found.select_related("budget").order_by()}


def follow(row: models.Remedy, fact: Remedy, policy: Policy) -> None:
    """Set on a row what its remedy adds up to."""
    row.step, row.gives = str(fact.step), fact.counts
    row.cost, row.value = fact.cost().minor, fact.value().minor
    row.counted = _counted(fact.cost(), policy)
    row.approved_by_id = fact.approved_by
    row.offered_at, row.contact_id = fact.offered_at, fact.offered_by
    row.expires_at, row.late = fact.expires_at, fact.late
    row.chosen, row.ordered_at = fact.chosen or "", fact.ordered_at
    if fact.step is not Step.ACCEPTED:
        row.order_at = None
    row.weak, row.moved_at = fact.weak, fact.moved_at


def _counted(cost: Money, policy: Policy) -> int | None:
    worth = authority.in_house(cost, policy)
    return worth.minor if worth is not None else None


def _note(row: models.Remedy, event: Event) -> None:
    """Write down beside the remedy what an event says once."""
    match event:
        case rev.RemedyApproved():
            row.approved_at = event.at
            if event.by is not None and row.incident is None:
                row.given_by_id, row.given_at = event.by, event.at
        case rev.RemedyAccepted():
            row.accepted_at = event.at
        case rev.RemedyShipped():
            row.reference = event.reference[:200]
        case rev.RemedyDelivered():
            row.delivered_at, row.evidence = event.at, event.evidence[:300]
        case rev.RemedyConfirmed():
            row.confirmed_at, row.evidence = event.at, event.evidence[:300] or row.evidence
        case rev.RemedyDenied() | rev.RemedyDeclined() | rev.RemedyFailed() | rev.RemedyReversed():
            row.ended_why = event.why[:300]


# ── the books ────────────────────────────────────────────────────────────────


class _Moving:
    """What the steps of these remedies move, one after the other, posted together."""

    def __init__(self, remedies: Sequence[models.Remedy]) -> None:
        self._remedies = remedies
        self._moved: list[books.Moved] = []

    @cached_property
    def _held(self) -> dict[tuple[int, int, str], int]:
        """What each account holds for each remedy, with what is moved and not posted yet."""
        return defaultdict(int, held_for(self._remedies))

    def step(self, row: models.Remedy, fact: Remedy, event: Event, policy: Policy) -> None:
        """Note what this step moves, if it moves anything."""
        if isinstance(event, rev.RemedyOrdered) and fact.stands_at is not None:
            # Until now he could have chosen the dearest.
            self._move(row, event, self._chosen(row, policy))
        self._move(row, event, self._transfer(row, fact, event, policy))

    def _move(self, row: models.Remedy, event: Event, transfer: rules.Transfer | None) -> None:
        if transfer is None:
            return
        self._moved.append(books.Moved(transfer=transfer, case_id=row.case_id, number=row.number, by=event.by))
        for posting in transfer.postings:
            self._held[row.case_id, row.number, posting.account] += posting.minor

    def post(self, *, now: datetime) -> None:
        """Write it."""
        books.post_all(self._moved, now=now)

    def _transfer(self, row: models.Remedy, fact: Remedy, event: Event, policy: Policy) -> rules.Transfer | None:
        case, number, name = row.case_id, row.number, account_name(row.budget)
        match event:
            case rev.RemedyProposed():
                return rules.reserve(case, number, name, booked(row, max(event.costs), policy))
            case rev.RemedyAccepted() if event.stands_at is None:
                return self._chosen(row, policy)
            case rev.RemedyOrdered():
                return rules.spend(case, number, name, fact.chosen_kind or row.kind, self._reserved(row, policy))
            case rev.RemedyDenied() | rev.RemedyDeclined():
                return rules.give_back(case, number, name, event.name.partition(".")[2], self._reserved(row, policy))
            case rev.RemedyFailed() if row.ordered_at is None:
                return rules.give_back(case, number, name, "failed", self._reserved(row, policy))
            case rev.RemedyReversed(lost=True):
                return None
            case rev.RemedyReversed() if row.ordered_at is None:
                return rules.give_back(case, number, name, "reversed", self._reserved(row, policy))
            case rev.RemedyReversed():
                kind = fact.chosen_kind or row.kind
                return rules.take_back(case, number, name, kind, self._on(rules.spent(kind), row, policy))
        return None

    def _chosen(self, row: models.Remedy, policy: Policy) -> rules.Transfer | None:
        """What his choice costs less than was set aside: authority and budget were judged by the dearest."""
        held = self._reserved(row, policy)
        least = min(held, booked(row, row.cost, policy))
        return rules.choose(
            row.case_id, row.number, account_name(row.budget), reserved_cost=held, chosen_cost=least
        )

    def _reserved(self, row: models.Remedy, policy: Policy) -> Money:
        return self._on(rules.reserved(account_name(row.budget)), row, policy)

    def _on(self, account: str, row: models.Remedy, policy: Policy) -> Money:
        return Money(currency_of(row, policy), self._held[row.case_id, row.number, account])


def currency_of(row: models.Remedy, policy: Policy) -> str:
    """Return the currency in which a remedy is booked: its budget's or the house's, else its own."""
    wanted = row.budget.currency if row.budget else policy.currency
    rated = row.currency == wanted or (wanted == policy.currency and row.currency in policy.rates)
    return wanted if rated else row.currency


def booked(row: models.Remedy, minor: int, policy: Policy) -> Money:
    """Return a cost of this remedy in the currency in which it is booked."""
    cost, wanted = Money(row.currency, minor), currency_of(row, policy)
    if row.currency == wanted:
        return cost
    return authority.in_house(cost, policy) or cost
