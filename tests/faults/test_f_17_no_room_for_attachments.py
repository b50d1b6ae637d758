"""F-17: there is room for everything but attachments. The case opens, and its file waits in the letter for room.

What the customer sends on his page is kept nowhere else: it is refused, so that he knows that it did not arrive.
"""

from __future__ import annotations

import os
import smtplib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from makegood.config import clock
from makegood.desk import models
from makegood.desk.actions import contacts
from makegood.desk.queries import invariants
from makegood.intake.judging import judge_waiting
from makegood.intake.mail import waiting_files
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.watch import standstill
from tests.crashes.day import IVO, with_a_file
from tests.faults.small_disk import Disk, small_disk
from tests.faults.test_f_29_who_wrote import page_of
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


def test_the_case_opens_its_file_waits_in_the_letter_and_is_put_away_when_there_is_room(
    door: SmtpDoor, disk: Disk, client: Client, monday_ten: datetime
) -> None:
    disk.fill()
    hand_in_both(door)
    while judge_waiting(monday_ten):
        pass
    assert {case.subject for case in models.Case.objects.all()} == {"The tent", "Broken buckle"}
    case = models.Case.objects.get(subject="The tent")
    assert case.outbox.filter(purpose="acknowledgement").exists(), "he hears from us all the same"
    (file,) = models.Attachment.objects.all()
    assert file.waits_since == monday_ten
    assert os.listdir(disk.folder) == ["ballast"], "nothing is half there"
    item = models.InboxItem.objects.get(contacts__case=case)
    assert bytes(item.raw.body) == with_a_file()
    assert invariants.no_message_lost(now=monday_ten).holds

    client.force_login(case.owner)
    with clock.reading(lambda: monday_ten + MINUTE):
        page = client.get(f"/cases/{case.number}/").content.decode()
        assert "waits for room on the disk" in page
        assert f"/attachments/{file.pk}/" not in page
        his = client.get(page_of(case)).content.decode()
        assert "you can open it here a little later" in his

    with pytest.raises(OSError, match="No space left"):
        waiting_files.put_away_next(monday_ten + 30 * MINUTE)
    half_past = monday_ten + 30 * MINUTE
    assert "no room for files of letters" in " ".join(standstill._found(half_past))

    disk.make_room()
    assert waiting_files.put_away_next(monday_ten + HOUR)
    file.refresh_from_db()
    assert file.waits_since is None
    assert (disk.folder / file.stored_as).read_bytes() == b"\x89PNG\r\n\x1a\n"
    assert os.listdir(disk.folder) == [file.stored_as]
    assert not waiting_files.put_away_next(monday_ten + HOUR)
    assert "no room for files" not in " ".join(standstill._found(monday_ten + HOUR))


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
