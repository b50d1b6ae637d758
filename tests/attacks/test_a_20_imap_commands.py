"""A-20: nothing that a stranger wrote becomes an IMAP command (CVE-2025-15366, -15367)."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from makegood.config import SettingError
from makegood.desk import models
from makegood.intake.mail import imap_door
from makegood.intake.mail.imap_door import MailboxTrouble, poll
from makegood.intake.mail.imap_place import read_place
from tests.intake.letters import letter
from tests.servers import dovecot
from tests.servers.dovecot import Dovecot


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot.running() as found:
        yield found


@pytest.mark.imap
def test_a_hostile_letter_is_fetched_by_its_number_and_none_of_its_words_reach_the_server(
    server: Dovecot, cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = letter(message_id="").replace(
        b"Subject: ", b'Message-ID: <x"\r\n\t) DELETE "INBOX@evil.example>\r\nX-Folder: "A1 LOGOUT\r\nSubject: {99}'
    )
    server.append(hostile)
    sent: list[bytes] = []
    sound = imaplib.IMAP4.send

    def listened(self: imaplib.IMAP4, data: bytes) -> None:
        sent.append(data)
        sound(self, data)

    monkeypatch.setattr(imaplib.IMAP4, "send", listened)
    assert poll(server.url("&then=seen"), monday_ten) == 1
    assert models.InboxItem.objects.count() == 1
    verbs = [line.split()[1] for line in sent if line.strip()]
    assert set(verbs) <= {b"CAPABILITY", b"LOGIN", b"SELECT", b"UID", b"LOGOUT"}
    assert all(line.count(b"\r\n") == 1 and line.endswith(b"\r\n") for line in sent)
    assert not any(word in line for line in sent for word in (b"evil", b"DELETE", b"A1 LOGOUT", b"{99}"))


@pytest.mark.parametrize("sign", ["\r", "\n", "\x00", "\x1b", "\x7f", "\r\nA1 DELETE INBOX"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_control_character_in_any_argument_is_refused_before_it_is_sent(sign: str, place: int) -> None:
    class Box:
        client = None

    arguments = ["1", "(UID)"]
    arguments[place] += sign
    with pytest.raises(MailboxTrouble, match="control character"):
        imap_door._command(Box(), "FETCH", *arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "imaps://user:pass@mail.example/INBOX%0d%0aA1%20DELETE%20INBOX",
        "imaps://user%0a:pass@mail.example/",
        "imaps://user:pa%00ss@mail.example/",
        "imaps://user:pass@mail.example/?then=move:Done%0d%0aA1%20LOGOUT",
    ],
)
def test_a_control_character_in_the_setting_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="control character"):
        read_place(url)
