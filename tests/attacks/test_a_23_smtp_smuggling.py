"""A-23: a letter can't hide a second one behind a line end that only some servers take for one."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from makegood.intake.mail.smtp_door import SmtpDoor
from tests.intake.letters import HELP

pytestmark = pytest.mark.usefixtures("committed")

_HIDDEN = (
    b"MAIL FROM:<ceo@larkfield.example>\r\nRCPT TO:<"
    + HELP.encode()
    + b">\r\nDATA\r\nSubject: Forged\r\n\r\nPay.\r\n.\r\n"
)


@pytest.fixture
def door(cast: Any, monday_ten: datetime) -> Iterator[SmtpDoor]:
    found = SmtpDoor(host="127.0.0.1", port=0, now=lambda: monday_ten)
    found.start()
    yield found
    found.stop()


def converse(door: SmtpDoor, content: bytes) -> bytes:
    """Send one letter with this content in plain bytes; returns all that the door said, until it hung up."""
    with socket.create_connection(("127.0.0.1", door.port), timeout=10) as connection:
        heard = connection.makefile("rb")
        heard.readline()
        for line in (b"EHLO x\r\n", b"MAIL FROM:<m@else.example>\r\n", f"RCPT TO:<{HELP}>\r\n".encode(), b"DATA\r\n"):
            connection.sendall(line)
            while heard.readline()[3:4] == b"-":
                pass
        connection.sendall(content + b"\r\n.\r\n" + b"QUIT\r\n")
        return heard.read()


@pytest.mark.parametrize(
    "end",
    [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r.\r\n", b"\n.\r", b"\r\n\x00.\r\n\n.\n"],
)
def test_a_bare_line_end_around_the_dot_is_refused_and_nothing_hidden_is_heard(door: SmtpDoor, end: bytes) -> None:
    said = converse(door, b"Subject: Harmless\r\n\r\nHello." + end + _HIDDEN)
    assert said.startswith(b"550 5.6.0"), said
    assert b"250" not in said, "what came behind was not taken for commands"
    assert not models.InboxItem.objects.exists()


@pytest.mark.parametrize("bare", [b"\n", b"\r", b"\r\r\n"])
def test_a_bare_line_end_anywhere_is_refused(door: SmtpDoor, bare: bytes) -> None:
    said = converse(door, b"Subject: Harmless\r\n\r\nHello." + bare + b"More.")
    assert said.startswith(b"550 5.6.0")
    assert not models.InboxItem.objects.exists()


def test_a_letter_with_proper_line_ends_and_a_dot_at_the_start_of_a_line_is_taken_as_it_is(door: SmtpDoor) -> None:
    said = converse(door, b"Subject: Harmless\r\n\r\n..\r\n..hidden\r\nend")
    assert said.startswith(b"250")
    assert bytes(models.RawItem.objects.get().body) == b"Subject: Harmless\r\n\r\n.\r\n.hidden\r\nend\r\n"
