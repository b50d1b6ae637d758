"""F-17: there is room for everything but attachments. The letter is stored whole and waits; the others go on.

It is not tried to death, its clock runs from when it came, the doctor names it, and it opens by itself when there is
room again. What the customer sends on his page is refused, so that he knows that it did not arrive.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.actions import contacts
from makegood.desk.queries import invariants
from makegood.intake.judging import judge_waiting
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.watch import standstill
from tests.crashes.day import IVO, with_a_file
from tests.faults.small_disk import Disk, small_disk
from tests.intake.desk import HOUR, MINUTE
from tests.intake.letters import HELP, ROSA, letter


@pytest.fixture
def disk(home: Path) -> Iterator[Disk]:
    """A disk of its own for attachments."""
    with small_disk(home / "attachments", 1) as found:
        yield found


@pytest.fixture
def door(committed: None, cast: Any, disk: Disk, monday_ten: datetime) -> Iterator[SmtpDoor]:
    """Our listener."""
    found = SmtpDoor(host="127.0.0.1", port=0, now=lambda: monday_ten)
    found.start()
    yield found
    found.stop()


def hand_in_both(door: SmtpDoor) -> None:
    with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as client:
        client.sendmail(IVO, [HELP], with_a_file())
        client.sendmail(ROSA, [HELP], letter())


def test_the_letter_waits_whole_the_others_go_on_and_it_opens_by_itself(
    door: SmtpDoor, disk: Disk, monday_ten: datetime
) -> None:
    disk.fill()
    hand_in_both(door)
    for minute in range(30):
        while judge_waiting(monday_ten + minute * MINUTE):
            pass
    assert models.Case.objects.get().subject == "Broken buckle", "the one without a file is a case"
    waiting = models.InboxItem.objects.get(state="stored")
    assert waiting.attempts == 0, "half an hour of a full disk is no fault of the letter"
    assert bytes(waiting.raw.body) == with_a_file()
    assert not models.Attachment.objects.exists()
    half_past = monday_ten + 30 * MINUTE
    named = [v.what for v in invariants.no_message_lost(now=half_past).violations]
    assert named == [f"item {waiting.pk} was stored and never judged"]
    assert "Letters have come in" in " ".join(standstill._found(half_past))

    disk.make_room()
    later = monday_ten + HOUR
    while judge_waiting(later):
        pass
    waiting.refresh_from_db()
    assert waiting.state == "joined"
    case = models.Case.objects.get(subject="The tent")
    assert case.received_at == monday_ten, "its clock began when it came"
    assert case.promises.get(kind="reply").due_at - monday_ten <= timedelta(days=1)
    (file,) = models.Attachment.objects.all()
    assert (disk.folder / file.stored_as).read_bytes() == b"\x89PNG\r\n\x1a\n"
    assert invariants.no_message_lost(now=later).holds


def test_on_his_page_the_customer_is_told_that_it_did_not_arrive(
    door: SmtpDoor, disk: Disk, monday_ten: datetime
) -> None:
    with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as client:
        client.sendmail(ROSA, [HELP], letter())
    while judge_waiting(monday_ten):
        pass
    link = models.Link.objects.get(purpose=models.Link.Purpose.PAGE)
    disk.fill()
    picture = contacts.File(name="it.png", declared_type="image/png", content=b"\x89PNG and more")
    with pytest.raises(OSError, match="No space left"):
        contacts.write_from_page(link, text="Look.", files=[picture], once="form", now=monday_ten + MINUTE)
    assert models.Contact.objects.filter(direction="in").count() == 1, "nothing is half there"
    disk.make_room()
    contacts.write_from_page(link, text="Look.", files=[picture], once="form", now=monday_ten + 2 * MINUTE)
    assert models.Contact.objects.filter(direction="in").count() == 2
