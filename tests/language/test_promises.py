"""Promises in what we write: which sentences give a word, whose it is, and until when."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.language.promises import Promise, found
from makegood.language.times import Spoken

# Tuesday 2 June 2026, 10:20.
LONDON = Spoken(
    said_at=datetime(2026, 6, 2, 10, 20, tzinfo=ZoneInfo("Europe/London")), zone="Europe/London", locale="en-GB"
)
MADRID = Spoken(
    said_at=datetime(2026, 6, 2, 10, 20, tzinfo=ZoneInfo("Europe/Madrid")), zone="Europe/Madrid", locale="es-ES"
)


def heard(text: str, language: str = "en") -> tuple[Promise, ...]:
    promises = found(text, spoken=LONDON if language == "en" else MADRID, language=language)
    for promise in promises:
        assert text[promise.start : promise.end] == promise.words
    return promises


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("You'll find the spare key in your mailbox by Saturday.", "sat"),
        ("Our plumber swings by between 10 and noon on Thursday.", "thu@10:00..thu@12:00"),
        ("Expect the money back on your card inside a week.", "d7"),
        ("I'm putting a new router in the post tonight.", "t@21:00"),
        ("Your case gets a decision by close of business Wednesday.", "wed"),
        ("Complaints are answered within 10 working days.", "bd10"),
        ("All sorted by Friday, promise.", "fri"),
        ("Next Thursday our fitter will be with you at 8.", "next:thu@08:00"),
        ("A new one is being sent out to you today.", "today"),
        ("I will refund the delivery charge.", "vague"),
    ],
)
def test_an_english_sentence_gives_our_word(text: str, rule: str) -> None:
    (promise,) = heard(text)
    assert (promise.rule, promise.who) == (rule, "us")
    assert promise.vague == (promise.due_at is None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Encontrará la llave nueva en su buzón antes del sábado.", "before:sat"),
        ("El fontanero se pasa por su casa el jueves entre las 10 y las 12.", "thu@10:00..thu@12:00"),
        ("Para el jueves tendrás la devolución hecha.", "thu"),
        ("Mañana te lo soluciono.", "+1"),
        ("Le devolverá la llamada una supervisora en dos horas.", "h2"),
        ("Las quejas se contestan en 10 días hábiles.", "bd10"),
        ("El técnico está agendado para el miércoles por la mañana.", "wed@12:00"),
        ("Le reembolsamos los gastos de envío.", "vague"),
    ],
)
def test_a_spanish_sentence_gives_our_word(text: str, rule: str) -> None:
    (promise,) = heard(text, "es")
    assert (promise.rule, promise.who) == (rule, "us")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Please get the form to us by 5pm Friday."),
        ("en", "We were going to send it on Monday but the van broke down."),
        ("en", "You have until the 30th to appeal."),
        ("en", "Could you be in on Thursday morning?"),
        ("en", "I can't say whether it will be fixed by tomorrow."),
        ("en", "If you had told us on Monday we would have sent it the next day."),
        ("en", "Our lines are open 8 to 6 tomorrow."),
        ("en", "I'd be happy to call you tomorrow if you like."),
        ("en", 'The leaflet says "we will always answer within two days". It was wrong.'),
        ("en", "> we will call you on Friday"),
        ("en", "We take this very seriously and will look into it."),
        ("es", "Háganos llegar el formulario antes de las 17 h del viernes."),
        ("es", "Íbamos a mandarlo el lunes pero se averió la furgoneta."),
        ("es", "Su cita fue el martes a las 3."),
        ("es", "¿Estaría en casa el jueves por la mañana?"),
        ("es", "Entiendo que lo necesita antes del viernes."),
        ("es", "Le recuerdo que su pago vence el viernes."),
        ("es", "Con gusto le llamo mañana si quiere."),
        ("es", "Traslado sus comentarios al equipo."),
    ],
)
def test_what_is_asked_denied_told_or_left_to_the_customer_promises_nothing(language: str, text: str) -> None:
    assert heard(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "The plumber's round on Wednesday, first thing.", "wed@10:00"),
        ("en", "Your chair gets its new leg this Thursday.", "this:thu"),
        ("en", "Credit note: Friday.", "fri"),
        ("en", "New boiler, Friday, fitted by us.", "fri"),
        ("en", "Two working days and the scratch on the lid is history.", "bd2"),
        ("en", "I'm having the hem redone and sent out by Friday.", "fri"),
        ("en", "You hold the tickets in your hand by Thursday.", "thu"),
        ("en", "We've moved your fitting to Thursday at 11.", "thu@11:00"),
        ("en", "Give me until noon and I know more.", "t@12:00"),
        ("en", "Your deposit goes back on the first of next month.", "on:2026-07-01"),
        ("es", "La silla de su padre estrena pata este jueves.", "thu"),
        ("es", "Nota de crédito: viernes.", "fri"),
        ("es", "Caldera nueva, viernes, puesta por nosotros.", "fri"),
        ("es", "El viernes la pared amanece pintada.", "fri"),
        ("es", "El ayudante repara mañana la persiana.", "+1"),
        ("es", "Hemos pasado su prueba al jueves a las 11.", "thu@11:00"),
        ("es", "La fianza vuelve a su cuenta el primero del mes que viene.", "on:2026-07-01"),
    ],
)
def test_a_coming_time_makes_a_promise_whatever_the_verb_or_noun(language: str, text: str, rule: str) -> None:
    assert [promise.rule for promise in heard(text, language)] == [rule]


@pytest.mark.parametrize("language", ["en", "es"])
def test_of_texts_that_promise_nothing_hardly_one_is_taken_for_a_promise(language: str) -> None:
    lines = (Path(__file__).parent / f"unpromised_{language}.txt").read_text("utf-8").splitlines()
    taken = [line for line in lines if heard(line, language)]
    assert len(lines) == 75 and len(taken) <= 4, taken


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The visit takes a minute."),
        ("en", "I'm authorised to give you two months' rent."),
        ("en", "The refund was booked at 10:32."),
        ("en", "Refund booked 10:32."),
        ("en", "You did cancel on 3 May."),
        ("en", "We had to call off Saturday's matinee."),
        ("en", "No guarantees that the glazier makes it on Friday."),
        ("es", "La clase de hoy se suspendió."),
        ("es", "Entregado a usted el 2 de mayo."),
        ("es", "Le condono la cuota de este mes si la devuelve."),
        ("es", "No puedo asegurarle que llegue el sábado."),
    ],
)
def test_a_length_a_name_or_the_past_is_no_deadline(language: str, text: str) -> None:
    assert [promise for promise in heard(text, language) if promise.due_at] == []


def test_the_word_of_whom_the_line_before_names_is_his() -> None:
    (promise,) = heard("Just off the phone with the insurer: payment within 20 working days.")
    assert (promise.who, promise.rule) == ("partner", "bd20")
    (promise,) = heard("It rests with the consulate, who confirm that the visa goes out on the 16th.")
    assert promise.who == "partner"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "According to Evri the parcel will be delivered tomorrow between 1 and 3."),
        ("en", "The council tells us the road reopens on Monday."),
        ("es", "El ayuntamiento nos dice que la calle reabre el lunes."),
        ("es", "Según SEUR, el paquete se entrega mañana entre la 1 y las 3."),
    ],
)
def test_another_houses_word_is_marked_as_its_own(language: str, text: str) -> None:
    (promise,) = heard(text, language)
    assert promise.who == "partner"


def test_each_deed_with_a_time_is_a_promise() -> None:
    first, second = heard("The parts should land with us on the 14th and I'll have them fitted by the 16th.")
    assert (first.rule, first.hedged) == ("on:2026-06-14", True)
    assert (second.rule, second.words) == ("on:2026-06-16", "I'll have them fitted by the 16th")


def test_only_the_last_version_counts() -> None:
    assert [promise.rule for promise in heard("I'll call you at 3. Sorry, I meant 4.")] == ["t@16:00"]
    assert [promise.rule for promise in heard("Le llamo a las 3. Perdón, quise decir a las 4.", "es")] == ["t@16:00"]


def test_a_condition_of_ours_leaves_the_date_standing() -> None:
    (promise,) = heard("If the depot hasn't found it by Thursday, we'll send another on Friday.")
    assert (promise.rule, promise.conditional) == ("fri", True)


def test_a_condition_without_a_comma_ends_where_its_deed_begins() -> None:
    (promise,) = heard("If the lens fails the test tomorrow you get a new one on Friday.")
    assert (promise.rule, promise.conditional) == ("fri", True)


def test_a_span_that_starts_with_the_customers_deed_has_no_date() -> None:
    (promise,) = heard("As soon as we have your sample, results come in 48 hours.")
    assert promise.vague and promise.conditional and promise.due_at is None


def test_assent_asked_at_the_end_leaves_a_promise_a_promise() -> None:
    assert [promise.rule for promise in heard("I'll drop it off tomorrow, ok?")] == ["+1"]
    assert [promise.rule for promise in heard("Se lo llevo mañana, ¿le parece?", "es")] == ["+1"]


def test_the_language_is_told_where_nobody_says_it() -> None:
    text = "Thank you for your patience. We will send the corrected bill to your house by Friday."
    assert [promise.rule for promise in found(text, spoken=LONDON)] == ["fri"]


def test_a_language_nobody_reads_promises_nothing() -> None:
    assert found("Wir rufen Sie am Freitag zurück.", spoken=LONDON, language="de") == ()


_WORDS = st.sampled_from(
    [
        "if",
        "we'll",
        "you",
        ">",
        '"',
        "“",
        "by",
        "friday",
        "no,",
        "sorry",
        "...",
        "and",
        "then",
        "the",
        "bank",
        "says",
        "call",
        "¿",
        "si",
        "le",
        "llamo",
        "mañana",
        "pero",
        "que",
        "y",
        "en",
        "2",
        "días",
        ";",
        "\n",
        "it",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=40).map(" ".join)), st.sampled_from(["en", "es", None])
)
def test_no_text_breaks_the_reader_and_every_place_is_true(text: str, language: str | None) -> None:
    for promise in found(text, spoken=LONDON, language=language):
        assert text[promise.start : promise.end] == promise.words
        assert promise.who in ("us", "partner") and promise.vague == (promise.due_at is None)
