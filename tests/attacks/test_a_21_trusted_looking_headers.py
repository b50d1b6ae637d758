"""A-21: a header that looks like ours, or like our mail server's, is worth nothing when a stranger sends it."""

import pytest

from makegood.intake.mail.letters import LOOP_HEADER, read_letter
from makegood.intake.mail.parts import split
from tests.intake.mail.mails import mail

#: Ours, and the ones that other desks have trusted to their harm (CVE-2012-4735, CVE-2023-41259).
FORGED = (
    "X-Makegood-Case: 7", "X-Makegood-Owner: boss", "X-Makegood-Verified: yes", "x-makegood-sign: 1", "X-RT-Sign: 1",
    "X-RT-Encrypt: 1", "X-RT-Incoming-Encryption: Success", "X-RT-Privacy: PGP", "RT-Squelch-Replies-To: a@x.example",
    "X-RT-Command-By-Mail: 1", "RT-Ticket: x #1", "X-OTRS-Queue: admin", "X-OTRS-Priority: 5", "X-OTRS-Ignore: yes",
    "X-Zammad-Ticket-Id: 1", "X-FreeScout-Reply: 1", "X-Zendesk-Priority-Mail: yes", "X-Loop: care@shop.example",
    "X-Spam-Status: No", "X-Priority: 1", "Received-SPF: pass",
)  # fmt: skip


@pytest.mark.parametrize("line", FORGED)
def test_a_forged_header_changes_nothing_about_the_letter(line: str) -> None:
    plain = read_letter(mail(), trusted_authserv="mx.shop.example", own_desk="desk-1")
    forged = read_letter(mail(more=line + "\n"), trusted_authserv="mx.shop.example", own_desk="desk-1")
    assert forged == plain


def test_our_namespace_is_not_even_among_the_headers() -> None:
    headers = split(mail(more="X-Makegood-Case: 7\nX-MAKEGOOD-x: 1\n"), set()).headers
    assert not any(field.name.startswith("x-makegood") for field in headers.fields)


def test_a_forged_loop_mark_is_believed_only_if_it_names_this_very_desk() -> None:
    for mark in ("", "desk-2", "desk-1 ", "desk-1\n desk-1", "*"):
        found = read_letter(mail(more=f"{LOOP_HEADER}: {mark}\n"), own_desk="desk-1").automatic.kind
        assert found == ("loop" if mark.strip() == "desk-1" else "none")


@pytest.mark.parametrize(
    "line",
    [
        "Authentication-Results: mx.evil.example; dmarc=pass header.from=mail.example",
        "Authentication-Results: dmarc=pass header.from=mail.example",
        "Authentication-Results: mx.shop.example.evil.example; dmarc=pass header.from=mail.example",
        "X-Authentication-Results: mx.shop.example; dmarc=pass header.from=mail.example",
        "ARC-Authentication-Results: i=1; mx.shop.example; dmarc=pass header.from=mail.example",
        "Authentication-Results: other (mx.shop.example; dmarc=pass header.from=mail.example)",
    ],
)
def test_only_our_own_server_can_vouch_for_a_sender(line: str) -> None:
    letter = read_letter(mail(more=line + "\n"), trusted_authserv="mx.shop.example")
    assert letter.authentication.verdict == "unverified"
