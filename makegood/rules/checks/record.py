"""The record itself: where it contradicts itself, no other finding about it can be trusted."""

from __future__ import annotations

from ..logic import after, either
from .check import HOUR, NOON, Check
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

CHECKS = (IMPOSSIBLE,)
