"""A desk moves from SQLite to PostgreSQL by one command: every row with its key, and it goes on from there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.intake.letters import letter

SERVER = os.environ.get("MAKEGOOD_DATABASE_URL", "")
KEY = "the key of a desk that moves house, more than forty letters"
#: A fingerprint of each table's rows, whatever database they lie in.
FINGERPRINTS = """
import hashlib, json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.server.settings"
import django
django.setup()
from makegood.desk.actions import moving
for model in moving.tables():
    columns = sorted(field.attname for field in model._meta.concrete_fields)
    rows = model._base_manager.order_by("pk").values_list(*columns)
    # PostgreSQL keeps the keys of an object in an order of its own.
    plain = [[bytes(v).hex() if isinstance(v, bytes | memoryview) else v for v in row] for row in rows]
    told = json.dumps(plain, default=str, sort_keys=True)
    print(model._meta.db_table, len(plain), hashlib.sha256(told.encode()).hexdigest())
"""


#: Shows that a watch went by.
BEAT = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.server.settings"
import django
django.setup()
from makegood.config import clock
from makegood.desk.actions import rounds
rounds.beat("watch", now=clock.now())
"""


class Desk:
    """One MAKEGOOD_HOME, with its file or with a database of the server."""

    def __init__(self, home: Path, database: str) -> None:
        self.home, self.database = home, database

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command `makegood` there, or Python where the first word is -c."""
        program = list(words) if words[0] == "-c" else ["-m", "makegood.cli", *words]
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKEGOOD_")}
        settings = {"MAKEGOOD_HOME": str(self.home), "MAKEGOOD_DATABASE_URL": self.database, "MAKEGOOD_SECRET_KEY": KEY}
        return subprocess.run(
            [sys.executable, *program],
            env={**kept, **settings},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def fingerprints(self) -> str:
        told = self.run("-c", FINGERPRINTS)
        assert told.returncode == 0, told.stderr
        return told.stdout


@pytest.fixture
def old(tmp_path: Path) -> Desk:
    """The demo house and its bad weeks, in SQLite's file."""
    desk = Desk(tmp_path / "home", "")
    told = desk.run("demo", "load")
    assert told.returncode == 0, told.stderr
    return desk


@pytest.fixture
def new(old: Desk) -> Desk:
    """The same home, with an empty database of the server's."""
    name = f"moved_{hashlib.sha256(str(old.home).encode()).hexdigest()[:16]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    return Desk(old.home, urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}")))


@pytest.mark.skipif(not SERVER, reason="there is nowhere to move to; scripts/postgres.sh makes a PostgreSQL")
def test_a_desk_moves_with_every_row_and_goes_on(old: Desk, new: Desk, tmp_path: Path) -> None:
    before = old.fingerprints()
    told = new.run("move")
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count(": good") == 8
    assert new.fingerprints() == before
    assert not (old.home / "makegood.sqlite3").exists()
    assert len(list(old.home.glob("makegood.sqlite3.moved-*"))) == 1
    (tmp_path / "one.eml").write_bytes(letter("My stove never came.", message_id="<after@the.example>"))
    assert "1 taken in" in new.run("intake", "mail", str(tmp_path / "one.eml")).stdout
    assert "does not exist" in new.run("move").stderr
    again = new.run("move", str(next(old.home.glob("makegood.sqlite3.moved-*"))))
    assert (again.returncode, "holds a desk already" in again.stderr) == (2, True)


def test_without_a_postgresql_there_is_nowhere_to_move_to(tmp_path: Path) -> None:
    told = Desk(tmp_path, "").run("move")
    assert (told.returncode, "nowhere to move to" in told.stderr) == (2, True)


@pytest.mark.skipif(not SERVER, reason="there is nowhere to move to; scripts/postgres.sh makes a PostgreSQL")
def test_a_desk_at_work_is_not_moved(tmp_path: Path, old: Desk, new: Desk) -> None:
    assert old.run("-c", BEAT).returncode == 0
    told = new.run("move")
    assert (told.returncode, "A desk is at work there" in told.stderr) == (2, True)
    assert (old.home / "makegood.sqlite3").exists()
