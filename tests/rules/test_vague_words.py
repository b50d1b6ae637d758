"""Words that promise without saying when are found, and a house can give them a number."""

from __future__ import annotations

import pytest

from makegood.rules.policy import Span, Unit
from makegood.rules.vague_words import vague_words
from tests.rules.policy_texts import HOUSE, house


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("A prompt reply.", ["prompt"]),
        ("We answer as soon as possible, and promptly.", ["as soon as possible", "promptly"]),
        ("We'll be in touch SHORTLY", ["shortly"]),
        ("asap!", ["asap"]),
        ("We reply quickly.", ["quickly"]),
        ("Le contestaremos pronto.", ["pronto"]),
        ("Respondemos a la brevedad, en breve o lo antes posible.",
         ["a la brevedad", "en breve", "lo antes posible"]),
        ("We answer soon, in a few hours.", ["soon"]),
        ("Soon, in a couple of days.", ["soon"]),
        ("No one waits: soon, in days.", ["soon"]),
        ("Room 7 answers promptly.", ["promptly"]),
        ("Promptly, within 8 working hours.", []),
        ("We call back soon, in 24 to 48 hours.", []),
        ("Pronto: en dos días hábiles.", []),
        ("Shortly, within an hour.", []),
        ("Soon, within one business day.", []),
        ("We answer within one working day.", []),
        ("Impromptu sooners and breakfast.", []),
    ],
)  # fmt: skip
def test_a_word_without_a_number_is_found(text: str, vague: list[str]) -> None:
    assert vague_words(text) == vague


def test_a_vague_text_is_due_when_the_house_says_it_is() -> None:
    text = HOUSE.replace("We answer within one working day.", "Promptly.", 1)
    text = text.replace('due = "8 business hours"\n', "", 1)
    (said,) = house(text).doors["mail"].standing
    assert said.due == Span(count=8, unit=Unit.BUSINESS_HOURS)
