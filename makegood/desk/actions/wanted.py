"""What a member of staff wants to give, as he fills it in. The policy's catalogue fills in what he leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from makegood.rules.money import Money


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the things among which the customer may choose."""

    catalogue: str = ""
    """The entry of the policy's catalogue; empty for a custom remedy, which then needs the rest."""
    title: str = ""
    description: str = ""
    kind: str = ""
    cost: Money | None = None
    """What it costs us; None where the catalogue says it."""
    value: Money | None = None
    """What it is worth to him; None for as much as it costs."""
    arrives_by: datetime | None = None
    stock: int | None = None
    """How many are left, where somebody looked."""
    means: str = ""
    """Of a refund: the original payment that it goes back to."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A remedy as it is proposed. `key` is made with the form, so that sending it twice proposes once."""

    key: UUID
    failure: str
    """outcome or process: what went wrong."""
    choices: tuple[Choice, ...]
    words: str = ""
    """What the customer reads."""
    why: str = ""
    price: Money | None = None
    """What he paid, for costs that are the price or a share of it."""
    ancestor: int | None = None
    """The failed remedy in whose place it stands."""
    item: int | None = None
    """The thing of the case that it is for; None for the case as a whole."""
    budget: str = ""
    """Empty for the policy's only or first budget."""
