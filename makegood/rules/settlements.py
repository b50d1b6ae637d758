"""Which row of a log kept which promise.

A promise is known by its case and the name its desk gave it; promises without a name share one. A row
that says "kept" keeps every promise of that name made up to then. Whichever came first counts, keeping or
letting go. A promise made again under its old name is another promise: the old date stays on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .checks.promises import FORGOTTEN, KEPT_LATE, PromiseFacts
from .checks.record import SettlingFacts
from .logs import LogEvent, What

SETTLES = frozenset({What.PROMISE_KEPT, What.PROMISE_RELEASED})


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """One promise, and what became of it."""

    event: LogEvent
    facts: PromiseFacts

    @property
    def late(self) -> bool:
        return bool(KEPT_LATE.breaks(self.facts))

    @property
    def broken(self) -> bool:
        return bool(FORGOTTEN.breaks(self.facts))


def settlements(events: Sequence[LogEvent], *, as_of: datetime) -> list[Settlement]:
    """Return the promises of one case, in order."""
    return [
        Settlement(event=event, facts=_facts(event, events, as_of=as_of))
        for event in events
        if event.what is What.PROMISED
    ]


def _facts(made: LogEvent, events: Sequence[LogEvent], *, as_of: datetime) -> PromiseFacts:
    settled = [e for e in events if e.what in SETTLES and e.promise == made.promise and e.at >= made.at]
    kept_at = min((e.at for e in settled if e.what is What.PROMISE_KEPT), default=None)
    released_at = min((e.at for e in settled if e.what is What.PROMISE_RELEASED), default=None)
    if kept_at is not None and released_at is not None:
        kept_at, released_at = (kept_at, None) if kept_at <= released_at else (None, released_at)
    return PromiseFacts(made_at=made.at, due_at=made.due_at, kept_at=kept_at, released_at=released_at, as_of=as_of)


def strays(events: Sequence[LogEvent]) -> list[tuple[LogEvent, SettlingFacts]]:
    """Return the rows that keep, or let go, what nobody had promised up to then."""
    found = []
    for event in events:
        if event.what not in SETTLES:
            continue
        made = [e.at for e in events if e.what is What.PROMISED and e.promise == event.promise]
        if not made or min(made) > event.at:
            found.append((event, SettlingFacts(settled_at=event.at, made_at=min(made, default=None))))
    return found
