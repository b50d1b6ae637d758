"""A remedy and what became of it: the values, and what each event makes of them.

    proposed → approved → offered → accepted → ordered → shipped → delivered → confirmed
             ↘ denied             ↘ declined             ↘ failed             ↘ reversed

Each function at the end is the meaning of one event for the case
(`cases.after`); none of them decides anything. Who may do what, and when, is
`remedies`' business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from . import remedy_events as rev
from .money import Money
from .values import replace

if TYPE_CHECKING:
    from .cases import Case


class Step(StrEnum):
    """How far a remedy has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DENIED = "denied"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ORDERED = "ordered"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    FAILED = "failed"
    REVERSED = "reversed"


OVER = frozenset({Step.DENIED, Step.CONFIRMED, Step.DECLINED, Step.REVERSED})
"""Nothing is owed of such a remedy. A failed one is owed until another stands in its place."""
GIVEN_BACK = frozenset({Step.DENIED, Step.DECLINED})
"""Steps after which nothing counts against an authority or a budget any more."""
UNDER_WAY = frozenset({Step.ORDERED, Step.SHIPPED, Step.DELIVERED, Step.CONFIRMED})


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """One remedy of a case. Money is in minor units of `currency`; moments are aware; people are ids of staff."""

    number: int
    step: Step
    kind: str
    failure: str
    currency: str
    options: tuple[str, ...]
    kinds: tuple[str, ...]
    costs: tuple[int, ...]
    values: tuple[int, ...]
    needs: str
    """The role that must approve it; empty where the proposer's authority covers it."""
    custom: bool
    before_wish: bool
    proposed_by: int | None
    proposed_at: datetime
    moved_at: datetime
    """Since when it has stood at this step."""
    approved_by: int | None = None
    chosen: str | None = None
    """The key of the option he chose."""
    stands_at: datetime | None = None
    """Until then he may choose another; None where his choice stands, or he has not chosen."""
    offered_at: datetime | None = None
    offered_by: int | None = None
    """The contact that last told him, if a letter did."""
    expires_at: datetime | None = None
    late: bool = False
    key: str = ""
    """What a connector knows the order by; empty before it was ordered."""
    ordered_at: datetime | None = None
    weak: bool = False
    lost: bool = False
    """Taken back when it had left: whether it ever comes back nobody knows."""
    ancestor: int | None = None
    followed_by: int | None = None
    """The remedy that stands in the place of this failed one."""
    incident: int | None = None
    item: int | None = None
    """The thing of the case that it is for; None for the case as a whole."""

    @property
    def undone(self) -> bool:
        """Whether we still owe something of it."""
        if self.step is Step.FAILED:
            return self.followed_by is None
        return self.step not in OVER

    @property
    def counts(self) -> bool:
        """Whether it counts against authorities and budgets: from proposed on, until it is given back.

        What had left counts although it was taken back: else a limit could be spent over and over.
        """
        if self.step is Step.REVERSED:
            return self.lost
        if self.step is Step.FAILED:
            return self.ordered_at is not None
        return self.step not in GIVEN_BACK

    def cost(self) -> Money:
        """Return what it costs us: the chosen option, or the dearest as long as that may change."""
        return Money(self.currency, self._of(self.costs))

    def value(self) -> Money:
        """Return what it is worth to him: the chosen option, or the dearest as long as that may change."""
        return Money(self.currency, self._of(self.values))

    def changeable(self, at: datetime) -> bool:
        """Return whether he, having chosen, may still choose another."""
        return self.step is Step.ACCEPTED and self.stands_at is not None and at < self.stands_at

    def kind_of(self, option: str) -> str:
        """Return the kind of an option. Raises ValueError for one it doesn't have."""
        return self.kinds[self.options.index(option)]

    @property
    def chosen_kind(self) -> str:
        """Return what he gets: the kind of the chosen option, or of the only one; empty while he has a choice."""
        if self.chosen is not None:
            return self.kind_of(self.chosen)
        return self.kinds[0] if len(self.kinds) == 1 else ""

    def _of(self, series: tuple[int, ...]) -> int:
        # As long as he may choose another it can become the dearest.
        if self.chosen is None or (self.stands_at is not None and self.ordered_at is None):
            return max(series)
        return series[self.options.index(self.chosen)]


# ── what each event means for the case ───────────────────────────────────────


def _wish_asked(case: Case, event: rev.WishAsked) -> Case:
    return replace(case, wish_asked_at=case.wish_asked_at or event.at)


def _wish_said(case: Case, event: rev.WishSaid) -> Case:
    return replace(case, wish_at=event.at)


def _wish_passed(case: Case, _: rev.WishPassed) -> Case:
    return replace(case, wish_passed=True)


