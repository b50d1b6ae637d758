"""What somebody wants to give, and who says yes or no. Sums, budgets and limits were judged before (`authority`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import clocks, items, refusals
from . import remedy_events as rev
from .authority import Verdict
from .catalogue import WORDS, Failure, RemedyKind
from .money import EXPONENTS
from .policy import Role, Signal
from .policy_remedies import STEPS_WITH_A_CLOCK
from .remedy_guards import at_step, gone, reason, refuse_closed
from .remedy_steps import Step
from .unfolding import Unfolding

CHOICE_AFTER = 2
"""So many remedies failed: the next is a choice of his, or a refund."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing he can choose. Money is in minor units of the proposal's currency."""

    key: str
    """The key of an entry of the catalogue, or `custom`; `code#2` where an entry comes twice."""
    kind: str
    cost: int
    value: int


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What somebody wants to give."""

    failure: str
    """outcome, process or both."""
    currency: str
    options: tuple[Option, ...]
    words_hash: str
    """Of what the customer will read."""
    why: str
    ancestor: int | None = None
    """The failed remedy it stands in for."""
    incident: int | None = None
    item: int | None = None
    """The thing of the case that it is for; None for the case as a whole."""


def propose(u: Unfolding, proposal: Proposal, *, allowed: Verdict, by: int | None, at: datetime) -> int:
    """Propose a remedy and return its number; within the proposer's authority it is approved at once.

    `by` is None for an incident's job, whose own approval stands behind it. Where a remedy has failed
    and nothing stands in its place, this one does. Words alone (an apology, an explanation) need no wish.
    """
    refuse_closed(u)
    _refuse_nonsense(proposal)
    items.refuse_unknown(u.case, proposal.item)
    mere_words = all(option.kind in WORDS for option in proposal.options)
    if not _has_clocks(u):
        raise refusals.NoRemedyClocks
    if not mere_words:
        _refuse_before_its_time(u, proposal)
    if allowed.short is not None:
        raise refusals.BudgetSpent(f"It would need {allowed.short.plain()} more.")
    number = len(u.case.remedies) + 1
    ancestor = proposal.ancestor if mere_words else _stands_in_for(u, proposal)
    u.happen(
        rev.RemedyProposed(
            at=at,
            by=by,
            number=number,
            kind=proposal.options[0].kind if len(proposal.options) == 1 else "choice",
            failure=proposal.failure,
            currency=proposal.currency,
            options=tuple(o.key for o in proposal.options),
            kinds=tuple(o.kind for o in proposal.options),
            costs=tuple(o.cost for o in proposal.options),
            values=tuple(o.value for o in proposal.options),
            words_hash=proposal.words_hash,
            custom=any(o.kind == RemedyKind.CUSTOM for o in proposal.options),
            before_wish=u.case.wish_at is None,
            why=proposal.why,
            needs=str(allowed.needs or ""),
            ancestor=ancestor,
            incident=proposal.incident,
            item=proposal.item,
        )
    )
    if ancestor is not None:
        clocks.signal(u, Signal.REMEDY_SETTLED, at=at, remedy=ancestor)
    if allowed.needs is not None:
        clocks.signal(u, Signal.REMEDY_PROPOSED_ABOVE, at=at, remedy=number)
    else:
        person = u.house.people.get(by) if by is not None else None
        _approve(u, number, role=str(person.role) if person else "", by=by, at=at)
    return number


def _refuse_nonsense(proposal: Proposal) -> None:
    keys = [option.key for option in proposal.options]
    if not keys or not all(keys):
        raise refusals.NotARemedy("Say what it is.")
    if len(set(keys)) < len(keys):
        raise refusals.NotARemedy("Each option needs a name of its own.")
    if proposal.currency not in EXPONENTS:
        raise refusals.NotARemedy(f"“{proposal.currency[:10]}” is no currency.")
    if any(option.cost < 0 or option.value < 0 for option in proposal.options):
        raise refusals.NotARemedy("An amount can't be below zero.")
    if any(option.kind not in list(RemedyKind) for option in proposal.options):
        raise refusals.NotARemedy("One of the options is of no kind that there is.")
    if proposal.failure not in list(Failure):
        raise refusals.NotARemedy("Say what went wrong: what he got, how he was treated, or both.")
    if any(option.kind == RemedyKind.CUSTOM for option in proposal.options):
        reason(proposal.why)


def _has_clocks(u: Unfolding) -> bool:
    """Whether the case's policy gives every step a clock: without one, a remedy could be forgotten."""
    kinds = u.house.policy.kinds.values()
    opened = {signal for kind in kinds for signal in kind.opens_on}
    return opened >= STEPS_WITH_A_CLOCK


def _refuse_before_its_time(u: Unfolding, proposal: Proposal) -> None:
    if u.case.wish_at is None and not u.case.wish_passed and proposal.incident is None:
        raise refusals.WishFirst
    chooses = len(proposal.options) > 1 or proposal.options[0].kind in (RemedyKind.CHOOSE_ANY, RemedyKind.REFUND)
    if items.failures(u.case, proposal.item) >= CHOICE_AFTER and not chooses:
        raise refusals.ChoiceOwed


def _stands_in_for(u: Unfolding, proposal: Proposal) -> int | None:
    """Return the failed remedy for the same thing in whose place a new one stands: the one named, or the first."""
    failed = [r for r in u.case.remedies if r.step is Step.FAILED and r.followed_by is None]
    waiting, named = [r.number for r in failed if r.item == proposal.item], proposal.ancestor
    if named is not None and named not in waiting:
        raise refusals.NotARemedy("What it should stand in for has not failed, or something stands there already.")
    return named if named is not None else next(iter(waiting), None)


def approve(u: Unfolding, *, number: int, role: Role, by: int, at: datetime) -> None:
    """Approve what somebody else proposed, with the authority of `role`. Sums and limits were judged before."""
    remedy = at_step(u, number, Step.PROPOSED)
    if remedy.proposed_by == by:
        raise refusals.OwnRequest
    _approve(u, number, role=str(role), by=by, at=at)


def _approve(u: Unfolding, number: int, *, role: str, by: int | None, at: datetime) -> None:
    u.happen(rev.RemedyApproved(at=at, by=by, number=number, role=role))
    clocks.signal(u, Signal.REMEDY_DECIDED, Signal.REMEDY_APPROVED, at=at, remedy=number)


def deny(u: Unfolding, *, number: int, why: str, by: int, at: datetime) -> None:
    """Say no to what was proposed, with a reason. The proposer may take his own request back so, too."""
    at_step(u, number, Step.PROPOSED)
    u.happen(rev.RemedyDenied(at=at, by=by, number=number, why=reason(why)))
    clocks.signal(u, Signal.REMEDY_DECIDED, at=at, remedy=number)
    gone(u, number, at=at, why="the request was denied")
