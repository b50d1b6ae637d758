"""Making it right: the wish, what is proposed, approved, offered and chosen, and whether it arrived.

Each function lets events take effect on the unfolding case, or raises a
Refusal and changes nothing. Sums, budgets and limits were judged before
(`authority`); `at` is when it happened. A remedy that is not over always has
a clock of its own: each step opens the next one's and keeps its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from . import clocks, closing, refusals, spans
from . import remedy_events as rev
from .cases import Ball, Case
from .catalogue import WORDS, RemedyKind
from .findings import find, tell_executive, tell_higher
from .policy import Signal
from .proposing import Option as Option
from .proposing import Proposal as Proposal
from .proposing import approve as approve
from .proposing import deny as deny
from .proposing import propose as propose
from .remedy_guards import at_step, gone, known, reason, refuse_closed
from .remedy_steps import UNDER_WAY
from .remedy_steps import Remedy as Remedy
from .remedy_steps import Step as Step
from .remedy_steps import reasons_undone as reasons_undone
from .unfolding import Unfolding

UNASKED = WORDS | {RemedyKind.CODE, RemedyKind.CREDIT}
"""A remedy of one of these with nothing to choose may be ordered though he never said what he wishes."""
HIS_CHOICE = frozenset({RemedyKind.CHOOSE_ANY, RemedyKind.SUBSTITUTE})
"""Never without his choice: there are no silent swaps."""
EXECUTIVE_AFTER = 3
"""So many remedies failed: an executive hears."""


# ── the wish ─────────────────────────────────────────────────────────────────


def ask_wish(u: Unfolding, *, by: int, at: datetime) -> None:
    """Record that we asked him what he would like to have happen."""
    refuse_closed(u)
    u.happen(rev.WishAsked(at=at, by=by))


def say_wish(u: Unfolding, *, words_hash: str, by: int | None, at: datetime) -> None:
    """Record his wish, written down by somebody of ours (`by`) or said by himself (None). He may say it again.

    What he says himself makes it our turn.
    """
    refuse_closed(u)
    u.happen(rev.WishSaid(at=at, by=by, words_hash=words_hash))
    if by is None:
        clocks.pass_ball(u, Ball.US, at=at)


def pass_wish(u: Unfolding, *, why: str, by: int, at: datetime) -> None:
    """Go on without knowing his wish. It needs a reason, and it is counted."""
    refuse_closed(u)
    u.happen(rev.WishPassed(at=at, by=by, why=reason(why)))


def decided_on_merit(case: Case) -> bool:
    """Return whether somebody decided what he is owed: only then is it shown how long he has been with us."""
    return not case.open or any(set(remedy.kinds) - WORDS for remedy in case.remedies)


# ── what he is told, and what he chooses ─────────────────────────────────────


def offer(
    u: Unfolding,
    *,
    number: int,
    by: int | None,
    at: datetime,
    contact: int | None = None,
    expires_at: datetime | None = None,
    arrives_at: datetime | None = None,
    although_late: bool = False,
) -> None:
    """Tell him what he can have; `contact` is the letter that did. It may be told again, by another way.

    `arrives_at` is when he would have it: after his need-by it is refused unless `although_late`.
    """
    at_step(u, number, Step.APPROVED, Step.OFFERED)
    late = u.case.need_by is not None and arrives_at is not None and arrives_at > u.case.need_by
    if late and not although_late:
        raise refusals.ComesTooLate
    u.happen(
        rev.RemedyOffered(at=at, by=by, number=number, contact=contact, expires_at=expires_at, late=late)
    )
    clocks.signal(u, Signal.REMEDY_OFFERED, at=at, remedy=number)


def offer_came_back(u: Unfolding, *, contact: int, at: datetime) -> None:
    """The letter that offered it never reached him: offering is owed again."""
    for remedy in u.case.remedies:
        if remedy.step is Step.OFFERED and remedy.offered_by == contact:
            clocks.signal(u, Signal.REMEDY_APPROVED, at=at, remedy=remedy.number)


def accept(u: Unfolding, *, number: int, option: str, words_hash: str, at: datetime, by: int | None = None) -> None:
    """He chose one of the options; `by` is who wrote his choice down, None where he chose himself.

    An offer doesn't lapse by itself (`lapse`), so a choice that comes late still counts. What he chooses
    himself he may change for as long as the policy says; changing it never makes that longer.
    """
    remedy = known(u, number)
    if not remedy.changeable(at):
        at_step(u, number, Step.OFFERED)
    if option not in remedy.options:
        raise refusals.NoSuchOption
    stands_at = None if by is not None else remedy.stands_at or _stands_at(u, remedy, at)
    u.happen(
        rev.RemedyAccepted(
            at=at, by=by, number=number, option=option, words_hash=words_hash, stands_at=stands_at
        )
    )
    clocks.signal(u, Signal.REMEDY_ACCEPTED, at=at, remedy=number)
    clocks.pass_ball(u, Ball.US, at=at)


def _stands_at(u: Unfolding, remedy: Remedy, at: datetime) -> datetime | None:
    """Return until when he may change what he chooses now; None for one thing only, and if he needs it by a date."""
    span = u.house.policy.choice_stands_after
    if span is None or not has_a_choice(remedy.kinds) or u.case.need_by is not None:
        return None
    return spans.due_at(span, at, u.house.hours(u.house.policy.default_calendar))


def has_a_choice(kinds: Sequence[str]) -> bool:
    """Return whether there is something to choose: several options of these kinds, or one that says "any other"."""
    return len(kinds) > 1 or kinds[0] in HIS_CHOICE


def decline(u: Unfolding, *, number: int, why: str, at: datetime, by: int | None = None) -> None:
    """He does not want it; `by` is who wrote that down. It is our turn again: what else?"""
    at_step(u, number, Step.OFFERED, Step.ACCEPTED)
    u.happen(rev.RemedyDeclined(at=at, by=by, number=number, why=why))
    clocks.signal(u, Signal.REMEDY_SETTLED, at=at, remedy=number)
    clocks.end_remedy(u, number, at=at, why="he declined it")
    clocks.pass_ball(u, Ball.US, at=at)


def lapse(u: Unfolding, *, number: int, at: datetime) -> None:
    """An offer ran out. Only where the delay is his: it is his turn, and nothing he wrote waits for us."""
    remedy = at_step(u, number, Step.OFFERED)
    over = remedy.expires_at is not None and remedy.expires_at <= at
    if not over or u.case.ball is not Ball.CUSTOMER or u.case.unanswered_at is not None:
        raise refusals.NotRunOut
    u.happen(rev.RemedyDeclined(at=at, number=number, why="expired"))
    clocks.signal(u, Signal.REMEDY_SETTLED, at=at, remedy=number)
    clocks.end_remedy(u, number, at=at, why="the offer ran out")
    clocks.pass_ball(u, Ball.US, at=at)


# ── carried out, arrived, right ──────────────────────────────────────────────


def order(
    u: Unfolding, *, number: int, key: str, by: int | None, at: datetime, arrives_at: datetime | None = None
) -> None:
    """Let it be carried out, once: what he chose, or as soon as it is approved what needs no choice of his.

    `arrives_at` is when he would have it: what he was never asked about must not come after his need-by.
    """
    remedy = known(u, number)
    if remedy.ordered_at is not None:
        raise refusals.OrderedAlready
    if remedy.step in (Step.APPROVED, Step.OFFERED) and not needs_no_choice(u, remedy):
        raise refusals.HisChoice
    at_step(u, number, Step.ACCEPTED, Step.APPROVED)
    late = u.case.need_by is not None and arrives_at is not None and arrives_at > u.case.need_by
    if late and remedy.step is Step.APPROVED:
        raise refusals.ComesTooLate
    u.happen(rev.RemedyOrdered(at=at, by=by, number=number, key=key))
    clocks.signal(u, Signal.REMEDY_ORDERED, at=at, remedy=number)


def needs_no_choice(u: Unfolding, remedy: Remedy) -> bool:
    """Return whether it may be ordered without his choosing: one option, of which he can't want another.

    Apology, explanation, a code: always. Goods and money: where he said what he wishes, or an
    incident gives the same to everybody. A substitute never.
    """
    if has_a_choice(remedy.kinds):
        return False
    return remedy.kinds[0] in UNASKED or u.case.wish_at is not None or remedy.incident is not None


def ship(u: Unfolding, *, number: int, reference: str, at: datetime, by: int | None = None) -> None:
    """It is on its way."""
    at_step(u, number, Step.ORDERED)
    u.happen(rev.RemedyShipped(at=at, by=by, number=number, reference=reference))
    clocks.signal(u, Signal.REMEDY_SHIPPED, at=at, remedy=number)


def deliver(u: Unfolding, *, number: int, evidence: str, at: datetime, by: int | None = None) -> None:
    """It arrived, and `evidence` shows it. Words that arrived are all that there is to confirm."""
    remedy = at_step(u, number, Step.ORDERED, Step.SHIPPED)
    u.happen(rev.RemedyDelivered(at=at, by=by, number=number, evidence=reason(evidence)))
    clocks.signal(u, Signal.REMEDY_DELIVERED, at=at, remedy=number)
    if u.case.need_by is not None and at > u.case.need_by:
        find(u, "MG703", at=at, evidence=f"remedy {number} came after he needed it")
    if remedy.chosen_kind in WORDS:
        confirm(u, number=number, evidence=evidence, at=at, weak=True, by=by)


def confirm(
    u: Unfolding, *, number: int, evidence: str, at: datetime, weak: bool = False, by: int | None = None
) -> None:
    """He has it and it is right: he says so, or (`weak`) evidence or his silence does.

    He himself (`by` None, not weak) may say so before we know that it arrived.
    """
    himself = by is None and not weak
    at_step(u, number, Step.DELIVERED, *((Step.ORDERED, Step.SHIPPED) if himself else ()))
    u.happen(rev.RemedyConfirmed(at=at, by=by, number=number, weak=weak, evidence=evidence))
    clocks.signal(u, Signal.REMEDY_SETTLED, at=at, remedy=number)
    clocks.end_remedy(u, number, at=at, why="he has it")


def fail(u: Unfolding, *, number: int, why: str, at: datetime, by: int | None = None) -> None:
    """Making it right went wrong, too: one rung up from now on, told at once; at the third an executive hears.

    A case that was closed on the strength of it opens again.
    """
    at_step(u, number, Step.ACCEPTED, *UNDER_WAY)
    if not u.case.open:
        closing.reopen(u, at=at, unresolved=False)
    u.happen(rev.RemedyFailed(at=at, by=by, number=number, why=reason(why)))
    find(u, "MG701", at=at, evidence=f"remedy {number} failed: {why}")
    clocks.end_remedy(u, number, at=at, why="it failed")
    clocks.signal(u, Signal.REMEDY_FAILED, at=at, remedy=number)
    clocks.pass_ball(u, Ball.US, at=at)
    if u.case.failed_remedies >= EXECUTIVE_AFTER:
        tell_executive(u, at=at)
    else:
        tell_higher(u, at=at)


def reverse(u: Unfolding, *, number: int, why: str, lost: bool, by: int | None, at: datetime) -> None:
    """Take it back: before he was told of it, or after it was ordered. An offer that he has stands.

    `lost`: it had left, and nothing shows that it is ours again.
    """
    if known(u, number).step in (Step.OFFERED, Step.ACCEPTED):
        raise refusals.OfferStands
    at_step(u, number, Step.PROPOSED, Step.APPROVED, *UNDER_WAY)
    u.happen(rev.RemedyReversed(at=at, by=by, number=number, why=reason(why), lost=lost))
    gone(u, number, at=at, why="it was taken back")


# ── what we hold of his ──────────────────────────────────────────────────────


def hold_property(u: Unfolding, *, holding: int, what: str, by: int | None, at: datetime) -> None:
    """We hold something of his from now on: the case stays open until he has it again."""
    refuse_closed(u)
    if holding in u.case.holdings:
        raise refusals.AlreadyHeld
    u.happen(rev.PropertyHeld(at=at, by=by, holding=holding, what=reason(what)))
    clocks.signal(u, Signal.PROPERTY_HELD, at=at)


def return_property(u: Unfolding, *, holding: int, by: int | None, at: datetime) -> None:
    """He has it again."""
    if holding not in u.case.holdings:
        raise refusals.NotHeld
    u.happen(rev.PropertyReturned(at=at, by=by, holding=holding))
    if not u.case.holdings:
        clocks.signal(u, Signal.PROPERTY_RETURNED, at=at)
