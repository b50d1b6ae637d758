"""Lines and texts with nothing hidden in them."""

import pytest

from makegood.intake.mail.visible import clean_line, clean_text, hides, mixes_scripts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \t b\r\n c ", "a b c"),
        ("a\x00b\x07", "ab"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("zero\u200bwidth", "zerowidth"),
        ("ﬁne", "ﬁne"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200cb", "ab"),
        ("👩\u200d💻 ok", "👩\u200d💻 ok"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\u200dend\u200d", "end"),
        ("a\u2028b", "a b"),
        ("\ud800x", "\ufffdx"),
        ("Grüße aus Köln", "Grüße aus Köln"),
    ],
)
def test_a_line_shows_all_that_it_says(text: str, line: str) -> None:
    assert clean_line(text) == line
    assert clean_line(line) == line


def test_a_body_keeps_its_lines_and_tabs() -> None:
    assert clean_text("a\r\nb\rc\x0b\td\u202e\u200b\n") == "a\nb\nc\td\n"


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "\u2066x", "pay\u200dpal"])
def test_hidden_signs_are_noticed(text: str) -> None:
    assert hides(text)


@pytest.mark.parametrize("text", ["Ann", "Jörg", "می\u200cخواهم", "👩\u200d💻", "Ольга Hart"])
def test_honest_names_hide_nothing(text: str) -> None:
    assert not hides(text) and not mixes_scripts(text)


def test_a_word_of_two_alphabets_is_noticed() -> None:
    assert mixes_scripts("pаypal") and mixes_scripts("Αpple")
