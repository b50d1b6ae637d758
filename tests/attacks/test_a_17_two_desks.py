"""A-17: two real desks, each a process with its own house, write to each other. One automatic mail each way, no more.

What one sends goes over a real line into the other's mail door. A complaint from each desk's own address arrives at
the other; both run until nothing waits anywhere; what was stopped is in the ledger, counted and readable.
"""

from __future__ import annotations

import os
import signal
import smtplib
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from makegood.config import shipped
from tests.intake.letters import letter
from tests.servers.dovecot import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0
PASSWORD = "a quiet word for the test"


class Desk:
    """One of the two: its house on the disk, and the process that runs it."""

    def __init__(self, home: Path, domain: str) -> None:
        self.home, self.domain, self.address = home, domain, f"help@{domain}"
        self.web, self.door = free_port(), free_port()
        home.mkdir()
        policy = home / "house.toml"
        policy.write_text(shipped.demo_policy().replace("larkfield.example", domain), "utf-8")
        self.settings = {
            "MAKEGOOD_HOME": str(home),
            "MAKEGOOD_POLICY": str(policy),
            "MAKEGOOD_DEMO": "no",
            "MAKEGOOD_PORT": str(self.web),
            "MAKEGOOD_SMTP_PORT": str(self.door),
            "MAKEGOOD_MAIL_DOMAIN": domain,
            "MAKEGOOD_CANARY_MINUTES": "0",
        }
        self._running: subprocess.Popen[bytes] | None = None

    def _command(self, *words: str) -> tuple[list[str], dict[str, str]]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKEGOOD_")}
        return [sys.executable, "-m", "makegood.cli", *words], {**kept, **self.settings}

    def hire(self, name: str, role: str) -> None:
        """Let somebody work here, as an administrator does."""
        words = ("--email", f"{name}@{self.domain}", "--name", name.title(), "--role", role, "--password", PASSWORD)
        command, settings = self._command("staff", "add", *words, *(("--team", "support") if role == "agent" else ()))
        done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr

    def start(self, other: Desk) -> None:
        """Run everything; mail goes out by the other's mail door."""
        self.settings["MAKEGOOD_SMTP_URL"] = f"smtp://127.0.0.1:{other.door}?tls=no"
        command, settings = self._command("serve")
        log = (self.home / "log").open("wb")
        with log:
            self._running = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=subprocess.STDOUT)

    def stop(self) -> None:
        """Stop it."""
        if self._running is not None:
            self._running.send_signal(signal.SIGTERM)
            self._running.wait(PATIENCE)

    @property
    def said(self) -> str:
        return (self.home / "log").read_text("utf-8", "replace")

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """Ask its database, without writing."""
        with closing(
            sqlite3.connect(f"file:{self.home / 'makegood.sqlite3'}?mode=ro", uri=True, timeout=20)
        ) as database:
            return database.execute(question).fetchall()

    def state(self) -> tuple[list[tuple[object, ...]], ...]:
        """What is in its ledger and its outbox."""
        items = self.ask("SELECT state, code, count(*) FROM desk_inboxitem GROUP BY 1, 2 ORDER BY 1, 2")
        mails = self.ask("SELECT purpose, to_address, state, count(*) FROM desk_outboxitem GROUP BY 1, 2, 3 ORDER BY 1")
        return items, mails

    @property
    def waits(self) -> bool:
        """Whether anything is unread or unsent."""
        unread = self.ask("SELECT count(*) FROM desk_inboxitem WHERE state = 'stored'")
        unsent = self.ask("SELECT count(*) FROM desk_outboxitem WHERE state IN ('waiting', 'sending')")
        return (unread[0][0], unsent[0][0]) != (0, 0)

    def page(self, path: str, name: str) -> str:
        """Return a page of the desk as this colleague sees it."""
        browser = build_opener(HTTPCookieProcessor(jar := CookieJar()))
        base = f"http://127.0.0.1:{self.web}"
        browser.open(f"{base}/sign-in/", timeout=20).read()
        token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
        typed = {"username": f"{name}@{self.domain}", "password": PASSWORD, "csrfmiddlewaretoken": token}
        browser.open(f"{base}/sign-in/", urlencode(typed).encode(), timeout=20).read()
        with browser.open(base + path, timeout=20) as answer:
            return str(answer.read().decode())


