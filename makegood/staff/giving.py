"""How much the reader may give now: every limit of his role with what was given under it, as a bar and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from makegood.desk import models
from makegood.desk.queries.given import given
from makegood.rules.authority import Given
from makegood.rules.escalation import House
from makegood.rules.money import Money
from makegood.rules.policy import Authority, Role
from makegood.ui import money, plots


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit of a role, and what counts under it."""

    name: str
    most: Money
    given: Money

    @property
    def left(self) -> Money:
        return Money(self.most.currency, max(self.most.minor - self.given.minor, 0))


@dataclass(frozen=True, kw_only=True)
class Purse:
    """Every limit that binds the reader here."""

    limits: Sequence[Limit]
    given: Given

    @property
    def tightest(self) -> Limit:
        """The limit under which least is left."""
        return min(self.limits, key=lambda one: one.left.minor)

    def bar(self, will: int = 0) -> SafeString:
        """Return the tightest limit as a bar: what was given, and what would be (`will`, in minor units)."""
        one = self.tightest
        return plots.bar((("used", one.given.minor), ("will", will)), one.most.minor)

    def sentence(self) -> str:
        """Return the limits in words, and how much may still be given here."""
        case, _customer, day, *_rest = self.limits
        text = _(
            "You may give {case} a case and {day} a day. Given on this case: {here}; by you today: {today}. "
            "You may give {left} more here now."
        )
        return text.format(
            case=money.said(case.most),
            day=money.said(day.most),
            here=money.said(case.given),
            today=money.said(day.given),
            left=money.said(self.tightest.left),
        )


def purse(reader: models.Staff, row: models.Case, surroundings: House, *, now: datetime) -> Purse | None:
    """Return the reader's limits on this case; None for who has no authority of his own."""
    limits = surroundings.policy.authority.get(Role(reader.role))
    if limits is None:
        return None
    sums = given(row, reader, surroundings, budget=None, now=now)
    return Purse(limits=_limits(limits, sums, surroundings.policy.currency), given=sums)


def _limits(of: Authority, given: Given, currency: str) -> list[Limit]:
    found = [
        Limit(name=_("on this case"), most=Money(currency, of.per_case), given=given.case),
        Limit(name=_("to this customer in 30 days"), most=Money(currency, of.per_customer), given=given.customer),
        Limit(name=_("by you today"), most=Money(currency, of.per_day), given=given.day),
    ]
    if of.per_30_days:
        month = Limit(name=_("by you in 30 days"), most=Money(currency, of.per_30_days), given=given.thirty_days)
        found.append(month)
    return found
