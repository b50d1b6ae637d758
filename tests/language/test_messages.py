"""What a customer's message is. Thanks are known with care: a complaint taken for thanks would wait for ever."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.language.messages import incoming, only_thanks, settled
from makegood.language.sentences import Sentence
from makegood.language.weighing import Weighed
from makegood.rules.incoming import LABELS


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


def _labels(text: str, language: str | None = None) -> set[str]:
    return {proposal.label for proposal in incoming(text, language=language)}


def _weighed(**chances: float) -> tuple[Weighed, ...]:
    whole = Sentence(words="x", start=0, end=1)
    return tuple(Weighed(label=label, chance=chances.get(label, 0.01), sentence=whole) for label in LABELS)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The kettle arrived broken and nobody answers the phone.", "complaint"),
        ("What time does your shop open on Saturday?", "question"),
        ("As requested, the receipt is attached.", "information"),
        ("Thank you so much, the nurse was wonderful.", "thanks"),
        ("Please ignore my last message, I found the parcel.", "withdrawal"),
        ("I want to speak to your manager.", "escalation_request"),
        ("I did what you said and it still does not work.", "not_resolved"),
        ("I am out of the office until Monday.", "automatic"),
        ("La tetera llegó rota y nadie contesta el teléfono.", "complaint"),
        ("¿A qué hora abre la tienda el sábado?", "question"),
        ("Le adjunto el recibo que me pidió.", "information"),
        ("Muchísimas gracias, la enfermera fue un encanto.", "thanks"),
        ("Olviden mi último mensaje, ya encontré el paquete.", "withdrawal"),
        ("Quiero hablar con su gerente.", "escalation_request"),
        ("Hice lo que me dijo y sigue sin funcionar.", "not_resolved"),
        ("Estoy fuera de la oficina hasta el lunes.", "automatic"),
    ],
)
def test_plain_sentences_of_each_label(text: str, label: str) -> None:
    assert label in _labels(text)


def test_a_program_is_nothing_else_besides() -> None:
    assert settled(_weighed(automatic=0.9, information=0.6)) == {"automatic"}
    assert settled(_weighed(automatic=0.6, complaint=0.9)) == {"complaint"}


def test_the_likeliest_label_is_proposed_where_none_is_likely() -> None:
    assert settled(_weighed(question=0.3)) == {"question"}
    assert settled(_weighed(question=0.05)) == frozenset()


def test_what_he_quotes_is_not_what_he_says() -> None:
    assert "thanks" not in _labels("> Thank you so much for your kind help!\n\nThe lamp is broken again.", "en")
    assert _labels("> Thank you so much!", "en") == set()


def test_a_language_that_is_not_read_gives_nothing_for_a_customer() -> None:
    assert incoming("Die Lampe ist schon wieder kaputt und niemand geht ans Telefon.") == ()


def test_a_reason_stands_in_the_text() -> None:
    text = "Hello, the room was filthy and the staff were rude. I want to speak to your manager!"
    found = incoming(text)
    assert {"complaint", "escalation_request"} <= {proposal.label for proposal in found}
    assert all(text[proposal.start : proposal.end] == proposal.words for proposal in found)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.sampled_from([None, "en", "es", "de"]))
def test_no_text_of_a_customer_raises(text: str, language: str | None) -> None:
    for proposal in incoming(text, language=language):
        assert text[proposal.start : proposal.end] == proposal.words
