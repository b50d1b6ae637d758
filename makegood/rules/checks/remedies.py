"""Making it right: it failed, too; it came too late; the case was over before he had it."""

from __future__ import annotations

from dataclasses import dataclass

from ..logic import after, both, either, missing, present
from .check import DAY, HOUR, NOON, Check, Fact


@dataclass(frozen=True, kw_only=True)
class RemedyFacts:
    """One remedy, as the record has it."""

    proposed_at: Fact
    offered_at: Fact = None
    accepted_at: Fact = None
    ordered_at: Fact = None
    arrived_at: Fact = None
    """When it was delivered, or he said that he has it."""
    failed_at: Fact = None
    over_at: Fact = None
    """When it was denied, declined or taken back."""
    need_by: Fact = None
    """When he needs it, as far as anybody noted."""
    closed_at: Fact = None
    """When the case was closed, if it is."""


FAILED = Check(
    code="MG701",
    title="What was to make it right went wrong, too",
    why="A second failure after the first costs more trust than the first did.",
    breaks=lambda r: present(r.failed_at),
    good=(
        RemedyFacts(proposed_at=NOON),
        RemedyFacts(proposed_at=NOON, ordered_at=NOON + HOUR, arrived_at=NOON + DAY),
    ),
    bad=(RemedyFacts(proposed_at=NOON, ordered_at=NOON + HOUR, failed_at=NOON + DAY),),
)

NEVER_CAME = Check(
    code="MG702",
    title="A case was closed before the customer had what he was offered",
    why="For us it is made good; he is still waiting for it.",
    breaks=lambda r: both(
        present(r.closed_at),
        both(
            either(present(r.offered_at), present(r.ordered_at)),
            both(missing(r.arrived_at), missing(r.over_at)),
        ),
    ),
    good=(
        RemedyFacts(proposed_at=NOON, offered_at=NOON, closed_at=NOON + DAY, arrived_at=NOON + HOUR),
        RemedyFacts(proposed_at=NOON, offered_at=NOON, closed_at=NOON + DAY, over_at=NOON + HOUR),
        RemedyFacts(proposed_at=NOON, offered_at=NOON),
        RemedyFacts(proposed_at=NOON, closed_at=NOON + DAY),
    ),
    bad=(
        RemedyFacts(proposed_at=NOON, offered_at=NOON, closed_at=NOON + DAY),
        RemedyFacts(proposed_at=NOON, ordered_at=NOON, closed_at=NOON + DAY),
    ),
)

TOO_LATE = Check(
    code="MG703",
    title="What was to make it right came after the customer needed it",
    why="What comes too late to be used makes nothing right.",
    breaks=lambda r: after(r.arrived_at, r.need_by),
    good=(
        RemedyFacts(proposed_at=NOON, arrived_at=NOON + HOUR, need_by=NOON + HOUR),
        RemedyFacts(proposed_at=NOON, arrived_at=NOON + HOUR),
    ),
    bad=(RemedyFacts(proposed_at=NOON, arrived_at=NOON + DAY, need_by=NOON + HOUR),),
)

CHECKS = (FAILED, NEVER_CAME, TOO_LATE)
