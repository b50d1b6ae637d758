"""Which exports are known by name. A desk's reader goes with its file and its line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from .letters import Letters
from .reading import Progress, Reading

NAMES = ("journal", "zendesk", "intercom", "freshdesk", "zammad")
"""Asked in this order whether an export is theirs."""

Read = Callable[[Path, Path, Progress, Letters], Reading]


def reader_of(source: Path) -> Read | None:
    """Return the reader that knows this export by what stands in it; None where none does."""
    for name in NAMES:
        reader = import_module(f".{name}", __package__)
        if reader.is_mine(source):
            read: Read = reader.read
            return read
    return None
