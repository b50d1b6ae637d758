"""Everybody's mail server: takes what it is handed, and keeps count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from makegood.watch.delivery import Fate, Outcome, Sendable


class Outside:
    """Stands where the SMTP line would be, so that the day measures the desk and not a socket."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.taken: Counter[str] = Counter()
        """Message-ID → how often it was handed over."""
        self.acknowledged: list[tuple[str, str]] = []
        """The newest mails to customers: who was written to, and the Message-ID he may answer."""
        self.minutes: Counter[tuple[str, str]] = Counter()
        """Member of staff and minute → how many mails he got in it."""

    def send(self, mail: Sendable, *, hand_over: Callable[[], bool]) -> Outcome:
        """Take a mail."""
        if not hand_over():
            return Outcome(fate=Fate.LATER, answer="another worker took it over")
        self.taken[mail.message_id] += 1
        if mail.to_address.endswith("@larkfield.example"):
            self.minutes[mail.to_address, f"{self._now():%H:%M}"] += 1
        elif "@mail" in mail.to_address:  # a sender of `benchmarks.intake.post`, who may answer
            self.acknowledged.append((mail.to_address, mail.message_id))
            del self.acknowledged[:-5000]
        return Outcome(fate=Fate.ACCEPTED, answer="250 2.0.0 taken")

    def knows(self, message_id: str) -> bool | None:
        """Say whether a mail arrived."""
        return message_id in self.taken
