"""Lengths of time as people write them, read and laid on a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.rules import spans
from makegood.rules.hours import Hours, HoursRefused
from makegood.rules.policy import Span, Unit
from makegood.rules.spans import SpanRefused, parse

WEEK = dict.fromkeys(range(5), ((time(9), time(17)),))
NEW_YORK = Hours(zone="America/New_York", weekly=WEEK)
LONDON = Hours(zone="Europe/London", weekly=WEEK, holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))


def at(text: str, hours: Hours) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(hours.zone))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("8 business hours", Span(count=8, unit=Unit.BUSINESS_HOURS)),
        ("1 business hour", Span(count=1, unit=Unit.BUSINESS_HOURS)),
        ("5 Business  Days", Span(count=5, unit=Unit.BUSINESS_DAYS)),
        ("48 hours", Span(count=48, unit=Unit.HOURS)),
        ("2 minutes", Span(count=2, unit=Unit.MINUTES)),
        ("end of 8 weeks", Span(count=8, unit=Unit.WEEKS, to_end_of_day=True)),
        ("end of 3 business days", Span(count=3, unit=Unit.BUSINESS_DAYS, to_end_of_day=True)),
        (
            "end of 1 month or the next working day",
            Span(count=1, unit=Unit.MONTHS, to_end_of_day=True, rolls=True),
        ),
    ],
)
def test_a_span_is_read_as_it_is_written(text: str, span: Span) -> None:
    assert parse(text) == span


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("", '"8 business hours"'),
        ("soon", '"8 business hours"'),
        ("eight hours", '"8 business hours"'),
        ("8", '"8 hours"'),
        ("8h", '"8 hours"'),
        ("3 working days", '"3 business days"'),
        ("3 bussiness days", '"3 business days"'),
        ("3 fortnights", "business hours, business days"),
        ("1.5 hours", "a whole number from 1"),
        ("0 hours", "a whole number from 1"),
        ("-2 hours", "a whole number from 1"),
        ("99999 days", "to 9999"),
        ("end of 48 hours", '"48 hours"'),
        ("1 month or the next working day", '"end of 1 month or the next working day"'),
        ("8 hours 30 minutes", "a number and a unit"),
        ("9" * 5000 + " hours", "a number and a unit"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_to_write_instead(text: str, instead: str) -> None:
    with pytest.raises(SpanRefused) as refused:
        parse(text)
    assert instead in refused.value.instead
    assert refused.value.code == "span_refused"


def test_nothing_at_all_is_a_span_only_where_it_is_allowed() -> None:
    assert parse("0 business hours", least=0).count == 0
    with pytest.raises(SpanRefused):
        parse("-1 business hours", least=0)


@given(st.integers(1, 9999), st.sampled_from(list(Unit)), st.booleans(), st.booleans())
def test_a_span_reads_back_as_it_prints(count: int, unit: Unit, end: bool, rolls: bool) -> None:
    whole = end and unit not in (Unit.BUSINESS_HOURS, Unit.HOURS, Unit.MINUTES)
    span = Span(count=count, unit=unit, to_end_of_day=whole, rolls=whole and rolls)
    assert parse(str(span)) == span


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        span = parse(text)
    except SpanRefused:
        return
    assert span.count >= 1


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        # "24 to 48 hours" said on a Friday: elapsed hours, over the change of the clocks.
        ("48 hours", "2026-03-06T15:00", "2026-03-08T16:00"),
        ("16 business hours", "2026-03-06T15:00", "2026-03-10T15:00"),
        ("2 business days", "2026-03-06T15:00", "2026-03-10T15:00"),
        ("90 minutes", "2026-03-06T15:00", "2026-03-06T16:30"),
        ("2 days", "2026-03-06T15:00", "2026-03-08T15:00"),
        ("1 week", "2026-03-06T15:00", "2026-03-13T15:00"),
        ("1 month", "2026-01-31T15:00", "2026-02-28T15:00"),
        ("2 days", "2026-03-06T02:30", "2026-03-08T03:30"),
        ("end of 5 days", "2026-03-06T15:00", "2026-03-12T00:00"),
        ("end of 2 business days", "2026-03-06T15:00", "2026-03-10T17:00"),
        ("end of 1 month or the next working day", "2026-01-31T15:00", "2026-03-03T00:00"),
    ],
)
def test_a_span_is_due_when_its_unit_says(text: str, start: str, due: str) -> None:
    found = spans.due_at(parse(text), at(start, NEW_YORK), NEW_YORK)
    assert found == at(due, NEW_YORK).astimezone(UTC)
    assert found.tzinfo is UTC


def test_one_business_day_measures_the_longest_weekday() -> None:
    short_friday = Hours(zone="UTC", weekly={0: ((time(8), time(18)),), 4: ((time(8), time(12)),)})
    due = spans.due_at(parse("1 business day"), datetime(2026, 1, 9, 8, tzinfo=UTC), short_friday)
    assert due == datetime(2026, 1, 12, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "due", "warned"),
    [
        ("1 business hour", "2026-04-07T10:00", "2026-04-07T09:00"),
        ("2 business hours", "2026-04-07T10:00", "2026-04-02T16:00"),
        ("1 business day", "2026-04-07T10:00", "2026-04-02T10:00"),
        ("24 hours", "2026-03-29T12:00", "2026-03-28T11:00"),
        ("30 minutes", "2026-04-07T10:00", "2026-04-07T09:30"),
        ("10 days", "2026-04-07T10:00", "2026-03-28T10:00"),
        ("1 month", "2026-03-31T10:00", "2026-02-28T10:00"),
    ],
)
def test_a_warning_comes_that_much_before_due(text: str, due: str, warned: str) -> None:
    assert spans.before(parse(text), at(due, LONDON), LONDON) == at(warned, LONDON).astimezone(UTC)


@pytest.mark.parametrize("text", ["9999 months", "9999 weeks", "end of 9999 months", "9999 business days"])
def test_a_span_beyond_any_calendar_is_refused(text: str) -> None:
    with pytest.raises(HoursRefused) as refused:
        spans.due_at(parse(text), datetime(9990, 1, 1, tzinfo=UTC), LONDON)
    assert refused.value.code == "out_of_range"
