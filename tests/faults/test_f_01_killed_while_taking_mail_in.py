"""F-01: the power goes at any point of taking mail in. Afterwards every letter is there, once.

None was marked in the mailbox before it was safe. The sender's server tries again when it heard no "250"; the
mailbox is read again from its cursor.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.crashes.day import IVO, with_a_file
from tests.crashes.kitchen import Kitchen
from tests.faults.taking_in import hand_in
from tests.intake.letters import HELP, letter
from tests.servers.dovecot import Dovecot

PARTS = "tests.faults.taking_in:"
TENT = letter(
    "My tent never came.", subject="Tent", sender="Ines Moor <ines@more.example>", message_id="<1@more.example>"
)


class Stage:
    """A house to be copied, and what is done to each copy."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.kitchen = stack.enter_context(Kitchen(folder))
        self.furnished = self.kitchen.furnished()

    def found(self, home: Path) -> dict[str, Any]:
        lines = self.kitchen.do(home, PARTS + "count", minutes=90).lines
        return {key: value for line in lines for key, value in line.items() if key != "pid"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(stack, tmp_path_factory.mktemp("f01"))


@pytest.fixture
def home(stage: Stage, request: pytest.FixtureRequest) -> Iterator[Path]:
    name = "".join(c for c in request.node.name if c.isalnum())[-60:]
    with stage.kitchen.copy(stage.furnished, name) as lent:
        yield lent


#: What is there after a day on which nothing broke.
WHOLE = {
    "items": 2,
    "raws": 2,
    "unjudged": 0,
    "states": ["joined", "joined"],
    "cases": 2,
    "contacts": ["Tent", "The tent"],
    "acknowledged": 2,
    "files": [["seam.png", True]],
    "broken": [],
}


def whole(found: dict[str, Any]) -> bool:
    return {key: found[key] for key in WHOLE} == WHOLE


def send_both(home: Path, heard: dict[str, int]) -> Any:
    """Return what the world does while the desk listens: each letter until it is told that it was taken."""

    def listener(line: dict[str, Any]) -> None:
        if "port" in line:
            for subject, sender, raw in (("The tent", IVO, with_a_file()), ("Tent", "ines@more.example", TENT)):
                if heard.get(subject) != 250:
                    heard[subject] = hand_in(line["port"], raw, sender=sender, to=HELP)
            (home / "enough").touch()

    return listener


@pytest.mark.parametrize(
    ("crash_at", "stored"),
    [
        *[("ledger.before_commit:1", 0), ("ledger.after_commit:1", 1), ("smtp.before_250:1", 1)],
        *[("ledger.before_commit:2", 1), ("smtp.before_250:2", 2)],
        *[("intake.after_claim:1", 2), ("intake.after_reading:1", 2), ("attachment.before_row:1", 2)],
        *[("record.after_journal:1", 2), ("intake.before_commit:1", 2), ("intake.after_commit:1", 2)],
    ],
)
def test_killed_while_a_letter_is_handed_in_or_judged_it_is_there_once(
    stage: Stage, home: Path, crash_at: str, stored: int
) -> None:
    heard: dict[str, int] = {}
    dying = stage.kitchen.do(home, PARTS + "take_in", send_both(home, heard), listens=True, crash_at=crash_at)
    assert dying.code == -9, f"{crash_at} was never passed: {dying.last('failed')}"
    found = stage.found(home)
    assert found["items"] == found["raws"] == stored
    assert sum(answer == 250 for answer in heard.values()) <= stored, "it was told “stored” before that was sure"
    assert all(there for _, there in found["files"]), "a row without its file"
    (home / "enough").unlink(missing_ok=True)
    risen = stage.kitchen.do(home, PARTS + "take_in", send_both(home, heard), listens=True, minutes=10)
    assert risen.code == 0, risen.last("failed")
    assert set(heard.values()) == {250}
    assert whole(stage.found(home)), stage.found(home)


@pytest.mark.imap
@pytest.mark.parametrize("then", ["seen", "move:Taken"])
@pytest.mark.parametrize(
    "crash_at",
    [
        *("imap.after_fetch:1", "ledger.before_commit:1", "ledger.after_commit:1", "imap.before_cursor:1"),
        *("imap.after_cursor:1", "imap.after_marking:1", "imap.after_fetch:2", "imap.after_cursor:2"),
        *("attachment.before_row:1", "intake.before_commit:1"),
    ],
)
def test_killed_while_a_mailbox_is_read_each_mail_is_there_once_and_none_was_marked_before_it_was_safe(
    stage: Stage, home: Path, mailboxes: Dovecot, crash_at: str, then: str
) -> None:
    box = mailboxes.seen_by(home.name.lower())
    box.append(with_a_file())
    box.append(TENT)
    with box.client() as program:
        program.create("Taken")
    words = {"mailbox": box.url(f"&then={then}")}
    dying = stage.kitchen.do(home, PARTS + "take_in", crash_at=crash_at, **words)
    assert dying.code == -9, f"{crash_at} was never passed: {dying.last('failed')}"
    assert dealt_with(box, then) <= stage.found(home)["items"], "marked or moved, and not stored"
    risen = stage.kitchen.do(home, PARTS + "take_in", minutes=10, **words)
    assert risen.code == 0, risen.last("failed")
    assert whole(stage.found(home)), stage.found(home)


def dealt_with(box: Dovecot, then: str) -> int:
    """How many mails are marked as read, or were moved."""
    with box.client() as program:
        if then == "seen":
            program.select("INBOX", readonly=True)
            return len(program.search(None, "SEEN")[1][0].split())
        return int((program.select("Taken", readonly=True)[1][0] or b"0").decode())
