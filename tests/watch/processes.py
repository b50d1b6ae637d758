"""Starting, killing and asking processes that share one database in a file."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 120


def start(home: Path, *words: str, crash_at: str = "", **settings: str) -> subprocess.Popen[str]:
    """Start a process on the house kept in this folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKEGOOD_")}
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(CHILD), *words],
        env={**kept, **settings, "MAKEGOOD_HOME": str(home), "MAKEGOOD_CRASH_AT": crash_at},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(home: Path, *words: str, crash_at: str = "", **settings: str) -> tuple[int, str]:
    """Run a process to its end; returns its exit code, and what it printed."""
    process = start(home, *words, crash_at=crash_at, **settings)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, -9), err
    return process.returncode, out


def state(home: Path) -> dict[str, Any]:
    """Return what the record in this folder adds up to."""
    found = json.loads(run(home, "state")[1])
    assert isinstance(found, dict)
    return found


def copy(home: Path, to: Path) -> Path:
    """Copy a house as it lies on the disk."""
    shutil.copytree(home, to)
    return to
