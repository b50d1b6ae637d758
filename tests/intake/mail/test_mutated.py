"""Two thousand mutilated mails, and Hypothesis: nothing raises, nothing is lost without a word."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.intake.mail.letters import TROUBLE, read_letter
from makegood.intake.mail.masking import mask_raw
from tests.intake.mail.mails import mail, parted, typed

#: Printed by pytest where a test fails, so that the mail can be made again.
SEED = 3_464

SEEDS = (
    mail("Hello\n\nOn Tue, 3 Mar 2026 at 10:12, Care <c@x.example> wrote:\n> words\n-- \nAnn\n"),
    parted("Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>a <b>b</b></p>", kind="alternative"),
    parted("\nhi", "Content-Type: image/png; name*=utf-8''%41.png\nContent-Transfer-Encoding: base64\n\naGVsbG8="),
    typed("text/html; charset=iso-2022-jp", "<table><tr><td><a href='https://x.example'>x</a><blockquote>q"),
    typed(
        "multipart/report; report-type=delivery-status; boundary=b",
        "--b\n\nSorry\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822;"
        " a@x.example\nAction: failed\nStatus: 5.1.1\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <o@x>\n\n"
        "hi\n--b--\n",
    ),
    mail(more="Content-Transfer-Encoding: quoted-printable\nReply-To: =?utf-8?b?SsO2cmc=?= <j@x.example>\n"),
)
PIECES = (
    b"=?utf-8?b?", b"?=", b"\n--b", b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=b0undary\n", b'"', b"<",
    b"(",
    b"\x00", b"\xff\xfe", b"&#", b"<!--", b"charset=utf-16", b"Content-Transfer-Encoding: base64\n", b"@", b";",
    b"From MAILER-DAEMON\n", b"4111 1111 1111 1111", "\u202e".encode(), b"=?x?q?", b"Return-Path: <>\n",
)  # fmt: skip


def mutilated(chance: random.Random) -> bytes:
    raw = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice((1, 3, 9, 40))):
        at = chance.randrange(len(raw) + 1)
        act = chance.randrange(5)
        if act == 0 and at < len(raw):
            raw[at] = chance.randrange(256)
        elif act == 1:
            del raw[at : at + chance.randint(1, 40)]
        elif act == 2:
            raw[at:at] = chance.choice(PIECES)
        elif act == 3:
            raw[at:at] = raw[at : at + 100] * chance.randint(1, 3)
        else:
            other = chance.choice(SEEDS)
            raw[at:at] = other[: chance.randrange(len(other))]
    return bytes(raw)


def assert_read(raw: bytes) -> None:
    letter = read_letter(raw)
    assert "unreadable" not in letter.trouble, raw
    assert set(letter.trouble) <= set(TROUBLE)
    for line in (letter.subject, letter.sender.name, *(file.name for file in letter.attachments)):
        assert "\n" not in line and "\x00" not in line and "\u202e" not in line
    masked = mask_raw(raw)
    assert masked is None or mask_raw(masked) is None, raw


def test_two_thousand_mutilated_mails_are_read() -> None:
    chance = random.Random(SEED)
    for _ in range(2_000):
        assert_read(mutilated(chance))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_letter(raw: bytes) -> None:
    assert_read(raw)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, b"Subject: ", b"a", b"\n", b" ", b":", b"text/html", b"1"]), max_size=40))
def test_any_pieces_of_mails_are_a_letter(pieces: list[bytes]) -> None:
    assert_read(b"".join(pieces))
