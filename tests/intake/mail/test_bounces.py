"""Reports about our own mail: bounced, late, delivered, called spam, read."""

import pytest

from makegood.intake.mail.automatic import Automatic
from makegood.intake.mail.bounces import Delivery
from makegood.intake.mail.letters import read_letter
from tests.intake.mail.mails import HEAD, mail, typed

RETURNED = "Content-Type: text/rfc822-headers\n\nFrom: care@shop.example\nMessage-ID: <ours@shop.example>\n"


def report(status: str, *, kind: str = "delivery-status", media: str = "", returned: str = RETURNED) -> Automatic:
    media = media or f"message/{kind}"
    parts = ("Content-Type: text/plain\n\nSorry.\n", f"Content-Type: {media}\n\n{status}", returned)
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return read_letter(typed(f"multipart/report; report-type={kind}; boundary=b", body)).automatic


def one(status: str, **more: str) -> Delivery:
    (delivery,) = report("Reporting-MTA: dns; mx.mail.example\n\n" + status, **more).deliveries
    return delivery


def test_a_bounce_names_the_recipient_the_reason_and_our_mail() -> None:
    found = report(
        "Reporting-MTA: dns; mx.mail.example\n\nOriginal-Recipient: rfc822;Ann@Mail.example\n"
        "Final-Recipient: rfc822; ann@inner.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1\n no such user\n"
    )
    assert found.kind == "bounce"
    assert found.original_message_id == "<ours@shop.example>"
    (delivery,) = found.deliveries
    assert delivery.address == "Ann@mail.example"
    assert delivery.final_address == "ann@inner.example"
    assert delivery.status == "5.1.1"
    assert delivery.diagnostic == "smtp; 550 5.1.1 no such user"
    assert delivery.failed and delivery.permanent and not delivery.delayed


def test_a_late_mail_is_a_bounce_that_has_not_failed() -> None:
    delivery = one("Final-Recipient: rfc822; a@m.example\nAction: delayed\nStatus: 4.4.1\n")
    assert delivery.delayed and not delivery.failed and not delivery.permanent


def test_giving_up_on_a_full_mailbox_is_a_failure_that_may_pass() -> None:
    delivery = one("Final-Recipient: rfc822; a@m.example\nAction: failed\nStatus: 4.2.2\n")
    assert delivery.failed and not delivery.permanent


def test_a_delivered_mail_is_a_receipt() -> None:
    found = report("Final-Recipient: rfc822; a@m.example\nAction: delivered\nStatus: 2.0.0\n")
    assert found.kind == "receipt" and found.deliveries[0].action == "delivered"


def test_several_recipients_have_several_fates() -> None:
    found = report(
        "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@m.example\nAction: failed\nStatus: 5.0.0\n\n"
        "Final-Recipient: rfc822; b@m.example\nAction: delivered\nStatus: 2.0.0\n"
    )
    assert found.kind == "bounce"
    assert [(delivery.address, delivery.action) for delivery in found.deliveries] == [
        ("a@m.example", "failed"),
        ("b@m.example", "delivered"),
    ]


@pytest.mark.parametrize(
    ("status", "code", "action"),
    [
        ("Action: failed\nStatus: 5.0.0 (permanent failure)", "5.0.0", "failed"),
        ("Action: failed\nDiagnostic-Code: smtp; 550 5.7.1 spam", "5.7.1", "failed"),
        ("Action: failed\nDiagnostic-Code: smtp; 554 refused by 10.5.1.22", "5.0.0", "failed"),
        ("Status: 4.4.7", "4.4.7", "delayed"),
        ("Action: unheard-of\nStatus: 5.2.1", "5.2.1", "failed"),
        ("Action: failed", "", "failed"),
    ],
)
def test_a_status_is_found_where_there_is_one(status: str, code: str, action: str) -> None:
    delivery = one(f"Final-Recipient: rfc822; a@m.example\n{status}\n")
    assert (delivery.status, delivery.action) == (code, action)


def test_an_internationalised_report_is_read() -> None:
    status = "Final-Recipient: utf-8; j\\x{F6}rg@m.example\nAction: failed\nStatus: 5.1.1\n"
    assert one(status, media="message/global-delivery-status").address == "jörg@m.example"


def test_a_report_that_returns_nothing_is_threaded_by_its_own_headers() -> None:
    status = "Final-Recipient: rfc822; a@m.example\nAction: failed\nStatus: 5.1.1\n"
    raw = typed(
        "multipart/report; report-type=delivery-status; boundary=b",
        f"--b\nContent-Type: message/delivery-status\n\n{status}\n--b--\n",
        more="In-Reply-To: <ours@shop.example>\n",
    )
    assert read_letter(raw).automatic.original_message_id == "<ours@shop.example>"


def test_a_bounce_of_the_old_kind_is_read_from_its_words() -> None:
    head = HEAD.replace("Ann Hart <ann@mail.example>", "MAILER-DAEMON@mail.example").replace("My bag", "failure notice")
    body = (
        "Hi. This is the qmail-send program at mail.example.\nI'm afraid I wasn't able to deliver your message.\n\n"
        "<gone@mail.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the"
        " message.\n\nReturn-Path: <care@shop.example>\nMessage-ID: <ours@shop.example>\n\nDear Ann\n"
    )
    found = read_letter(mail(body, head=head), envelope_from="").automatic
    assert found.kind == "bounce"
    assert [(delivery.address, delivery.status) for delivery in found.deliveries] == [("gone@mail.example", "5.1.1")]
    assert found.original_message_id == "<ours@shop.example>"


def test_a_feedback_report_names_its_type_our_mail_and_the_recipients() -> None:
    found = report(
        "Feedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: <a@m.example>\nOriginal-Rcpt-To: b@m.example\n",
        kind="feedback-report",
        returned="Content-Type: message/rfc822\n\nMessage-ID: <ours@shop.example>\nSubject: x\n\nhi",
    )
    assert (found.kind, found.feedback_type) == ("feedback_report", "abuse")
    assert found.original_message_id == "<ours@shop.example>"
    assert found.original_recipients == ("a@m.example", "b@m.example")


def test_a_read_receipt_is_no_answer() -> None:
    found = report(
        "Final-Recipient: rfc822; a@m.example\nOriginal-Message-ID: <ours@shop.example>\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n",
        kind="disposition-notification",
    )
    assert (found.kind, found.disposition) == ("receipt", "displayed")
    assert found.original_message_id == "<ours@shop.example>"
    assert found.original_recipients == ("a@m.example",)


def test_a_bounce_of_ten_thousand_recipients_is_cut() -> None:
    status = "\n".join(
        f"Final-Recipient: rfc822; a{n}@m.example\nAction: failed\nStatus: 5.1.1\n" for n in range(2_000)
    )
    assert 0 < len(report(status).deliveries) <= 500
