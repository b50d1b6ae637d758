"""A text in sentences, each with its place."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.language.sentences import LONGEST, SEEN, sentences, unwrapped


def _words(text: str) -> list[str]:
    return [sentence.words for sentence in sentences(text)]


def test_a_stop_a_question_and_a_line_break_end_a_sentence() -> None:
    assert _words("It came. Is it mine?\nThanks") == ["It came.", "Is it mine?", "Thanks"]


def test_a_short_form_does_not_end_a_sentence() -> None:
    assert _words("Dr. Hale saw Mrs. Pike at 4 p.m. yesterday. All well.") == [
        "Dr. Hale saw Mrs. Pike at 4 p.m. yesterday.",
        "All well.",
    ]
    assert _words("La Sra. Paz llamó. Gracias.") == ["La Sra. Paz llamó.", "Gracias."]


def test_a_number_and_an_address_stay_whole() -> None:
    assert _words("Pay 12.50 at shop.example now.") == ["Pay 12.50 at shop.example now."]


def test_an_emoji_belongs_to_the_sentence_before_it() -> None:
    assert _words("Found it! 🎉") == ["Found it! 🎉"]


def test_a_text_without_words_has_one_sentence_or_none() -> None:
    assert _words("") == []
    assert _words("  \n ") == []
    assert _words("👍") == ["👍"]


def test_a_page_without_a_stop_is_cut_in_pieces() -> None:
    found = sentences("word " * 1_000)
    assert len(found) > 5
    assert all(len(sentence.words) <= LONGEST for sentence in found)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .?!¿;\n…\"')M1é👍"), max_size=300))
def test_every_sentence_stands_where_it_says(text: str) -> None:
    found = sentences(text)
    assert all(text[sentence.start : sentence.end] == sentence.words for sentence in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert sum(c.isalnum() for c in text[:SEEN]) == sum(c.isalnum() for s in found for c in s.words)


def test_only_a_break_inside_a_sentence_is_unwrapped_and_every_place_holds() -> None:
    assert unwrapped("one line\r\ngoes on") == "one line  goes on"
    assert unwrapped("This line was broken by a window and goes on and on\nHere") == (
        "This line was broken by a window and goes on and on Here"
    )
    for text in (
        "It ends.\nhere",
        "a:\nb",
        "a\n\nb",
        "a\n- b",
        "a\n2. b",
        "Hi Ann\nWe will",
        "1 June\n2 June",
        'He "ends."\nb',
    ):
        assert unwrapped(text) == text
