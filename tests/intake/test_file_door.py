"""Mail from disk: `.eml`, mbox, Maildir, folders of them; each letter once however often it is read."""

from __future__ import annotations

import errno
import mailbox
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from makegood.desk import crashpoints, models
from makegood.desk.actions import ledger
from makegood.intake.mail import arrivals as arrivals_
from makegood.intake.mail import file_door
from makegood.intake.mail.file_door import Counts, NoSuchDoorError, count, take
from tests.intake.desk import HOUR, judge_all, receive
from tests.intake.letters import letter

FIRST = letter()
SECOND = letter("My tent never came.\n\nFrom here on I am at home.", subject="Tent", message_id="<two@quiet.example>")


def test_a_file_a_folder_an_mbox_and_a_maildir_are_read(cast: Any, monday_ten: datetime, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "one.eml").write_bytes(FIRST)
    box = mailbox.mbox(folder / "old.mbox")
    box.add(SECOND)
    box.add(letter("Third.", message_id="<three@quiet.example>"))
    box.close()
    maildir = mailbox.Maildir(tmp_path / "Maildir")
    maildir.add(letter("Fourth.", message_id="<four@quiet.example>"))
    maildir.add_folder("Sent").add(letter("Fifth.", message_id="<five@quiet.example>"))
    paths = [folder, tmp_path / "Maildir"]
    assert count(paths) == 5
    assert take(paths, now=monday_ten) == Counts(found=5, stored=5)
    assert judge_all(monday_ten) == 5
    assert models.Contact.objects.filter(direction="in").count() == 5


def test_a_letter_in_an_mbox_is_the_letter_that_was_put_in(cast: Any, monday_ten: datetime, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    box.add(SECOND)
    box.close()
    take([tmp_path / "box"], now=monday_ten)
    body = bytes(models.RawItem.objects.get().body)
    assert b"\nFrom here on" in body and b">From" not in body


def test_an_import_run_twice_stores_nothing_twice(cast: Any, monday_ten: datetime, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(FIRST)
    take([tmp_path], now=monday_ten)
    judge_all(monday_ten)
    assert take([tmp_path], now=monday_ten + HOUR) == Counts(found=1, known=1)
    assert judge_all(monday_ten + HOUR) == 0


def test_a_letter_that_came_by_mail_already_is_the_same_letter(cast: Any, monday_ten: datetime, tmp_path: Path) -> None:
    receive(FIRST, now=monday_ten)
    (tmp_path / "one.eml").write_bytes(b"Received: by other.example; Mon, 02 Mar 2026 15:00:00 +0000\r\n" + FIRST)
    take([tmp_path], now=monday_ten)
    judge_all(monday_ten)
    assert models.Case.objects.count() == 1
    assert models.InboxItem.objects.get(way="file").code == "same_letter"


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("by mx.larkfield.example; Fri, 27 Feb 2026 08:30:00 -0600", datetime(2026, 2, 27, 14, 30, tzinfo=UTC)),
        ("by mx.larkfield.example; Fri, 27 Feb 2099 08:30:00 -0600", datetime(2026, 3, 2, 16, 0, tzinfo=UTC)),
        ("by mx.larkfield.example; some day", datetime(2026, 3, 2, 16, 0, tzinfo=UTC)),
        ("", datetime(2026, 3, 2, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_letter_came_when_our_own_server_says_and_never_when_its_sender_says(
    monday_ten: datetime, received: str, expected: datetime
) -> None:
    field = f"Received: {received}\r\n".encode() if received else b""
    older = b"Received: by sender.example; Thu, 01 Jan 2026 00:00:00 +0000\r\n" if received else b""
    assert file_door.received_at(field + older + FIRST, now=monday_ten) == expected


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(
    cast: Any, monday_ten: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.eml").write_bytes(FIRST)
    (tmp_path / "b.eml").write_bytes(SECOND)
    sound = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == "a.eml":
            raise PermissionError(13, "Permission denied")
        return sound(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    counts = take([tmp_path], now=monday_ten)
    assert (counts.found, counts.stored) == (2, 1)
    assert counts.unreadable == (f"{tmp_path / 'a.eml'}: Permission denied",)


def test_progress_is_told_after_each_letter(cast: Any, monday_ten: datetime, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(FIRST)
    (tmp_path / "b.eml").write_bytes(SECOND)
    heard: list[int] = []
    take([tmp_path], now=monday_ten, progress=lambda so_far: heard.append(so_far.found))
    assert heard == [1, 2]


def test_a_door_that_is_not_in_the_policy_is_refused(cast: Any, monday_ten: datetime, tmp_path: Path) -> None:
    with pytest.raises(NoSuchDoorError, match="no door called “garden”"):
        take([tmp_path], door="garden", now=monday_ten)


def test_letters_can_be_taken_in_by_another_door(cast: Any, monday_ten: datetime, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(FIRST)
    take([tmp_path], door="executive", now=monday_ten)
    judge_all(monday_ten)
    assert models.Case.objects.get().owner == cast.grace


def test_a_pile_that_cannot_be_committed_is_not_counted(
    cast: Any, monday_ten: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (tmp_path / f"{number}.eml").write_bytes(letter(f"Letter {number}.", message_id=f"<{number}@quiet.example>"))
    monkeypatch.setattr(file_door, "TOGETHER", 2)
    heard: list[Counts] = []
    passed = iter(range(100))

    def full(name: str) -> None:
        if name == "ledger.before_commit" and next(passed) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    crashpoints.listen(full)
    try:
        with pytest.raises(OSError, match="No space"):
            take([tmp_path], now=monday_ten, progress=heard.append)
    finally:
        crashpoints.listen(None)
    assert heard[-1] == Counts(found=2, stored=2) and models.InboxItem.objects.count() == 2
    assert take([tmp_path], now=monday_ten) == Counts(found=5, stored=3, known=2)


def test_equal_files_in_one_pile_are_one_letter(cast: Any, monday_ten: datetime, tmp_path: Path) -> None:
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(FIRST)
    assert take([tmp_path], now=monday_ten) == Counts(found=2, stored=1, known=1)


def test_a_letter_that_another_process_stores_meanwhile_is_known_and_the_others_are_stored(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrivals = [arrivals_.from_file(raw, door="mail", received_at=monday_ten) for raw in (FIRST, SECOND)]
    theirs, _ = ledger.store(arrivals[0], now=monday_ten)
    # What was asked before the other process committed.
    real, asked = ledger._known, iter(range(100))
    monkeypatch.setattr(ledger, "_known", lambda these: {} if next(asked) == 0 else real(these))
    (first, first_is_new), (second, second_is_new) = ledger.store_all(arrivals, now=monday_ten)
    assert first == theirs and (first_is_new, second_is_new) == (False, True)
    assert second.sha256 == arrivals[1].sha256
