"""The numbers a customer names, and that he wrote before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.language import references


def numbers(text: str, language: str | None = None) -> list[tuple[str, str]]:
    found = references.found(text, language=language)
    for proposal in found:
        assert text[proposal.start : proposal.end] == proposal.words
        assert proposal.label in references.TYPES and 0 < proposal.sure <= 1
    return [(proposal.label, proposal.words) for proposal in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My order no. 55-90121 never came.", ("order", "55-90121")),
        ("Booking reference: ZQ8P4M, two adults.", ("booking", "ZQ8P4M")),
        ("We were on BA 2491 when it happened.", ("flight", "BA 2491")),
        ("The flight XQ777 was late.", ("flight", "XQ777")),
        ("Tracking RR123456785GB says delivered.", ("parcel", "RR123456785GB")),
        ("Policy number PQ-77-1002, please.", ("account", "PQ-77-1002")),
        ("You closed case 8812-K yesterday.", ("case", "8812-K")),
        ("Your ref LN/26/40.", ("case", "LN/26/40")),
        ("paid twice for #771204", ("order", "#771204")),
        ("El pedido 55-90121 no llegó.", ("order", "55-90121")),
        ("Localizador ZQ8P4M, dos adultos.", ("booking", "ZQ8P4M")),
        ("Íbamos en el vuelo IB 3170.", ("flight", "IB 3170")),
        ("La guía RR123456785ES dice entregado.", ("parcel", "RR123456785ES")),
        ("Contrato n.º 771-2004.", ("account", "771-2004")),
        ("Cerraron el caso 8812-K ayer.", ("case", "8812-K")),
    ],
)
def test_a_number_is_told_by_its_noun_or_its_shape(text: str, expected: tuple[str, str]) -> None:
    assert numbers(text) == [expected]


def test_two_numbers_joined_by_and_are_of_one_kind() -> None:
    assert numbers("Orders 55-90121 and 55-90122 are missing.", "en") == [("order", "55-90121"), ("order", "55-90122")]


@pytest.mark.parametrize(
    "text",
    [
        "I paid 4,999 on 12/03/2026 at 10:30.",
        "Serial number is KX-8820-3.",
        "Room 1204, gate code 7733.",
        "Call me on 0113 496 0101.",
        "It has a 2-year guarantee and 24/7 help.",
        "iPhone 13, 128 GB",
        "El número de serie es KX-8820-3.",
        "Llevo 9 días y 3 llamadas.",
        "This is an automatic reply to order 55-90121.",
        "",
    ],
)
def test_amounts_dates_phones_and_serials_are_no_reference(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "As I wrote in March, the gutter leaks.",
        "This is my third mail about the gutter.",
        "Further to my letter of 2 May, nothing has changed.",
        "It is the second time I complain.",
        "Me again about the gutter.",
        "Como ya les escribí en marzo, la canaleta gotea.",
        "Es mi tercer correo por la canaleta.",
        "Con relación a mi carta del 2 de mayo, sigue igual.",
        "Es la segunda vez que reclamo.",
    ],
)
def test_that_he_wrote_before_is_noticed(text: str) -> None:
    found = references.mentions_earlier(text)
    assert found and all(text[proposal.start : proposal.end] == proposal.words for proposal in found)


@pytest.mark.parametrize(
    "text", ["The gutter leaks.", "Do you ship abroad?", "La canaleta gotea.", "Gracias por todo.", ""]
)
def test_a_first_letter_mentions_no_other(text: str) -> None:
    assert references.mentions_earlier(text) == ()


@given(st.text(max_size=300), st.sampled_from([None, "en", "es", "xx"]))
def test_any_text_is_read_without_an_error(text: str, language: str | None) -> None:
    numbers(text, language)
    references.mentions_earlier(text, language=language)
