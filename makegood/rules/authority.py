"""Who may give how much, and who may approve what somebody else wants to give. Pure sums; the desk counts.

An authority is in the house's currency. What was given in another counts at
the policy's rate; without a rate only the highest role can say yes, and no
budget can count it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .money import Money
from .policy import Authority, Policy, Role

GIVERS: tuple[Role, ...] = (Role.AGENT, Role.LEAD, Role.HEAD, Role.EXECUTIVE)
"""The roles that may give, lowest first."""
HIGHEST = GIVERS[-1]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What has been given or reserved already, this remedy left out. In the house's currency (`in_house`)."""

    case: Money
    """On this case, by anybody."""
    customer: Money
    """To this customer in 30 days, by anybody, this case included."""
    day: Money
    """By this person today, in his own calendar's zone."""
    thirty_days: Money
    """By this person in 30 days."""
    budget_left: Money | None = None
    """What is left of the budget it is drawn from, in the budget's currency; None where there is no budget."""
    heads: tuple[str, str] = ("on this case", "to this customer in 30 days")
    """What `case` and `customer` count, in words."""
    unrated: bool = False
    """True where some of it is in a currency without a rate, so that the sums don't hold it."""


def nothing_given(currency: str) -> Given:
    """Return the sums of a house in which nobody has given anything yet."""
    zero = Money(currency, 0)
    return Given(case=zero, customer=zero, day=zero, thirty_days=zero)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a cost is within somebody's authority, and if not, whose it is within."""

    needs: Role | None = None
    """The lowest role that can approve it; None where nobody needs to."""
    reasons: tuple[str, ...] = ()
    """Why, as sentences."""
    short: Money | None = None
    """By how much the budget is too small; then nobody may give it before the budget is made larger."""

    @property
    def within(self) -> bool:
        """Whether he may give it at once."""
        return self.needs is None and self.short is None


def in_house(amount: Money, policy: Policy) -> Money | None:
    """Return the amount in the house's currency; None where the policy has no rate for its currency."""
    if amount.currency == policy.currency:
        return amount
    rate = policy.rates.get(amount.currency)
    return None if rate is None else amount.into(policy.currency, rate)


def in_currency(amount: Money, currency: str, policy: Policy) -> Money | None:
    """Return the amount in any currency, by way of the house's; None where a rate is missing."""
    worth = in_house(amount, policy)
    if amount.currency == currency or worth is None or currency == policy.currency:
        return amount if amount.currency == currency else worth
    rate = policy.rates.get(currency)
    return None if rate is None else worth.into(currency, 1 / rate)


def judge(cost: Money, *, role: Role, given: Given, policy: Policy) -> Verdict:
    """Return whether somebody of `role` may give `cost` on top of what was given.

    Every limit is tested at the sum, so a split sum is caught like a whole one. What costs nothing is
    within everybody's authority. Above the highest limits another executive must agree.
    """
    short = _short(cost, given.budget_left, policy)
    if not cost:
        return Verdict()
    worth = in_house(cost, policy)
    if worth is None or given.unrated:
        what = cost.currency if worth is None else "a currency given before"
        reason = f"The policy has no rate for {what}, so only an executive can say yes."
        alone = role is HIGHEST
        return Verdict(needs=None if alone else HIGHEST, reasons=() if alone else (reason,), short=short)
    reasons = _above(worth, given, policy.authority.get(role), policy)
    if not reasons:
        return Verdict(short=short)
    return Verdict(needs=_who_covers(worth, given, role, policy), reasons=reasons, short=short)


def _who_covers(worth: Money, given: Given, role: Role, policy: Policy) -> Role:
    """Return the lowest role above `role` that covers it. What somebody gave today is his own; sums on
    the case and to the customer are everybody's."""
    zero = Money(policy.currency, 0)
    shared = Given(case=given.case, customer=given.customer, day=zero, thirty_days=zero)
    higher = GIVERS[GIVERS.index(role) + 1 :] if role in GIVERS else GIVERS
    return next((r for r in higher if not _above(worth, shared, policy.authority.get(r), policy)), HIGHEST)


def _above(worth: Money, given: Given, limits: Authority | None, policy: Policy) -> tuple[str, ...]:
    reasons: list[str] = []
    if limits is None:
        reasons.append("The policy gives this role no authority.")
        return tuple(reasons)
    sums = (
        (given.heads[0], given.case, limits.per_case),
        (given.heads[1], given.customer, limits.per_customer),
        ("by you today", given.day, limits.per_day),
        ("by you in 30 days", given.thirty_days, limits.per_30_days),
    )
    for where, spent, limit in sums:
        wanted = spent + worth
        if limit and wanted.minor > limit:
            most = Money(policy.currency, limit)
            reasons.append(f"It would be {wanted.plain()} {where}, more than {most.plain()}.")
    return tuple(reasons)


def _short(cost: Money, left: Money | None, policy: Policy) -> Money | None:
    """Return by how much the budget is too small for it; None where it suffices, or can't count it."""
    counted = in_currency(cost, left.currency, policy) if left is not None else None
    if left is None or counted is None or not cost:
        return None
    return counted - left if counted > left else None


def may_approve(
    *, approver: int, role: Role, proposer: int | None, beneficiary: int | None, verdict: Verdict
) -> tuple[str, ...]:
    """Return every reason why this person may not approve it, as sentences; empty where he may.

    `verdict` is `judge`'s for the approver's own role and sums. `beneficiary` is the member of staff who
    would get it, if the customer is one of ours. The highest role may approve what no limit covers.
    """
    reasons = []
    if approver == proposer:
        reasons.append("You proposed it: somebody else must approve.")
    if approver == beneficiary:
        reasons.append("It is for you: somebody else must approve.")
    if verdict.needs is not None and role is not HIGHEST:
        reasons.extend(verdict.reasons or (f"It needs the authority of {verdict.needs}.",))
    if role not in GIVERS:
        reasons.append("An administrator looks after the program and gives nothing.")
    return tuple(reasons)
