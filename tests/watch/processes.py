"""Starting, killing and asking processes that share one database: a SQLite file, or a PostgreSQL of their own."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 120
SERVER = os.environ.get("MAKEGOOD_DATABASE_URL", "")


def start(home: Path, *words: str, crash_at: str = "", **settings: str) -> subprocess.Popen[str]:
    """Start a process on the house kept in this folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKEGOOD_")}
    kept |= {"MAKEGOOD_HOME": str(home), "MAKEGOOD_CRASH_AT": crash_at, "MAKEGOOD_DATABASE_URL": _database(home)}
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(CHILD), *words],
        env={**kept, **settings},
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


def prepare(home: Path, cases: int) -> Path:
    """Make a house with so many complaints."""
    _create(home, like="template1")
    run(home, "prepare", str(cases))
    return home


def copy(home: Path, to: Path) -> Path:
    """Copy a house as it lies on the disk."""
    shutil.copytree(home, to)
    _create(to, like=_name(home))
    return to


def state(home: Path) -> dict[str, Any]:
    """Return what the record in this folder adds up to."""
    found = json.loads(run(home, "state")[1])
    assert isinstance(found, dict)
    return found


def _name(home: Path) -> str:
    return f"house_{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"


def _database(home: Path) -> str:
    """Return where the house's record is; empty for the SQLite file in its folder."""
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{_name(home)}")) if SERVER else ""


def _create(home: Path, *, like: str) -> None:
    if SERVER:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {_name(home)} TEMPLATE {like}".encode())
