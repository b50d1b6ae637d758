"""Real processes of a house, one a role, that are started, asked to stop and started again, and what they print."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

PATIENCE = 120.0
OPEN = "Stop with Ctrl+C."


@dataclass
class Process:
    """One `makegood` role under the same settings each time it is started."""

    role: str
    settings: Mapping[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    seconds: list[float] = field(default_factory=list)
    """How long each of its ends took."""
    _begun_at: int = 0

    def start(self) -> None:
        """Start it; `wait_until_open` returns once it is at work."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKEGOOD_")}
        with self.log.open("ab") as log:
            self._begun_at = log.tell()
            self.running = subprocess.Popen(
                [sys.executable, "-m", "makegood.cli", self.role],
                env={**kept, **self.settings},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait_until_open(self) -> None:
        """Return once it says that it runs."""
        until, pause = monotonic() + PATIENCE, threading.Event()
        while OPEN not in self.said:
            assert self.running is not None and self.running.poll() is None, f"{self.role} ended: {self.said}"
            assert monotonic() < until, f"{self.role} did not open: {self.said}"
            pause.wait(0.05)

    def stop(self) -> int:
        """Ask it to stop; returns its exit code."""
        assert self.running is not None
        begun = monotonic()
        self.running.send_signal(signal.SIGTERM)
        try:
            return self.running.wait(PATIENCE)
        finally:
            self.seconds.append(monotonic() - begun)

    def end(self) -> None:
        """See that nothing of it is left behind."""
        if self.running is not None and self.running.poll() is None:
            self.running.kill()
            self.running.wait(PATIENCE)

    @property
    def said(self) -> str:
        """What it printed since its last start, its log included."""
        return self.log.read_bytes()[self._begun_at :].decode("utf-8", "replace")
