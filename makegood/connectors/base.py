"""What every connector promises: an order is carried out once, however often it is tried.

A connector takes an `Order`, a plain value with a key that is its own for
ever, and says in an `Outcome` what it knows. It keeps nothing, reads no clock
and decides nothing; who may order what was settled before. Three rules hold
for all of them, and `tests/connectors/test_contract.py` asks each:

1. The same order carried out twice has one effect, and the answer is the same.
2. Whatever goes wrong, the outcome says whether anything can have happened.
   `LATER`, `TROUBLE` and `NEVER` mean that nothing did. What may have happened
   is `UNKNOWN`, never one of these.
3. `ask` finds by its key what became of an order. None means that they do not
   have it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from makegood.rules import code_text as texts
from makegood.rules.money import Money

LONGEST_SENTENCE = 300
_SECRET = re.compile(r"\b(?:[sr]k_(?:live|test)_|shp[a-z]{2}_|whsec_)[A-Za-z0-9_*.]+")


class Fate(StrEnum):
    """What became of an order, as far as the connector knows."""

    DONE = "done"
    """It happened; `reference` is theirs."""
    TAKEN = "taken"
    """They have it and will finish it; to be asked for again."""
    BY_HAND = "by hand"
    """A person carries it out and says what shows that he did."""
    LATER = "later"
    """Nothing happened. The same again later may do."""
    TROUBLE = "trouble"
    """Nothing happened, and nothing will until somebody of the house mends what `sentence` says."""
    NEVER = "never"
    """Nothing happened, and never will: they refuse this order."""
    UNKNOWN = "unknown"
    """It may have happened. To be asked for by its key before anything else is tried."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """One thing that somebody else must do, once."""

    #: The idempotency key: 1 to 64 letters, digits and dashes.
    key: str
    #: refund, code, credit, replacement, …: the kind of the remedy that is carried out.
    kind: str
    #: How much, where it is about money.
    amount: Money | None = None
    #: What it is, in a line for people: "Refund of the Ridge Tent".
    title: str = ""
    #: References that the connector needs, by name: `payment`, `order`, `customer`, `code`.
    means: Mapping[str, str] = field(default_factory=dict)
    #: What they said last: needed to undo it.
    reference: str = ""
    #: What a person wrote down as proof that it was done by hand.
    evidence: str = ""
    #: When it was ordered; aware. What begins with the order begins then, however often it is tried.
    placed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a connector knows. Neither a key of ours nor a whole answer of theirs is in it."""

    fate: Fate
    #: For programs: `done`, `unreachable`, `timed-out`, `key-refused`, `too-many`, … A page may say it in its language.
    code: str
    #: For people: what is so, and what to do about it. At most LONGEST_SENTENCE characters.
    sentence: str = ""
    #: Theirs: of the refund, the discount, the parcel.
    reference: str = ""
    #: What shows it, for the customer's record.
    evidence: str = ""
    #: A code that the customer is to have, in plain text. It is kept sealed and shown to nobody else.
    shown_once: str = field(default="", repr=False)
    #: Not to be tried sooner, where they said so.
    wait: timedelta | None = None

    def __post_init__(self) -> None:
        if len(self.sentence) > LONGEST_SENTENCE:
            object.__setattr__(self, "sentence", self.sentence[: LONGEST_SENTENCE - 1] + "…")


class NotSetUp(Exception):  # noqa: N818 - said as what it is
    """A connector that an order names has no key or address. `sentence` says which setting is missing."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Connector(Protocol):
    """A way to have something done. Made for one use; holds no connection."""

    name: str
    remembers: timedelta | None
    """How long the other side knows a key: for so long the same order may be sent again by itself. None: for ever."""

    def carry_out(self, order: Order) -> Outcome:
        """Have it done, or done already. Never raises for what the other side does."""
        ...

    def ask(self, order: Order) -> Outcome | None:
        """Return what became of an order that was sent before, or None where they do not have it.

        `UNKNOWN` where they can't be asked now.
        """
        ...

    def reverse(self, order: Order) -> Outcome:
        """Undo it, where that can be done; `NEVER`, with what to do instead, where it can't."""
        ...


class ByKind:
    """A connector that has each kind of order carried out in a way of its own."""

    name: str
    title: str

    def __init__(self, ways: Mapping[str, Connector]) -> None:
        self._ways = ways

    def carry_out(self, order: Order) -> Outcome:
        """Have it done by the way for its kind."""
        way = self._ways.get(order.kind)
        return way.carry_out(order) if way else self._not_ours(order)

    def ask(self, order: Order) -> Outcome | None:
        """Find what became of it by the key that it carries there."""
        way = self._ways.get(order.kind)
        return way.ask(order) if way else None

    def reverse(self, order: Order) -> Outcome:
        """Take back what can be taken back."""
        way = self._ways.get(order.kind)
        return way.reverse(order) if way else self._not_ours(order)

    def _not_ours(self, order: Order) -> Outcome:
        sentence = f"{self.title} can refund and give codes; a {order.kind} must be done by hand."
        return Outcome(fate=Fate.TROUBLE, code="wrong-connector", sentence=sentence)


def missing(what: str, title: str) -> Outcome:
    """Return the outcome for an order that lacks one of its means, such as the payment to refund."""
    return Outcome(fate=Fate.TROUBLE, code=f"missing-{what}", sentence=title)


def code_text(order: Order, *, secret: str) -> str:
    """Return the text of the code that an order makes: always the same, and known to nobody without our key.

    As our own codes are written (`rules.code_text`), without dashes. So a code that is tried again is the same code,
    and none lies anywhere in plain text until the customer has it.
    """
    return texts.derived(f"code of an order\0{secret}".encode(), order.key.encode())


def redacted(text: object, *secrets: str) -> str:
    """Return what somebody else said, on one line, without anything that looks like a key."""
    said = " ".join(str(text).split())
    for secret in secrets:
        if secret:
            said = said.replace(secret, "…")
    return _SECRET.sub("…", said)
