"""A small desk in a folder of its own, for somebody who holds the file: `python -m tests.attacks.bent_desk`."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

LETTERS = 6


def build() -> None:
    """Fill the empty desk of MAKEGOOD_HOME: six letters, a reply with a date, a seal."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.server.settings"
    import django

    django.setup()
    from datetime import timedelta

    from django.core.management import call_command

    from makegood.config import clock
    from makegood.demo import cast
    from makegood.demo.weeks import Weeks, Writer
    from makegood.desk.actions import rounds as signs
    from makegood.watch import rounds

    call_command("migrate", verbosity=0)
    now = clock.now()
    weeks = Weeks(cast.load(now=now - timedelta(days=1), password=None))
    for number in range(LETTERS):
        writer = Writer(name=f"Writer {number}", address=f"w{number}@writers.example")
        weeks.letter(writer, at=now - timedelta(minutes=9), subject=f"Matter {number}", text="It snapped.")
    signs.beat("watch", now=now)
    rounds.seal(now=now)


def run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program of Python's on the desk in this folder, as its owner would."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKEGOOD_", "DJANGO_"))}
    env = {**kept, "MAKEGOOD_HOME": str(home)}
    return subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True, check=False, timeout=120)


def doctor(home: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """Return the doctor's exit code and what he says to programs."""
    done = run(home, "-c", "from makegood.cli import main; main()", "doctor", "--json", *options)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def named(report: dict[str, Any], code: str) -> str:
    """Return everything that is named under one of his codes."""
    return "\n".join(next(check["found"] for check in report["checks"] if check["code"] == code))


def opened(home: Path) -> sqlite3.Connection:
    """Open the file as somebody would who has it in his hands: the guards of the journal are his to take off."""
    database = sqlite3.connect(home / "makegood.sqlite3")
    for table in ("desk_entry", "desk_anchor"):
        for verb in ("update", "delete"):
            database.execute(f"DROP TRIGGER {table}_no_{verb}")
    return database


if __name__ == "__main__":
    build()
