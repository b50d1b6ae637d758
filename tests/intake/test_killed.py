"""The power goes at the worst moments (F-01, F-07): afterwards every letter is there, once."""

from __future__ import annotations

import os
import shutil
import signal
import smtplib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import MONDAY_TEN
from tests.intake.letters import HELP, ROSA, letter
from tests.servers import dovecot

PROGRAM = Path(__file__).with_name("desk_process.py")
ROOT = PROGRAM.parents[2]
#: Later than the lease of whoever died.
LATER = MONDAY_TEN + timedelta(minutes=10)


class Desk:
    """A desk in another process."""

    def __init__(self, home: Path, *, now: datetime, crash_at: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), now.isoformat()],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "MAKEGOOD_HOME": str(home),
                "MAKEGOOD_DATABASE_URL": "",
                "MAKEGOOD_CRASH_AT": crash_at,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self._heard())

    def _heard(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def do(self, command: str) -> bool:
        """Have it do something; returns whether it lived to say so."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self._heard() == "done"

    def hand_in(self, raw: bytes) -> bool:
        """Send it a letter as a mail server would; returns whether it said that it was stored."""
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=20) as client:
                client.sendmail(ROSA, [HELP], raw)
        except (smtplib.SMTPServerDisconnected, ConnectionError):
            return False
        return True

    def end(self) -> int:
        """Let it end, and return how it did."""
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
        return self.process.wait(20)


@contextmanager
def desk(home: Path, *, now: datetime, crash_at: str = "") -> Iterator[Desk]:
    found = Desk(home, now=now, crash_at=crash_at)
    try:
        yield found
    finally:
        code = found.end()
    assert code == (-signal.SIGKILL if crash_at else 0)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and the cast in it, to be copied."""
    home = tmp_path_factory.mktemp("furnished")
    with desk(home, now=MONDAY_TEN) as first:
        assert first.do("furnish")
    return home


@pytest.fixture
def home(furnished: Path, tmp_path: Path) -> Path:
    return shutil.copytree(furnished, tmp_path / "home")


def count(home: Path, table: str) -> int:
    with closing(sqlite3.connect(home / "makegood.sqlite3")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def everything(home: Path) -> dict[str, int]:
    tables = {"items": "desk_inboxitem", "raws": "desk_rawitem", "cases": "desk_case", "mails": "desk_outboxitem"}
    return {
        **{name: count(home, table) for name, table in tables.items()},
        "contacts": count(home, "desk_contact WHERE direction = 'in'"),
        "unjudged": count(home, "desk_inboxitem WHERE state = 'stored'"),
    }


ONE = {"items": 1, "raws": 1, "cases": 1, "mails": 1, "contacts": 1, "unjudged": 0}


@pytest.mark.parametrize(
    ("crash_at", "stored"),
    [("ledger.before_commit", 0), ("ledger.after_commit", 1)],
)
def test_killed_around_the_commit_of_a_letter_the_sender_tries_again_and_it_is_one_case(
    home: Path, crash_at: str, stored: int
) -> None:
    with desk(home, now=MONDAY_TEN, crash_at=crash_at) as dying:
        assert not dying.hand_in(letter()), "it was told “stored” before that was sure"
    assert count(home, "desk_inboxitem") == stored
    with desk(home, now=LATER) as risen:
        assert risen.hand_in(letter())
        assert risen.do("judge")
    assert everything(home) == ONE


@pytest.mark.parametrize(
    ("crash_at", "judged"),
    [("intake.before_commit", 0), ("intake.after_commit", 1), ("record.after_journal", 0)],
)
def test_killed_while_judging_a_letter_it_is_judged_once_all_the_same(home: Path, crash_at: str, judged: int) -> None:
    with desk(home, now=MONDAY_TEN, crash_at=crash_at) as dying:
        assert dying.hand_in(letter())
        assert not dying.do("judge")
    assert count(home, "desk_case") == judged
    with desk(home, now=LATER) as risen:
        assert risen.do("judge")
    assert everything(home) == ONE


@pytest.mark.imap
@pytest.mark.parametrize("crash_at", ["ledger.before_commit", "ledger.after_commit", "imap.before_cursor"])
def test_killed_while_fetching_a_mailbox_each_mail_is_there_once(home: Path, crash_at: str) -> None:
    with dovecot.running() as server:
        server.append(letter())
        server.append(letter("My tent never came.", subject="Tent", message_id="<two@quiet.example>"))
        with desk(home, now=MONDAY_TEN, crash_at=crash_at) as dying:
            assert not dying.do(f"poll {server.url()}")
        with desk(home, now=LATER) as risen:
            assert risen.do(f"poll {server.url()}")
            assert risen.do("judge")
    assert everything(home) == {"items": 2, "raws": 2, "cases": 2, "mails": 1, "contacts": 2, "unjudged": 0}
