"""What programs answer to our mails goes where it belongs, and is nobody's word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.actions import letters
from tests.intake.desk import HOUR, MINUTE, deliver_all, notice_to, open_rosas_case, receive
from tests.intake.letters import HELP, ROSA, letter

State = models.InboxItem.State


def report(about: str, *, action: str = "failed", status: str = "5.1.1", to: str = ROSA) -> bytes:
    """A delivery report as RFC 3464 has it."""
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.quiet.example>\r\n"
        f"To: {HELP}\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        f"Message-ID: <report-{action}@mx.quiet.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.quiet.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {about}\r\n\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def answered(cast: Any, monday_ten: datetime) -> tuple[models.Case, models.Contact, str]:
    """Rosa's case, our answer to it that her server accepted, and the address it asked her to answer to."""
    case = open_rosas_case(monday_ten)
    deliver_all(monday_ten)
    contact = letters.reply(case.pk, by=case.owner, text="A new bag is on its way.", kinds=["answer"], now=monday_ten)
    (ours,) = deliver_all(monday_ten + MINUTE)
    assert case.promises.filter(kind="reply", state="kept").exists()
    return case, contact, str(ours["Reply-To"])


def test_a_delay_is_no_bounce_but_the_owner_hears(
    answered: tuple[models.Case, models.Contact, str], monday_ten: datetime
) -> None:
    case, contact, _ = answered
    raw = report(contact.message_id, action="delayed", status="4.4.1")
    item = receive(raw, now=monday_ten + HOUR, sender="")
    contact.refresh_from_db()
    assert contact.standing == "accepted"
    assert case.promises.get(kind="reply").state == "kept"
    assert (item.state, item.code) == (State.JOINED, "delayed")
    assert models.Notice.objects.filter(staff=case.owner, kind="finding.made").exists()


def test_an_absence_note_is_kept_on_the_case_and_keeps_and_moves_nothing(
    answered: tuple[models.Case, models.Contact, str], monday_ten: datetime
) -> None:
    case, _, reply_to = answered
    case.refresh_from_db()
    before = case.wakes_at, case.ball, case.ball_until, case.unanswered_at
    raw = letter(
        "I am on holiday until Monday.",
        subject="Out of office: Re: Broken buckle",
        message_id="<away@quiet.example>",
        headers={"Auto-Submitted": "auto-replied"},
    )
    item = receive(raw, now=monday_ten + HOUR, to=(reply_to,), sender="")
    case.refresh_from_db()
    contact = item.contacts.get()
    assert contact.case == case and contact.automatic
    assert (case.wakes_at, case.ball, case.ball_until, case.unanswered_at) == before
    assert (item.state, item.code) == (State.JOINED, "automatic")


def test_a_colleagues_absence_note_never_reaches_the_customer(cast: Any, monday_ten: datetime) -> None:
    case = open_rosas_case(monday_ten)
    receive(letter("Zip!", subject="Re: Broken buckle", message_id="<two@quiet.example>"), now=monday_ten)
    deliver_all(monday_ten)
    notice = notice_to(case.owner, now=monday_ten)
    raw = letter(
        "I am away.",
        sender=case.owner.email,
        subject="Automatic reply: your notice",
        message_id="<away@larkfield.example>",
        headers={"Auto-Submitted": "auto-replied", "In-Reply-To": str(notice["Message-ID"])},
    )
    item = receive(raw, now=monday_ten + HOUR, to=(str(notice["Reply-To"]),), sender="")
    assert (item.state, item.code) == (State.SUPPRESSED, "automatic")
    assert not case.contacts.filter(direction="out").exists()


@pytest.mark.parametrize(
    ("headers", "subject"),
    [
        ({"Auto-Submitted": "auto-replied"}, "Thank you for your message"),
        ({"X-Autoreply": "yes"}, "Re: something"),
        ({"X-Apple-Action": "VACATION"}, "Away"),
    ],
)
def test_an_automatic_answer_about_no_case_is_stopped_with_its_reason(
    cast: Any, monday_ten: datetime, headers: dict[str, str], subject: str
) -> None:
    item = receive(letter(subject=subject, headers=headers), now=monday_ten)
    assert (item.state, item.code) == (State.SUPPRESSED, "automatic")
    assert item.why and not models.Case.objects.exists() and not models.OutboxItem.objects.exists()
