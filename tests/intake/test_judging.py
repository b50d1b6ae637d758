"""Every letter ends in exactly one place: on a case, as a case set aside, or stopped with its reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.actions import cases
from tests.intake.desk import HOUR, MINUTE, case_of, deliver_all, hand_in, judge_all, open_rosas_case, receive
from tests.intake.letters import GRACE, HELP, ROSA, letter

State = models.InboxItem.State


def test_a_letter_becomes_a_case_with_an_owner_a_clock_and_an_acknowledgement(cast: Any, monday_ten: datetime) -> None:
    item = receive(letter(), now=monday_ten)
    case = case_of(item)
    assert (item.state, item.door) == (State.JOINED, "mail")
    assert case.subject == "Broken buckle"
    assert case.owner.team is not None and case.owner.team.name == "support"
    assert case.open and case.wakes_at is not None
    assert case.promises.filter(kind="reply", outstanding=True).exists()
    assert case.contacts.get().text.startswith("The buckle of my bag snapped")
    assert models.OutboxItem.objects.get().purpose == "acknowledgement"


def test_the_date_that_the_sender_wrote_is_never_the_time_of_receipt(cast: Any, monday_ten: datetime) -> None:
    raw = letter().replace(b"Mon, 02 Mar 2026 15:59:00 +0000", b"Thu, 01 Jan 1970 00:00:00 +0000")
    assert case_of(receive(raw, now=monday_ten)).received_at == monday_ten


def test_an_answer_to_our_acknowledgement_joins_the_case(cast: Any, monday_ten: datetime) -> None:
    case = open_rosas_case(monday_ten)
    (ours,) = deliver_all(monday_ten)
    raw = letter("It is the left one.", subject="Re: whatever", message_id="<two@quiet.example>")
    item = receive(raw, now=monday_ten + HOUR, to=(str(ours["Reply-To"]),))
    assert case_of(item) == case
    contact = item.contacts.get()
    assert (contact.standing, contact.verified) == ("joined", True)
    assert models.CustomerAddress.objects.get(value=ROSA).verified_at is not None


def test_an_answer_that_only_names_our_message_joins_unverified(cast: Any, monday_ten: datetime) -> None:
    case = open_rosas_case(monday_ten)
    (ours,) = deliver_all(monday_ten)
    raw = letter("The left.", message_id="<two@quiet.example>", headers={"In-Reply-To": str(ours["Message-ID"])})
    item = receive(raw, now=monday_ten + HOUR)
    assert case_of(item) == case
    assert item.contacts.get().verified is False


def test_a_known_customer_who_goes_on_without_a_thread_is_proposed_to_the_owner(
    cast: Any, monday_ten: datetime
) -> None:
    case = open_rosas_case(monday_ten)
    raw = letter("Any news on the buckle?", subject="RE: Broken buckle", message_id="<two@quiet.example>")
    item = receive(raw, now=monday_ten + 25 * HOUR)
    contact = item.contacts.get()
    assert (contact.case, contact.standing) == (case, "proposed")
    assert (item.state, item.code) == (State.QUARANTINED, "proposed")
    assert models.Notice.objects.filter(staff=case.owner, kind="contact.proposed").exists()


def test_a_known_customer_with_another_matter_gets_a_case_of_its_own(cast: Any, monday_ten: datetime) -> None:
    case = open_rosas_case(monday_ten)
    raw = letter("Where is my tent?", subject="Order 88", message_id="<two@quiet.example>")
    other = case_of(receive(raw, now=monday_ten + HOUR))
    assert other != case and other.customer == case.customer


def test_the_same_words_to_the_same_address_days_later_are_a_customer_who_writes_again(
    cast: Any, monday_ten: datetime
) -> None:
    receive(letter(), now=monday_ten)
    item = receive(letter(message_id="<again@quiet.example>"), now=monday_ten + 48 * HOUR)
    assert item.code == "proposed"
    assert models.Contact.objects.filter(direction="in").count() == 2


def test_a_letter_to_the_executive_alone_is_hers(cast: Any, monday_ten: datetime) -> None:
    case = case_of(receive(letter(to=GRACE), now=monday_ten, to=(GRACE,)))
    assert (case.owner, case.door) == (cast.grace, "executive")


def test_a_customer_with_an_open_case_who_writes_to_the_executive_joins_it_and_opens_her_clock(
    cast: Any, monday_ten: datetime
) -> None:
    case = open_rosas_case(monday_ten)
    raw = letter("Two weeks and no word.", to=GRACE, subject="Please help", message_id="<two@quiet.example>")
    assert case_of(receive(raw, now=monday_ten + HOUR, to=(GRACE,))) == case
    assert case.promises.filter(kind="executive", outstanding=True).exists()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (letter(sender=""), "no sender"),
        (letter(sender="a@b.example, c@d.example"), "no sender"),
        (letter(sender=f"Us <{HELP}>"), "our own addresses"),
        (letter(sender="Tom <tom@larkfield.example>"), "colleague"),
        (letter(headers={"X-Spam-Flag": "YES"}), "spam filter"),
        (letter(headers={"Precedence": "bulk"}), "program"),
        (letter(headers={"Auto-Submitted": "auto-generated"}), "program"),
    ],
)
def test_a_letter_in_doubt_is_a_case_set_aside_with_an_owner_and_a_clock_and_no_mail_goes_out(
    cast: Any, monday_ten: datetime, raw: bytes, reason: str
) -> None:
    item = receive(raw, now=monday_ten)
    case = case_of(item)
    assert item.state == State.QUARANTINED and reason in item.why
    assert case.quarantined and case.open and case.wakes_at is not None
    assert case.promises.filter(kind="quarantine", outstanding=True).exists()
    assert not models.OutboxItem.objects.exists()


def test_a_letter_through_a_mailing_list_is_a_complaint_like_any_other_but_nobody_acknowledges_it(
    cast: Any, monday_ten: datetime
) -> None:
    raw = letter(headers={"List-Id": "<walkers.lists.example>", "List-Post": "<mailto:w@lists.example>"})
    case = case_of(receive(raw, now=monday_ten))
    assert not case.quarantined
    assert case.promises.filter(kind="reply", outstanding=True).exists()
    assert not models.OutboxItem.objects.exists()


@pytest.mark.parametrize("sender", ["noreply@shop.example", "MAILER-DAEMON@shop.example"])
def test_nothing_is_acknowledged_to_where_nobody_reads(cast: Any, monday_ten: datetime, sender: str) -> None:
    receive(letter(sender=sender), now=monday_ten, sender=sender)
    assert not models.OutboxItem.objects.exists()


def test_a_letter_with_an_empty_envelope_sender_is_never_answered_by_a_program(cast: Any, monday_ten: datetime) -> None:
    receive(letter(), now=monday_ten, sender="")
    assert models.Case.objects.count() == 1
    assert not models.OutboxItem.objects.exists()


def test_a_letter_too_large_to_read_is_kept_whole_and_set_aside(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_MAX_MAIL_MB", "1")
    raw = letter("word " * 300_000)
    item = receive(raw, now=monday_ten)
    assert (item.state, item.code) == (State.QUARANTINED, "too_large")
    assert bytes(item.raw.body) == raw


def test_thanks_after_closing_neither_reopen_nor_want_an_answer(cast: Any, monday_ten: datetime) -> None:
    case, reply_to = _closed_case(monday_ten)
    raw = letter("Thank you so much, that is lovely!", message_id="<two@quiet.example>")
    item = receive(raw, now=monday_ten + 3 * HOUR, to=(reply_to,))
    case.refresh_from_db()
    assert not case.open
    assert item.contacts.get().kinds == ["thanks"]


def test_thanks_with_a_but_reopen(cast: Any, monday_ten: datetime) -> None:
    case, reply_to = _closed_case(monday_ten)
    raw = letter("Thank you, but it is still broken.", message_id="<two@quiet.example>")
    receive(raw, now=monday_ten + 3 * HOUR, to=(reply_to,))
    case.refresh_from_db()
    assert case.open


def _closed_case(now: datetime) -> tuple[models.Case, str]:
    from makegood.desk.actions import letters

    case = open_rosas_case(now)
    deliver_all(now)
    letters.reply(case.pk, by=case.owner, text="A new bag is on its way.", kinds=["answer"], now=now + MINUTE)
    (ours,) = deliver_all(now + MINUTE)
    cases.close(case.pk, by=case.owner, now=now + HOUR)
    return case, str(ours["Reply-To"])


def test_a_flood_of_letters_from_one_address_does_not_open_a_flood_of_cases(cast: Any, monday_ten: datetime) -> None:
    for number in range(30):
        hand_in(
            letter(f"Complaint number {number}", subject=f"Matter {number}", message_id=f"<{number}@quiet.example>"),
            now=monday_ten,
        )
    assert judge_all(monday_ten) == 30
    assert models.Case.objects.count() == 20
    assert models.Contact.objects.filter(direction="in").count() == 30
