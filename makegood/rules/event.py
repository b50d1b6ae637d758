"""What every event has: its name, when it became true, and who did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to one case."""

    name: ClassVar[str] = ""
    at: datetime
    by: int | None = None
    """The member of staff who did it; None for the customer, the mail server and the watch."""


LEFT_OUT = {"left_out": True}
"""Marks a field that came later: not written while it has its default, so that old hashes stand."""
