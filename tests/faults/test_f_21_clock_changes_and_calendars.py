"""F-21: days of 0, 7 and 9 hours, times that don't exist or come twice, leap days, week 53: time is what the wall says.

The oracle counts minutes one by one by a clock on the wall and a sign on the door; the code never does.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules import days
from makegood.rules.hours import QUARTER, Hours, Opening, instant
from makegood.rules.spans import parse
from makegood.watch.clock_steps import ClockSteps
from tests.rules.wall_clock import HOUR, NIGHT, at, nine_to_five, shown

CLOCK_CHANGES = {
    "Europe/London": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "America/Chicago": ("2026-03-08", "2026-11-01"),
    "America/Sao_Paulo": ("2018-11-04", "2019-02-17"),
    "Asia/Kathmandu": ("1986-01-01", "2026-06-15"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "Pacific/Apia": ("2011-12-30", "2011-04-02"),
    "Pacific/Kiritimati": ("1994-12-31", "2026-01-01"),
    "America/St_Johns": ("2008-03-09", "2008-11-02"),
    # No clock changes; the calendar does: a leap day, a week 53, the turn of the year.
    "Asia/Tokyo": ("2028-02-29", "2026-12-31"),
    "America/Bogota": ("2027-01-03", "2024-02-29"),
}


# ── the vectors of laws.md 3.3 ───────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "start", "hours", "due", "utc"),
    [
        ("Europe/London", "2026-03-27T16:00", 8, "2026-03-30 16:00 BST", "2026-03-30T15:00"),
        ("America/New_York", "2026-03-06T16:00", 8, "2026-03-09 16:00 EDT", "2026-03-09T20:00"),
        ("America/New_York", "2026-10-30T16:00", 8, "2026-11-02 16:00 EST", "2026-11-02T21:00"),
        ("Asia/Kathmandu", "2026-01-09T16:15", 8, "2026-01-12 16:15 +0545", "2026-01-12T10:30"),
        ("America/Sao_Paulo", "2026-01-09T16:15", 8, "2026-01-12 16:15 -03", "2026-01-12T19:15"),
        ("America/New_York", "2026-03-06T15:00", 16, "2026-03-10 15:00 EDT", "2026-03-10T19:00"),
        ("America/New_York", "2026-03-02T10:00", 8, "2026-03-03 10:00 EST", "2026-03-03T15:00"),
        ("America/New_York", "2026-03-02T10:00", 16, "2026-03-04 10:00 EST", "2026-03-04T15:00"),
        ("America/New_York", "2026-03-02T10:00", 24, "2026-03-05 10:00 EST", "2026-03-05T15:00"),
        ("America/New_York", "2026-03-02T10:00", 40, "2026-03-09 10:00 EDT", "2026-03-09T14:00"),
    ],
)
def test_business_hours_fall_due_at_the_hour_the_wall_clock_says(
    zone: str, start: str, hours: int, due: str, utc: str
) -> None:
    found = nine_to_five(zone).due(at(start, zone), hours * HOUR)
    assert found == at(utc)
    assert found.tzinfo is UTC
    assert shown(found, zone) == due


def test_eight_business_hours_over_spring_in_london_are_seventy_one_real_hours() -> None:
    start = at("2026-03-27T16:00", "Europe/London")
    due = nine_to_five("Europe/London").due(start, 8 * HOUR)
    assert due - start.astimezone(UTC) == timedelta(hours=71)


@pytest.mark.parametrize(
    ("night", "morning", "hours"),
    [("2026-03-28T22:00", "2026-03-29T06:00", 7), ("2026-10-24T22:00", "2026-10-25T06:00", 9)],
)
def test_a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn(night: str, morning: str, hours: int) -> None:
    shift = Hours(zone="Europe/London", weekly=dict.fromkeys(range(7), NIGHT))
    start, end = at(night, "Europe/London"), at(morning, "Europe/London")
    assert shift.open_seconds(start, end) == hours * HOUR
    assert shift.due(start, hours * HOUR) == end.astimezone(UTC)


def test_a_time_the_clocks_skip_is_read_with_the_offset_before() -> None:
    skipped = datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001  (a wall clock, on purpose)
    found = instant(skipped, "Europe/London")
    assert found == at("2026-03-29T01:30")
    assert shown(found, "Europe/London") == "2026-03-29 02:30 BST"


def test_a_time_the_clocks_show_twice_is_the_earlier_unless_somebody_chose_the_later() -> None:
    twice = datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001  (a wall clock, on purpose)
    assert instant(twice, "Europe/London") == at("2026-10-25T00:30")
    assert instant(twice, "Europe/London", later=True) == at("2026-10-25T01:30")


def test_a_day_whose_only_hour_the_clocks_skip_has_no_time_at_all() -> None:
    early = Hours(zone="Europe/London", weekly={6: ((time(1), time(2)),)})
    assert early.open_seconds(at("2026-03-29T00:00"), at("2026-03-30T00:00")) == 0
    assert early.due(at("2026-03-22T00:30"), 2 * HOUR) == at("2026-04-05T01:00")
    # And the hour that comes twice is two.
    assert early.open_seconds(at("2026-10-25T00:00"), at("2026-10-26T00:00")) == 2 * HOUR


@pytest.mark.parametrize(
    ("zone", "start", "hours", "due"),
    [
        ("Europe/Berlin", "2028-02-28T16:00", 8, "2028-02-29 16:00 CET"),
        ("Europe/Berlin", "2028-02-29T12:00", 8, "2028-03-01 12:00 CET"),
        ("Europe/Berlin", "2027-02-26T16:00", 8, "2027-03-01 16:00 CET"),
        # Thursday and Friday of week 53; week 1 begins on Monday the 4th.
        ("Europe/Berlin", "2026-12-31T16:00", 8, "2027-01-01 16:00 CET"),
        ("Europe/Berlin", "2027-01-01T16:00", 8, "2027-01-04 16:00 CET"),
        ("Pacific/Apia", "2011-12-29T16:00", 8, "2012-01-02 16:00 +14"),
    ],
)
def test_leap_days_week_53_and_a_day_that_a_whole_country_skipped(zone: str, start: str, hours: int, due: str) -> None:
    assert shown(nine_to_five(zone).due(at(start, zone), hours * HOUR), zone) == due


@pytest.mark.parametrize(
    ("received", "span", "last"),
    [
        ("2028-02-29", "end of 1 month", "2028-03-29"),
        ("2028-01-31", "end of 1 month", "2028-02-29"),
        ("2026-12-31", "end of 8 weeks", "2027-02-25"),
        ("2026-12-31", "end of 3 business days", "2027-01-05"),
    ],
)
def test_whole_days_across_a_leap_day_and_the_turn_of_the_year(received: str, span: str, last: str) -> None:
    hours = nine_to_five("Europe/Berlin")
    assert days.last_day(parse(span), at(f"{received}T12:00", "Europe/Berlin"), hours) == date.fromisoformat(last)


def test_a_smeared_leap_second_is_no_step_of_the_clock() -> None:
    steps, noon = ClockSteps(), datetime(2016, 12, 31, 12, tzinfo=UTC)
    for minute in range(24 * 60):
        # Over a day the clock on the wall falls behind by a second, as the great time servers do it.
        behind = timedelta(seconds=minute / (24 * 60))
        assert steps.look(noon + timedelta(minutes=minute) - behind, monotonic=60.0 * minute) is None


def test_a_week_that_opens_only_once_is_found_across_the_year() -> None:
    rare = Hours(zone="UTC", weekly={2: ((time(12), time(12, 15)),)})
    assert rare.due(at("2026-12-30T12:10"), 600) == at("2027-01-06T12:05")


# ── brute force ──────────────────────────────────────────────────────────────

quarters = st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted)


@st.composite
def weeks(draw: st.DrawFn) -> dict[int, tuple[Opening, ...]]:
    """Any week on quarter-hours: lunch breaks, night shifts, whole days, closed days."""
    week = {}
    for day in range(7):
        edges = draw(quarters)
        pairs = zip(edges[::2], edges[1::2], strict=False)
        week[day] = tuple((_clock(opens), _clock(shuts)) for opens, shuts in pairs)
    if not any(week.values()):
        week[draw(st.integers(0, 6))] = NIGHT
    return week


def _clock(quarter: int) -> time:
    return time.max if quarter == 96 else time(quarter // 4, quarter % 4 * 15)


def open_at_wall_clock(hours: Hours, moment: datetime) -> bool:
    """What a person with a clock on the wall and a sign on the door would say."""
    local = moment.astimezone(ZoneInfo(hours.zone))
    return local.date() not in hours.holidays and any(
        opens <= local.time() and (shuts == time.max or local.time() < shuts)
        for opens, shuts in hours.weekly.get(local.weekday(), ())
    )


@given(
    zone=st.sampled_from([zone for zone in CLOCK_CHANGES if zone != "America/St_Johns"]),
    spring=st.booleans(),
    weekly=weeks(),
    closed=st.sets(st.integers(-2, 2), max_size=2),
    begin=st.integers(-2 * 1440, 2 * 1440),
    length=st.integers(0, 3 * 1440),
)
@settings(max_examples=100, deadline=None)
def test_open_time_equals_minutes_counted_one_by_one_across_both_clock_changes(
    zone: str,
    spring: bool,
    weekly: dict[int, tuple[Opening, ...]],
    closed: set[int],
    begin: int,
    length: int,
) -> None:
    changed = date.fromisoformat(CLOCK_CHANGES[zone][0 if spring else 1])
    holidays = frozenset(changed + timedelta(days=n) for n in closed)
    hours = Hours(zone=zone, weekly=weekly, holidays=holidays)
    start = datetime(changed.year, changed.month, changed.day, tzinfo=UTC) + timedelta(minutes=begin)
    minutes = [start + timedelta(minutes=n) for n in range(length)]
    opened = [moment for moment in minutes if open_at_wall_clock(hours, moment)]
    assert hours.open_seconds(start, start + timedelta(minutes=length)) == 60 * len(opened)
    assert [moment for moment in minutes[:1500:15] if hours.is_open(moment)] == [
        moment for moment in minutes[:1500:15] if open_at_wall_clock(hours, moment)
    ]
    if opened:
        assert hours.due(start, 60 * len(opened)) == opened[-1] + timedelta(minutes=1)
        assert hours.before(start + timedelta(minutes=length), 60 * len(opened)) == opened[0]


@given(
    zone=st.sampled_from(list(CLOCK_CHANGES)),
    weekly=weeks(),
    start=st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    seconds=st.integers(0, 40 * 8 * HOUR),
)
@settings(max_examples=80, deadline=None)
def test_due_and_before_are_the_two_ends_of_the_same_open_time(
    zone: str, weekly: dict[int, tuple[Opening, ...]], start: datetime, seconds: int
) -> None:
    hours = Hours(zone=zone, weekly=weekly)
    due = hours.due(start, seconds)
    assert hours.open_seconds(start, due) == seconds
    assert hours.open_seconds(hours.before(start, seconds), start) == seconds
    assert hours.before(due, seconds) >= start
    if seconds:
        assert hours.open_seconds(start, due - timedelta(microseconds=1)) == seconds - 1


def test_a_clock_that_changes_at_one_minute_past_keeps_whole_quarters() -> None:
    # Newfoundland sprang forward at 00:01 until 2011; the quarter that held the change began before it.
    midnight = Hours(zone="America/St_Johns", weekly={6: ((time(0), time(1)),)})
    assert midnight.open_seconds(at("2008-03-09T00:00"), at("2008-03-10T00:00")) == QUARTER
