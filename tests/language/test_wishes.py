"""What a customer would like done, in his own words: invented messages, and what is none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.language import wishes


def wish(text: str, language: str | None = None) -> str:
    found = wishes.found(text, language=language)
    assert len(found) <= 1
    for proposal in found:
        assert text[proposal.start : proposal.end] == proposal.words
        assert proposal.label == "wish" and proposal.rule and 0 < proposal.sure < 1
    return found[0].words.strip(".¿") if found else ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The desk came with five screws short. Please send the missing ones.", "Please send the missing ones"),
        (
            "Two nights were billed, we stayed one. I'd like the second one refunded.",
            "I'd like the second one refunded",
        ),
        ("Grey water again. Get somebody round here today!", "Get somebody round here today"),
        ("All I want is a working key.", "All I want is a working key"),
        ("A new lid won't do, I want the whole pot replaced.", "A new lid won't do, I want the whole pot replaced"),
        ("Could you credit the toll as well? It was your detour.", "credit the toll as well"),
        ("Can somebody please unlock the gate?", "Can somebody please unlock the gate"),
        ("I need you to take the lien off my car, because I am selling it.", "I need you to take the lien off my car"),
        ("full refund pls", "full refund pls"),
        ("Don't charge this card again.", "Don't charge this card again"),
        ("We request that the survey be repeated, ref 8812-K.", "We request that the survey be repeated"),
        ("Please swap it for the green one and tell me when.", "Please swap it for the green one"),
    ],
)
def test_english_requests_are_found_in_their_own_words(text: str, words: str) -> None:
    assert wish(text, "en") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Faltan cinco tornillos. Mándenme los que faltan, por favor.", "Mándenme los que faltan, por favor"),
        ("Cobraron dos noches y fue una. Quiero que me devuelvan la otra.", "Quiero que me devuelvan la otra"),
        ("Otra vez el agua gris. Que venga alguien hoy.", "Que venga alguien hoy"),
        ("Lo único que pido es una llave que abra.", "Lo único que pido es una llave que abra"),
        ("Una tapa nueva no me sirve, cámbienme la olla.", "Una tapa nueva no me sirve, cámbienme la olla"),
        ("¿Pueden abonarme también el peaje?", "abonarme también el peaje"),
        (
            "Necesito que quiten la reserva de dominio, porque vendo el coche.",
            "Necesito que quiten la reserva de dominio",
        ),
        ("devolveme la seña porfa", "devolveme la seña porfa"),
        ("Solicito la repetición del peritaje, expediente 8812-K.", "Solicito la repetición del peritaje"),
        ("No me cobren más en esta tarjeta.", "No me cobren más en esta tarjeta"),
        ("Favor de corregir el apellido en el boleto.", "Favor de corregir el apellido en el boleto"),
    ],
)
def test_spanish_requests_are_found_in_their_own_words(text: str, words: str) -> None:
    assert wish(text, "es") == words


@pytest.mark.parametrize(
    "text",
    [
        "Does the lamp come with a bulb?",
        "I'd like to know why the gate was shut.",
        "Please tell me who signed for it.",
        "I would like to thank Berta at the counter.",
        "You said you would send another. Nothing came.",
        "Please ignore my last message, the cat had it.",
        "Please find the photos attached.",
        "> Please send us a photo\nHere it is.",
        "This is an automatic reply. Please contact reception.",
        "¿La lámpara trae bombilla?",
        "Quisiera saber quién firmó.",
        "Pagué ayer y sigo sin acceso.",
        "Compré la silla en enero.",
        "Hagan caso omiso de mi mensaje anterior.",
        "Me dijeron que mandarían otra.",
        "Díganme quién firmó.",
        "",
        "ok",
    ],
)
def test_questions_thanks_tales_and_second_thoughts_are_no_wish(text: str) -> None:
    assert wish(text) == ""


def test_of_two_wishes_the_plainer_counts_and_looking_into_it_is_not_plain() -> None:
    assert wish("Please look into this. Refund the difference.", "en") == "Refund the difference"


def test_a_language_we_do_not_read_has_no_wish() -> None:
    assert wish("Bitte schicken Sie mir die fehlenden Schrauben, ich warte seit Wochen.") == ""


@given(st.text(max_size=400), st.sampled_from([None, "en", "es", "xx"]))
def test_any_text_is_read_without_an_error(text: str, language: str | None) -> None:
    wish(text, language)
