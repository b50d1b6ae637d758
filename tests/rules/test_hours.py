"""Open time against the vectors of the law, and against a minute-by-minute brute force."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules.hours import QUARTER, Hours, HoursRefused, Opening, Ruler, instant

HOUR = 3600
WORKING_DAY = ((time(9), time(17)),)
NIGHT = ((time(0), time(6)), (time(22), time.max))
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
}


def nine_to_five(zone: str, *closed: str) -> Hours:
    return Hours(
        zone=zone,
        weekly=dict.fromkeys(range(5), WORKING_DAY),
        holidays=frozenset(date.fromisoformat(day) for day in closed),
    )


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def shown(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %Z")


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


def test_a_week_that_opens_only_once_is_found_across_the_year() -> None:
    rare = Hours(zone="UTC", weekly={2: ((time(12), time(12, 15)),)})
    assert rare.due(at("2026-12-30T12:10"), 600) == at("2027-01-06T12:05")


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
