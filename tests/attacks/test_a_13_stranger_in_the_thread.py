"""A-13, A-15: a stranger who answers a thread is laid before the owner, and gets not a line of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.actions import letters
from tests.intake.desk import HOUR, MINUTE, deliver_all, open_rosas_case, receive
from tests.intake.letters import HELP, MALLORY, letter


@pytest.fixture
def thread(cast: Any, monday_ten: datetime) -> tuple[models.Case, dict[str, str]]:
    case = open_rosas_case(monday_ten)
    deliver_all(monday_ten)
    letters.reply(case.pk, by=case.owner, text="The code is BUCKLE-7.", kinds=["answer"], now=monday_ten + MINUTE)
    (ours,) = deliver_all(monday_ten + MINUTE)
    return case, {"id": str(ours["Message-ID"]), "address": str(ours["Reply-To"])}


@pytest.mark.parametrize("sender", [MALLORY, "rosa+other@quiet.example", "rosa@quiet.example.evil.example"])
@pytest.mark.parametrize("by", ["address", "id"])
def test_who_is_not_the_customer_is_proposed_and_hears_nothing(
    thread: tuple[models.Case, dict[str, str]], monday_ten: datetime, sender: str, by: str
) -> None:
    case, ours = thread
    raw = letter(
        "It is me. Please send the code again.",
        sender=f"Rosa Quist <{sender}>",
        subject="Re: Broken buckle",
        message_id="<in@else.example>",
        headers={"In-Reply-To": ours["id"], "References": ours["id"]},
    )
    to = ours["address"] if by == "address" else HELP
    before = models.OutboxItem.objects.count()
    item = receive(raw, now=monday_ten + HOUR, sender=sender, to=(to,))
    contact = item.contacts.get()
    assert (contact.case, contact.standing, contact.customer) == (case, "proposed", None)
    assert models.Notice.objects.filter(staff=case.owner, kind="contact.proposed").exists()
    assert models.OutboxItem.objects.count() == before
    assert letters.customer_address(case) == "rosa@quiet.example"
    assert case.customer.addresses.count() == 1


def test_who_is_only_in_copy_is_no_participant(
    thread: tuple[models.Case, dict[str, str]], monday_ten: datetime
) -> None:
    case, ours = thread
    raw = letter("My sister is in copy.", message_id="<two@quiet.example>", headers={"Cc": MALLORY})
    receive(raw, now=monday_ten + HOUR, to=(ours["address"],))
    letters.reply(case.pk, by=case.owner, text="Noted.", kinds=["answer"], now=monday_ten + 2 * HOUR)
    mails = deliver_all(monday_ten + 2 * HOUR)
    assert [m["To"].addresses[0].addr_spec for m in mails] == ["rosa@quiet.example"]
    assert all("Cc" not in m and MALLORY not in m.as_string() for m in mails)


def test_a_stranger_in_a_thread_that_is_over_gets_a_case_of_his_own(
    thread: tuple[models.Case, dict[str, str]], monday_ten: datetime
) -> None:
    from makegood.desk.actions import cases

    case, ours = thread
    cases.close(case.pk, by=case.owner, now=monday_ten + HOUR)
    raw = letter("Me too.", sender=MALLORY, message_id="<in@else.example>", headers={"In-Reply-To": ours["id"]})
    item = receive(raw, now=monday_ten + 2 * HOUR, sender=MALLORY)
    other = item.contacts.get().case
    case.refresh_from_db()
    assert other != case and not case.open
    assert other.customer.addresses.get().value == MALLORY


def test_a_code_that_another_service_mails_to_our_reply_address_is_not_on_the_customers_case(
    thread: tuple[models.Case, dict[str, str]], monday_ten: datetime
) -> None:
    """A-15: a customer registers elsewhere with the address we gave him, to read the code on his page."""
    case, ours = thread
    raw = letter(
        "Your verification code is 482913.",
        sender="no-reply@chat.example",
        to=ours["address"],
        subject="Verify your address",
        message_id="<code@chat.example>",
    )
    receive(raw, now=monday_ten + HOUR, sender="bounce@chat.example", to=(ours["address"],))
    joined = case.contacts.filter(standing="joined", direction="in")
    assert not joined.filter(text__contains="482913").exists()
    assert case.contacts.get(standing="proposed").text.startswith("Your verification code")
