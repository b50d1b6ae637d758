"""In which language a message is written; unknown languages are known as unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.language import which
from makegood.language.known import LANGUAGES


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "The kettle I ordered has been sitting at the depot for a fortnight."),
        ("es", "La tetera que compré lleva quince días parada en el almacén."),
        ("de", "Der Wasserkocher steht seit zwei Wochen bei euch im Lager."),
        ("fr", "La bouilloire est bloquée chez vous depuis deux semaines."),
        ("pt", "A chaleira que comprei não chegou e já passaram duas semanas."),
        ("it", "Il bollitore che ho comprato non è ancora arrivato."),
        ("nl", "De waterkoker staat al twee weken bij jullie in het magazijn."),
        ("ca", "La tetera que vaig comprar encara no ha arribat."),
    ],
)
def test_the_language_is_told_from_its_common_words(tag: str, text: str) -> None:
    found = which.language(text)
    assert found.label == tag and found.sure > 0.4
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize("text", ["ok", "", "4471", "no", "Marta", "thx", "Re: FW: 88120", "🙃🙃🙃"])
def test_a_short_text_stays_unsure_and_is_read_as_any_of_ours(text: str) -> None:
    assert which.language(text).label == ""
    assert which.tags_to_read(text) == tuple(LANGUAGES)


def test_what_was_declared_stands_where_the_text_is_too_short_and_only_there() -> None:
    assert which.language("ok", "es-MX").label == "es"
    assert which.language("Where is the kettle that I paid for?", "es").label == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Чайник до сих пор не пришёл, что мне делать?",
        "電気ケトルがまだ届いていません",
        "Vattenkokaren som jag köpte för två veckor sedan har fortfarande inte kommit fram",
    ],
)
def test_a_language_unknown_to_us_is_known_as_unknown(text: str) -> None:
    assert which.language(text).label == which.UNKNOWN
    assert which.tags_to_read(text) == ()


def test_a_foreign_mail_is_read_by_nobody_but_a_person() -> None:
    assert which.tags_to_read("Ich warte noch immer auf meine Bestellung, bitte um Antwort") == ()
    assert which.tags_to_read("anything at all", "de") == ()
    assert which.tags_to_read("anything at all", "en-GB") == ("en",)


@given(st.text(max_size=300))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    found = which.language(text)
    assert text[found.start : found.end] == found.words and 0 <= found.sure <= 1
