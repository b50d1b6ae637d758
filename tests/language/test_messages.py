"""Thanks are known with care: a complaint that was taken for thanks would wait for ever."""

import pytest

from makegood.language.messages import only_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thank you!",
        "Thanks a lot, Priya.",
        "Many thanks for your help. The new bag is lovely.",
        "Thank you so much! You made my day.\n\nBest,\nRosa",
        "Gracias.",
        "Muchas gracias por todo, un saludo.",
        "Se lo agradezco mucho.",
        "THX",
    ],
)
def test_plain_thanks_are_thanks(text: str) -> None:
    assert only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lovely.",
        "Thank you, but it is still broken.",
        "Thanks for nothing.",
        "Gracias por nada.",
        "Thanks. When will it arrive?",
        "Thanks, I am waiting for the second bag.",
        "Thank you. Please send it to my sister instead.",
        "Thanks in advance",
        "Thanks for your answer. I have not received it.",
        "Thanks, it doesn't fit.",
        "Thank you. My new address is 12 Oak Street.",
        "Thanks, see https://quiet.example/photo",
        "Thanks, I look forward to the refund.",
        "Thank you. The strap is wrong.",
        "Thank you for your reply. Nothing has changed.",
        "Gracias, pero sigue roto.",
        "Gracias. ¿Cuándo llega?",
        "Gracias de antemano.",
        "Gracias, falta la correa.",
        "Thank you. " + "It was a long and winding story that I want to tell. " * 6,
    ],
)
def test_thanks_with_anything_more_are_a_message_like_any_other(text: str) -> None:
    assert not only_thanks(text)


def test_a_huge_text_costs_no_time_and_is_no_mere_thanks() -> None:
    assert not only_thanks("thanks " * 1_000_000)