def _proposed(case: Case, event: rev.RemedyProposed) -> Case:
    assert event.number == len(case.remedies) + 1, "remedies are numbered in the order they were proposed"
    made = Remedy(
        number=event.number,
        step=Step.PROPOSED,
        kind=event.kind,
        failure=event.failure,
        currency=event.currency,
        options=event.options,
        kinds=event.kinds,
        costs=event.costs,
        values=event.values,
        needs=event.needs,
        custom=event.custom,
        before_wish=event.before_wish,
        proposed_by=event.by,
        proposed_at=event.at,
        moved_at=event.at,
        ancestor=event.ancestor,
        incident=event.incident,
        item=event.item,
    )
    if event.ancestor is not None:
        case = _with(case, replace(case.remedy(event.ancestor), followed_by=event.number))
    return replace(case, remedies=(*case.remedies, made))


def _with(case: Case, changed: Remedy) -> Case:
    at = changed.number - 1
    return replace(case, remedies=(*case.remedies[:at], changed, *case.remedies[at + 1 :]))


def _to(step: Step, case: Case, event: Any, **changes: Any) -> Case:
    remedy = case.remedy(event.number)
    return _with(case, replace(remedy, step=step, moved_at=event.at, **changes))


def _approved(case: Case, event: rev.RemedyApproved) -> Case:
    return _to(Step.APPROVED, case, event, approved_by=event.by)


def _denied(case: Case, event: rev.RemedyDenied) -> Case:
    return _owed_again(_to(Step.DENIED, case, event), event.number)


def _owed_again(case: Case, number: int) -> Case:
    """Where it stood in the place of a failed remedy, that place is empty again."""
    ancestor = case.remedy(number).ancestor
    return case if ancestor is None else _with(case, replace(case.remedy(ancestor), followed_by=None))


def _offered(case: Case, event: rev.RemedyOffered) -> Case:
    told = {"offered_by": event.contact, "expires_at": event.expires_at, "late": event.late}
    return _to(Step.OFFERED, case, event, offered_at=event.at, **told)


def _accepted(case: Case, event: rev.RemedyAccepted) -> Case:
    return _to(Step.ACCEPTED, case, event, chosen=event.option, stands_at=event.stands_at)


def _ordered(case: Case, event: rev.RemedyOrdered) -> Case:
    remedy = case.remedy(event.number)
    assert remedy.ordered_at is None, "a remedy is ordered once"
    chosen = remedy.chosen or remedy.options[0]
    return _to(Step.ORDERED, case, event, key=event.key, ordered_at=event.at, chosen=chosen)


def _shipped(case: Case, event: rev.RemedyShipped) -> Case:
    return _to(Step.SHIPPED, case, event)


def _delivered(case: Case, event: rev.RemedyDelivered) -> Case:
    return _to(Step.DELIVERED, case, event)


def _confirmed(case: Case, event: rev.RemedyConfirmed) -> Case:
    return _to(Step.CONFIRMED, case, event, weak=event.weak)


def _declined(case: Case, event: rev.RemedyDeclined) -> Case:
    return _to(Step.DECLINED, case, event)


def _failed(case: Case, event: rev.RemedyFailed) -> Case:
    failed = _to(Step.FAILED, case, event)
    return replace(failed, failed_remedies=case.failed_remedies + 1, lowest_rung=case.lowest_rung + 1)


def _reversed(case: Case, event: rev.RemedyReversed) -> Case:
    return _owed_again(_to(Step.REVERSED, case, event, lost=event.lost), event.number)


def _held(case: Case, event: rev.PropertyHeld) -> Case:
    return replace(case, holdings=(*case.holdings, event.holding))


def _returned(case: Case, event: rev.PropertyReturned) -> Case:
    return replace(case, holdings=tuple(h for h in case.holdings if h != event.holding))


def reasons_undone(case: Case) -> tuple[str, ...]:
    """Return why this case can't close for its remedies and what we hold, as sentences."""
    reasons = []
    if any(r.undone and r.step is not Step.FAILED for r in case.remedies):
        reasons.append("A remedy is not done: see that he has it and says so, or that he declines it.")
    if any(r.undone and r.step is Step.FAILED for r in case.remedies):
        reasons.append("A remedy failed and nothing stands in its place: propose something else.")
    if case.holdings:
        reasons.append("We hold something of his: give it back first.")
    return tuple(reasons)


MEANING: dict[type, Callable[[Case, Any], Case]] = {
    rev.WishAsked: _wish_asked,
    rev.WishSaid: _wish_said,
    rev.WishPassed: _wish_passed,
    rev.RemedyProposed: _proposed,
    rev.RemedyApproved: _approved,
    rev.RemedyDenied: _denied,
    rev.RemedyOffered: _offered,
    rev.RemedyAccepted: _accepted,
    rev.RemedyOrdered: _ordered,
    rev.RemedyShipped: _shipped,
    rev.RemedyDelivered: _delivered,
    rev.RemedyConfirmed: _confirmed,
    rev.RemedyDeclined: _declined,
    rev.RemedyFailed: _failed,
    rev.RemedyReversed: _reversed,
    rev.PropertyHeld: _held,
    rev.PropertyReturned: _returned,
}
