"""Starts the oven, gives it houses and tasks, and hears what its children say."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import psycopg

OVEN = Path(__file__).with_name("oven.py")
SERVER = os.environ.get("MAKEGOOD_DATABASE_URL", "")
DATABASE = "PostgreSQL" if SERVER else "SQLite"


class Told:
    """What a child said, and how it ended."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []
        self.code = 0

    def all(self, what: str) -> list[Any]:
        """Return everything that it said of this."""
        return [line[what] for line in self.lines if what in line]

    def last(self, what: str) -> Any:
        """Return the last it said of this, or None."""
        return next(reversed(self.all(what)), None)


class Kitchen:
    """One oven, and the houses that its children live in, in this folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._databases: set[str] = set()
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKEGOOD_")}
        settings = {
            "MAKEGOOD_HOME": str(folder / "oven"),
            "MAKEGOOD_SECRET_KEY": "the key of all houses of this kitchen, forty-eight letters",
            "MAKEGOOD_DATABASE_URL": SERVER,
            "MAKEGOOD_CANARY_MINUTES": "600",
        }
        self._oven = subprocess.Popen(
            [sys.executable, "-W", "error", str(OVEN)],
            env={**kept, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert "ready" in self._hear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for stream in (self._oven.stdin, self._oven.stdout):
            assert stream is not None
            stream.close()
        self._oven.wait(60)
        for name in list(self._databases):
            self.drop(name)

    # ── tasks ───────────────────────────────────────────────────────────────

    def do(self, home: Path, what: str, listener: Callable[[dict[str, Any]], None] | None = None, **words: Any) -> Told:
        """Have a child do a task in this house; returns what it said. `listener` is told each line when it comes."""
        port = words.pop("through", 0)
        task = {"do": what, "home": str(home), "database": self._database(home, port), **words}
        assert self._oven.stdin is not None
        self._oven.stdin.write(json.dumps(task) + "\n")
        told = Told()
        while "ended" not in (line := self._hear()):
            told.lines.append(line)
            if listener is not None:
                listener(line)
        told.code = line["ended"]
        return told

    def _hear(self) -> dict[str, Any]:
        assert self._oven.stdout is not None
        line = self._oven.stdout.readline()
        assert line, "the oven went out"
        said: dict[str, Any] = json.loads(line)
        return said

    # ── houses ──────────────────────────────────────────────────────────────

    def empty(self, name: str) -> Path:
        """Return a place for a house, with nothing in it."""
        home = self._folder / name
        home.mkdir()
        self._create(home, like="template1")
        return home

    def furnished(self, name: str = "furnished", *, policy: str | None = None) -> Path:
        """Return a house with the cast in it, which works by this policy or the demo's."""
        home = self.empty(name)
        told = self.do(home, "furnish", policy=policy)
        assert told.code == 0, told.lines
        return home

    @contextmanager
    def lend(self, name: str) -> Iterator[Path]:
        """Lend an empty place for a house."""
        home = self.empty(name)
        try:
            yield home
        finally:
            shutil.rmtree(home)
            self.drop(_name(home))

    @contextmanager
    def copy(self, of: Path, name: str) -> Iterator[Path]:
        """Lend a copy of a house."""
        home = self._folder / name
        shutil.copytree(of, home)
        self._create(home, like=_name(of))
        try:
            yield home
        finally:
            shutil.rmtree(home)
            self.drop(_name(home))

    def _database(self, home: Path, port: int) -> str:
        if not SERVER:
            return ""
        parts = urlsplit(SERVER)
        place = parts.netloc if not port else f"{parts.netloc.rpartition(':')[0]}:{port}"
        return urlunsplit(parts._replace(netloc=place, path=f"/{_name(home)}"))

    def _create(self, home: Path, *, like: str) -> None:
        if SERVER:
            self._databases.add(_name(home))
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(f"CREATE DATABASE {_name(home)} TEMPLATE {like}".encode())

    def drop(self, name: str) -> None:
        """Remove a house's database."""
        if name in self._databases:
            self._databases.discard(name)
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _name(home: Path) -> str:
    return f"house_{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"
