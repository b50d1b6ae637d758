"""Silence and what only sounds like a reply: drip asks, empty apologies, not reaching him, waiting for nothing."""

from __future__ import annotations

from dataclasses import dataclass

from ..logic import after, both, either, missing, present
from .check import DAY, HOUR, NOON, Check, Fact


@dataclass(frozen=True, kw_only=True)
class MessageFacts:
    """One message of ours to a customer."""

    sent_at: Fact
    asks: Fact = False
    apologises: Fact = False
    asked_before_at: Fact = None
    """When we had last asked him something."""
    apologised_before_at: Fact = None
    substance_at: Fact = None
    """The last substantive reply up to this message, itself included, since what was sent before it."""
    other_answered_at: Fact = None
    """When somebody else had answered the same letter of his already."""
    refused_at: Fact = None
    """When his server would not take it."""
    bounced_at: Fact = None


DRIP_ASKS = Check(
    code="MG201",
    title="The customer was asked again, with nothing said in between",
    why="Questions one by one are a way to stand still. Ask everything at once, and say what it is for.",
    breaks=lambda m: both(m.asks, both(present(m.asked_before_at), missing(m.substance_at))),
    good=(
        MessageFacts(sent_at=NOON, asks=True),
        MessageFacts(sent_at=NOON + DAY, asks=True, asked_before_at=NOON, substance_at=NOON + HOUR),
    ),
    bad=(MessageFacts(sent_at=NOON + DAY, asks=True, asked_before_at=NOON),),
)

TWO_ANSWERS = Check(
    code="MG204",
    title="Two people answered one letter",
    why="Two answers may say two things, and the customer holds us to the better one.",
    breaks=lambda m: present(m.other_answered_at),
    good=(MessageFacts(sent_at=NOON),),
    bad=(MessageFacts(sent_at=NOON + HOUR, other_answered_at=NOON),),
)

SORRY_AGAIN = Check(
    code="MG205",
    title="We apologised again, with no new fact",
    why="One apology with its cause is heard. A second one without anything new is noise.",
    breaks=lambda m: both(m.apologises, both(present(m.apologised_before_at), missing(m.substance_at))),
    good=(
        MessageFacts(sent_at=NOON, apologises=True),
        MessageFacts(sent_at=NOON + DAY, apologises=True, apologised_before_at=NOON, substance_at=NOON + DAY),
    ),
    bad=(MessageFacts(sent_at=NOON + DAY, apologises=True, apologised_before_at=NOON),),
)

NOT_REACHED = Check(
    code="MG301",
    title="A message of ours did not reach the customer",
    why="He has heard nothing, whatever our record says was sent.",
    breaks=lambda m: either(present(m.refused_at), present(m.bounced_at)),
    good=(MessageFacts(sent_at=NOON),),
    bad=(
        MessageFacts(sent_at=NOON, refused_at=NOON + HOUR),
        MessageFacts(sent_at=NOON, bounced_at=NOON + DAY),
    ),
)


@dataclass(frozen=True, kw_only=True)
class SilenceFacts:
    """One stretch in which it was our turn to say something of substance."""

    since_at: Fact
    """The last substantive reply or the oldest unanswered contact, whichever is later."""
    limit_at: Fact
    """When the house's silence limit ran out."""
    ended_at: Fact = None
    """When we said something of substance, or it stopped being our turn."""
    as_of: Fact = NOON + 2 * DAY


SILENT = Check(
    code="MG401",
    title="We were silent for longer than the limit, while it was our turn",
    why="A customer who hears nothing must believe that nothing happens.",
    breaks=lambda s: both(after(s.as_of, s.limit_at), either(missing(s.ended_at), after(s.ended_at, s.limit_at))),
    good=(
        SilenceFacts(since_at=NOON, limit_at=NOON + DAY, ended_at=NOON + DAY),
        SilenceFacts(since_at=NOON, limit_at=NOON + 3 * DAY),
    ),
    bad=(
        SilenceFacts(since_at=NOON, limit_at=NOON + DAY),
        SilenceFacts(since_at=NOON, limit_at=NOON + DAY, ended_at=NOON + DAY + HOUR),
    ),
)


@dataclass(frozen=True, kw_only=True)
class WaitingFacts:
    """One stretch in which the record says that it is the customer's turn."""

    since_at: Fact
    asked_at: Fact = None
    """When he was asked something, if he was since his last word."""


NOBODY_ASKED = Check(
    code="MG403",
    title="The case was said to wait for the customer, and nobody had asked him anything",
    why="He doesn't know that it is his turn, and our clocks stand still meanwhile.",
    breaks=lambda w: missing(w.asked_at),
    good=(WaitingFacts(since_at=NOON, asked_at=NOON),),
    bad=(WaitingFacts(since_at=NOON),),
)

CHECKS = (DRIP_ASKS, TWO_ANSWERS, SORRY_AGAIN, NOT_REACHED, SILENT, NOBODY_ASKED)
