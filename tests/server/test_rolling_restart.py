"""Two of each role at work, each stopped and started in turn while mail comes in: nothing is lost, nothing is twice.

Real processes of the command `makegood` on one database (SQLite's file, or PostgreSQL where the tests run on it):
letters over SMTP to two mail doors as to a pair of MX, a mailbox that both poll, acknowledgements and replies out to
a real server, and staff who read and answer behind two web processes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import pytest

from tests.crashes.kitchen import Kitchen
from tests.crashes.torture import Senders
from tests.intake.letters import letter
from tests.server.roles import PATIENCE, Process
from tests.server.visitor import Visitor
from tests.servers import dovecot
from tests.servers.dovecot import Dovecot, free_port
from tests.watch.mail_server import MailServer

KEY = "the key of all processes of this house, forty-eight letters"
PASSWORD = "a trail needs no password"
IN_THE_MAILBOX = 12
SOON = 25.0
"""Seconds within which a process must have ended; it takes one or two, and ten where a mail server is slow."""


class Pair(Senders):
    """The servers of customers that know two mail doors and try the one, then the other."""

    doors: tuple[int, ...] = ()

    def _hand_in(self, token: str, raw: bytes, to: list[str]) -> bool:
        for door in self.doors:
            self.port = door
            if super()._hand_in(token, raw, to):
                # A few letters a second: what is tested is the change of shifts, not the speed.
                self.stopping.wait(0.25)
                return True
        return False


@dataclass
class Clerk:
    """One of the staff, who reads the list of cases and answers each case once."""

    visitor: Visitor
    stopping: threading.Event = field(default_factory=threading.Event)
    statuses: Counter[str] = field(default_factory=Counter)
    answered: set[str] = field(default_factory=set)
    trouble: list[str] = field(default_factory=list)

    def run(self) -> None:
        try:
            self.visitor.sign_in("ruth@larkfield.example", PASSWORD)
            while not self.stopping.is_set():
                self._once()
                self.stopping.wait(0.2)
        except Exception as error:
            self.trouble.append(f"{type(error).__name__}: {error}"[:500])

    def _once(self) -> None:
        _, cases = self._count(self.visitor.get("/cases/"), "list")
        new = [number for number in re.findall(r'href="/cases/([^/"?]+)/"', cases) if number not in self.answered]
        if not new:
            return
        _, page = self._count(self.visitor.get(f"/cases/{new[0]}/"), "case")
        seen = re.search(r'name="seen" value="(\d+)"', page)
        assert seen, page[:500]
        words = f"About {new[0]}: we send you a new one, and you need not return the old one."
        form = {"text": words, "kinds": "answer", "seen": seen[1]}
        self._count(self.visitor.post(f"/cases/{new[0]}/reply/", page, **form), "reply")
        self.answered.add(new[0])

    def _count(self, answer: tuple[int, str], what: str) -> tuple[int, str]:
        self.statuses[f"{what} {answer[0]}"] += 1
        return answer


class House:
    """One database, and two of each role on it."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.kitchen = stack.enter_context(Kitchen(folder))
        self.home = self.kitchen.empty("house")
        self.server = stack.enter_context(MailServer())
        self.mailbox = _mailbox(stack)
        self.web_ports, self.doors = (free_port(), free_port()), (free_port(), free_port())
        self.processes = [
            self._process(role, number, folder) for number in (0, 1) for role in ("mail", "web", "watch", "deliver")
        ]
        for process in self.processes:
            stack.callback(process.end)

    def settings(self, number: int) -> dict[str, str]:
        return {
            "MAKEGOOD_HOME": str(self.home),
            "MAKEGOOD_DATABASE_URL": self.kitchen._database(self.home, 0),
            "MAKEGOOD_SECRET_KEY": KEY,
            "MAKEGOOD_DEMO": "no",
            "MAKEGOOD_PORT": str(self.web_ports[number]),
            "MAKEGOOD_BASE_URL": f"http://127.0.0.1:{self.web_ports[0]}",
            "MAKEGOOD_SMTP_PORT": str(self.doors[number]),
            "MAKEGOOD_SMTP_URL": self.server.url,
            "MAKEGOOD_IMAP_URL": self.mailbox.url() if self.mailbox else "",
            "MAKEGOOD_CANARY_MINUTES": "0",
            # On a slow machine the change of shifts takes long, and as many letters come as in a flood.
            "MAKEGOOD_ACKNOWLEDGEMENTS_AN_HOUR": "100000",
        }

    def _process(self, role: str, number: int, folder: Path) -> Process:
        return Process(role=role, settings=self.settings(number), log=folder / f"{role}-{number}.log")

    def ask(self, what: str, **words: Any) -> Any:
        told = self.kitchen.do(
            self.home, f"tests.server.standing:{what}", settings={"MAKEGOOD_SECRET_KEY": KEY}, **words
        )
        assert told.code == 0, told.last("failed")
        return told

    def wait_until_all_is_done(self) -> None:
        until, pause = monotonic() + PATIENCE, threading.Event()
        while True:
            told = self.ask("under_way")
            if told.last("unjudged") == told.last("unsent") == 0:
                return
            assert monotonic() < until, told.lines
            pause.wait(0.5)


