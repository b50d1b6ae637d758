"""What a whole desk costs while nothing happens."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from .desks import Desk

SETTLED = 30.0
"""Seconds a desk has to start: its migrations, its seal of the day."""


def idle(desk: Desk, *, seconds: float) -> None:
    """Run `makegood serve` on a large desk, and print the CPU and the memory it uses while nobody comes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    serve = subprocess.Popen(
        [Path(sys.executable).with_name("makegood"), "serve"],
        env={**desk.settings(), "MAKEGOOD_PORT": port, "MAKEGOOD_SMTP_PORT": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(SETTLED)
        before = _cpu(serve.pid)
        time.sleep(seconds)
        used = (_cpu(serve.pid) - before) / seconds
        print(f"idle `makegood serve`: {used:.2%} of a core, {_memory(serve.pid):.0f} MiB", flush=True)
    finally:
        serve.terminate()
        serve.wait(30)


def _cpu(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
