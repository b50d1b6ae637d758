"""A-57: a flood at the door is asked to come back; the letter of somebody who waits still gets in."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from makegood.intake.mail import smtp_door, smtp_session
from makegood.intake.mail.smtp_door import SmtpDoor
from tests.intake.letters import HELP, ROSA, letter

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def door(cast: Any, monday_ten: datetime) -> Iterator[SmtpDoor]:
    found = SmtpDoor(host="127.0.0.1", port=0, now=lambda: monday_ten)
    found.start()
    yield found
    found.stop()


def test_too_many_conversations_are_asked_to_come_back_and_the_next_is_heard(
    door: SmtpDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_session, "CONVERSATIONS", 3)
    with ExitStack() as open_lines:
        for _ in range(3):
            line = open_lines.enter_context(socket.create_connection(("127.0.0.1", door.port), timeout=10))
            assert open_lines.enter_context(line.makefile("rb")).readline().startswith(b"220")
        with socket.create_connection(("127.0.0.1", door.port), timeout=10) as one_more:
            assert one_more.makefile("rb").read().startswith(b"421 4.3.2")
    for _ in range(100):  # the flood hangs up; the door notices in its own time
        try:
            with smtplib.SMTP("127.0.0.1", door.port, timeout=10) as smtp:
                smtp.sendmail(ROSA, [HELP], letter())
            break
        except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected):
            continue
    assert models.InboxItem.objects.count() == 1


def test_one_letter_names_no_endless_row_of_recipients(door: SmtpDoor) -> None:
    with smtplib.SMTP("127.0.0.1", door.port, timeout=10) as smtp:
        many = [f"help+{number}@larkfield.example" for number in range(150)]
        refused = smtp.sendmail(ROSA, many, letter())
    assert len(refused) == 50 and {code for code, _ in refused.values()} == {452}
    assert models.InboxItem.objects.count() == 1


def test_with_the_disk_nearly_full_of_large_letters_a_small_one_still_gets_in(
    door: SmtpDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = smtp_door.RESERVE - 1

    monkeypatch.setattr(smtp_door.shutil, "disk_usage", lambda _: Usage)
    flood = letter("word " * 300_000)
    with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as smtp:
        for _ in range(3):
            with pytest.raises(smtplib.SMTPDataError, match="452"):
                smtp.sendmail("flood@else.example", [HELP], flood)
        smtp.sendmail(ROSA, [HELP], letter())
    assert models.InboxItem.objects.get().envelope_from == ROSA