def _mailbox(stack: ExitStack) -> Dovecot | None:
    """A mailbox, where this machine has a server for one."""
    try:
        return stack.enter_context(dovecot.running())
    except pytest.skip.Exception:
        return None


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with ExitStack() as stack:
        yield House(stack, tmp_path_factory.mktemp("rolling"))


@pytest.fixture(scope="module")
def rolled(house: House) -> dict[str, Any]:
    """The whole change of shifts, once; what the world outside has seen, and what the record says."""
    for process in house.processes:
        process.start()
    for process in house.processes:
        process.wait_until_open()
    house.ask("hire", password=PASSWORD)
    _fill(house.mailbox)
    senders = Pair(port=house.doors[0], lmtp=False, chance=Random(4))
    senders.doors = house.doors
    clerk = Clerk(visitor=Visitor(ports=house.web_ports))
    threads = [threading.Thread(target=run, daemon=True) for run in (senders.run, senders.run, clerk.run)]
    for thread in threads:
        thread.start()
    before, codes, last_words = len(senders.accepted), [], []
    for process in house.processes:
        codes.append(process.stop())
        last_words.append(process.said)
        process.start()
        process.wait_until_open()
    senders.stopping.set()
    clerk.stopping.set()
    for thread in threads:
        thread.join(PATIENCE)
    house.wait_until_all_is_done()
    told = house.ask("record")
    return {
        "codes": codes,
        "last words": last_words,
        "before": before,
        "accepted": set(senders.accepted),
        "clerk": clerk,
        "told": told,
        "found": json.loads((house.home / "found.json").read_text("utf-8")),
        "doctor": _doctor(house),
    }


def _fill(mailbox: Dovecot | None) -> None:
    for number in range(IN_THE_MAILBOX if mailbox else 0):
        token = f"letter-9{number:05}"
        assert mailbox is not None
        mailbox.append(letter(f"It broke. {token}", subject=token, message_id=f"<{token}@more.example>"))


def _doctor(house: House) -> dict[str, Any]:
    """What `makegood doctor` says while all of them are at work."""
    settings = {**house.processes[0].settings}
    said = subprocess.run(
        [sys.executable, "-m", "makegood.cli", "doctor", "--json"],
        env=settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    report: dict[str, Any] = json.loads(said.stdout)
    return {check["code"]: check for check in report["checks"]}


# ── what must be so ──────────────────────────────────────────────────────────


def test_every_letter_that_was_accepted_is_on_exactly_one_case(rolled: dict[str, Any]) -> None:
    found, accepted = rolled["found"], rolled["accepted"]
    assert len(accepted) > 10
    assert accepted <= found["places"].keys()
    assert [t for t in accepted if sum(p == "joined" for p in found["places"][t]) != 1] == []
    assert [t for t in accepted if found["contacts"][t] != 1] == []


def test_two_that_poll_one_mailbox_take_each_mail_once(house: House, rolled: dict[str, Any]) -> None:
    if house.mailbox is None:
        pytest.skip("needs Debian's package dovecot-imapd")
    assert rolled["told"].last("ways")["imap"] == IN_THE_MAILBOX
    assert [n for t, n in rolled["found"]["contacts"].items() if t.startswith("letter-9") and n != 1] == []


def test_every_mail_of_ours_arrived_once(house: House, rolled: dict[str, Any]) -> None:
    arrived = Counter(mail.message_id for mail in house.server.taken)
    assert set(arrived.values()) == {1}
    assert arrived.keys() == rolled["found"]["mails"].keys()
    assert {mail["state"] for mail in rolled["found"]["mails"].values()} == {"accepted"}


def test_pages_were_answered_all_the_time_and_each_reply_went_once(house: House, rolled: dict[str, Any]) -> None:
    clerk = rolled["clerk"]
    assert clerk.trouble == []
    said = [words for words in rolled["last words"] if "Error" in words]
    assert clerk.statuses.keys() <= {"list 200", "case 200", "reply 302"}, (clerk.statuses, said)
    replies = [mail for mail in house.server.taken if b"you need not return the old one" in mail.content]
    assert len(replies) == len(clerk.answered) == rolled["found"]["replies"] > 3


def test_whoever_is_asked_to_stop_says_so_and_ends_well_within_seconds(house: House, rolled: dict[str, Any]) -> None:
    assert rolled["codes"] == [0] * 8
    for words in rolled["last words"]:
        assert "Stopping. What is in hand is finished first." in words and words.rstrip().endswith("Stopped.")
        assert "Traceback" not in words
    assert max(seconds for process in house.processes for seconds in process.seconds) < SOON


def test_the_doctors_eight_questions_find_nothing(rolled: dict[str, Any]) -> None:
    checks = rolled["doctor"]
    assert [checks[code]["found"] for code in ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "watch")] == [[]] * 9
    assert rolled["found"]["broken"] == []


def test_eight_that_began_together_on_an_empty_place_furnished_it_once(rolled: dict[str, Any]) -> None:
    assert rolled["told"].last("policies") == 1


def test_when_all_are_asked_to_stop_nothing_is_left_in_anybodys_hands(house: House, rolled: dict[str, Any]) -> None:
    assert [process.stop() for process in house.processes] == [0] * 8
    assert house.ask("under_way").last("leases") == 0
