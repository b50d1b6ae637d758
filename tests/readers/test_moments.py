"""Times as exports write them: read one by one as written out here, and by column as one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.readers import moment_columns as many
from makegood.readers.moments import AS_WRITTEN, FormatRefused, Shift, format_of, moment, read, zone_of


def utc(text: str, format_: str = "iso", zone: str | None = None) -> str | None:
    wall = read(text, format_of(format_))
    at = moment(wall, zone_of(zone) if zone else None) if wall else None
    return at.isoformat().removesuffix("+00:00") if at else None


@pytest.mark.parametrize(
    ("text", "format_", "zone", "at"),
    [
        ("2016-02-29T06:26:00Z", "iso", None, "2016-02-29T06:26:00"),
        ("2010-03-31T14:59:42+01:00", "iso", None, "2010-03-31T13:59:42"),
        ("2010-03-31 14:59:42.5+0130", "iso", None, "2010-03-31T13:29:42.500000"),
        ("2020-11-02 14:17:59", "iso", "UTC", "2020-11-02T14:17:59"),
        ("2020-11-02", "iso", "Europe/Madrid", "2020-11-01T23:00:00"),
        ("29/2/2016 06:10", "%d/%m/%Y %H:%M", "UTC", "2016-02-29T06:10:00"),
        ("04/18/2019 09:55:45 PM", "%m/%d/%Y %I:%M:%S %p", "America/New_York", "2019-04-19T01:55:45"),
        ("04/18/2019 12:05:00 AM", "%m/%d/%Y %I:%M:%S %p", "UTC", "2019-04-18T00:05:00"),
        ("2012/04/03 16:55:38.000", "%Y/%m/%d %H:%M:%S.%f", "Europe/Rome", "2012-04-03T14:55:38"),
        ("5 Mar 69 1:02", "%d %b %y %H:%M", "UTC", None),
        ("5 mar 70 1:02", "%d %b %y %H:%M", "UTC", "1970-03-05T01:02:00"),
        ("5. MARCH 2068", "%d. %B %Y", "UTC", "2068-03-05T00:00:00"),
        ("1398902400", "epoch", None, "2014-05-01T00:00:00"),
        ("1398902400,25", "epoch", None, "2014-05-01T00:00:00.250000"),
        ("1398902400123", "epoch_ms", None, "2014-05-01T00:00:00.123000"),
        ("42429.4305555556", "excel", "UTC", "2016-02-29T10:20:00"),
    ],
)
def test_a_time_is_read_as_its_format_says(text: str, format_: str, zone: str | None, at: str | None) -> None:
    assert utc(text, format_, zone) == at


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ("31/2/2016 10:00", "%d/%m/%Y %H:%M"),
        ("2/31/2016 10:00", "%d/%m/%Y %H:%M"),
        ("29/2/2015 10:00", "%d/%m/%Y %H:%M"),
        ("1/2/2016 24:00", "%d/%m/%Y %H:%M"),
        ("1/2/2016 10:00 ", "%d/%m/%Y %H:%M"),
        ("1/2/2016 10:00:00", "%d/%m/%Y %H:%M"),
        ("13:00 PM 1/2/2016", "%I:%M %p %d/%m/%Y"),
        ("2016-13-01", "iso"),
        ("2016-1-1", "iso"),
        ("1900-01-01", "iso"),
        ("9999-12-31", "iso"),
        ("99999999999999999", "epoch"),
        ("-5", "epoch"),
        ("yesterday", "iso"),
    ],
)
def test_what_does_not_fit_wholly_is_no_time(text: str, format_: str) -> None:
    assert read(text, format_of(format_)) is None
    assert not many.read(pa.array([text]), (format_of(format_),)).ok[0]


def test_a_time_without_any_zone_is_no_moment() -> None:
    assert utc("2016-02-29 06:10:00") is None


def test_the_hour_that_autumn_repeats_is_the_first_and_the_one_that_spring_skips_is_read_as_before() -> None:
    assert utc("2021-10-31T02:30:00", zone="Europe/Berlin") == "2021-10-31T00:30:00"
    assert utc("2021-03-28T02:30:00", zone="Europe/Berlin") == "2021-03-28T01:30:00"


@pytest.mark.parametrize("text", ["%d/%m %H:%M", "%Y-%m-%d %I:%M", "%Y-%m-%d %d", "%Q", "ISO", "%Y-%m-%d %M"])
def test_a_format_that_leaves_a_time_open_is_refused(text: str) -> None:
    with pytest.raises(FormatRefused):
        format_of(text)


FORMATS = [
    "iso",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%Y/%m/%d %H:%M:%S.%f",
    "%d-%b-%y %H:%M:%S %z",
    "%d %B %Y",
    "epoch",
    "epoch_ms",
    "epoch_us",
    "excel",
]
ZONES = [None, "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "+05:45"]

written = st.one_of(
    st.datetimes(datetime(1969, 1, 1), datetime(2101, 1, 1)).flatmap(  # noqa: DTZ001
        lambda at: st.sampled_from(
            [
                at.isoformat(),
                at.isoformat(" ", "seconds") + "+02:30",
                at.date().isoformat(),
                f"{at:%d/%m/%Y %H:%M}",
                f"{at.day}/{at.month}/{at.year} {at.hour}:{at.minute}",
                f"{at:%m/%d/%Y %I:%M:%S %p}",
                f"{at:%Y/%m/%d %H:%M:%S.%f}",
                f"{at:%d-%b-%y %H:%M:%S} -0530",
                f"{at:%d %B %Y}",
                str(at.replace(tzinfo=UTC).timestamp()),
                str(int(at.replace(tzinfo=UTC).timestamp() * 1000)),
            ]
        )
    ),
    st.from_regex(r"\A[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4} [0-9]{1,2}:[0-9]{2}\Z"),
    st.from_regex(r"\A[0-9]{1,18}([.,][0-9]{1,12})?\Z"),
    st.text(max_size=12),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.none(), written), max_size=12),
    st.lists(st.sampled_from(FORMATS), min_size=1, max_size=3, unique=True),
    st.sampled_from(ZONES),
    st.sampled_from([AS_WRITTEN, Shift(days=15), Shift(elapsed=timedelta(hours=-3))]),
)
def test_a_column_is_read_as_its_values_are(
    texts: list[str | None], formats: list[str], zone: str | None, shift: Shift
) -> None:
    found = tuple(format_of(each) for each in formats)
    at, ok = many.moments(many.read(pa.array(texts, pa.string()), found), zone_of(zone) if zone else None, shift)
    for place, text in enumerate(texts):
        walls = [] if text is None else [wall for each in found if (wall := read(text, each))]
        expected = moment(walls[0], zone_of(zone) if zone else None, shift) if walls else None
        assert ok[place] == (expected is not None)
        if expected:
            assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at[place])) == expected


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["Europe/Madrid", "America/Sao_Paulo", "Pacific/Apia", "Asia/Tehran", "Africa/Casablanca"]),
    st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1)), min_size=1, max_size=30),  # noqa: DTZ001
)
def test_every_wall_clock_of_a_zone_is_the_same_instant_either_way(zone: str, walls: list[datetime]) -> None:
    texts = [at.isoformat() for at in walls]
    at, ok = many.moments(many.read(pa.array(texts), (format_of("iso"),)), ZoneInfo(zone))
    assert ok.all()
    expected = [each.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for each in walls]
    assert [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(each)) for each in at] == expected


def test_columns_that_hold_times_already_are_taken_as_they_are() -> None:
    aware = datetime(2021, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    for column, zone in (
        (pa.array([aware, None], pa.timestamp("ms", "Europe/Berlin")), None),
        (pa.array([datetime(2021, 7, 1, 12), None], pa.timestamp("ns")), "Europe/Berlin"),  # noqa: DTZ001
        (pa.array([date(2021, 7, 1), None]), "UTC"),
    ):
        at, ok = many.moments(many.typed(column), zone_of(zone) if zone else None)
        assert ok.tolist() == [True, False]
        whole_day = pa.types.is_date(column.type)
        assert np.datetime64(int(at[0]), "us") == np.datetime64("2021-07-01T00" if whole_day else "2021-07-01T10")
