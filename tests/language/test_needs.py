"""By when a customer needs it: his time, his ultimatum, his event; never ours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.language import needs
from makegood.language.times import Spoken

LEEDS = Spoken(said_at=datetime.fromisoformat("2026-05-12T10:00:00+01:00"), zone="Europe/London", locale="en-GB")
LIMA = Spoken(said_at=datetime.fromisoformat("2026-05-12T10:00:00-05:00"), zone="America/Lima", locale="es")


def need(text: str, spoken: Spoken, language: str | None = None) -> str:
    found = needs.need_by(text, spoken=spoken, language=language)
    if found is None:
        return ""
    assert text[found.start : found.end] == found.words and found.rule and 0 < found.sure < 1
    return found.due_at.astimezone(ZoneInfo(spoken.zone)).strftime("%a %d %H:%M")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("I need the cot by Thursday.", "Thu 14 17:00"),
        ("Please have the van here before Friday.", "Thu 14 17:00"),
        ("Could you drop the keys tonight?", "Tue 12 21:00"),
        ("The christening is on Saturday and the gown is still with you.", "Fri 15 17:00"),
        ("My hearing is on Thursday at 9.15 and the papers are not here.", "Thu 14 09:15"),
        ("We take off at 6 on Friday and the visas are in your office.", "Fri 15 06:00"),
        ("If nobody rings me by Wednesday noon I go to the papers.", "Wed 13 12:00"),
        ("You have until Friday.", "Fri 15 17:00"),
        ("I must be out of the flat no later than the 31st.", "Sun 31 17:00"),
    ],
)
def test_his_own_time_is_read_in_english(text: str, at: str) -> None:
    assert need(text, LEEDS, "en") == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Necesito la cuna para el jueves.", "Thu 14 17:00"),
        ("Por favor, traigan la camioneta antes del viernes.", "Thu 14 17:00"),
        ("¿Pueden dejar las llaves esta noche?", "Tue 12 21:00"),
        ("El bautizo es el sábado y el faldón sigue con ustedes.", "Fri 15 17:00"),
        ("La audiencia es el jueves a las 9:15 y no están los papeles.", "Thu 14 09:15"),
        ("Si el miércoles a mediodía no me llama nadie, voy a la prensa.", "Wed 13 12:00"),
        ("Tengo que dejar el piso a más tardar el 31.", "Sun 31 17:00"),
    ],
)
def test_his_own_time_is_read_in_spanish(text: str, at: str) -> None:
    assert need(text, LIMA, "es") == at


@pytest.mark.parametrize(
    "text",
    [
        "You promised me Thursday.",
        "I was told it would come on Friday.",
        "The plumber came on Monday and left at noon.",
        "I have been waiting since the 2nd.",
        "This is urgent!",
        "Thursday after 4 works for me.",
        "Please ring after 6, I'm at work.",
        "Please move my Thursday slot to another week.",
        "> we need it by Friday\nIt's attached.",
        "Me prometieron el jueves.",
        "Llevo esperando desde el día 2.",
        "El jueves me viene bien.",
        "A las cuatro se paró la bomba.",
        "Llámenme después de las 6.",
        "",
    ],
)
def test_our_times_the_past_and_when_he_is_home_are_no_need(text: str) -> None:
    assert need(text, LEEDS) == ""


def test_an_event_that_is_tomorrow_is_needed_by_this_afternoon() -> None:
    assert need("The wedding is tomorrow.", LEEDS, "en") == "Tue 12 17:00"


def test_a_broken_line_parts_no_need_from_its_time() -> None:
    assert need("I need the boiler to work\nby Thursday.", LEEDS, "en") == "Thu 14 17:00"


def test_a_time_of_another_zone_is_no_instant_of_his() -> None:
    assert need("I need it by 5pm Lagos time on Thursday.", LEEDS, "en") == ""


@given(st.text(max_size=300), st.sampled_from([None, "en", "es", "xx"]))
def test_any_text_is_read_without_an_error(text: str, language: str | None) -> None:
    need(text, LEEDS, language)
