"""A-32, where mail is read: no card number leaves the raw mail, whatever coat it wears."""

import base64
import quopri
import re

import pytest

from makegood.intake.mail.letters import masked, read_letter
from makegood.intake.mail.masking import mask_raw
from tests.intake.mail.mails import mail, parted, typed

NUMBERS = ("4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "3530111333300000")


def spellings(number: str) -> list[str]:
    fours = [number[at : at + 4] for at in range(0, len(number), 4)]
    if len(number) == 15:
        fours = [number[:4], number[4:10], number[10:]]
    half = len(number) // 2
    return [
        number, " ".join(fours), "-".join(fours), "\u00a0".join(fours), ".".join(fours), " ".join(number),
        f"{number[:half]}\n{number[half:]}", f"{' '.join(fours[:2])}\n{' '.join(fours[2:])}", "\u200b".join(fours),
    ]  # fmt: skip


def coats(text: str) -> list[bytes]:
    in_base64 = base64.encodebytes(text.encode()).decode()
    in_html = "<p>" + text.replace("\n", "<br>\n").replace(" ", "&nbsp;") + "</p>"
    cells = "".join(f"<td>{word}</td>" for word in text.replace("\n", "<br>").split(" "))
    return [
        mail(f"card {text} thanks\n"),
        typed("text/plain; charset=utf-8", in_base64, more="Content-Transfer-Encoding: base64\n"),
        typed(
            "text/plain; charset=utf-8",
            quopri.encodestring(text.encode(), quotetabs=True).decode(),
            more="Content-Transfer-Encoding: quoted-printable\n",
        ),
        typed("text/html; charset=utf-8", in_html),
        typed("text/html; charset=utf-8", f"<table><tr>{cells}</tr></table>"),
        parted("\nhi", f"Content-Type: text/csv; name=a.csv\nContent-Transfer-Encoding: base64\n\n{in_base64}"),
        parted("\nhi", f"Content-Type: message/rfc822\n\nSubject: x\n\n{text}"),
    ]


def digits_in(*texts: str) -> str:
    return re.sub(r"\D", "", "".join(texts))


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_survives_masking_in_any_spelling_and_coat(number: str) -> None:
    for text in spellings(number):
        for raw in coats(text):
            stored = mask_raw(raw)
            assert stored is not None, (text, raw)
            letter = read_letter(stored)
            files = [file.content.decode("utf-8", "replace") for file in letter.attachments]
            shown = digits_in(re.sub(r"<[^>]*>|&\w+;", "", letter.html), letter.text, *files)
            assert number not in shown and number[:12] not in shown, (text, raw)
            assert number[-4:] in shown


@pytest.mark.parametrize("number", NUMBERS)
def test_a_letter_read_from_the_unmasked_original_can_be_shown_masked(number: str) -> None:
    for text in spellings(number):
        for raw in coats(text)[:5]:
            letter = masked(read_letter(raw))
            shown = digits_in(letter.text, letter.new_text, letter.quoted, re.sub(r"<[^>]*>|&\w+;", "", letter.html))
            assert number not in shown and number[:12] not in shown, (text, raw)


def test_an_order_number_is_never_masked() -> None:
    for number in ("4111111111111112", "1234567890123456", "88-20413", "00340434161094042557"):
        assert mask_raw(mail(f"My order {number} has not come.\n")) is None


@pytest.mark.parametrize(
    "boundary", ["===============3975110000799906059==", "4111111111111111", "b 4111 1111 1111 1111"]
)
def test_a_boundary_that_looks_like_a_card_number_still_parts_the_mail(boundary: str) -> None:
    picture = "Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n/////w=="
    head = f'From: a@quiet.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'
    raw = (
        f"{head}Card 4242 4242 4242 4242\r\n--{boundary}\r\nContent-Type: text/plain\r\n\r\n4111 1111 1111 1111\r\n"
        f"--{boundary}\r\n{picture}\r\n--{boundary}--\r\nand 5555 5555 5555 4444\r\n"
    ).encode()
    kept = mask_raw(raw)
    assert kept is not None
    letter = read_letter(kept)
    assert (letter.text, letter.trouble) == ("**** **** **** 1111", ())
    assert [file.content for file in letter.attachments] == [b"\xff\xff\xff\xff"]
    assert b"4242 4242 4242" not in kept and b"5555 5555 5555" not in kept
