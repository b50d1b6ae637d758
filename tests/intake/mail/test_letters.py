"""A letter read whole: who, when, about what, what is new, and what hangs on it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import makegood.intake.mail.letters as letters
from makegood.intake.mail.addresses import Mailbox
from makegood.intake.mail.letters import LOOP_HEADER, TROUBLE, Letter, masked, read_letter
from tests.intake.mail.mails import HEAD, mail, parted, typed


def test_a_plain_letter_is_read_field_by_field() -> None:
    more = (
        "In-Reply-To: <two@shop.example>\nReferences: <zero@shop.example>\n <two@shop.example>\n"
        "Reply-To: Ann <ann+home@mail.example>\nCc: boss@shop.example\nContent-Language: es-MX, en\n"
    )
    letter = read_letter(mail("It broke again.\n\n> Does it hold now?\n", more=more))
    assert letter.message_id == "<one@mail.example>"
    assert letter.in_reply_to == ("<two@shop.example>",)
    assert letter.references == ("<zero@shop.example>", "<two@shop.example>")
    assert letter.subject == "My bag"
    assert letter.sender == Mailbox(name="Ann Hart", address="ann@mail.example")
    assert letter.reply_to == (Mailbox(name="Ann", address="ann+home@mail.example"),)
    assert letter.to == (Mailbox(name="Care", address="care@shop.example"),)
    assert letter.cc == (Mailbox(address="boss@shop.example"),)
    assert letter.date == datetime(2026, 3, 3, 9, 12, tzinfo=UTC)
    assert letter.language == "es-mx"
    assert letter.text == "It broke again.\n\n> Does it hold now?"
    assert letter.new_text == "It broke again."
    assert letter.quoted == "> Does it hold now?"
    assert letter.automatic.kind == "none"
    assert letter.authentication.verdict == "unverified"
    assert letter.trouble == ()


def test_the_plain_words_are_read_and_the_formatted_ones_are_shown() -> None:
    letter = read_letter(
        parted("Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>shown</p>", kind="alternative")
    )
    assert letter.text == "plain"
    assert letter.html == "<p>shown</p>"


@pytest.mark.parametrize("plain", ["", " \n\n"])
def test_a_blank_plain_alternative_does_not_silence_the_html(plain: str) -> None:
    letter = read_letter(
        parted(f"Content-Type: text/plain\n\n{plain}", "Content-Type: text/html\n\n<p>words</p>", kind="alternative")
    )
    assert letter.text == "words"


def test_a_quote_in_html_is_not_new() -> None:
    page = "<p>No, it has not come.</p><div>On 3 Mar 2026, Care &lt;c@x.example&gt; wrote:</div><blockquote>Did it?"
    letter = read_letter(typed("text/html", page))
    assert letter.new_text == "No, it has not come."
    assert "> Did it?" in letter.quoted


def test_a_photo_is_an_attachment_with_its_bytes() -> None:
    letter = read_letter(
        parted(
            "Content-Type: text/plain\n\nsee photo",
            'Content-Type: image/jpeg; name="strap.jpg"\nContent-Disposition: inline\nContent-ID: <p1@mail>\n'
            "Content-Transfer-Encoding: base64\n\n/9j/4AAQ",
        )
    )
    (photo,) = letter.attachments
    assert (photo.name, photo.type, photo.content_id, photo.inline) == ("strap.jpg", "image/jpeg", "p1@mail", True)
    assert photo.content == b"\xff\xd8\xff\xe0\x00\x10"
    assert letter.text == "see photo"


def test_a_text_file_is_an_attachment_and_not_the_letter() -> None:
    letter = read_letter(
        parted(
            "Content-Type: text/plain\n\nwords",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlines",
        )
    )
    assert letter.text == "words"
    assert [(file.name, file.content) for file in letter.attachments] == [("log.txt", b"lines")]


def test_a_forwarded_mail_is_a_file_named_after_its_subject() -> None:
    letter = read_letter(
        parted("Content-Type: text/plain\n\nsee below", "Content-Type: message/rfc822\n\nSubject: Old/offer\n\nhi")
    )
    assert letter.attachments[0].name == "offer.eml"
    assert letter.attachments[0].content == b"Subject: Old/offer\r\n\r\nhi"
    assert letter.text == "see below"


def test_flowed_text_is_joined_but_a_signature_line_is_not() -> None:
    letter = read_letter(typed("text/plain; format=flowed", "one \ntwo\n\n-- \nAnn\n"))
    assert letter.text.startswith("one two\n\n-- \nAnn")


def test_the_references_of_a_long_thread_keep_the_first_and_the_newest() -> None:
    ids = "".join(f" <{number}@mail.example>" for number in range(500))
    found = read_letter(mail(more=f"References:{ids}\n")).references
    assert len(found) == 50
    assert found[0] == "<0@mail.example>" and found[-1] == "<499@mail.example>"


@pytest.mark.parametrize("line", ["", "Message-ID: \n", "Message-ID: <a b>\n", "Message-ID: <>\n"])
def test_a_missing_or_broken_message_id_is_none(line: str) -> None:
    head = HEAD.replace("Message-ID: <one@mail.example>\n", line)
    assert read_letter(mail(head=head)).message_id is None


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Tue, 99 Mar 2026", "31-02-2026", "9" * 80, "Fri, 31 Dec 9999 23:59 -2359"]
)
def test_a_date_that_is_none_is_none(date: str) -> None:
    head = HEAD.replace("Tue, 3 Mar 2026 10:12:00 +0100", date)
    assert read_letter(mail(head=head)).date is None


def test_our_own_mark_coming_back_is_a_loop_and_another_desks_mark_is_not() -> None:
    ours, theirs = mail(more=f"{LOOP_HEADER}: desk-1\n"), mail(more=f"{LOOP_HEADER}: desk-2\n")
    assert read_letter(ours, own_desk="desk-1").automatic.kind == "loop"
    assert read_letter(theirs, own_desk="desk-1").automatic.kind == "none"
    assert read_letter(ours).automatic.kind == "none"


def test_the_addresses_it_was_delivered_to_are_known() -> None:
    letter = read_letter(mail(more="Delivered-To: care@shop.example\nX-Original-To: help@shop.example\n"))
    assert letter.delivered_to == ("care@shop.example", "help@shop.example")


@pytest.mark.parametrize("raw", [b"", b"\n", b"\r\n\r\n", b"\x00", b"From", b"From x\n", b":", b"a:\n b", b"\xff" * 99])
def test_scraps_are_letters_too(raw: bytes) -> None:
    letter = read_letter(raw)
    assert isinstance(letter, Letter)
    assert "unreadable" not in letter.trouble


def test_a_poison_mail_still_becomes_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(letters, "split", broken)
    letter = read_letter(mail())
    assert letter.trouble == ("unreadable",)
    assert letter.message_id == "<one@mail.example>"
    assert letter.subject == "My bag"
    assert letter.sender == Mailbox(name="ann@mail.example")
    assert "The strap broke." in letter.text


def test_every_trouble_code_in_the_source_is_explained() -> None:
    folder = Path(letters.__file__).parent
    used = set()
    for file in folder.glob("*.py"):
        for piece in file.read_text("utf-8").split('trouble.add("')[1:]:
            used.add(piece.partition('"')[0])
    assert used | {"unreadable"} == set(TROUBLE)
    assert list(TROUBLE) == sorted(TROUBLE)


def test_a_masked_letter_shows_no_card_number_anywhere() -> None:
    number = "4111 1111 1111 1111"
    more = f"Reply-To: {number} <a@mail.example>\n"
    raw = mail(
        f"--b0undary\nContent-Type: text/plain\n\n{number}\n\n> {number}\n--b0undary\nContent-Type: text/html\n\n"
        f"<b>4111</b> 1111 1111 1111\n--b0undary\nContent-Type: image/png"
        "; name=4111111111111111.png\n\nx\n--b0undary--\n",
        head=HEAD.replace("My bag", number).replace("Ann Hart", number),
        more=more + "Content-Type: multipart/mixed; boundary=b0undary\n",
    )
    letter = masked(read_letter(raw))
    assert "1111 1111" not in str(letter) and "11111111" not in str(letter)
    assert letter.subject == "•••• •••• •••• 1111"
    assert letter.html == "<b>••••</b> •••• •••• 1111"
    assert letter.new_text == "•••• •••• •••• 1111\n\n•••• •••• •••• 1111"
