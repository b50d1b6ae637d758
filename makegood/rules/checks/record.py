"""The record itself: where it contradicts itself, no other finding about it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from ..logic import after, either, missing
from .check import DAY, HOUR, NOON, Check, Fact
from .promises import PromiseFacts

IMPOSSIBLE = Check(
    code="MG901",
    title="A promise was kept, or let go, before it was made",
    why="The record contradicts itself, so no other finding about this promise can be trusted.",
    breaks=lambda p: either(after(p.made_at, p.kept_at), after(p.made_at, p.released_at)),
    good=(
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, kept_at=NOON),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR),
    ),
    bad=(
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, kept_at=NOON - HOUR),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, released_at=NOON - HOUR),
    ),
)

DUE_BEFORE_MADE = Check(
    code="MG902",
    title="A promise was due before it was made",
    why="One of the two times is wrong, so whether it was kept in time can't be trusted.",
    breaks=lambda p: after(p.made_at, p.due_at),
    good=(PromiseFacts(made_at=NOON, due_at=NOON), PromiseFacts(made_at=NOON, due_at=None)),
    bad=(PromiseFacts(made_at=NOON, due_at=NOON - HOUR),),
)


@dataclass(frozen=True, kw_only=True)
class SettlingFacts:
    """One row that says a promise was kept, or that the customer let us off."""

    settled_at: Fact
    made_at: Fact = None
    """When such a promise was first made in this case, be it before or after."""


NEVER_MADE = Check(
    code="MG903",
    title="A promise was kept, or let go, that nobody had made",
    why="What was said to the customer is not on record, so nobody can tell whether we stood by it.",
    breaks=lambda s: missing(s.made_at),
    good=(SettlingFacts(settled_at=NOON, made_at=NOON),),
    bad=(SettlingFacts(settled_at=NOON),),
)


@dataclass(frozen=True, kw_only=True)
class BeginningFacts:
    """How a case begins on record."""

    first_at: Fact
    opened_at: Fact = None
    """The first row that says it was opened; many logs have none."""


BEFORE_OPENING = Check(
    code="MG904",
    title="Something happened to a case before it was opened",
    why="How long the customer waited is counted from a beginning that is wrong.",
    breaks=lambda c: after(c.opened_at, c.first_at),
    good=(BeginningFacts(first_at=NOON, opened_at=NOON), BeginningFacts(first_at=NOON)),
    bad=(BeginningFacts(first_at=NOON, opened_at=NOON + DAY),),
)

CHECKS = (IMPOSSIBLE, DUE_BEFORE_MADE, NEVER_MADE, BEFORE_OPENING)
