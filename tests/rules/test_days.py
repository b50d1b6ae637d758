"""Deadlines in whole days, against the date vectors of the law."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from makegood.rules import days
from makegood.rules.hours import Hours, HoursRefused
from makegood.rules.spans import parse


def house(zone: str, country: str, subdivision: str = "") -> Hours:
    closed = days.proposed_holidays(country, subdivision, range(2026, 2029))
    week = dict.fromkeys(range(5), ((time(9), time(17)),))
    return Hours(zone=zone, weekly=week, holidays=frozenset(closed))


LONDON = house("Europe/London", "GB", "ENG")
NEW_YORK = house("America/New_York", "US")
DUBLIN = house("Europe/Dublin", "IE")


def noon(day: str, hours: Hours) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo(hours.zone))


@pytest.mark.parametrize(
    ("hours", "received", "span", "last"),
    [
        (LONDON, "2026-01-30", "end of 3 business days", "2026-02-04"),
        # Easter, and three more bank holidays before the 35th.
        (LONDON, "2026-04-02", "end of 3 business days", "2026-04-09"),
        (LONDON, "2026-04-02", "end of 15 business days", "2026-04-27"),
        (LONDON, "2026-04-02", "end of 35 business days", "2026-05-27"),
        (LONDON, "2026-04-02", "end of 8 weeks", "2026-05-28"),
        # Christmas on a Friday, Boxing Day on a Saturday, so Monday 28 December is off.
        (LONDON, "2026-12-24", "end of 3 business days", "2026-12-31"),
        (LONDON, "2026-12-24", "end of 15 business days", "2027-01-19"),
        (LONDON, "2026-12-24", "end of 8 weeks", "2027-02-18"),
        (LONDON, "2026-12-24", "end of 6 weeks", "2027-02-04"),
        # Thanksgiving; calendar days don't roll.
        (NEW_YORK, "2026-11-20", "end of 7 business days", "2026-12-02"),
        (NEW_YORK, "2026-11-20", "end of 20 days", "2026-12-10"),
        (NEW_YORK, "2026-11-20", "end of 15 days", "2026-12-05"),
        (NEW_YORK, "2026-11-20", "end of 60 days", "2027-01-19"),
        # GDPR: month end, leap day, and the weekend that rolls.
        (DUBLIN, "2026-01-31", "end of 1 month", "2026-02-28"),
        (DUBLIN, "2026-01-31", "end of 1 month or the next working day", "2026-03-02"),
        (DUBLIN, "2028-01-31", "end of 1 month", "2028-02-29"),
        (DUBLIN, "2028-01-31", "end of 1 month or the next working day", "2028-02-29"),
    ],
)
def test_whole_days_end_on_the_day_the_law_means(hours: Hours, received: str, span: str, last: str) -> None:
    assert days.last_day(parse(span), noon(received, hours), hours) == date.fromisoformat(last)


def test_business_days_end_at_the_close_of_business_and_calendar_days_at_midnight() -> None:
    received = noon("2026-01-30", LONDON)
    assert days.end_of(parse("end of 3 business days"), received, LONDON) == datetime(2026, 2, 4, 17, tzinfo=UTC)
    assert days.end_of(parse("end of 8 weeks"), noon("2026-04-02", LONDON), LONDON) == datetime(
        2026, 5, 28, 23, tzinfo=UTC
    )


def test_receipt_is_a_date_of_the_calendars_zone_not_of_utc() -> None:
    # 04:30Z on 31 January is still the 30th in New York.
    received = datetime(2026, 1, 31, 4, 30, tzinfo=UTC)
    assert days.last_day(parse("end of 1 day"), received, NEW_YORK) == date(2026, 1, 31)


def test_a_complaint_on_a_closed_day_counts_from_the_next_open_one() -> None:
    assert days.business_days_after(date(2026, 4, 4), 1, LONDON) == date(2026, 4, 7)


def test_months_clip_to_their_last_day_in_both_directions() -> None:
    assert days.months_after(date(2026, 10, 31), 4) == date(2027, 2, 28)
    assert days.months_after(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert days.months_after(date(2026, 1, 15), -13) == date(2024, 12, 15)


def test_a_night_shift_closes_at_midnight() -> None:
    night = Hours(zone="Europe/London", weekly={0: ((time(22), time.max),), 1: ((time(0), time(6)),)})
    assert days.close_of_business(date(2026, 7, 6), night) == datetime(2026, 7, 6, 23, tzinfo=UTC)
    assert days.close_of_business(date(2026, 7, 7), night) == datetime(2026, 7, 7, 5, tzinfo=UTC)


def test_midnight_that_the_clocks_skip_is_still_the_end_of_the_day() -> None:
    # São Paulo went from 23:59:59 on 3 November 2018 straight to 01:00.
    week = dict.fromkeys(range(7), ((time(9), time(17)),))
    assert days.end_of_day(date(2018, 11, 3), Hours(zone="America/Sao_Paulo", weekly=week)) == datetime(
        2018, 11, 4, 3, tzinfo=UTC
    )


def test_a_closed_day_has_no_close_of_business() -> None:
    with pytest.raises(HoursRefused) as refused:
        days.close_of_business(date(2026, 4, 3), LONDON)
    assert refused.value.code == "closed_that_day"


def test_hours_have_no_end_of_the_day() -> None:
    with pytest.raises(ValueError, match="no end of the day"):
        days.last_day(parse("48 hours"), noon("2026-04-02", LONDON), LONDON)


def test_proposed_holidays_come_with_names_in_order_and_for_the_asked_years_only() -> None:
    proposed = days.proposed_holidays("GB", "ENG", [2026])
    assert list(proposed) == sorted(proposed)
    assert {day.year for day in proposed} == {2026}
    assert proposed[date(2026, 4, 6)] == "Easter Monday"
    assert date(2026, 12, 28) in proposed


@pytest.mark.parametrize(("country", "subdivision"), [("QQ", ""), ("US", "QQ"), ("", "")])
def test_a_place_without_known_holidays_is_refused(country: str, subdivision: str) -> None:
    with pytest.raises(HoursRefused) as refused:
        days.proposed_holidays(country, subdivision, [2026])
    assert refused.value.code == "unknown_country"
