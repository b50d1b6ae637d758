"""F-07: a mailbox is numbered anew, moved by hand, its flags reset. It is read again; none is lost, none doubled."""

from __future__ import annotations

from datetime import datetime

import pytest

from makegood.desk import models
from makegood.intake.mail.imap_door import poll
from tests.intake.desk import MINUTE, judge_all
from tests.intake.letters import letter
from tests.servers.dovecot import Dovecot

pytestmark = pytest.mark.imap


def test_that_somebody_has_read_a_mail_means_nothing(mailbox: Dovecot, monday_ten: datetime) -> None:
    mailbox.append(letter(), flags=r"(\Seen)")
    assert poll(mailbox.url(), monday_ten) == 1
    with mailbox.client() as program:
        program.select("INBOX")
        program.store("1:*", "-FLAGS", r"(\Seen)")
    assert poll(mailbox.url(), monday_ten + MINUTE) == 0


def test_a_mailbox_that_is_numbered_anew_is_read_again_and_nothing_doubles(
    mailbox: Dovecot, monday_ten: datetime
) -> None:
    mailbox.append(letter())
    mailbox.append(letter("No id at all.", message_id=""))
    poll(mailbox.url(), monday_ten)
    before = models.MailboxCursor.objects.get().uidvalidity
    mailbox.number_anew()
    mailbox.append(letter("Written in between.", message_id="<three@quiet.example>"))
    assert poll(mailbox.url(), monday_ten + MINUTE) == 3
    assert models.MailboxCursor.objects.get().uidvalidity != before
    assert models.InboxItem.objects.count() == 3


def test_a_mail_moved_away_and_back_by_hand_is_still_one(mailbox: Dovecot, monday_ten: datetime) -> None:
    mailbox.append(letter())
    poll(mailbox.url(), monday_ten)
    with mailbox.client() as program:
        program.create("Elsewhere")
        program.select("INBOX")
        program.uid("COPY", "1", "Elsewhere")
        program.store("1", "+FLAGS", r"(\Deleted)")
        program.expunge()
        program.select("Elsewhere")
        program.copy("1", "INBOX")
    assert poll(mailbox.url(), monday_ten + MINUTE) == 1
    assert models.InboxItem.objects.count() == 1


def test_a_mailbox_that_moved_to_another_server_is_read_there_from_the_start_and_nothing_doubles(
    mailbox: Dovecot, monday_ten: datetime
) -> None:
    first = letter(), letter("No id at all.", message_id="")
    for raw in first:
        mailbox.append(raw)
    poll(mailbox.url(), monday_ten)
    judge_all(monday_ten)
    # The provider moved it: another name, another numbering, the old mails in another order, and a new one.
    moved = mailbox.seen_by(f"{mailbox.user}-moved")
    for raw in (first[1], letter("Written on the way.", message_id="<three@quiet.example>"), first[0]):
        moved.append(raw)
    assert poll(moved.url(), monday_ten + MINUTE) == 3
    judge_all(monday_ten + MINUTE)
    assert models.InboxItem.objects.count() == 3
    assert models.Contact.objects.filter(direction="in").count() == 3


def test_a_mailbox_numbered_anew_in_the_middle_of_its_backlog_loses_nothing(
    mailbox: Dovecot, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("makegood.intake.mail.imap_door.BATCH", 3)
    for number in range(8):
        mailbox.append(letter(f"Letter {number}.", message_id=f"<{number}@quiet.example>"))
    assert poll(mailbox.url(), monday_ten) == 3
    mailbox.number_anew()
    while poll(mailbox.url(), monday_ten + MINUTE):
        pass
    assert models.InboxItem.objects.count() == 8
    assert models.InboxItem.objects.values("sha256").distinct().count() == 8
