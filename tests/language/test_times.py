"""Expressions of time: every one is found where it stands, and means the instant people mean."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.language.times import Moment, Spoken, find
from makegood.rules.hours import Hours

# Tuesday 17 November 2026, 10:20.
LONDON = Spoken(
    said_at=datetime(2026, 11, 17, 10, 20, tzinfo=ZoneInfo("Europe/London")), zone="Europe/London", locale="en-GB"
)
MADRID = Spoken(
    said_at=datetime(2026, 11, 17, 10, 20, tzinfo=ZoneInfo("Europe/Madrid")), zone="Europe/Madrid", locale="es-ES"
)


def only(text: str, spoken: Spoken = LONDON, language: str = "en") -> Moment:
    found = find(text, spoken=spoken, language=language)
    assert len(found) == 1, [moment.words for moment in found]
    assert text[found[0].start : found[0].end] == found[0].words
    return found[0]


def clock(moment: Moment, zone: str) -> str:
    assert moment.due_at is not None and moment.due_at.tzinfo is UTC
    return moment.due_at.astimezone(ZoneInfo(zone)).strftime("%a %d %b %H:%M")


@pytest.mark.parametrize(
    ("text", "rule", "due"),
    [
        ("The parquet is done by close of play Thursday.", "thu", "Thu 19 Nov 17:00"),
        ("I ring at half four.", "t@16:30", "Tue 17 Nov 16:30"),
        ("Ready by quarter to six tomorrow", "+1@17:45", "Wed 18 Nov 17:45"),
        ("Back at eight in the morning", "+1@08:00", "Wed 18 Nov 08:00"),
        ("No later than Friday noon", "fri@12:00", "Fri 20 Nov 12:00"),
        ("Before Friday, certainly", "before:fri", "Thu 19 Nov 17:00"),
        ("Tuesday of next week", "next:tue", "Tue 24 Nov 17:00"),
        ("on Tuesday, said on one", "tue", "Tue 24 Nov 17:00"),
        ("within five (5) working days", "bd5", "Tue 24 Nov 17:00"),
        ("in 24/48 hours", "h24..h48", "Thu 19 Nov 10:20"),
        ("an hour and a half", "m90", "Tue 17 Nov 11:50"),
        ("a fortnight", "d14", "Tue 01 Dec 10:20"),
        ("by the 3rd", "on:2026-12-03", "Thu 03 Dec 17:00"),
        ("before 3 December", "on:2026-12-02", "Wed 02 Dec 17:00"),
        ("on 4/12", "on:2026-12-04", "Fri 04 Dec 17:00"),
        ("by the end of June", "end:6", "Wed 30 Jun 17:00"),
        ("Thursday between 8.30 and 10.30", "thu@08:30..thu@10:30", "Thu 19 Nov 10:30"),
        ("Wednesday or Thursday", "wed..thu", "Thu 19 Nov 17:00"),
        ("first thing tomorrow", "+1@10:00", "Wed 18 Nov 10:00"),
        ("by the end of next week", "nextweek", "Fri 27 Nov 17:00"),
        ("before the weekend", "eow", "Fri 20 Nov 17:00"),
    ],
)
def test_english_says_when(text: str, rule: str, due: str) -> None:
    moment = only(text)
    assert (moment.rule, clock(moment, "Europe/London")) == (rule, due)


@pytest.mark.parametrize(
    ("text", "rule", "due"),
    [
        ("antes de las cinco y cuarto", "t@17:15", "Tue 17 Nov 17:15"),
        ("a las 9 de la noche", "t@21:00", "Tue 17 Nov 21:00"),
        ("mañana por la tarde", "+1@17:00", "Wed 18 Nov 17:00"),
        ("mañana a primera hora", "+1@10:00", "Wed 18 Nov 10:00"),
        ("pasado mañana", "+2", "Thu 19 Nov 17:00"),
        ("el viernes de la próxima semana", "next:fri", "Fri 27 Nov 17:00"),
        ("como muy tarde el jueves", "thu", "Thu 19 Nov 17:00"),
        ("antes del jueves", "before:thu", "Wed 18 Nov 17:00"),
        ("en un par de horas", "h2", "Tue 17 Nov 12:20"),
        ("en hora y media", "m90", "Tue 17 Nov 11:50"),
        ("entre 5 y 7 días hábiles", "bd5..bd7", "Thu 26 Nov 17:00"),
        ("en 48 hs hábiles", "bh48", "Thu 19 Nov 10:20"),
        ("del 3 al 5 de diciembre", "on:2026-12-03..on:2026-12-05", "Sat 05 Dec 17:00"),
        ("antes de que acabe la semana", "eow", "Fri 20 Nov 17:00"),
        ("a finales de noviembre", "end:11", "Mon 30 Nov 17:00"),
        ("el miércoles de 10 a 12", "wed@10:00..wed@12:00", "Wed 18 Nov 12:00"),
        ("dentro de quince días", "d15", "Wed 02 Dec 10:20"),
        ("al día siguiente hábil", "bd1", "Wed 18 Nov 17:00"),
    ],
)
def test_spanish_says_when(text: str, rule: str, due: str) -> None:
    moment = only(text, MADRID, "es")
    assert (moment.rule, clock(moment, "Europe/Madrid")) == (rule, due)


@pytest.mark.parametrize("text", ["soon", "as quickly as we can", "in a few days", "at the earliest opportunity"])
def test_vague_words_have_no_instant(text: str) -> None:
    moment = only(text)
    assert moment.vague and moment.due_at is None and moment.unit is None


@pytest.mark.parametrize(
    "text",
    ["yesterday around three", "two weeks ago", "last Friday at 5", "waiting for 3 weeks", "since Monday", "open 24/7"],
)
def test_what_lies_behind_is_left_out(text: str) -> None:
    assert find(text, spoken=LONDON, language="en") == ()


@pytest.mark.parametrize(
    "text", ["costs $5.30", "one of our shops", "call 020 7946 0188", "I sat down", "version 2.5", "5 people"]
)
def test_numbers_of_other_things_are_no_times(text: str) -> None:
    assert find(text, spoken=LONDON, language="en") == ()


def test_a_span_that_begins_with_something_still_to_come_has_no_instant() -> None:
    moment = only("within 48 hours of receiving the form")
    assert moment.from_event and moment.due_at is None


def test_numeric_dates_are_read_as_the_locale_writes_them() -> None:
    american = Spoken(said_at=datetime(2026, 2, 24, 15, tzinfo=UTC), zone="America/New_York", locale="en-US")
    assert only("on 4/6", american).rule == "on:2026-04-06"
    assert only("on 4/6", LONDON).rule == "on:2027-06-04"


def test_hours_are_real_hours_and_days_keep_the_wall_clock_when_the_clocks_change() -> None:
    before = Spoken(
        said_at=datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Madrid")), zone="Europe/Madrid", locale="es-ES"
    )
    assert clock(only("en 24 horas", before, "es"), "Europe/Madrid") == "Sun 29 Mar 13:00"
    assert clock(only("en 2 días", before, "es"), "Europe/Madrid") == "Mon 30 Mar 12:00"


def test_business_days_keep_the_holidays_of_the_house() -> None:
    hours = Hours(
        zone="Europe/London",
        weekly={day: ((time(8), time(18)),) for day in range(6)},
        holidays=frozenset({date(2026, 11, 18)}),
    )
    house = Spoken(said_at=LONDON.said_at, zone="Europe/London", locale="en-GB", hours=hours)
    assert clock(only("in 1 business day", house), "Europe/London") == "Thu 19 Nov 17:00"
    assert clock(only("in 2 business hours", house), "Europe/London") == "Tue 17 Nov 12:20"
    assert clock(only("in 24 business hours", house), "Europe/London") == "Thu 19 Nov 10:20"


def test_an_hour_that_is_over_today_is_tomorrows() -> None:
    assert clock(only("by 9"), "Europe/London") == "Wed 18 Nov 09:00"


def test_today_said_after_closing_lasts_until_midnight() -> None:
    late = Spoken(said_at=datetime(2026, 11, 17, 18, 5, tzinfo=UTC), zone="Europe/London", locale="en-GB")
    assert clock(only("today", late), "Europe/London") == "Tue 17 Nov 23:59"


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "by the first of next month", "on:2026-12-01"),
        ("en", "the 20th of next month", "on:2026-12-20"),
        ("en", "the third of December", "on:2026-12-03"),
        ("es", "el 20 del mes que viene", "on:2026-12-20"),
        ("es", "el primero del próximo mes", "on:2026-12-01"),
        ("es", "hasta mañana a mediodía", "+1@12:00"),
        ("es", "el sábado 5 por la mañana", "on:2026-12-05@12:00"),
        ("es", "el lunes 7 a las 9", "on:2026-12-07@09:00"),
        ("es", "el lunes de 9 a 11", "mon@09:00..mon@11:00"),
        ("es", "en lo que queda de semana", "eow"),
        ("es", "hasta mañana por la tarde", "+1@17:00"),
    ],
)
def test_days_of_a_month_and_until_tomorrow(language: str, text: str, rule: str) -> None:
    moment = only(text, LONDON if language == "en" else MADRID, language)
    assert moment.rule == rule


def test_about_two_hours_is_a_length_and_not_an_hour_of_the_day() -> None:
    assert find("He tested it for two hours.", spoken=LONDON, language="en") == ()
    assert only("about two hours").rule == "h2"


def test_an_unknown_language_has_no_times() -> None:
    assert find("am Freitag", spoken=LONDON, language="de") == ()


_PIECES = st.sampled_from(
    [
        "by",
        "at",
        "5",
        "31/02",
        "99:99",
        "noon",
        "the",
        "next",
        "monday",
        "400000",
        "days",
        "in",
        "a",
        "y",
        "el",
        "0",
        "hábiles",
        "mañana",
        "a",
        "las",
        "12",
        "antes",
        "de",
        "½",
        "İ",
        ">",
        "3-5",
        "hrs",
        "24/48",
        "h",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=30).map(" ".join)), st.sampled_from(["en", "es"]))
def test_no_text_breaks_the_reader_and_every_place_is_true(text: str, language: str) -> None:
    for moment in find(text, spoken=LONDON, language=language):
        assert text[moment.start : moment.end] == moment.words
        assert (moment.due_at is None) == moment.vague or moment.from_event
        if moment.due_at:
            assert moment.due_at > LONDON.said_at
