"""F-16: the disk is full to the last byte. Mail stays with its sender and in its mailbox; all goes on by itself later.

The whole house lies on a small disk: database, log of the database, attachments, keys. Each write that fails by
itself, one after the other, is in the crash matrix (`tests/crashes`, the fault "disk full").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.crashes.day import IVO, with_a_file
from tests.crashes.kitchen import SERVER, Kitchen, Told
from tests.faults.small_disk import Disk, small_disk
from tests.faults.taking_in import hand_in
from tests.intake.letters import HELP, letter
from tests.servers.dovecot import Dovecot
from tests.watch.test_signs_of_life import Outside

PARTS = "tests.faults.taking_in:"
TENT = letter("My tent never came.", subject="Tent", sender="ines@more.example", message_id="<1@more.example>")


class House:
    """A house on a small disk."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.disk: Disk = stack.enter_context(small_disk(folder / "disk", 48))
        self._kitchen = stack.enter_context(Kitchen(self.disk.folder))
        self.answer = 0
        self._furnished = self._kitchen.furnished()
        self.home = stack.enter_context(self._kitchen.copy(self._furnished, "home"))
        # It has run before: its keys and folders are there.
        self.take_in(letter(), minutes=-60)
        assert self.answer == 250

    def take_in(self, raw: bytes = b"", **words: Any) -> Told:
        """Let the desk run for a moment while somebody hands in this letter, if any."""

        def listener(line: dict[str, Any]) -> None:
            if "port" in line:
                self.answer = hand_in(line["port"], raw, sender=IVO, to=HELP)
                Path(line["enough"]).touch()

        return self._kitchen.do(self.home, PARTS + "take_in", listener, listens=bool(raw), **words)

    def found(self) -> dict[str, Any]:
        lines = self._kitchen.do(self.home, PARTS + "count", minutes=120).lines
        return {key: value for line in lines for key, value in line.items()}

    def do(self, part: str, **words: Any) -> Told:
        return self._kitchen.do(self.home, PARTS + part, **words)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with ExitStack() as stack:
        yield House(stack, tmp_path)


def test_a_sender_is_asked_to_come_back_and_when_he_does_there_is_room(house: House) -> None:
    house.disk.fill()
    house.take_in(with_a_file())
    assert house.answer in (421, 451, 452), "a temporary refusal: his server keeps the letter"
    house.disk.make_room()
    assert house.found()["items"] == 1
    told = house.take_in(with_a_file(), minutes=20)
    assert (house.answer, told.code) == (250, 0), told.last("failed")
    found = house.found()
    assert (found["cases"], found["unjudged"], found["files"]) == (2, 0, [["seam.png", True]])
    assert found["broken"] == []


@pytest.mark.imap
def test_a_mailbox_keeps_its_mail_unmarked_and_is_read_on_from_there(house: House, mailboxes: Dovecot) -> None:
    box = mailboxes.seen_by("f16")
    for raw in (with_a_file(), TENT):
        box.append(raw)
    house.disk.fill()
    house.take_in(mailbox=box.url("&then=seen"))
    with box.client() as program:
        program.select("INBOX", readonly=True)
        marked = len(program.search(None, "SEEN")[1][0].split())
    assert marked <= house.found()["items"], "marked, and not stored"
    house.disk.make_room()
    told = house.take_in(mailbox=box.url("&then=seen"), minutes=20)
    assert told.code == 0, told.last("failed")
    found = house.found()
    assert (found["items"], found["cases"], found["unjudged"], found["files"]) == (3, 3, 0, [["seam.png", True]])
    assert max(found["attempts"]) == 1, "a full disk makes no letter poison"
    assert found["broken"] == []


@pytest.mark.skipif(bool(SERVER), reason="the database of this run lies on another disk")
def test_somebody_is_called_by_the_second_path_within_five_tries(house: House) -> None:
    house.disk.fill()
    with Outside() as outside:
        told = house.do("walk_until_it_fails", settings={"MAKEGOOD_ALARM_URL": outside.url})
    assert told.code == 0, told.last("failed")
    heard = {json.loads(body)["alarm"] for _, _, body in outside.calls}
    assert heard == {"round.failed"}
    house.disk.make_room()
    assert house.do("walk_again").last("alive") is True
