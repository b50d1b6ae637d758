"""Times, spans and phrases as a reader in one zone and one language sees them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from makegood.ui import wording
from makegood.ui.ribbon import ribbon
from makegood.ui.wording import Reader

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 12, 15, 42, tzinfo=UTC)
PRIYA = Reader(zone=CHICAGO, now=NOW)
ROSALIA = Reader(zone=ZoneInfo("America/Denver"), now=NOW)


def test_today_is_only_the_clock_and_its_zone():
    assert wording.when(datetime(2026, 3, 12, 17, 0, tzinfo=UTC), PRIYA) == "12:00 CDT"


def test_another_day_has_its_weekday_and_the_zone_of_that_day():
    due = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)
    assert wording.time_element(due, PRIYA) == (
        '<time datetime="2026-03-03T17:00-06:00">Tue 3 Mar 17:00 <span class="z">CST</span></time>'
    )


def test_another_year_is_said():
    assert wording.when(datetime(2025, 12, 11, 18, 0, tzinfo=UTC), PRIYA) == "Thu 11 Dec 2025 12:00 CST"


def test_the_year_is_the_readers_own_on_new_years_eve():
    eve = Reader(zone=CHICAGO, now=datetime(2026, 1, 1, 3, 0, tzinfo=UTC))  # still 2025 in Chicago
    assert wording.when(datetime(2025, 12, 24, 18, 0, tzinfo=UTC), eve) == "Wed 24 Dec 12:00 CST"
    assert wording.when(datetime(2026, 1, 1, 18, 0, tzinfo=UTC), eve) == "Thu 1 Jan 2026 12:00 CST"


def test_what_is_today_depends_on_where_the_reader_is():
    late = datetime(2026, 3, 13, 4, 30, tzinfo=UTC)  # 23:30 in Chicago, the 13th in Madrid
    assert wording.when(late, PRIYA) == "23:30 CDT"
    assert wording.when(late, Reader(zone=ZoneInfo("Europe/Madrid"), now=NOW)) == "Fri 13 Mar 05:30 CET"


def test_a_full_time_has_its_day_also_today_and_a_clock_never_has():
    noon = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
    assert wording.when(noon, PRIYA, "full") == "Thu 12 Mar 12:00 CDT"
    assert wording.when(noon + timedelta(days=9), ROSALIA, "clock") == "11:00 MDT"


def test_without_a_moment_of_reading_nothing_is_shortened():
    nobody = Reader(zone=CHICAGO)
    assert wording.when(NOW, nobody) == "Thu 12 Mar 2026 10:42 CDT"


@pytest.mark.parametrize(
    ("zone", "letters"),
    [
        ("America/Chicago", "CDT"),
        ("UTC", "UTC"),
        ("America/Sao_Paulo", "UTC-03"),
        ("Asia/Kathmandu", "UTC+05:45"),
    ],
)
def test_a_zone_without_letters_is_named_by_its_distance(zone, letters):
    assert wording.zone_letters(NOW.astimezone(ZoneInfo(zone))) == letters


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs its zone"):
        wording.when(datetime(2026, 3, 12, 17, 0), PRIYA)  # noqa: DTZ001


def test_a_day_alone_is_the_readers_day():
    assert wording.day_element(date(2026, 3, 21), PRIYA) == '<time datetime="2026-03-21">Sat 21 Mar</time>'
    assert wording.day(datetime(2026, 3, 13, 4, 30, tzinfo=UTC), PRIYA) == "Thu 12 Mar"


def test_in_spanish_days_and_months_are_djangos_own_and_small():
    with translation.override("es"):
        assert wording.when(datetime(2026, 3, 18, 2, 0, tzinfo=UTC), ROSALIA) == "mar 17 mar 20:00 MDT"
        assert wording.day(date(2027, 1, 9), ROSALIA) == "sáb 9 ene 2027"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under 1 min"),
        (59, "under 1 min"),
        (60, "1 min"),
        (18 * 60 + 59, "18 min"),
        (3600, "1 h"),
        (3600 + 18 * 60, "1 h 18"),
        (2 * 3600 + 2 * 60, "2 h 02"),
        (9 * 3600 + 18 * 60, "9 h 18"),
        (16 * 3600 + 42 * 60, "16 h"),
        (24 * 3600, "1 d 0 h"),
        (9 * 86400 + 3600 + 3599, "9 d 1 h"),
        (13 * 86400 + 6 * 3600, "13 d 6 h"),
        (80 * 86400 + 3 * 3600, "80 d"),
        (-5, "under 1 min"),
    ],
)
def test_a_span_has_at_most_two_units(seconds, words):
    assert wording.span(seconds) == words
    assert wording.span(timedelta(seconds=seconds)) == words


def test_a_span_can_be_exact_and_can_be_fine():
    assert wording.span(16 * 3600 + 5 * 60, exact=True) == "16 h 05"
    assert wording.span(80 * 86400 + 3 * 3600, exact=True) == "80 d 3 h"
    assert wording.span(41, fine=True) == "41 s"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (30, "less than a minute"),
        (60, "1 minute"),
        (3600 + 18 * 60, "1 hour 18 minutes"),
        (86400, "1 day"),
        (8 * 86400 + 17 * 3600 + 60, "8 days 17 hours"),
    ],
)
def test_a_spoken_span_is_in_full_words(seconds, words):
    assert wording.spoken_span(seconds) == words


def label(said, due, reader, **facts):
    return wording.sentence(ribbon(said, due, NOW, **facts).label, reader)


SAID, DUE = datetime(2026, 3, 10, 14, 5, tzinfo=UTC), datetime(2026, 3, 12, 17, 0, tzinfo=UTC)


def test_who_cannot_see_the_ribbon_hears_the_same():
    assert label(SAID, DUE, PRIYA) == ("Said Tue 10 Mar 09:05 CDT, due Thu 12 Mar 12:00 CDT, 1 hour 18 minutes left")
    assert label(SAID, DUE, ROSALIA, kept_at=datetime(2026, 3, 12, 15, 4, tzinfo=UTC)) == (
        "Said Tue 10 Mar 08:05 MDT, due Thu 12 Mar 11:00 MDT, kept on Thu 12 Mar 09:04 MDT"
    )
    assert label(SAID, SAID + timedelta(hours=24), PRIYA).endswith("broken, 1 day 1 hour over")


def test_a_range_and_a_pause_are_heard_too():
    near, rest = SAID + timedelta(hours=24), (SAID, SAID + timedelta(hours=3))
    assert label(SAID, DUE, PRIYA, near_at=near, pauses=[rest]) == (
        "Said Tue 10 Mar 09:05 CDT, due between Wed 11 Mar 09:05 CDT and Thu 12 Mar 12:00 CDT, "
        "paused for 3 hours, 1 hour 18 minutes left"
    )


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({}, "quedan 1 h 18"),
        ({"kept_at": datetime(2026, 3, 12, 15, 4, tzinfo=UTC)}, "Cumplida, 1 h 56 antes"),
        ({"released_at": datetime(2026, 3, 11, 15, 0, tzinfo=UTC)}, "Liberada el mié 11 mar"),
    ],
)
def test_the_word_is_said_in_the_readers_language(facts, word):
    with translation.override("es"):
        assert wording.say(ribbon(SAID, DUE, NOW, **facts).word, ROSALIA) == word
