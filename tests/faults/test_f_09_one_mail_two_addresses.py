"""F-09: the same mail by two addresses, aliases or ways in is one message, and every receiver is noted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from makegood.intake.mail.imap_door import poll
from tests.intake.desk import HOUR, MINUTE, hand_in, judge_all, receive
from tests.intake.letters import GRACE, HELP, letter
from tests.servers.dovecot import Dovecot

State = models.InboxItem.State


def test_the_same_letter_to_the_executive_too_is_one_case_with_her_clock(cast: Any, monday_ten: datetime) -> None:
    items = hand_in(letter(to=f"{HELP}, {GRACE}"), now=monday_ten, to=(GRACE, HELP))
    assert [item.door for item in items] == ["mail", "executive"]
    assert judge_all(monday_ten) == 2
    case = models.Case.objects.get()
    assert case.door == "mail"
    assert case.promises.filter(kind="executive", outstanding=True).exists()
    assert [i.state for i in models.InboxItem.objects.all()] == [State.JOINED, State.JOINED]
    assert models.InboxItem.objects.get(door="executive").same_as == items[0]


def test_the_same_words_sent_apart_to_two_of_our_addresses_are_one_case(cast: Any, monday_ten: datetime) -> None:
    receive(letter(), now=monday_ten)
    later = receive(letter(to=GRACE, message_id="<other@quiet.example>"), now=monday_ten + HOUR, to=(GRACE,))
    assert later.code == "same_letter"
    assert models.Case.objects.get().promises.filter(kind="executive", outstanding=True).exists()


def test_every_address_it_went_to_is_noted_on_the_one_message(cast: Any, monday_ten: datetime) -> None:
    alias = HELP.replace("@", "+shop@")
    receive(letter(), now=monday_ten)
    receive(letter(to=alias), now=monday_ten + MINUTE, to=(alias,))
    receive(letter(to=GRACE), now=monday_ten + 2 * MINUTE, to=(GRACE,))
    contact = models.Contact.objects.get(direction="in")
    assert set(contact.to_addresses) >= {HELP, alias, GRACE}
    assert models.InboxItem.objects.filter(state=State.JOINED).count() == 3, "each arrival is in the ledger"


@pytest.mark.imap
def test_a_letter_that_came_over_smtp_and_lies_in_the_mailbox_too_is_one_message(
    mailbox: Dovecot, monday_ten: datetime
) -> None:
    hand_in(letter(), now=monday_ten)
    judge_all(monday_ten)
    # A list's server puts a line of its own above it, so the bytes differ.
    mailbox.append(
        b"Received: from lists.example by mx.larkfield.example; Mon, 2 Mar 2026 16:00:05 +0000\r\n" + letter()
    )
    assert poll(mailbox.url(), monday_ten + MINUTE) == 1
    judge_all(monday_ten + MINUTE)
    assert models.Contact.objects.filter(direction="in").count() == 1
    assert models.InboxItem.objects.get(way="imap").code == "same_letter"
    assert models.OutboxItem.objects.filter(purpose="acknowledgement").count() == 1
