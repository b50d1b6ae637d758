"""The signs of a sentence: classes of words, their forms, and shapes of what is no word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.language.known import LANGUAGES
from makegood.language.signs import FAMILIES, plain

ENGLISH, SPANISH = LANGUAGES["en"].lexicon, LANGUAGES["es"].lexicon


def test_accents_and_capitals_do_not_count_but_the_letter_enye_does() -> None:
    assert plain("ENVIÓ") == "envio"
    assert plain("Año") == "año"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("We have reimbursed the ferry.", "give"),
        ("It is with our claims colleagues.", "desk"),
        ("As soon as possible!", "soon"),
        ("Call the ombudsman", "threat"),
    ],
)
def test_an_english_word_or_phrase_belongs_to_its_class(sentence: str, name: str) -> None:
    assert any(name in word.classes for word in ENGLISH.read(sentence))


@pytest.mark.parametrize(
    ("sentence", "form"),
    [("Le reembolsaremos", "give.fut1"), ("reembolsando", "give.ger"), ("lo reembolsó", "give.past3")],
)
def test_a_spanish_verb_shows_its_form(sentence: str, form: str) -> None:
    assert form in [word.form for word in SPANISH.read(sentence)]


@pytest.mark.parametrize(
    ("token", "shape"),
    [
        ("14:10", "#clock"),
        ("£20", "#money"),
        ("3rd", "#nth"),
        ("12/4/2026", "#date"),
        ("GX55120", "#code"),
        ("2026", "#year"),
        ("ann@pier.example", "#mail"),
        ("https://pier.example/x", "#url"),
        ("🙃", "#;)"),
    ],
)
def test_what_is_no_word_has_a_shape(token: str, shape: str) -> None:
    assert [word.text for word in ENGLISH.read(token)] == [shape]


def test_a_short_form_of_will_is_its_own_word() -> None:
    assert [word.text for word in ENGLISH.read("we’ll")] == ["we", "'ll"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_one_answer_for_each_family(text: str) -> None:
    for lexicon in (ENGLISH, SPANISH):
        assert len(lexicon.signs(text)) == len(FAMILIES)
