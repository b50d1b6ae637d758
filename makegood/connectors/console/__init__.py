"""The console twin: nothing leaves this machine, and yet everything behaves as it would.

Each order becomes one file, named by its key, with what would have been done.
That the file is there is what "done" means, so the same order twice is done
once, also when the power goes in between.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from makegood.connectors.base import Fate, Order, Outcome

REVERSED = ".reversed"


class Console:
    """Writes each order into `folder`, as a file that people can read."""

    name = "console"
    remembers: timedelta | None = None

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry_out(self, order: Order) -> Outcome:
        """Write it down, unless it is written down already."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(order)
        if not path.exists():
            part = path.with_suffix(f".{secrets.token_hex(8)}.part")
            with part.open("w", encoding="utf-8") as file:
                json.dump(_told(order), file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            # Whole or not at all; of two who write at once, the first file stays.
            with suppress(FileExistsError):
                os.link(part, path)
            part.unlink()
        return _done(order)

    def ask(self, order: Order) -> Outcome | None:
        """Look whether the file is there."""
        return _done(order) if self._path(order).exists() else None

    def reverse(self, order: Order) -> Outcome:
        """Mark the file as undone."""
        path = self._path(order)
        if not path.exists():
            return Outcome(fate=Fate.NEVER, code="not-there", sentence="There is nothing to undo.")
        path.with_suffix(REVERSED).touch()
        return Outcome(fate=Fate.DONE, code="reversed", reference=_reference(order))

    def carried_out(self) -> list[Path]:
        """Return the files of all orders that were carried out."""
        return sorted(self._folder.glob("*.json"))

    def _path(self, order: Order) -> Path:
        return self._folder / f"{hashlib.sha256(order.key.encode()).hexdigest()[:32]}.json"


def _told(order: Order) -> dict[str, object]:
    return {
        "key": order.key,
        "kind": order.kind,
        "amount": order.amount.plain() if order.amount else "",
        "title": order.title,
        "means": dict(order.means),
    }


def _reference(order: Order) -> str:
    return f"console-{hashlib.sha256(order.key.encode()).hexdigest()[:12]}"


def _done(order: Order) -> Outcome:
    reference = _reference(order)
    return Outcome(
        fate=Fate.DONE,
        code="done",
        sentence="Written down on this machine; nothing left it.",
        reference=reference,
        evidence=f"console {reference}",
    )
