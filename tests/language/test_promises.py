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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "No envíenos nada y tendrá 48 horas siguientes a su carta."),
        ("es", "No Envíenos y tendrá 48 horas siguientes a"),
    ],
)
def test_what_goes_on_with_something_denied_breaks_no_reader(language: str, text: str) -> None:
    assert all(0 < each.sure < 1 for each in found(text, spoken=MADRID, language=language))


def test_assent_asked_at_the_end_leaves_a_promise_a_promise() -> None:
    assert [promise.rule for promise in heard("I'll drop it off tomorrow, ok?")] == ["+1"]
    assert [promise.rule for promise in heard("Se lo llevo mañana, ¿le parece?", "es")] == ["+1"]


def test_the_language_is_told_where_nobody_says_it() -> None:
    text = "Thank you for your patience. We will send the corrected bill to your house by Friday."
    assert [promise.rule for promise in found(text, spoken=LONDON)] == ["fri"]


def test_a_language_nobody_reads_promises_nothing() -> None:
    assert found("Wir rufen Sie am Freitag zurück.", spoken=LONDON, language="de") == ()


# Tuesday 17 November 2026, 10:20.
CHICAGO = Spoken(
    said_at=datetime(2026, 11, 17, 10, 20, tzinfo=ZoneInfo("America/Chicago")), zone="America/Chicago", locale="en-US"
)


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("en", "I will call you on Friday at 5pm London time.", "on Friday at 5pm London time"),
        ("en", "On Friday I will call you at 5pm London time.", "at 5pm London time"),
        ("en", "I will call you at 17:00 CET on Friday.", "at 17:00 CET on Friday"),
        ("en", "I will call you tomorrow 10am your time.", "tomorrow 10am your time"),
        ("en", "I will call you at 10:00 UTC+1 on Friday.", "at 10:00 UTC+1 on Friday"),
        ("en", "I will call you on Friday, 5pm (GMT).", "on Friday, 5pm (GMT)"),
        ("en", "We will refund you by Friday 21 November.", "by Friday 21 November."),
        ("en", "We will refund you by Friday the 21st.", "by Friday the 21st"),
        ("en", "We will refund you by tomorrow, Friday.", "by tomorrow, Friday"),
        ("en", "We will refund you by Friday 13 November.", ""),
        ("en", "We will refund you by 31 December 99999.", "by 31 December 99999"),
        ("en", "We will refund you by 31 February.", "by 31 February."),
        ("en", "We will refund you by 2026-13-45.", "by 2026-13-45"),
        ("en", "We will call you at 25:99 on Friday.", "at 25:99 on Friday"),
        ("en", "We will call you on Friday at 25:99.", "on Friday at 25:99"),
        ("es", "Le llamaré el viernes a las 17:00 hora de Madrid.", "el viernes a las 17:00 hora de Madrid."),
        ("es", "El viernes le llamaré a las 5 de la tarde, hora peninsular.", "a las 5 de la tarde, hora peninsular"),
        ("es", "Le llamaré mañana a las 10, su hora.", "mañana a las 10, su hora"),
        ("es", "Te llamaré mañana a las 10 tu hora.", "mañana a las 10 tu hora"),
        ("es", "Le llamaré a las 17:00 CET el viernes.", "a las 17:00 CET el viernes"),
        ("es", "Le reembolsaremos el viernes 21 de noviembre.", "el viernes 21 de noviembre."),
        ("es", "Le reembolsaremos el viernes 21.", "el viernes 21"),
        ("es", "Le reembolsaremos el 31 de diciembre de 99999.", "el 31 de diciembre de 99999"),
        ("es", "Le llamaremos a las 25:99 el viernes.", "a las 25:99 el viernes"),
    ],
)
def test_another_clock_or_a_day_that_is_none_makes_a_promise_without_an_instant(
    language: str, text: str, when: str
) -> None:
    (promise,) = found(text, spoken=CHICAGO, language=language)
    assert (promise.vague, promise.due_at, promise.near_at, promise.unit, promise.when) == (
        True,
        None,
        None,
        None,
        when,
    )


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "I will call you at 10am tomorrow, your time is valuable.", "+1@10:00"),
        ("en", "I will call you at 5pm on Friday to save time.", "fri@17:00"),
        ("en", "I will call you at 10am on Friday our time.", "fri@10:00"),
        ("en", "We will refund you by Friday 20 November.", "on:2026-11-20"),
        ("en", "We will refund you by 13 November.", "on:2027-11-13"),
        ("en", "We will ship order 10023-12-5 in a 70:30 mix by Friday.", "fri"),
        ("en", "We will call you at 02:30 on Friday.", "fri@02:30"),
        ("en", "We will call you at 2:30 on Friday.", "fri@14:30"),
        ("es", "Le llamaremos el viernes a las 02:30.", "fri@02:30"),
        ("es", "Le llamaremos el viernes a las 02:30 de la tarde.", "fri@14:30"),
        ("es", "Le llamaremos el viernes 20.", "on:2026-11-20"),
    ],
)
def test_what_only_looks_like_another_clock_or_no_day_keeps_its_instant(language: str, text: str, rule: str) -> None:
    (promise,) = found(text, spoken=CHICAGO, language=language)
    assert (promise.vague, promise.rule) == (False, rule)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I won't call you by Friday."),
        ("en", "I'm not calling you by Friday."),
        ("en", "You will call me by Friday."),
        ("en", "You'll send it back to us by Friday."),
        ("es", "No le llamaré antes del viernes."),
        ("es", "Usted me llamará el viernes."),
        ("es", "Tú nos llamarás antes del viernes."),
        ("es", "Usted nos enviará el formulario antes del viernes."),
    ],
)
def test_what_we_refuse_and_what_he_is_to_do_is_no_word_of_ours(language: str, text: str) -> None:
    assert heard(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "rules"),
    [
        ("en", "I will call you\nby Friday noon.", ["fri@12:00"]),
        ("en", "I will call you on\r\nFriday at noon.", ["fri@12:00"]),
        ("es", "Le llamaré\nantes del viernes.", ["before:fri"]),
        ("en", "I will call you.\nby Friday noon.", ["vague"]),
        ("en", "I will call you\n\nby Friday noon.", ["vague"]),
        ("en", "To come\n- refund by Friday\n- call tomorrow", ["fri", "+1"]),
    ],
)
def test_a_line_break_inside_a_sentence_parts_no_promise_from_its_time(
    language: str, text: str, rules: list[str]
) -> None:
    assert [promise.rule for promise in heard(text, language)] == rules


def test_a_greeting_and_a_name_on_their_own_lines_stay_outside_the_promise() -> None:
    (promise,) = heard("Hello Ann\nI will call you by Friday\nThanks\nTom")
    assert promise.words == "I will call you by Friday"
    (promise,) = heard("hi ann\nwe will refund you by friday\nthanks\ntom")
    assert promise.words == "we will refund you by friday"
    (promise,) = heard("Le llamaré el jueves a las\n15:00 para confirmar.", "es")
    assert (promise.words, promise.rule) == ("Le llamaré el jueves a las\n15:00 para confirmar", "thu@15:00")


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
