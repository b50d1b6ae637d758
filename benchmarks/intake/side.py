"""One of the two desks that are compared: prepared once, then copied and given the same mails again and again.

What is prepared lies in a folder, and on PostgreSQL in a database of its own; each run gets a copy of both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


@dataclass(frozen=True, kw_only=True)
class Side:
    """A desk that mails can be given to."""

    name: str
    #: What starts one task of it.
    command: tuple[str, ...]
    #: The environment names of its folder and of its database.
    home_name: str
    url_name: str
    #: Where its folders are made.
    folder: Path
    #: Of the PostgreSQL server; empty for SQLite.
    server: str

    def prepare(self, first: Path) -> dict[str, Any]:
        """Make a desk that has taken the first letters in; returns how each sender's thread is known there."""
        self._home("base").mkdir(parents=True)
        self._make("base", of="template1")
        self._run("base", "prepare")
        taken = self._run("base", "take", str(first))
        if taken["left"]:
            raise SystemExit(f"{self.name}: {taken['left']} first letters were not taken in")
        return self._run("base", "threads")

    def take(self, mails: Path, run: int) -> dict[str, Any]:
        """Let a copy of the prepared desk take these mails in, and return what it says of it."""
        copy = f"run{run}"
        shutil.copytree(self._home("base"), self._home(copy))
        self._make(copy, of=self._database("base"))
        theirs = self._home(copy) / "mails"
        shutil.copytree(mails, theirs)
        try:
            taken = self._run(copy, "take", str(theirs))
        finally:
            self._drop(copy)
            shutil.rmtree(self._home(copy))
        if taken["left"]:
            raise SystemExit(f"{self.name}: {taken['left']} mails were not taken in")
        return taken

    def _home(self, which: str) -> Path:
        return self.folder / self.home_name.lower() / which

    def _database(self, which: str) -> str:
        return f"{self.home_name.lower()}_{which}"

    def _run(self, which: str, *task: str) -> dict[str, Any]:
        environment = {**os.environ, self.home_name: str(self._home(which)), self.url_name: ""}
        if self.server:
            environment[self.url_name] = urlunsplit(urlsplit(self.server)._replace(path=f"/{self._database(which)}"))
        done = subprocess.run([*self.command, *task], env=environment, stdout=subprocess.PIPE, check=True, text=True)
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return said

    def _make(self, which: str, *, of: str) -> None:
        name, template = sql.Identifier(self._database(which)), sql.Identifier(of)
        self._on_server(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))

    def _drop(self, which: str) -> None:
        self._on_server(sql.SQL("DROP DATABASE {}").format(sql.Identifier(self._database(which))))

    def _on_server(self, statement: sql.Composed) -> None:
        if self.server:
            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(statement)
