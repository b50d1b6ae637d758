"""What can happen to a wish, a remedy, and what we hold of the customer's.

They are events of a case like those in `events`, which lists them all. A
remedy is numbered within its case, from 1, and has one or more options of
which the customer chooses one; `options`, `kinds`, `costs` and `values` run
beside each other. Money is in minor units of the remedy's `currency`. `by`
is None where the customer or the program did it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .event import LEFT_OUT, Event

# ── what he would like to have happen ────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class WishAsked(Event):
    """We asked him: "What would you like to have happen?" """

    name = "wish.asked"


@dataclass(frozen=True, kw_only=True)
class WishSaid(Event):
    """He said it; the words themselves are the desk's."""

    name = "wish.said"
    words_hash: str


@dataclass(frozen=True, kw_only=True)
class WishPassed(Event):
    """Somebody offers without knowing the wish, and says why."""

    name = "wish.passed"
    why: str


# ── a remedy ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class RemedyProposed(Event):
    name = "remedy.proposed"
    number: int
    kind: str
    """What it is for whoever reads the case: the kind of its only option, or `choice`."""
    failure: str
    """outcome, process or both: what went wrong, that this answers."""
    currency: str
    options: tuple[str, ...]
    """Keys of the catalogue's remedies, or `custom`, each told apart by `#2`, `#3` if it comes again."""
    kinds: tuple[str, ...]
    costs: tuple[int, ...]
    """What each option costs us."""
    values: tuple[int, ...]
    """What each is worth to him."""
    words_hash: str
    custom: bool
    before_wish: bool
    """True where he had not said yet what he would like."""
    why: str
    needs: str
    """The role that must approve it; empty where the proposer's own authority covers it."""
    ancestor: int | None = None
    """The failed remedy in whose place it stands."""
    incident: int | None = None
    item: int | None = field(default=None, metadata=LEFT_OUT)
    """The thing of the case that it is for; None for the case as a whole."""


@dataclass(frozen=True, kw_only=True)
class RemedyApproved(Event):
    name = "remedy.approved"
    number: int
    role: str
    """The role whose authority covers it."""


@dataclass(frozen=True, kw_only=True)
class RemedyDenied(Event):
    name = "remedy.denied"
    number: int
    why: str


@dataclass(frozen=True, kw_only=True)
class RemedyOffered(Event):
    name = "remedy.offered"
    number: int
    contact: int | None = None
    """The letter that says it; None where his page does."""
    expires_at: datetime | None = None
    late: bool = False
    """True where it would come after he needs it, and he is told so."""


@dataclass(frozen=True, kw_only=True)
class RemedyAccepted(Event):
    """The customer chose: exactly this option."""

    name = "remedy.accepted"
    number: int
    option: str
    words_hash: str
    stands_at: datetime | None = field(default=None, metadata=LEFT_OUT)
    """Until then he may choose another; None where it stands at once."""


@dataclass(frozen=True, kw_only=True)
class RemedyOrdered(Event):
    """From here on money moves. It happens once in the life of a remedy."""

    name = "remedy.ordered"
    number: int
    key: str
    """What a connector knows the order by, so that trying again is never doing it again."""


@dataclass(frozen=True, kw_only=True)
class RemedyShipped(Event):
    name = "remedy.shipped"
    number: int
    reference: str


@dataclass(frozen=True, kw_only=True)
class RemedyDelivered(Event):
    name = "remedy.delivered"
    number: int
    evidence: str


@dataclass(frozen=True, kw_only=True)
class RemedyConfirmed(Event):
    name = "remedy.confirmed"
    number: int
    weak: bool
    """True where he did not say so himself: evidence or his silence says it."""
    evidence: str


@dataclass(frozen=True, kw_only=True)
class RemedyDeclined(Event):
    """The customer does not want it, or let it lapse."""

    name = "remedy.declined"
    number: int
    why: str


@dataclass(frozen=True, kw_only=True)
class RemedyFailed(Event):
    """Making it right went wrong, too: the case's ladders start one rung higher from now on."""

    name = "remedy.failed"
    number: int
    why: str


@dataclass(frozen=True, kw_only=True)
class RemedyReversed(Event):
    """Taken back: before he was told, or undone after it was ordered."""

    name = "remedy.reversed"
    number: int
    why: str
    lost: bool = field(default=False, metadata=LEFT_OUT)
    """It had left, and nothing shows that it is ours again: it stays spent."""


# ── what we hold of his ──────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class PropertyHeld(Event):
    name = "property.held"
    holding: int
    what: str


@dataclass(frozen=True, kw_only=True)
class PropertyReturned(Event):
    name = "property.returned"
    holding: int
