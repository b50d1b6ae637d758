"""What kind of message of ours a text is, and whether it is substantive."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.language.kinds import Heard, is_substantive, outgoing, settled
from makegood.language.sentences import Sentence
from makegood.language.weighing import Weighed
from makegood.rules.outgoing import OUTGOING_KINDS


def _weighed(**chances: float) -> tuple[Weighed, ...]:
    whole = Sentence(words="x", start=0, end=1)
    return tuple(Weighed(label=kind, chance=chances.get(kind, 0.01), sentence=whole) for kind in OUTGOING_KINDS)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I am so sorry about the noise.", {"apology"}),
        ("We are looking into your complaint.", {"acknowledgement"}),
        ("Could you send us a photo of the label?", {"ask"}),
        ("I will call you on Thursday before noon.", {"promise"}),
        ("We can offer you a full refund or a replacement, whichever you prefer.", {"offer"}),
        ("I have forwarded this to our claims team, who will contact you.", {"transfer"}),
        ("Please rate our service from 1 to 5.", {"survey"}),
        ("Siento mucho el ruido.", {"apology"}),
        ("Estamos revisando su reclamación.", {"acknowledgement"}),
        ("¿Nos puede enviar una foto de la etiqueta?", {"ask"}),
        ("Le llamaré el jueves antes de las doce.", {"promise"}),
        ("He pasado su caso al departamento de siniestros.", {"transfer"}),
        ("Valore nuestro servicio del 1 al 5.", {"survey"}),
    ],
)
def test_plain_sentences_of_each_kind(text: str, kinds: set[str]) -> None:
    assert outgoing(text).kinds == kinds


def test_needing_only_a_name_is_no_answer() -> None:
    heard = outgoing("We only need your name and e-mail address to go on.")
    assert "ask" in heard.kinds
    assert not heard.substantive


def test_news_and_promises_move_something() -> None:
    assert outgoing("Your refund of 40 euros was sent this morning.").substantive
    assert outgoing("Mañana a las 10 le llamo.").substantive


def test_an_acknowledgement_is_what_is_left_over() -> None:
    assert settled(_weighed(acknowledgement=0.9, promise=0.9), automatic=False) == {"promise"}
    assert settled(_weighed(acknowledgement=0.9, ask=0.9), automatic=False) == {"acknowledgement", "ask"}


def test_an_automatic_receipt_keeps_it_beside_its_standing_promise_and_is_not_substantive() -> None:
    kinds = settled(_weighed(promise=0.9), automatic=True)
    assert kinds == {"acknowledgement", "promise"}
    assert not is_substantive(kinds, automatic=True)
    assert is_substantive(kinds, automatic=False)


def test_an_automatic_message_with_news_is_substantive() -> None:
    kinds = settled(_weighed(news=0.9, acknowledgement=0.8), automatic=True)
    assert kinds == {"news"}
    assert is_substantive(kinds, automatic=True)


def test_the_likeliest_kind_is_proposed_where_none_is_likely() -> None:
    assert settled(_weighed(answer=0.3, news=0.2), automatic=False) == {"answer"}
    assert settled(_weighed(answer=0.05), automatic=False) == frozenset()
    assert settled((), automatic=False) == frozenset()


def test_an_automatic_message_says_so() -> None:
    assert outgoing("This is an automated message. We reply within 2 working days.").automatic
    assert outgoing("Mensaje automático: hemos recibido su correo.").automatic
    assert not outgoing("I have read your mail and will call at 5 pm today.").automatic


def test_a_question_that_only_accepts_is_part_of_the_offer() -> None:
    assert settled(_weighed(offer=0.9, ask=0.8), automatic=False, accepting=True) == {"offer"}
    assert settled(_weighed(offer=0.9, ask=0.8), automatic=False) == {"offer", "ask"}


def test_a_reason_names_words_of_the_text() -> None:
    text = "Hello Ann, I will refund the deposit on Monday. Sorry again!"
    heard = outgoing(text)
    assert {"promise", "apology"} & heard.kinds
    for proposal in heard.proposals:
        assert text[proposal.start : proposal.end] == proposal.words
        assert proposal.words
        assert proposal.rule.startswith("en: ")
        assert 0 <= proposal.sure <= 1


def test_what_we_quote_is_not_what_we_say() -> None:
    heard = outgoing("> Could you please send me your bank details?\n\nWe are looking into it.", language="en")
    assert heard.kinds == {"acknowledgement"}


def test_a_language_that_is_not_read_gives_nothing() -> None:
    assert outgoing("Wir haben Ihre Nachricht erhalten und melden uns bis Freitag bei Ihnen.") == Heard()
    assert outgoing("We will call you.", language="de") == Heard()


def test_no_words_give_nothing() -> None:
    assert outgoing("") == Heard()
    assert outgoing("> quoted\n> only", language="en") == Heard()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.sampled_from([None, "en", "es", "de", "x"]))
def test_no_text_raises_and_every_reason_stands_in_it(text: str, language: str | None) -> None:
    for proposal in outgoing(text, language=language).proposals:
        assert text[proposal.start : proposal.end] == proposal.words
