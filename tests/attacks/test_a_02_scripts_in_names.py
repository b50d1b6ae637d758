"""A-02, where mail is read: a script in a subject, a name, an address or a file name stays inert text."""

import pytest

from makegood.intake.mail.letters import read_letter
from tests.intake.mail.mails import HEAD, mail, parted

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}",
    "a\r\nX-Injected: 1",
    "=?utf-8?q?<svg/onload=3Dalert(1)>?=",
    "\x00<b>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_subject_is_one_line_of_text(payload: str) -> None:
    letter = read_letter(mail(head=HEAD.replace("My bag", payload)))
    assert "\n" not in letter.subject and "\r" not in letter.subject and "\x00" not in letter.subject
    assert type(letter.subject) is str


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_name_with_a_script_never_becomes_an_address(payload: str) -> None:
    letter = read_letter(mail(head=HEAD.replace("Ann Hart <ann@mail.example>", f"{payload} <ann@mail.example>")))
    assert letter.sender.address in (None, "ann@mail.example")
    assert not any(sign in letter.sender.name for sign in "\r\n\x00")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_address_with_a_script_is_no_address(payload: str) -> None:
    letter = read_letter(mail(head=HEAD.replace("ann@mail.example", f"{payload}@mail.example")))
    # Braces are letters of an address (RFC 5322 atext); signs of markup and controls are not.
    assert letter.sender.address in (None, "{{7*7}}@mail.example")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_file_name_with_a_script_is_a_harmless_label(payload: str) -> None:
    letter = read_letter(parted(f'Content-Type: image/png; name="{payload}.png"\n\nx'))
    for file in letter.attachments:
        assert not any(sign in file.name for sign in '<>"/\\\r\n\x00:')
