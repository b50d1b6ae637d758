"""What a house may give: the catalogue of its policy, and what fits one failure.

`suggest` proposes and never decides: people read its reasons and choose.
Sources: `science.md` 5 (the remedy matches the kind of failure), 17 (where
compensation does most), 18 (above 150 % of the price it does harm).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .money import Money


class RemedyKind(StrEnum):
    """What a remedy is. Words repair what went wrong between people, goods and money what went wrong with the thing."""

    APOLOGY = "apology"
    EXPLANATION = "explanation"
    REPAIR = "repair"
    REPLACEMENT = "replacement"
    CHOOSE_ANY = "choose_any"
    SUBSTITUTE = "substitute"
    REFUND = "refund"
    CREDIT = "credit"
    CODE = "code"
    SERVICE = "service"
    CUSTOM = "custom"


class Failure(StrEnum):
    """What went wrong: what he got, how he was treated, or both."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BOTH = "both"


class Evidence(StrEnum):
    """What shows that a remedy arrived."""

    CARRIER = "carrier"
    PAYMENT = "payment"
    REDEEMED = "redeemed"
    CUSTOMER = "customer"
    STAFF = "staff"


CONNECTORS = ("console", "by_hand", "codes", "stripe", "shopify")
"""The ways in which a remedy is carried out."""

WORDS = frozenset({RemedyKind.APOLOGY, RemedyKind.EXPLANATION})
"""Kinds that cost nothing and need no wish first."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What an entry costs: the price of the thing, a part of it, or a fixed sum, in minor units of the house's."""

    percent: int = 0
    """Of the price; 100 for "price"."""
    fixed: int = 0

    def __str__(self) -> str:
        if self.percent == 100 and not self.fixed:
            return "price"
        return f"percent {self.percent}" if self.percent else f"fixed {self.fixed}"

    @property
    def needs_price(self) -> bool:
        return self.percent > 0

    def of(self, price: Money | None, currency: str) -> Money | None:
        """Return the sum; None where it depends on a price that nobody knows. `currency` is the house's."""
        if not self.needs_price:
            return Money(currency, self.fixed)
        return None if price is None else price.percent(self.percent)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One remedy of the catalogue, `[remedies.KEY]` in the policy."""

    key: str
    title: str
    titles: dict[str, str] = field(default_factory=dict)
    """The title in other languages, by their code."""
    kind: RemedyKind
    failures: tuple[Failure, ...]
    """OUTCOME, PROCESS or both of them; never BOTH."""
    cost: Cost
    value: Cost
    """What it is worth to him; the same as its cost unless the policy says otherwise."""
    most: int | None = None
    """It may cost at most so much, in minor units of the house's currency."""
    evidence: Evidence
    connector: str
    within_days: int
    """It is with him so many calendar days after it was ordered."""
    lasts_days: int | None = None
    """Of a code of ours: how long it is good for. None, as for nearly all of them, for ever."""
    budget: str = ""
    """The budget it is drawn from; empty where the policy has none."""

    def title_in(self, language: str) -> str:
        """Return the title in a language, or as the policy has it."""
        return self.titles.get(language, self.title)

    def least_cost(self, value: Money) -> Money:
        """Return what giving so much of this costs us at least: the share of its value that the policy says."""
        cost, whole = self.cost, self.value
        part, of = (cost.percent, whole.percent) if cost.needs_price else (cost.fixed, whole.fixed)
        comparable = cost.needs_price is whole.needs_price and of > 0
        return Money(value.currency, -(-value.minor * part // of)) if comparable else value


def least_cost(kind: str, entry: Entry | None, value: Money) -> Money:
    """Return what a remedy of this value costs us at least, whatever somebody says it costs.

    Who could say that a tent or a code costs nothing could give without end. A refund, and what the catalogue
    doesn't know, costs what it is worth. Whoever knows the price of a thing may say up to half of what the policy
    says of its kind.
    """
    if kind in WORDS:
        return Money(value.currency, 0)
    if entry is None or kind in (RemedyKind.REFUND, RemedyKind.CUSTOM):
        return value
    least = entry.least_cost(value)
    return least if kind in (RemedyKind.CODE, RemedyKind.CREDIT) else least.percent(50)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An entry that fits, with what it would cost here."""

    entry: Entry
    cost: Money | None
    """None where the price isn't known and the cost depends on it."""
    value: Money | None
    in_band: bool
    """Whether its value lies where compensation does most."""
    above_ceiling: bool
    """Above 150 % of the price: allowed, with a reason."""
    reasons: tuple[str, ...]
    """Sentences for whoever chooses."""


KEPT_BAND = (0, 60)
"""He keeps the thing: the first parts of the price do most (`science.md` 17); percent of the price."""
REJECTED_BAND = (60, 120)
"""He gives it back: between these compensation does most (`science.md` 17); percent of the price."""
CEILING = 150
"""Percent of the price above which more does harm (`science.md` 18)."""


def suggest(
    failure: Failure, *, kept: bool, price: Money | None, entries: Mapping[str, Entry], currency: str
) -> list[Suggestion]:
    """Return the entries that fit this failure, those in the useful band first, then in the policy's order.

    `kept`: whether he keeps the flawed thing. `price` is what he paid, None where nobody knows.
    `currency` is the house's. Custom is always among them, last.
    """
    found = [
        _suggestion(entry, kept=kept, price=price, currency=currency)
        for entry in entries.values()
        if entry.kind is RemedyKind.CUSTOM or _fits(entry, failure)
    ]
    return sorted(found, key=lambda s: (s.entry.kind is RemedyKind.CUSTOM, s.above_ceiling, not s.in_band))


def _fits(entry: Entry, failure: Failure) -> bool:
    return failure is Failure.BOTH or failure in entry.failures


def _suggestion(entry: Entry, *, kept: bool, price: Money | None, currency: str) -> Suggestion:
    value = entry.value.of(price, currency)
    judged = judge_value(value, kept=kept, price=price) if entry.kind not in WORDS else Worth(True, False, ())
    return Suggestion(
        entry=entry,
        cost=entry.cost.of(price, currency),
        value=value,
        in_band=judged.in_band,
        above_ceiling=judged.above_ceiling,
        reasons=judged.reasons,
    )


@dataclass(frozen=True)
class Worth:
    """How a value stands to the price he paid."""

    in_band: bool
    above_ceiling: bool
    reasons: tuple[str, ...]


def judge_value(value: Money | None, *, kept: bool, price: Money | None) -> Worth:
    """Return where a value lies on the curve of `science.md` 17 and 18. Unknown prices lie nowhere."""
    reasons: list[str] = []
    if value is None or price is None or not price or value.currency != price.currency:
        reasons.append("The price is not known, so nobody can say how much this is of it.")
        return Worth(False, False, tuple(reasons))
    share = value.minor * 100 / price.minor
    least, most = KEPT_BAND if kept else REJECTED_BAND
    above = value.minor * 100 > price.minor * CEILING
    if above:
        reasons.append(f"This is {share:.0f} % of the price. Above {CEILING} % more does not help: say why.")
    elif share < least:
        reasons.append(f"This is {share:.0f} % of the price. They give it back: {least} to {most} % does most.")
    elif kept and share > most:
        reasons.append(f"This is {share:.0f} % of the price. They keep it: the first parts do most.")
    return Worth(least <= share <= most and bool(value), above, tuple(reasons))
