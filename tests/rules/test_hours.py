"""Open time: its edges, its refusals, its ruler. Clock changes are in tests/faults, by their row F-21."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from makegood.rules.hours import QUARTER, Hours, HoursRefused, Opening, Ruler
from tests.rules.wall_clock import HOUR, WORKING_DAY, at, nine_to_five

# ── edges ────────────────────────────────────────────────────────────────────


def test_time_that_ends_at_closing_is_due_at_closing_not_at_the_next_opening() -> None:
    london = nine_to_five("Europe/London")
    assert london.due(at("2026-01-09T16:00"), HOUR) == at("2026-01-09T17:00")
    assert london.due(at("2026-01-09T16:00"), HOUR + 1) == at("2026-01-12T09:00:01")


def test_a_warning_before_opening_time_is_given_when_somebody_is_there() -> None:
    london = nine_to_five("Europe/London")
    assert london.before(at("2026-01-12T10:00"), HOUR) == at("2026-01-12T09:00")
    assert london.before(at("2026-01-12T10:00"), 2 * HOUR) == at("2026-01-09T16:00")


def test_no_time_at_all_is_due_at_once_even_when_closed() -> None:
    sunday = at("2026-01-11T03:14:15.926535")
    assert nine_to_five("Europe/London").due(sunday, 0) == sunday
    assert nine_to_five("Europe/London").before(sunday, 0) == sunday


def test_a_start_inside_a_quarter_is_exact_to_the_microsecond() -> None:
    start = at("2026-01-09T16:59:59.999999")
    due = nine_to_five("Europe/London").due(start, 1)
    assert due == at("2026-01-12T09:00:00.999999")


def test_holidays_and_weekends_do_not_count() -> None:
    easter = nine_to_five("Europe/Berlin", "2026-04-03", "2026-04-06")
    due = easter.due(at("2026-04-02T16:00", "Europe/Berlin"), 2 * HOUR)
    assert due == at("2026-04-07T10:00", "Europe/Berlin")


def test_opening_is_open_and_closing_is_closed() -> None:
    london = nine_to_five("Europe/London")
    assert not london.is_open(at("2026-01-09T08:59:59"))
    assert london.is_open(at("2026-01-09T09:00:00"))
    assert london.is_open(at("2026-01-09T16:59:59.999999"))
    assert not london.is_open(at("2026-01-09T17:00:00"))
    assert not london.is_open(at("2026-01-10T12:00:00"))


def test_a_lunch_break_is_two_spans() -> None:
    lunch = Hours(zone="UTC", weekly={0: ((time(9), time(12, 15)), (time(12, 45), time(17, 30)))})
    assert lunch.day_seconds == 8 * HOUR
    assert lunch.due(at("2026-01-12T12:00"), HOUR) == at("2026-01-12T13:30")


def test_open_round_the_clock_is_elapsed_time() -> None:
    always = Hours(zone="America/New_York", weekly={day: ((time(0), time.max),) for day in range(7)})
    assert always.day_seconds == 24 * HOUR
    start = at("2026-03-06T15:00", "America/New_York")
    assert always.due(start, 48 * HOUR) - start.astimezone(UTC) == timedelta(hours=48)
    assert Hours(zone="UTC", weekly={0: ((time(0), time(0)),)}).day_seconds == 24 * HOUR


def test_open_time_counted_backwards_is_negative() -> None:
    london = nine_to_five("Europe/London")
    early, late = at("2026-01-09T16:00"), at("2026-01-12T10:00")
    assert london.open_seconds(early, late) == 2 * HOUR
    assert london.open_seconds(late, early) == -2 * HOUR


@pytest.mark.parametrize("year", [1970, 1999, 2026, 2038, 2100, 2199])
def test_there_is_no_horizon(year: int) -> None:
    london = nine_to_five("Europe/London")
    start = datetime(year, 6, 1, 12, 7, 30, tzinfo=UTC)
    due = london.due(start, 300 * 8 * HOUR)
    assert due.year == year + 1
    assert london.open_seconds(start, due) == 300 * 8 * HOUR


def test_equal_hours_are_equal_hash_alike_and_normalised() -> None:
    one = Hours(zone="UTC", weekly={0: ((time(13), time(0)), (time(9), time(12)))})
    two = Hours(zone="UTC", weekly={6: (), 0: ((time(9), time(12)), (time(13), time.max))})
    assert one == two
    assert hash(one) == hash(two)
    assert one != nine_to_five("UTC")


# ── refusals ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "weekly", "code"),
    [
        ("UTC", {}, "no_open_hours"),
        ("UTC", {0: ()}, "no_open_hours"),
        ("UTC", {0: ((time(9), time(9)),)}, "ends_before_it_begins"),
        ("UTC", {0: ((time(22), time(6)),)}, "ends_before_it_begins"),
        ("UTC", {0: ((time(9, 10), time(17)),)}, "not_on_a_quarter"),
        ("UTC", {0: ((time(9), time(17, 0, 1)),)}, "not_on_a_quarter"),
        ("UTC", {0: ((time(9, 0, 0, 1), time(17)),)}, "not_on_a_quarter"),
        ("UTC", {0: ((time(9), time(13)), (time(12), time(17)))}, "spans_overlap"),
        ("UTC", {7: WORKING_DAY}, "unknown_weekday"),
        ("Europe/Lodnon", {0: WORKING_DAY}, "unknown_zone"),
        ("../etc/passwd", {0: WORKING_DAY}, "unknown_zone"),
        ("", {0: WORKING_DAY}, "unknown_zone"),
    ],
)
def test_hours_that_make_no_sense_are_refused_by_name(
    zone: str, weekly: dict[int, tuple[Opening, ...]], code: str
) -> None:
    with pytest.raises(HoursRefused) as refused:
        Hours(zone=zone, weekly=weekly)
    assert refused.value.code == code


def test_a_calendar_closed_for_a_year_is_refused_instead_of_searched_for_ever() -> None:
    first = date(2026, 1, 1)
    closed = frozenset(first + timedelta(days=n) for n in range(400))
    with pytest.raises(HoursRefused) as refused:
        Hours(zone="UTC", weekly={0: WORKING_DAY}, holidays=closed)
    assert refused.value.code == "closed_for_a_year"


def test_a_calendar_closed_for_most_of_a_year_still_counts() -> None:
    first = date(2026, 1, 1)
    closed = frozenset(first + timedelta(days=n) for n in range(360))
    late = Hours(zone="UTC", weekly={0: WORKING_DAY}, holidays=closed)
    assert late.due(at("2026-01-01T00:00"), HOUR) == at("2026-12-28T10:00")


def test_a_moment_without_a_zone_and_time_below_nothing_are_refused() -> None:
    utc = nine_to_five("UTC")
    with pytest.raises(HoursRefused, match="carries no time zone"):
        utc.due(datetime(2026, 1, 9, 12), HOUR)  # noqa: DTZ001  (refused for that)
    with pytest.raises(HoursRefused, match="can't pass"):
        utc.due(at("2026-01-09T12:00"), -1)


def test_the_end_of_the_calendar_is_a_refusal_not_a_loop() -> None:
    with pytest.raises(HoursRefused) as refused:
        nine_to_five("UTC").due(at("9998-06-01T00:00"), 400 * 8 * HOUR)
    assert refused.value.code == "out_of_range"


# ── the ruler ────────────────────────────────────────────────────────────────


def test_the_ruler_numbers_each_open_quarter() -> None:
    ruler = Ruler(hours=nine_to_five("Europe/London"), first=at("2026-01-09T08:30"), last=at("2026-01-09T09:30"))
    half_past_eight = int(at("2026-01-09T08:30").timestamp())
    assert [tuple(row) for row in ruler.rows()] == [
        (half_past_eight, False, 0),
        (half_past_eight + QUARTER, False, 0),
        (half_past_eight + 2 * QUARTER, True, 0),
        (half_past_eight + 3 * QUARTER, True, 1),
    ]
