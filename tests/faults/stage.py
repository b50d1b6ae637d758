"""A house with two complaints, lent again and again to processes that may be killed, and a mail server beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.crashes.kitchen import Kitchen, Told
from tests.watch.mail_server import MailServer

DAY = "tests.faults.two_complaints:"


class Stage:
    """The house, and copies of it for every test."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._kitchen = stack.enter_context(Kitchen(folder))
        self._house = self._kitchen.empty("house")
        assert self.do(self._house, "furnish").code == 0
        self._copies = 0

    def do(self, home: Path, part: str, **words: Any) -> Told:
        """Have a process do a part of the day in this house."""
        return self._kitchen.do(home, DAY + part, **words)

    @contextmanager
    def house(self) -> Iterator[Path]:
        """Lend a copy of the house."""
        self._copies += 1
        with self._kitchen.copy(self._house, f"copy{self._copies}") as home:
            yield home

    def look(self, home: Path) -> dict[str, Any]:
        """Return what a process that knows nothing of the others finds."""
        return {key: value for line in self.do(home, "look").lines for key, value in line.items()}

    def day(self, crash_at: str = "") -> tuple[dict[str, Any], dict[str, Any], MailServer]:
        """Live the day, killed once if asked; returns what was found at that moment, the end, and the mail server."""
        found: dict[str, Any] = {}
        with MailServer() as server, self.house() as home:
            if crash_at:
                told = self.do(home, "live", mail=server.url, crash_at=crash_at)
                assert told.code == -9, f"{crash_at} was never passed"
                found = self.look(home)
            told = self.do(home, "live", mail=server.url)
            assert told.code == 0, told.last("failed")
            return found, json.loads((home / "end.json").read_text("utf-8")), server


def mails(server: MailServer) -> Counter[tuple[str, str]]:
    """Each mail by whom it went to and what it is about, one Message-ID counted once."""
    return Counter((m.receivers[0], m.subject) for m in {m.message_id: m for m in server.taken}.values())
