"""A-24: no charset, encoding or combination of them stops a letter, costs much, or makes endless log lines."""

import base64
import time

import pytest

from makegood.intake.mail.letters import read_letter
from tests.intake.mail.mails import HEAD, mail, typed

WORDS = "Grüße, die Tasche ist kaputt. "


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-32", "utf-7", "iso-8859-1", "windows-1252", "cp437"])
def test_the_words_survive_any_charset_a_program_may_choose(charset: str) -> None:
    coded = base64.encodebytes(WORDS.encode(charset)).decode()
    letter = read_letter(typed(f"text/plain; charset={charset}", coded, more="Content-Transfer-Encoding: base64\n"))
    assert letter.text == WORDS.strip() or letter.text == WORDS
    assert letter.trouble == ()


@pytest.mark.parametrize(
    "charset",
    [
        "utf-32",
        "utf-16",
        "unknown-8bit",
        "x-user-defined",
        "punycode",
        "idna",
        "rot13",
        "base64",
        "",
        "\x00",
        "a" * 500,
    ],
)
def test_a_wrong_charset_leaves_readable_remains(charset: str) -> None:
    letter = read_letter(typed(f"text/plain; charset={charset}", "plain words, nothing else\n"))
    assert "unreadable" not in letter.trouble
    assert letter.text
    assert letter.subject == "My bag"


def test_a_megabyte_in_the_slowest_charsets_takes_a_moment() -> None:
    for charset in ("utf-32", "utf-7", "iso-2022-jp", "hz", "gb18030", "punycode", "idna"):
        began = time.process_time()
        read_letter(typed(f"text/plain; charset={charset}", "x" * 1_000_000))
        assert time.process_time() - began < 2, charset


@pytest.mark.parametrize(
    "word", ["=?utf-32?b?AAAA?=", "=?punycode?q?a-b?=", "=?x?q?=FF?=", "=?utf-8?q?=FF=FE?=", "=?utf-8?b?/w==?="]
)
def test_a_subject_that_cannot_be_decoded_is_still_a_subject(word: str) -> None:
    letter = read_letter(mail(head=HEAD.replace("My bag", f"bag {word} broke")))
    assert letter.subject.startswith("bag ") and letter.subject.endswith(" broke")


def test_the_trouble_of_one_mail_is_a_handful_of_words() -> None:
    words = " ".join("=?x-none?q?=FF?=" for _ in range(5_000))
    letter = read_letter(mail("\xff\n" * 5_000, head=HEAD.replace("My bag", words)))
    assert len(letter.trouble) < 10
