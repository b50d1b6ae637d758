"""What a code is good for: how much it takes off an order, for whom, and what is left of it.

A code is worth up to a sum of money, of any product or of a scope, for the customer it was made for and nobody else.
A single-use one is over with its first order, whatever that cost; another is used up in parts, down to nothing.
It has no end of its own. Where a law or the policy sets one, that is its entitlement's (`programmes`).
How one is written and read is `code_text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .money import Money
from .refusals import Refusal


class State(StrEnum):
    """What became of a code."""

    OPEN = "open"
    REDEEMED = "redeemed"
    """Nothing is left of it, or it was for one order and had that."""
    REVOKED = "revoked"
    REPLACED = "replaced"
    """Given anew: what was left of it is in its successor."""
    LAPSED = "lapsed"
    """The end that a law or the policy sets has come."""


class CodeUnknown(Refusal):
    """There is no such code. Compare it sign by sign, and type it again."""

    code = "code_unknown"


class CodeIsOver(Refusal):
    """This code can't be redeemed any more."""

    code = "code_is_over"


class CodeOfAnother(Refusal):
    """This code was made for somebody else, and only that person can use it."""

    code = "code_of_another"


class OutsideScope(Refusal):
    """This code is not for anything in this order."""

    code = "outside_scope"


class WrongCurrency(Refusal):
    """This code is in another currency than the order."""

    code = "wrong_currency"


class MoreThanIsLeft(Refusal):
    """That is more than this code takes off this order."""

    code = "more_than_is_left"


class OrderCostsNothing(Refusal):
    """Say what the order costs: a sum above nought."""

    code = "order_costs_nothing"


class TooManyWrongCodes(Refusal):
    """Too many wrong codes came from here. Wait a quarter of an hour, then try again."""

    code = "too_many_wrong_codes"


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a code is good for, as it was made."""

    value: Money
    """The most it ever takes off: what it costs us at worst."""
    percent: int = 100
    """Of what is covered in an order; 100 takes off all of it, up to what is left."""
    scope: frozenset[str] = frozenset()
    """What it is for, as the shop names it; empty for any product."""
    single: bool = True
    """Whether it is over with its first order."""

    def __post_init__(self) -> None:
        if self.value.minor <= 0:
            raise ValueError("a code is worth something")
        if not 1 <= self.percent <= 100:
            raise ValueError("a code takes off from 1 to 100 percent")


@dataclass(frozen=True, kw_only=True)
class Card:
    """A code as it stands now."""

    worth: Worth
    left: Money
    state: State
    customer: int
    expires_at: datetime | None = None
    """None for nearly all of them; and while its end is frozen."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a shop wants to take off an order."""

    total: Money
    """What the covered things in the order cost."""
    amount: Money | None = None
    """What to take off; None for as much as the code gives."""
    items: frozenset[str] = frozenset()
    """What is in the order, as the shop names it. Looked at only where the code has a scope."""
    customer: int | None
    """Whose order it is; None for somebody we don't know."""


def named(words: Iterable[str]) -> frozenset[str]:
    """Return names of products as they are compared: without spaces around, and whatever their case."""
    return frozenset(word for each in words if (word := " ".join(each.split()).casefold()))


def over(card: Card, *, now: datetime) -> tuple[str, ...]:
    """Return why a code can't be redeemed at all now; nothing if it can."""
    if card.state is not State.OPEN:
        return why_over(card.state)
    if card.expires_at is not None and card.expires_at <= now:
        return (_WHY_OVER[State.LAPSED],)
    return ()


def why_over(state: State) -> tuple[str, ...]:
    """Return in a sentence what became of a code that is over."""
    return (_WHY_OVER[state],)


_WHY_OVER = {
    State.REDEEMED: "It was redeemed.",
    State.REVOKED: "It was taken back.",
    State.REPLACED: "It was replaced by a new one, which has what was left.",
    State.LAPSED: "Its last day has passed.",
}


def takes_off(card: Card, total: Money) -> Money:
    """Return the most that a code takes off things which cost so much together."""
    return min(card.left, total.percent(card.worth.percent), total)


def redeem(card: Card, asked: Asked, *, now: datetime) -> Money:
    """Return what is taken off, or raise the Refusal that says why nothing is. `now` decides whether it has ended."""
    if asked.customer != card.customer:
        raise CodeOfAnother
    if reasons := over(card, now=now):
        raise CodeIsOver(*reasons)
    if asked.total.currency != card.left.currency or (asked.amount and asked.amount.currency != card.left.currency):
        raise WrongCurrency(f"It is in {card.left.currency}.")
    if card.worth.scope and not named(asked.items) & card.worth.scope:
        raise OutsideScope
    if asked.total.minor <= 0 or (asked.amount is not None and asked.amount.minor <= 0):
        raise OrderCostsNothing
    most = takes_off(card, asked.total)
    if most.minor <= 0:
        raise OrderCostsNothing
    if asked.amount is not None and asked.amount > most:
        raise MoreThanIsLeft(f"It takes off up to {most.plain()}.")
    return asked.amount or most


@dataclass(frozen=True, kw_only=True)
class After:
    """What a redemption leaves."""

    left: Money
    state: State
    lapsed: Money
    """What a single-use code was worth beyond its one order: no longer owed to anybody."""


def after(card: Card, taken: Money) -> After:
    """Return what is left of a code when so much was taken. Of a single-use one, nothing."""
    rest = card.left - taken
    nothing = rest - rest
    if card.worth.single:
        return After(left=nothing, state=State.REDEEMED, lapsed=rest)
    return After(left=rest, state=State.OPEN if rest.minor else State.REDEEMED, lapsed=nothing)


# ── what we still owe ────────────────────────────────────────────────────────

AGES = (timedelta(days=30), timedelta(days=90), timedelta(days=180), timedelta(days=365))
"""Where the bands of a liability's age end; the last one has no end."""
