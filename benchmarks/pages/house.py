"""The desk as processes: the web role that is measured, the mail role, and somebody who writes to it."""

from __future__ import annotations

import os
import smtplib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

MAILS_A_SECOND = 5
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Feeder:
    """Writes letters to the mail door, some a second, until it is told to stop."""

    port: int
    taken: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        began = time.monotonic()
        while not self.stopping.is_set():
            try:
                with smtplib.SMTP("127.0.0.1", self.port, timeout=60) as line:
                    line.send_message(self._letter())
                self.taken += 1
            except (OSError, smtplib.SMTPException):
                pass
            self.stopping.wait(max(0.0, began + self.taken / MAILS_A_SECOND - time.monotonic()))

    def _letter(self) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = f"Nadia Example <nadia.{os.getpid()}.{self.taken}@new.example>"
        mail["To"], mail["Subject"] = "help@larkfield.example", f"Pole number {self.taken} snapped"
        mail["Message-ID"] = f"<{os.getpid()}.{self.taken}.{time.monotonic_ns()}@new.example>"
        mail.set_content("It snapped on the first day out. What can you do about it?")
        return mail


@dataclass(frozen=True, kw_only=True)
class House:
    """The running desk."""

    port: int
    web: int
    feeder: Feeder

    def cpu(self) -> float:
        """Seconds of CPU that the web process has used."""
        with open(f"/proc/{self.web}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """Megabytes of memory that the web process holds."""
        with open(f"/proc/{self.web}/status", encoding="ascii") as file:
            line = next(line for line in file if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextmanager
def open_house() -> Iterator[House]:
    """Start the web and the mail role on the database of the settings, and let mail come in."""
    web_port, smtp_port = _free_port(), _free_port()
    settings = os.environ | {
        "MAKEGOOD_PORT": str(web_port), "MAKEGOOD_SMTP_PORT": str(smtp_port), "MAKEGOOD_DEMO": "no",
        "MAKEGOOD_ACKNOWLEDGEMENTS_AN_HOUR": "1000000",
    }  # fmt: skip
    roles = [_start(role, settings) for role in ("web", "mail")]
    feeder = Feeder(smtp_port)
    try:
        for port in (web_port, smtp_port):
            _wait_for(port)
        writing = threading.Thread(target=feeder.run, daemon=True)
        writing.start()
        yield House(port=web_port, web=roles[0].pid, feeder=feeder)
        feeder.stopping.set()
        writing.join(timeout=70)
    finally:
        feeder.stopping.set()
        for role in roles:
            role.terminate()
        for role in roles:
            role.wait(timeout=60)


def _start(role: str, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "makegood.cli", role], env=settings, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as looking:
        looking.bind(("127.0.0.1", 0))
        return int(looking.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"nobody listens on port {port}")
