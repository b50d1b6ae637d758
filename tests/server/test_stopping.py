"""A desk that is asked to stop stops, whatever hangs: what it had in hand is done anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from makegood.server.serving import Asked

#: A process whose one part never ends, and which asks itself to stop once it is at work.
STUCK = """
import os, signal, threading
import django
django.setup()
from makegood.server import serving

class Stuck:
    def start(self): threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
    def stop(self): threading.Event().wait(%s)

serving.prepare = lambda: None
serving._parts = lambda roles: [Stuck()]
serving.STOP_WITHIN = 0.2
raise SystemExit(serving.serve(frozenset({"judge of nothing"})))
"""


@pytest.mark.parametrize(("hangs_for", "last"), [("60", "done anew by the next start."), ("0", "Stopped.")])
def test_a_part_that_hangs_does_not_keep_the_desk_from_ending(hangs_for: str, last: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STUCK % hangs_for],
        env={"MAKEGOOD_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "makegood.server.settings"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.rstrip().endswith(last)


def test_being_asked_twice_is_being_asked_once() -> None:
    asked = Asked()
    assert not asked.is_set()
    asked.set()
    asked.set()
    asked.wait()
    assert asked.is_set()
