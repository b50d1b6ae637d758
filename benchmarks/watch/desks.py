"""Desks that can be copied: a SQLite file in a folder, or a database of the PostgreSQL server that is named."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

SERVER = os.environ.get("MAKEGOOD_DATABASE_URL", "")
DATABASE = "PostgreSQL" if SERVER else "SQLite"


class Desk:
    """A desk in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._database = f"bench_{home.name.replace('-', '_')}"

    def make(self, *, cases: int, due: int, due_in: int) -> None:
        """Fill it with so many open cases, and so many said promises that fall due in `due_in` seconds."""
        self.home.mkdir(parents=True)
        self._create(like="template1")
        words = ("--cases", cases, "--open-share", 1, "--journal-rows", 6, "--due-at-once", due, "--due-in", due_in)
        self.run("benchmarks.large_desk", *words)

    def copy(self, home: Path) -> Desk:
        """Return a copy of it in another folder."""
        twin = Desk(home)
        shutil.copytree(self.home, home)
        twin._create(like=self._database)
        return twin

    def remove(self) -> None:
        """Delete it."""
        shutil.rmtree(self.home)
        if SERVER:
            _ask_server(f"DROP DATABASE {self._database} WITH (FORCE)")

    def start(self, module: str, *words: object) -> subprocess.Popen[str]:
        """Start a module as a process that works on it."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *map(str, words)],
            env=self.settings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, module: str, *words: object) -> str:
        """Run a module to its end; returns what it printed."""
        process = self.start(module, *words)
        said, _ = process.communicate()
        if process.returncode:
            raise SystemExit(f"{module} failed")
        return said

    def ask(self, *words: object) -> Any:
        """Return what a part of `benchmarks.watch.walker` says."""
        return json.loads(self.run("benchmarks.watch.walker", *words).splitlines()[-1])

    def settings(self) -> dict[str, str]:
        """The environment of a process that works on it."""
        url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{self._database}")) if SERVER else ""
        own = {"MAKEGOOD_HOME": str(self.home), "MAKEGOOD_DATABASE_URL": url, "MAKEGOOD_CANARY_MINUTES": "0"}
        return {**{k: v for k, v in os.environ.items() if not k.startswith("MAKEGOOD_")}, **own}

    def _create(self, *, like: str) -> None:
        if SERVER:
            _ask_server(f"CREATE DATABASE {self._database} TEMPLATE {like}")


def _ask_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(statement.encode())
