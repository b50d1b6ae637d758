"""What a check is: one sentence over facts, with examples that prove it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

Fact = Any
"""A value, or a whole column of them; None, or blank, where there is no such thing on record."""

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday. The examples of the checks are told around it."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Check:
    """Something that must not be, written in the words of `logic`."""

    code: str
    """MG1xx promises, MG2xx how we reply and hand over, MG3xx reaching the customer, MG4xx silence and
    owners, MG7xx making it right, MG9xx the record itself."""
    title: str
    """What was found, as a sentence a person reads."""
    why: str
    """Why it matters to the customer."""
    breaks: Callable[[Any], Any]
    """Whether the facts break it: a truth for one case's facts, a column for many."""
    good: tuple[object, ...]
    """Facts that are all right."""
    bad: tuple[object, ...]
    """Facts that are not."""
