"""Promises: kept late, forgotten, told to nobody, moved; offers that lapsed."""

from __future__ import annotations

from dataclasses import dataclass

from ..logic import after, both, either, missing, present
from .check import DAY, HOUR, NOON, Check, Fact


@dataclass(frozen=True, kw_only=True)
class PromiseFacts:
    """One promise, as the record has it."""

    made_at: Fact
    due_at: Fact
    """Pauses of the house's own clocks included."""
    first_due_at: Fact = None
    """As it was when the promise was made."""
    said: Fact = False
    """Whether these words went to the customer."""
    kept_at: Fact = None
    released_at: Fact = None
    """When the customer let us off."""
    settled_at: Fact = None
    """When another promise took its place, or the reason for a clock of the house went away."""
    tell_by_at: Fact = None
    """The alarm limit: due, or when it was last owed anew, and the house's minute on top."""
    told_at: Fact = None
    """When a human first heard that it had run out."""
    as_of: Fact = NOON + 2 * DAY


KEPT_LATE = Check(
    code="MG101",
    title="A promise was kept after it was due",
    why="The customer was told a time and waited past it.",
    breaks=lambda p: after(p.kept_at, p.due_at),
    good=(
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, kept_at=NOON + HOUR),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR),
    ),
    bad=(PromiseFacts(made_at=NOON, due_at=NOON + HOUR, kept_at=NOON + 2 * HOUR),),
)

FORGOTTEN = Check(
    code="MG102",
    title="A promise fell due and nobody kept or released it",
    why="This is the silence that loses the customer.",
    breaks=lambda p: both(after(p.as_of, p.due_at), both(missing(p.kept_at), _was_owed_at(p, p.due_at))),
    good=(
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, kept_at=NOON),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, released_at=NOON),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, settled_at=NOON),
        PromiseFacts(made_at=NOON, due_at=NOON + 3 * DAY),
    ),
    bad=(
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, released_at=NOON + 2 * HOUR),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, settled_at=NOON + 2 * HOUR),
    ),
)

TOLD_TO_NOBODY = Check(
    code="MG103",
    title="A clock ran out and no human heard of it within the alarm limit",
    why="Nothing may be due to nobody: what nobody hears, nobody can put right.",
    breaks=lambda p: both(
        both(after(p.as_of, p.tell_by_at), _was_owed_at(p, p.tell_by_at)),
        both(
            either(missing(p.kept_at), after(p.kept_at, p.tell_by_at)),
            either(missing(p.told_at), after(p.told_at, p.tell_by_at)),
        ),
    ),
    good=(
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, tell_by_at=NOON + 2 * HOUR, told_at=NOON + HOUR),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, tell_by_at=NOON + 2 * HOUR, kept_at=NOON + HOUR),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, tell_by_at=NOON + 2 * HOUR, settled_at=NOON),
        PromiseFacts(made_at=NOON, due_at=NOON + 3 * DAY, tell_by_at=NOON + 4 * DAY),
    ),
    bad=(
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, tell_by_at=NOON + 2 * HOUR),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, tell_by_at=NOON + 2 * HOUR, told_at=NOON + 3 * HOUR),
        PromiseFacts(made_at=NOON, due_at=NOON + HOUR, tell_by_at=NOON + 2 * HOUR, kept_at=NOON + DAY),
    ),
)

MOVED = Check(
    code="MG104",
    title="A date that was said to the customer was moved",
    why="What a customer was told is a fact. A new date is a new promise, and the old one stays on record.",
    breaks=lambda p: both(p.said, either(after(p.due_at, p.first_due_at), after(p.first_due_at, p.due_at))),
    good=(
        PromiseFacts(made_at=NOON, first_due_at=NOON + HOUR, due_at=NOON + HOUR, said=True),
        PromiseFacts(made_at=NOON, first_due_at=NOON + HOUR, due_at=NOON + DAY),
    ),
    bad=(
        PromiseFacts(made_at=NOON, first_due_at=NOON + HOUR, due_at=NOON + DAY, said=True),
        PromiseFacts(made_at=NOON, first_due_at=NOON + DAY, due_at=NOON + HOUR, said=True),
    ),
)


@dataclass(frozen=True, kw_only=True)
class OfferFacts:
    """One offer that ran out, as the record has it."""

    lapsed_at: Fact
    closed_at: Fact = None
    """When the case was closed, if it was when the offer ran out."""


LAPSED = Check(
    code="MG105",
    title="An offer to the customer lapsed while his case was open",
    why="What he was offered is gone, and nothing has been put right.",
    breaks=lambda o: both(present(o.lapsed_at), missing(o.closed_at)),
    good=(OfferFacts(lapsed_at=NOON + DAY, closed_at=NOON),),
    bad=(OfferFacts(lapsed_at=NOON + DAY),),
)


def _was_owed_at(p: PromiseFacts, moment: Fact) -> Fact:
    """Whether nobody had let us off, nor anything taken its place, by then."""
    return both(
        either(missing(p.released_at), after(p.released_at, moment)),
        either(missing(p.settled_at), after(p.settled_at, moment)),
    )


CHECKS = (KEPT_LATE, FORGOTTEN, TOLD_TO_NOBODY, MOVED, LAPSED)
