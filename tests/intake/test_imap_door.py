"""Mailboxes polled from a real server: every mail once, whatever became of flags, numbers and connections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from makegood.config import SettingError
from makegood.desk import models
from makegood.intake.mail import imap_door
from makegood.intake.mail.imap_door import MailboxTrouble, poll
from makegood.intake.mail.imap_place import read_place
from makegood.intake.mail.loops import poll_all
from tests.intake.desk import MINUTE, judge_all
from tests.intake.letters import letter
from tests.servers import dovecot
from tests.servers.dovecot import Dovecot

pytestmark = pytest.mark.imap


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot.running() as found:
        yield found


@pytest.fixture
def mailbox(server: Dovecot, cast: Any, request: pytest.FixtureRequest) -> Dovecot:
    """An empty inbox of the server's."""
    imap_door._refusals.clear()
    return server.seen_by(f"user{abs(hash(request.node.name))}")


def test_what_lies_in_the_mailbox_is_fetched_once(mailbox: Dovecot, monday_ten: datetime) -> None:
    mailbox.append(letter())
    mailbox.append(letter("Another matter.", subject="Tent", message_id="<two@quiet.example>"))
    assert poll(mailbox.url(), monday_ten) == 2
    assert poll(mailbox.url(), monday_ten + MINUTE) == 0
    assert [item.way for item in models.InboxItem.objects.all()] == ["imap", "imap"]
    assert judge_all(monday_ten) == 2
    assert models.Case.objects.count() == 2


def test_a_mail_came_when_the_server_says_it_came(mailbox: Dovecot, monday_ten: datetime) -> None:
    at = datetime(2026, 2, 27, 8, 30, tzinfo=UTC)
    mailbox.append(letter(), at=at)
    poll(mailbox.url(), monday_ten)
    assert models.InboxItem.objects.get().received_at == at


def test_mail_of_last_year_is_fetched_like_any_other(mailbox: Dovecot, monday_ten: datetime) -> None:
    mailbox.append(letter(), at=monday_ten - timedelta(days=400))
    assert poll(mailbox.url(), monday_ten) == 1


def test_polling_leaves_the_mailbox_as_it_was(mailbox: Dovecot, monday_ten: datetime) -> None:
    mailbox.append(letter())
    poll(mailbox.url(), monday_ten)
    assert _flags(mailbox) == b"()"


def test_a_mail_is_marked_as_read_only_where_the_house_asks_for_it(mailbox: Dovecot, monday_ten: datetime) -> None:
    mailbox.append(letter())
    poll(mailbox.url("&then=seen"), monday_ten)
    assert _flags(mailbox) == rb"(\Seen)"


def _flags(mailbox: Dovecot) -> bytes:
    with mailbox.client() as program:
        program.select("INBOX", readonly=True)
        answer = program.fetch("1", "(FLAGS)")[1][0]
        assert isinstance(answer, bytes)
        flags = answer.partition(b"FLAGS ")[2].removesuffix(b")")
        return flags.replace(rb"\Recent", b"").replace(b"( ", b"(").replace(b" )", b")")


def test_a_wrong_password_is_trouble_on_the_cursor_and_told_once_without_the_password(
    mailbox: Dovecot, monday_ten: datetime
) -> None:
    wrong = mailbox.url(password="hunter-two")
    for minutes in range(3):
        with pytest.raises(MailboxTrouble) as trouble:
            poll(wrong, monday_ten + minutes * MINUTE)
        assert "hunter-two" not in str(trouble.value)
    cursor = models.MailboxCursor.objects.get()
    assert cursor.trouble and cursor.trouble_since == monday_ten
    assert "hunter-two" not in cursor.trouble
    assert {n.staff.role for n in models.Notice.objects.filter(kind="door.trouble")} == {"head", "admin"}
    assert models.Notice.objects.filter(kind="door.trouble").count() == 2
    poll(mailbox.url(), monday_ten + 4 * MINUTE)
    cursor.refresh_from_db()
    assert (cursor.trouble, cursor.trouble_since) == ("", None)


def test_one_mailbox_in_trouble_does_not_keep_the_others_waiting(mailbox: Dovecot, monday_ten: datetime) -> None:
    mailbox.append(letter())
    assert poll_all([mailbox.url(folder="Nowhere"), mailbox.url()], monday_ten) is False
    assert models.InboxItem.objects.count() == 1


def test_a_long_mailbox_is_read_in_batches_from_the_oldest_on(
    mailbox: Dovecot, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_door, "BATCH", 2)
    monkeypatch.setattr(imap_door, "WINDOW", 2)
    for number in range(5):
        mailbox.append(letter(f"Letter {number}", message_id=f"<{number}@quiet.example>"))
    assert [poll(mailbox.url(), monday_ten) for _ in range(4)] == [2, 2, 1, 0]
    assert models.MailboxCursor.objects.get().uid == 5


def test_a_mail_beyond_all_measure_leaves_its_beginning_here_and_itself_in_the_mailbox(
    mailbox: Dovecot, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_MAX_MAIL_MB", "1")
    raw = letter("word " * 1_000_000)
    mailbox.append(raw)
    assert poll(mailbox.url(), monday_ten) == 1
    item = models.InboxItem.objects.get()
    assert item.size > 4 * 1024 * 1024 and len(item.raw.body) == imap_door.BEGINNING
    judge_all(monday_ten)
    item.refresh_from_db()
    assert (item.state, item.code) == ("quarantined", "too_large")


def test_a_mail_that_the_server_refuses_again_and_again_holds_up_nobody(
    mailbox: Dovecot, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.append(letter())
    mailbox.append(letter("The next one.", message_id="<two@quiet.example>"))
    sound = imap_door._fetch

    def refusing(box: Any, uid: int, what: str) -> Any:
        if uid == 1:
            raise imap_door._Refused("NO")
        return sound(box, uid, what)

    monkeypatch.setattr(imap_door, "_fetch", refusing)
    for minutes in range(2):
        with pytest.raises(MailboxTrouble):
            poll(mailbox.url(), monday_ten + minutes * MINUTE)
    assert poll(mailbox.url(), monday_ten + 2 * MINUTE) == 2
    judge_all(monday_ten + 2 * MINUTE)
    assert models.Case.objects.get(quarantined=True).subject == "A message the mail server does not hand out"
    assert models.Case.objects.filter(quarantined=False).count() == 1


@pytest.mark.parametrize(
    "url",
    [
        "pop3://u:p@mail.example/",
        "imaps:///INBOX",
        "imaps://u:p@mail.example/?colour=blue",
        "imaps://u:p@mail.example/?tls=perhaps",
        "imaps://u:p@mail.example/?then=delete",
    ],
)
def test_a_url_that_says_nothing_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(SettingError):
        read_place(url)


def test_a_url_says_all_it_can() -> None:
    place = read_place("imaps://desk%40house.example:p%3Ass@mail.example/Help/In?door=mail&then=move:Done")
    assert (place.host, place.port, place.tls) == ("mail.example", 993, "yes")
    assert (place.user, place.password, place.folder) == ("desk@house.example", "p:ss", "Help/In")
    assert (place.door, place.then) == ("mail", "move:Done")
    assert "p:ss" not in repr(place)