def wait_until(what: str, true: object, *desks: Desk) -> None:
    """Wait for a condition, no longer than patience lasts."""
    until, pause = monotonic() + PATIENCE, threading.Event()
    assert callable(true)
    while not true():
        assert monotonic() < until, f"{what}: {[desk.state() for desk in desks]} {[desk.said[-800:] for desk in desks]}"
        pause.wait(0.1)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    """Two desks that have nobody but each other."""
    folder = tmp_path_factory.mktemp("desks")
    pair = Desk(folder / "one", "larkfield.example"), Desk(folder / "two", "harbour.example")
    for desk in pair:
        desk.hire("ada", "agent")
        desk.hire("lena", "executive")
    try:
        pair[0].start(pair[1])
        pair[1].start(pair[0])
        wait_until("both open", lambda: all("Stop with Ctrl+C." in desk.said for desk in pair), *pair)
        yield pair
    finally:
        for desk in pair:
            desk.stop()


@pytest.fixture(scope="module")
def quiet(desks: tuple[Desk, Desk]) -> tuple[Desk, Desk]:
    """After a complaint from each desk's address at the other, when nothing waits anywhere any more."""
    for here, there in (desks, desks[::-1]):
        raw = letter(sender=f"Desk <{there.address}>", to=here.address, message_id=f"<first@{there.domain}>")
        with smtplib.SMTP("127.0.0.1", here.door, timeout=20) as client:
            client.sendmail(there.address, [here.address], raw)
    wait_until("each wrote", lambda: all(desk.ask("SELECT 1 FROM desk_outboxitem") for desk in desks), *desks)
    before: list[object] = []

    def at_rest() -> bool:
        # Twice the same, and nothing under way: whatever one sent, the other has stored before it said 250.
        now = [desk.state() for desk in desks]
        same = now == before and not any(desk.waits for desk in desks)
        before[:] = now
        return same

    wait_until("at rest", at_rest, *desks)
    return desks


def test_each_sends_the_other_one_automatic_mail_at_most(quiet: tuple[Desk, Desk]) -> None:
    for here, there in (quiet, quiet[::-1]):
        sent = here.ask(f"SELECT purpose, state FROM desk_outboxitem WHERE to_address = '{there.address}'")
        assert sent == [("acknowledgement", "accepted")]


def test_the_complaint_is_a_case_and_the_others_answer_is_not(quiet: tuple[Desk, Desk]) -> None:
    for desk in quiet:
        assert desk.ask("SELECT count(*) FROM desk_case WHERE open") == [(1,)]
        assert desk.ask("SELECT count(*) FROM desk_inboxitem") == [(2,)], "the complaint, and one acknowledgement"
        received, joined, aside, stopped = desk.ask(
            "SELECT count(*), sum(state = 'joined'), sum(state = 'quarantined'), sum(state = 'suppressed')"
            " FROM desk_inboxitem"
        )[0]
        assert (received, joined, aside, stopped) == (2, 1, 0, 1)


def test_what_was_stopped_is_in_the_ledger_with_its_reason_and_its_bytes(quiet: tuple[Desk, Desk]) -> None:
    for desk in quiet:
        (code, why, body) = desk.ask(
            "SELECT code, why, body FROM desk_inboxitem JOIN desk_rawitem ON item_id = id WHERE state = 'suppressed'"
        )[0]
        assert code and why and b"Auto-Submitted: auto-replied" in bytes(body)  # type: ignore[call-overload]
        page = desk.page("/doors/items/?state=suppressed", "lena")
        assert "1 thing came in." in " ".join(page.split()) and str(why).split(",")[0] in page
