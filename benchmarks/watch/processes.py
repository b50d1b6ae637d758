"""Talking with a process by lines."""

from __future__ import annotations

import subprocess


def expect(process: subprocess.Popen[str], line: str) -> None:
    """Wait until it says this line."""
    assert process.stdout is not None
    for said in process.stdout:
        if said.strip() == line:
            return
    raise SystemExit(f"a process ended before it said {line!r}")


def say(process: subprocess.Popen[str], line: str) -> None:
    """Tell it a line."""
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def last_line(process: subprocess.Popen[str]) -> str:
    """Wait for its end; returns the last line it said."""
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit("a process failed")
    return said.splitlines()[-1]
