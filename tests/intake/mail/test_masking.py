"""Card numbers masked in a raw mail before it is written, in whatever coat they come."""

import base64
import quopri

import pytest

from makegood.intake.mail.letters import read_letter
from makegood.intake.mail.masking import mask_raw
from tests.intake.mail.mails import HEAD, mail, parted, typed

NUMBER = "4111 1111 1111 1111"
MASKED = "**** **** **** 1111"
WORDS = f"Grüße, my card: {NUMBER} – please\nrefund"


def base64_part(content: bytes, content_type: str, more: str = "") -> str:
    coded = base64.encodebytes(content).decode()
    return f"Content-Type: {content_type}\nContent-Transfer-Encoding: base64\n{more}\n{coded}"


@pytest.mark.parametrize("raw", [mail(), parted("\n\nhello", base64_part(b"\x00" * 99, "image/png")), b"", b"4111"])
def test_a_mail_without_a_number_is_left_as_it_is(raw: bytes) -> None:
    assert mask_raw(raw) is None


def test_only_the_digits_change() -> None:
    raw = mail(f"my card {NUMBER}\n")
    assert mask_raw(raw) == raw.replace(NUMBER.encode(), MASKED.encode())


@pytest.mark.parametrize(
    "part",
    [
        f"Content-Type: text/plain; charset=utf-8\n\n{WORDS}",
        base64_part(WORDS.encode(), "text/plain; charset=utf-8"),
        base64_part(WORDS.encode("utf-16"), "text/plain; charset=utf-16"),
        base64_part(WORDS.encode("cp1252"), "text/plain; charset=windows-1252"),
        base64_part(f"<b>{WORDS}</b>".encode(), "text/html; charset=utf-8"),
        base64_part(f"name,{NUMBER}\n".encode(), "text/csv", "Content-Disposition: attachment; filename=a.csv\n"),
        base64_part(f"name,{NUMBER}\n".encode(), "application/octet-stream"),
        base64_part(f'{{"card": "{NUMBER}"}}'.encode(), "application/json"),
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(WORDS.encode()).decode(),
        "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n4111=201111=\n=201111 =31=31=31=31",
        "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n4111=2D1111=2D1111=2D1111",
        f"Content-Type: message/rfc822\n\nSubject: fwd\n\n{WORDS}",
        base64_part(f"Subject: fwd\n\n{WORDS}".encode(), "message/rfc822"),
        f"Content-Type: text/plain; name=x\n\nhi {NUMBER}\n\n--b0undary--\nepilogue",
    ],
)
def test_a_number_is_masked_in_every_coat(part: str) -> None:
    raw = parted("Content-Type: text/plain\n\nbefore", part, "Content-Type: text/plain\n\nafter")
    masked = mask_raw(raw)
    assert masked is not None
    assert mask_raw(masked) is None
    letter = read_letter(masked)
    shown = letter.text + letter.html + "".join(file.content.decode("utf-8", "replace") for file in letter.attachments)
    assert "1111" in shown and "4111" not in shown
    assert letter.message_id == "<one@mail.example>" and "before" in letter.text


def test_the_rest_of_a_rebuilt_mail_reads_as_before() -> None:
    raw = parted(base64_part(WORDS.encode(), "text/plain; charset=utf-8"), base64_part(b"\x89PNG\x00", "image/png"))
    masked = mask_raw(raw)
    assert masked is not None
    before, after = read_letter(raw), read_letter(masked)
    assert after.text == before.text.replace(NUMBER, MASKED)
    assert after.attachments == before.attachments
    assert (after.subject, after.sender, after.to, after.date) == (
        before.subject,
        before.sender,
        before.to,
        before.date,
    )


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("My bag", f"card {NUMBER}"),
        HEAD.replace("My bag", f"card {NUMBER[:9]}\n {NUMBER[10:]}"),
        HEAD.replace("My bag", "=?utf-8?q?card_4111=201111_1111_1111?="),
        HEAD.replace("My bag", "=?utf-8?b?" + base64.b64encode(f"Grüße {NUMBER}".encode()).decode() + "?="),
        HEAD.replace("Ann Hart", f'"{NUMBER}"'),
        HEAD + f"X-Form-Field: {NUMBER}\n",
        HEAD + 'Content-Disposition: attachment; filename="4111111111111111.txt"\n',
        HEAD + "Content-Disposition: attachment; filename*=utf-8''4111%201111%201111%201111\n",
    ],
)
def test_a_number_is_masked_in_what_people_write_into_headers(head: str) -> None:
    masked = mask_raw(mail("words\n", head=head))
    assert masked is not None
    assert mask_raw(masked) is None
    letter = read_letter(masked)
    shown = letter.subject + letter.sender.name + "".join(file.name for file in letter.attachments)
    assert "1111 1111" not in shown and "11111111" not in shown
    assert letter.message_id == "<one@mail.example>"


def test_ids_that_look_like_a_number_keep_the_thread_together() -> None:
    more = "References: <4111111111111111@mail.example>\nReceived: by x id 4111111111111111\n"
    assert mask_raw(mail(more=more)) is None


@pytest.mark.parametrize(
    "raw",
    [
        typed("multipart/mixed", f"--x\n\n{NUMBER}"),
        typed("multipart/mixed; boundary=x", f"no boundary {NUMBER}"),
        typed("multipart/mixed; boundary=x", f"preamble {NUMBER}\n--x\n\na\n--x--\n"),
        typed("multipart/mixed; boundary=x", f"--x\n\na\n--x--\nepilogue {NUMBER}"),
        f"no header at all {NUMBER}".encode(),
        b"Subject: a\nthis line is no header " + NUMBER.encode(),
        b"Subject: a\n\n\xff\xfe " + NUMBER.encode() + b" \x00",
        b"X: y\n" * 70_000 + b"X-Late: " + NUMBER.encode() + b"\n\nhi",
    ],
)
def test_a_broken_mail_is_searched_as_it_lies(raw: bytes) -> None:
    masked = mask_raw(raw)
    assert masked is not None
    assert b"4111 1111" not in masked and b"1111" in masked


def test_a_number_in_part_two_hundred_and_one_is_masked_too() -> None:
    parts = ["Content-Type: text/plain\n\nx"] * 250 + [base64_part(WORDS.encode(), "text/plain; charset=utf-8")]
    masked = mask_raw(parted(*parts))
    assert masked is not None and base64.b64encode(b"4111")[:5] not in masked
    assert mask_raw(masked) is None
