"""F-08: a Message-ID is a hint. Without one, with a used one, with other words under it: every mail is kept."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from makegood.intake.mail.imap_door import poll
from makegood.intake.mail.smtp_door import SmtpDoor
from tests.intake.desk import MINUTE, case_of, judge_all, receive
from tests.intake.letters import HELP, ROSA, letter
from tests.servers.dovecot import Dovecot

LETTERS = (
    letter("First words.", message_id=""),
    letter("My tent never came, nobody answers.", subject="Tent"),
    letter("The zip of my jacket tore at once.", subject="Jacket"),
    letter("Nobody calls me back about my boots.", subject="Boots", message_id=""),
    letter("One more, under no id worth the name.", subject="Lamp", message_id="not an id"),
)


@pytest.fixture
def door(committed: None, cast: Any, monday_ten: datetime) -> Iterator[SmtpDoor]:
    """Our listener."""
    found = SmtpDoor(host="127.0.0.1", port=0, now=lambda: monday_ten)
    found.start()
    yield found
    found.stop()


def test_over_smtp_each_is_a_message_of_its_own(door: SmtpDoor, monday_ten: datetime) -> None:
    with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as client:
        for raw in LETTERS:
            client.sendmail(ROSA, [HELP], raw)
    judge_all(monday_ten)
    kept()


@pytest.mark.imap
def test_from_a_mailbox_each_is_a_message_of_its_own(mailbox: Dovecot, monday_ten: datetime) -> None:
    for raw in LETTERS:
        mailbox.append(raw)
    assert poll(mailbox.url(), monday_ten) == len(LETTERS)
    judge_all(monday_ten)
    kept()


def kept() -> None:
    incoming = models.Contact.objects.filter(direction="in")
    assert sorted(contact.text.split()[0] for contact in incoming) == ["First", "My", "Nobody", "One", "The"]
    assert not models.InboxItem.objects.filter(code="same_letter").exists()


def test_other_words_under_the_same_message_id_are_kept_as_their_own(cast: Any, monday_ten: datetime) -> None:
    receive(letter(), now=monday_ten)
    other = letter("My tent never arrived, and nobody picks up the telephone.", subject="Tent")
    assert case_of(receive(other, now=monday_ten + MINUTE)).subject == "Tent"
    assert models.Contact.objects.filter(direction="in", message_id="<one@quiet.example>").count() == 2


def test_nobody_gets_into_a_strangers_case_by_using_his_message_id(cast: Any, monday_ten: datetime) -> None:
    first = case_of(receive(letter(), now=monday_ten))
    other = letter(sender="Mallory <mallory@else.example>")
    second = case_of(receive(other, now=monday_ten + MINUTE, sender="mallory@else.example"))
    assert second != first and second.customer != first.customer
