"""Whose case it was: nobody's, everybody's, closed and not over, or the customer's own to push."""

from __future__ import annotations

from dataclasses import dataclass

from ..logic import after, both, either, missing, present
from .check import DAY, HOUR, NOON, Check, Fact


@dataclass(frozen=True, kw_only=True)
class HandoffFacts:
    """One change of owner, or one that was refused because the budget was spent."""

    at: Fact
    owned_before_at: Fact = None
    """When the new owner had handed it on before, if he had since the last substantive reply."""
    handoffs: Fact = 1
    """How many there were since the last substantive reply, this one included."""
    budget: Fact = 2


PING_PONG = Check(
    code="MG202",
    title="The case went back and forth, or from hand to hand, with no substantive reply in between",
    why="Each new owner makes the customer tell it again, and none of them is the one who answers.",
    breaks=lambda h: either(present(h.owned_before_at), after(h.handoffs, h.budget)),
    good=(HandoffFacts(at=NOON), HandoffFacts(at=NOON, handoffs=2)),
    bad=(
        HandoffFacts(at=NOON + DAY, owned_before_at=NOON, handoffs=2),
        HandoffFacts(at=NOON + DAY, handoffs=3),
    ),
)


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """One case, as the record has it."""

    opened_at: Fact
    owner: Fact = None
    closed_at: Fact = None
    put_away_at: Fact = None
    """When a person judged that it was no complaint at all."""
    substantive_at: Fact = None
    """The last substantive reply that reached the customer."""
    escalated_at: Fact = None
    """When the customer asked for a manager, or went higher or public over a promise we had broken."""


CLOSED_UNANSWERED = Check(
    code="MG203",
    title="A case was closed without a substantive reply",
    why="For us it is done; for the customer nothing has happened.",
    breaks=lambda c: both(present(c.closed_at), both(missing(c.put_away_at), missing(c.substantive_at))),
    good=(
        CaseFacts(opened_at=NOON, owner=1),
        CaseFacts(opened_at=NOON, owner=1, closed_at=NOON + DAY, substantive_at=NOON + HOUR),
        CaseFacts(opened_at=NOON, owner=1, closed_at=NOON + DAY, put_away_at=NOON + DAY),
    ),
    bad=(CaseFacts(opened_at=NOON, owner=1, closed_at=NOON + DAY),),
)

HAD_TO_ESCALATE = Check(
    code="MG302",
    title="The customer had to escalate himself",
    why="Nobody should have to. It stays a slip even if he was saved.",
    breaks=lambda c: present(c.escalated_at),
    good=(CaseFacts(opened_at=NOON, owner=1),),
    bad=(CaseFacts(opened_at=NOON, owner=1, escalated_at=NOON + DAY),),
)

NO_OWNER = Check(
    code="MG402",
    title="An open case has no owner",
    why="A case that is everybody's is nobody's.",
    breaks=lambda c: both(missing(c.closed_at), missing(c.owner)),
    good=(
        CaseFacts(opened_at=NOON, owner=1),
        CaseFacts(opened_at=NOON, closed_at=NOON + DAY, substantive_at=NOON + HOUR),
    ),
    bad=(CaseFacts(opened_at=NOON),),
)


@dataclass(frozen=True, kw_only=True)
class ReopeningFacts:
    """How often a case came back after it had been closed."""

    reopens: Fact
    limit: Fact = 1
    """Once can happen to anybody."""


REOPENED_AGAIN = Check(
    code="MG206",
    title="A case was opened again more than once",
    why="Each closing told the customer that it was over, and each time he had to say that it was not.",
    breaks=lambda r: after(r.reopens, r.limit),
    good=(ReopeningFacts(reopens=0), ReopeningFacts(reopens=1)),
    bad=(ReopeningFacts(reopens=2),),
)


@dataclass(frozen=True, kw_only=True)
class LoudFacts:
    """One time that the customer went public, or wrote to an executive."""

    loud_at: Fact
    waiting_since_at: Fact = None
    """His oldest unanswered contact before that, if there was one."""
    helped_at: Fact = None
    """The first substantive reply since he had become loud."""


HELPED_WHEN_LOUD = Check(
    code="MG303",
    title="The customer was helped only after he went public or to an executive",
    why="Whoever waits in silence sees that shouting is what works.",
    breaks=lambda c: both(after(c.loud_at, c.waiting_since_at), present(c.helped_at)),
    good=(
        LoudFacts(loud_at=NOON, waiting_since_at=NOON, helped_at=NOON + HOUR),
        LoudFacts(loud_at=NOON, helped_at=NOON + HOUR),
    ),
    bad=(LoudFacts(loud_at=NOON + DAY, waiting_since_at=NOON, helped_at=NOON + DAY + HOUR),),
)

CHECKS = (PING_PONG, CLOSED_UNANSWERED, REOPENED_AGAIN, HAD_TO_ESCALATE, HELPED_WHEN_LOUD, NO_OWNER)
