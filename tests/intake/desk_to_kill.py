"""A desk in another process, to be spoken with as the world does, and killed."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.intake.letters import HELP, ROSA

PROGRAM = Path(__file__).with_name("desk_process.py")
ROOT = PROGRAM.parents[2]


class Desk:
    """A desk in another process."""

    def __init__(self, home: Path, *, now: datetime, crash_at: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), now.isoformat()],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "MAKEGOOD_HOME": str(home),
                "MAKEGOOD_DATABASE_URL": "",
                "MAKEGOOD_CRASH_AT": crash_at,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self._heard())

    def _heard(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def do(self, command: str) -> bool:
        """Have it do something; returns whether it lived to say so."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self._heard() == "done"

    def hand_in(self, raw: bytes) -> bool:
        """Send it a letter as a mail server would; returns whether it said that it was stored."""
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=20) as client:
                client.sendmail(ROSA, [HELP], raw)
        except (smtplib.SMTPServerDisconnected, ConnectionError):
            return False
        return True

    def end(self) -> int:
        """Let it end, and return how it did."""
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
        return self.process.wait(20)


@contextmanager
def desk(home: Path, *, now: datetime, crash_at: str = "") -> Iterator[Desk]:
    found = Desk(home, now=now, crash_at=crash_at)
    try:
        yield found
    finally:
        code = found.end()
    assert code == (-signal.SIGKILL if crash_at else 0)
