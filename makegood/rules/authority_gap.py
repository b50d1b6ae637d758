"""How often a recovery needed more authority than whoever had it first, and what limit would have sufficed (M-26)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from .authority import in_house, judge, nothing_given
from .money import Money
from .policy import Policy, Role
from .shares import Share, share

ENOUGH = 20
"""So many recoveries there must be before a limit is suggested."""
COVERED = 90
"""Percent of the recoveries that a suggested limit covers."""


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """One remedy that was approved and given, whoever approved it."""

    cost: Money
    first_handler: Role
    """The role of whoever owned the case first."""
    waited_hours: float | None = None
    """How many open hours somebody's approval took; None where nobody had to ask."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """What the recoveries of one first role show."""

    role: Role
    above: Share | None
    """Of all recoveries, those that its own authority did not cover."""
    median_wait_hours: float | None
    """Open hours that an approval took; None where nobody asked."""
    suggested: Money | None
    """The limit per case that would have covered 90 % of them: only where it is above today's, and there are
    enough of them to say so."""


def authority_gaps(recoveries: Iterable[Recovery], policy: Policy) -> list[Gap]:
    """Return the gap of each role that had cases first, lowest role first."""
    by_role: dict[Role, list[Recovery]] = {}
    for each in recoveries:
        by_role.setdefault(each.first_handler, []).append(each)
    return [_gap(role, by_role[role], policy) for role in Role if role in by_role]


def _gap(role: Role, recoveries: Sequence[Recovery], policy: Policy) -> Gap:
    above = [each for each in recoveries if each.waited_hours is not None or _is_above(each, policy)]
    waits = [each.waited_hours for each in recoveries if each.waited_hours is not None]
    return Gap(
        role=role,
        above=share(len(above), len(recoveries)),
        median_wait_hours=median(waits) if waits else None,
        suggested=_suggested(role, recoveries, policy),
    )


def _is_above(recovery: Recovery, policy: Policy) -> bool:
    nothing = nothing_given(policy.currency)
    return judge(recovery.cost, role=recovery.first_handler, given=nothing, policy=policy).needs is not None


def _suggested(role: Role, recoveries: Sequence[Recovery], policy: Policy) -> Money | None:
    worths = sorted(worth for each in recoveries if (worth := in_house(each.cost, policy)) is not None)
    if len(worths) < ENOUGH:
        return None
    covering = worths[-(-len(worths) * COVERED // 100) - 1]
    today = policy.authority.get(role)
    return covering if covering.minor > (today.per_case if today else 0) else None
