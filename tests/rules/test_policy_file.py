"""A policy is read whole, or everything that is wrong with it is told at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules import spans
from makegood.rules.policy import Authority, Role, Source, Span, Unit
from makegood.rules.policy_file import PolicyErrors, format_errors, read
from makegood.rules.policy_remedies import CLOCKS
from makegood.rules.policy_sense import CORE
from tests.rules.policy_texts import HOUSE, errors_of, house, with_change, without

# ── the house policy ─────────────────────────────────────────────────────────


def test_the_house_policy_says_what_words_md_says() -> None:
    policy = house()
    eight_hours = Span(count=8, unit=Unit.BUSINESS_HOURS)
    assert policy.within(policy.kind("reply"), "mail") == eight_hours
    assert policy.within(policy.kind("reply"), "social") == Span(count=1, unit=Unit.BUSINESS_HOURS)
    assert policy.kind("silence").only_our_turn
    assert str(policy.kind("update").within) == "5 business days"
    assert str(policy.kind("handoff").within) == "4 business hours"
    assert not policy.kind("resolution").pausable
    assert str(policy.pauses.limit) == "2 business days"
    assert policy.handoff_budget == 2
    assert policy.vague_words["prompt"] == eight_hours
    assert policy.currency == "USD"
    assert policy.authority[Role.AGENT] == Authority(
        role=Role.AGENT, per_case=25_000, per_customer=50_000, per_day=100_000, per_30_days=500_000
    )
    assert set(policy.kinds) == {*CORE, *CLOCKS, "custody"}


def test_silence_reaches_owner_lead_head_and_executive_at_one_two_three_and_five_business_days() -> None:
    policy = house()
    hours = policy.calendars[policy.default_calendar]
    start = datetime(2026, 3, 2, 16, tzinfo=UTC)  # Monday 10:00 in Chicago
    due = spans.due_at(policy.kind("silence").within, start, hours)
    told = [(rung.name, spans.due_at(rung.after, due, hours)) for rung in policy.ladders["house"].rungs]
    assert told == [
        ("owner", datetime(2026, 3, 3, 16, tzinfo=UTC)),
        ("lead", datetime(2026, 3, 4, 16, tzinfo=UTC)),
        ("head", datetime(2026, 3, 5, 16, tzinfo=UTC)),
        ("executive", datetime(2026, 3, 9, 15, tzinfo=UTC)),
    ]


def test_the_voicemail_promises_elapsed_hours_with_an_inner_alarm() -> None:
    (said,) = house().doors["phone"].standing
    assert said.words == "We call back in 24 to 48 hours."
    assert (str(said.near), str(said.due), said.source) == ("24 hours", "48 hours", Source.AUTOMATIC)


def test_in_a_listed_year_only_the_houses_holidays_count_and_otherwise_the_proposed_ones() -> None:
    closed = house().calendars["chicago"].holidays
    assert {day for day in closed if day.year == 2026} == {
        date(2026, 1, 1), date(2026, 5, 25), date(2026, 7, 3),
        date(2026, 9, 7), date(2026, 11, 26), date(2026, 12, 25),
    }  # fmt: skip
    assert date(2030, 2, 12) in closed  # Lincoln's Birthday, as Illinois proposes


def test_closing_days_are_added_and_opened_holidays_taken_away() -> None:
    text = with_change('subdivision = "IL"', 'subdivision = "IL"\nclosed = [2026-12-24]\nopen = [2030-02-12]')
    closed = house(text).calendars["chicago"].holidays
    assert date(2026, 12, 24) in closed
    assert date(2030, 2, 12) not in closed


def test_a_night_shift_is_cut_at_midnight_and_goes_on_the_day_after() -> None:
    text = with_change('hours.mon-fri = "09:00-17:00"', 'hours.fri = ["22:00-06:00", "09:00-12:30"]')
    hours = house(text).calendars["chicago"]
    assert sorted(hours.weekly) == [4, 5]
    start = datetime(2026, 6, 6, 3, tzinfo=UTC)  # Friday 22:00 in Chicago
    assert hours.due(start, 8 * 3600) == datetime(2026, 6, 6, 11, tzinfo=UTC)


def test_a_range_of_weekdays_may_run_over_the_weekend() -> None:
    text = with_change("hours.mon-fri", "hours.sat-tue")
    assert sorted(house(text).calendars["chicago"].weekly) == [0, 1, 5, 6]


def test_reading_the_same_text_twice_gives_equal_policies() -> None:
    assert house() == house()
    assert house() != replace(house(), handoff_budget=3)


# ── what is refused, and what to write instead ───────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "where", "what", "instead"),
    [
        # calendars
        ('"09:00-17:00"', '"09:10-17:00"', "calendars.chicago.hours.mon-fri", "quarter", '"09:15-17:00"'),
        ('"09:00-17:00"', '"9 to 5"', "calendars.chicago.hours.mon-fri", "no span", "09:00-17:00"),
        ('"09:00-17:00"', '"09:00-25:00"', "calendars.chicago.hours.mon-fri", "time of day", "24:00"),
        ('"09:00-17:00"', '"09:00-09:00"', "calendars.chicago.hours.mon-fri", "no time", "00:00-24:00"),
        (
            '"09:00-17:00"',
            '["09:00-13:00", "12:00-17:00"]',
            "calendars.chicago.hours",
            "friday: 09:00-13:00 and 12:00-17:00 overlap",
            '"09:00-17:00"',
        ),
        ("hours.mon-fri", "hours.mon-frii", "calendars.chicago.hours.mon-frii", "weekday", "mon-fri"),
        ('hours.mon-fri = "09:00-17:00"', "hours = {}", "calendars.chicago.hours", "no open hours", "mon-fri"),
        ("America/Chicago", "America/Chicgo", "calendars.chicago.zone", "no time zone", "America/Chicago"),
        ("America/Chicago", "Chicago", "calendars.chicago.zone", "no time zone", "America/Chicago"),
        ('country = "US"', 'country = "QQ"', "calendars.chicago.country", "no holidays", "ISO"),
        ('country = "US"', "", "calendars.chicago.subdivision", "needs its country", "country"),
        ("2025-01-01", '"2025-01-01"', "calendars.chicago.holidays", "no date", "2026-12-25"),
        ("2025-01-01", "2025-01-01T10:00:00", "calendars.chicago.holidays", "no date", "2026-12-25"),
        ('calendar = "chicago"', 'calendar = "chicgo"', "house.calendar", "unknown", '"chicago"'),
        # kinds
        ('within = "8 business hours"', 'within = "8h"', "kinds.reply.within", "no unit", "8 hours"),
        ('within = "8 business hours"', 'within = "0 hours"', "kinds.reply.within", "counted", "from 1"),
        ('within = "8 business hours"', 'within = "-8 hours"', "kinds.reply.within", "counted", "from 1"),
        ('within = "8 business hours"', "within = 8", "kinds.reply.within", "wrong kind", "in quotes"),
        ("contact.received", "contact.recieved", "kinds.reply.opens_on", "unknown", '"contact.received"'),
        ("reply.substantive", "reply.substanctive", "kinds.reply.kept_by", "unknown", "reply.substantive"),
        ("by_door.social", "by_door.socal", "kinds.reply.by_door.socal", "no door", '"social"'),
        ("pausable = true", "pausable = 1", "kinds.reply.pausable", "wrong kind", "true or false"),
        ("pausable = true", "pauseable = true", "kinds.reply.pauseable", "no key", "pausable"),
        ('warn = "1 business hour"', 'warn = "9 business hours"', "kinds.reply.warn", "longer", "less than"),
        ('warn = "1 business hour"', 'warn = "2 weeks"', "kinds.reply.warn", "longer", "less than"),
        ('warn = "1 business hour"', 'warn = "end of 1 day"', "kinds.reply.warn", "deadline", '"1 day'),
        ('ladder = "ask"', 'ladder = "asks"', "kinds.ask.ladder", "unknown", '"ask"'),
        ("restarts = true", 'calendar = "chicagoo"', "kinds.update.calendar", "unknown", '"chicago"'),
        # what keeps a clock running on every open case
        (
            'opens_on = "case.opened"',
            'opens_on = "contact.received"',
            "kinds.resolution.opens_on",
            "every open case has it",
            '"case.opened"',
        ),
        (
            'kept_by = "case.closed"',
            'kept_by = ["case.closed", "reply.answer"]',
            "kinds.resolution.kept_by",
            "can't be kept by",
            '["case.closed"]',
        ),
        (
            'within = "10 business days"',
            'within = "10 business days"\npausable = true',
            "kinds.resolution.pausable",
            "nothing pauses",
            "pausable = false",
        ),
        (
            'kept_by = "reply.substantive"',
            'kept_by = "reply.any"',
            "kinds.reply.kept_by",
            "waits for substance",
            "reply.substantive",
        ),
        ("only_our_turn = true", "", "kinds.silence.only_our_turn", "nobody waits unseen", "true"),
        # ladders
        ('"2 business days" },\n  { role = "exec', '"9 business days" },\n  { role = "exec',
         "ladders.house.rungs[4].after", "no later than head", "9 business days"),
        ('{ role = "head"', '{ role = "owner"', "ladders.house.rungs[3].role", "below lead", "no lower than lead"),
        ('{ role = "owner"', '{ role = "ownr"', "ladders.house.rungs[1].role", "unknown", '"owner"'),
        ('{ role = "owner"', '{ role = "admin"', "ladders.house.rungs[1].role", "unknown", "one of"),
        ('"0 business hours"', '"1 business hour"', "ladders.house.rungs[1].after", "late", "0 business hours"),
        ('"1 business day" },', '"24 hours" },', "ladders.house.rungs[2].after", "business time", "24 business"),
        ('  { role = "executive", after = "4 business days" },\n', "", "ladders.house.rungs", "head", "executive"),
        ('repeat = "4 business hours"', 'repeat = "end of 1 day"', "ladders.house.repeat", "distance", "1 day"),
        # doors
        ('kind = "phone"', 'kind = "fone"', "doors.phone.kind", "unknown", '"phone"'),
        ('team = "support"', 'team = "suport"', "doors.mail.team", "unknown", '"support"'),
        ("grace@larkfield", "Help@larkfield", "doors.executive.addresses", "doors.mail already", "once"),
        ("grace@larkfield", "grace@lark@field", "doors.executive.addresses", "no address", "help@house"),
        ('near = "24 hours"', 'near = "48 hours"', "doors.phone.standing[1].near", "before due", "shorter"),
        ('near = "24 hours"', 'near = "8 business hours"', "doors.phone.standing[1].near", "always", "hours"),
        ("in 24 to 48 hours", "lo antes posible", "doors.phone.standing[1].due", "means 8", "8 business"),
        ("in 24 to 48 hours", "immediately", "doors.phone.standing[1].words", "without saying", "[words]"),
        ('source = "web page"', 'source = "website"', "doors.form.standing[1].source", "unknown", "web page"),
        # numbers and words
        ("handoff_budget = 2", "handoff_budget = 0", "house.handoff_budget", "too few", "1 or more"),
        ("handoff_budget = 2", "handoff_budget = true", "house.handoff_budget", "wrong kind", "whole number"),
        ("per_reply = 1", "per_reply = -1", "pauses.per_reply", "too few", "1 or more"),
        ("per_case = 25_000", "per_case = 0", "authority.agent.per_case", "too few", "1 or more"),
        ("per_case = 25_000", "per_case = 90_000", "authority.agent.per_customer", "less than", "as much"),
        ("per_case = 100_000", "per_case = 20_000", "authority.lead", "less than agent", "authority.agent"),
        ("[authority.agent]", "[authority.agnet]", "authority.agnet", "gives anything", '"agent"'),
        ('prompt = "8', 'table = "8', "words.table", "needs no number", "prompt"),
        ('currency = "USD"', 'currency = "dollars"', "house.currency", "no currency", '"USD"'),
        ('title = "Made right"', 'title = ""', "kinds.resolution.title", "empty", "text"),
        ("[house]", "[hause]", "hause", "no key", "house"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_place_with_what_to_write_instead(
    old: str, new: str, where: str, what: str, instead: str
) -> None:
    text = with_change(old, new)
    found = {error.where: error for error in errors_of(text)}
    assert where in found, found
    assert what in found[where].what
    assert instead in found[where].instead


@pytest.mark.parametrize("name", sorted(CORE))
def test_no_kind_that_keeps_a_clock_running_can_be_removed(name: str) -> None:
    errors = errors_of(without(f"kinds.{name}"))
    assert [error.where for error in errors] == [f"kinds.{name}"]
    assert "may not go" in errors[0].instead


@pytest.mark.parametrize("name", sorted(CORE))
def test_each_kind_can_be_retimed(name: str) -> None:
    section = HOUSE.index(f"[kinds.{name}]")
    before, after = HOUSE[:section], HOUSE[section:]
    text = before + re.sub(r'within = "[^"]*"', 'within = "9 business days"', after, count=1)
    assert house(text).kind(name).within == Span(count=9, unit=Unit.BUSINESS_DAYS)


def test_the_executives_reports_never_end_below_an_executive() -> None:
    errors = errors_of(without("ladders.house"))
    assert "ladders.house" in [error.where for error in errors]


def test_every_mistake_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        HOUSE.replace("America/Chicago", "America/Chicgo")
        .replace("handoff_budget = 2", "handoff_budget = 0")
        .replace('near = "24 hours"', 'near = "49 hours"')
        .replace('role = "head"', 'role = "haed"', 1)
        .replace('kind = "social"', 'kind = "soical"')
    )
    errors = errors_of(text)
    assert [error.where for error in errors] == [
        "house.handoff_budget",
        "calendars.chicago.zone",
        "ladders.house.rungs[3].role",
        "doors.phone.standing[1].near",
        "doors.social.kind",
    ]
    lines = text.splitlines()
    for error in errors:
        assert error.line is not None
        key = "rungs" if "rungs" in error.where else error.where.rsplit(".", 1)[1]
        assert lines[error.line - 1].startswith(key)


def test_a_text_that_is_no_toml_is_one_error_with_its_line() -> None:
    (error,) = errors_of(HOUSE.replace('currency = "USD"', 'currency = "USD'))
    assert error.line == HOUSE.splitlines().index('currency = "USD"') + 1
    (error,) = errors_of("a = [" * 3000)
    assert error.where == "the file"


def test_an_empty_file_says_what_it_needs() -> None:
    places = [error.where for error in errors_of("")]
    assert {"house", "calendars", "kinds", "ladders", "pauses", "doors"} <= set(places)
    assert len(places) == len(set(places))


def test_a_calendar_closed_for_a_year_is_refused() -> None:
    days = ", ".join(date.fromordinal(date(2026, 1, 1).toordinal() + n).isoformat() for n in range(400))
    (error,) = errors_of(with_change('subdivision = "IL"', f'subdivision = "IL"\nclosed = [{days}]'))
    assert error.where == "calendars.chicago"
    assert "closed without a break" in error.what


def test_errors_are_printed_as_where_what_and_what_to_write_instead() -> None:
    errors = errors_of(with_change("handoff_budget = 2", "handoff_budget = 0"))
    line = next(n for n, text in enumerate(HOUSE.splitlines(), start=1) if "handoff_budget" in text)
    assert format_errors(errors) == (
        f"line {line}, house.handoff_budget: 0 is too few\n"
        "    write instead: a whole number of 1 or more\n"
        "1 thing to mend."
    )


# ── any text at all ──────────────────────────────────────────────────────────


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_file_with_any_key_set_to_any_value_is_read_or_refused_and_never_crashes(data: st.DataObject) -> None:
    lines = [n for n, line in enumerate(HOUSE.splitlines()) if re.match(r"[\w.\"' -]+ = ", line)]
    nth = data.draw(st.sampled_from(lines))
    value = data.draw(
        st.sampled_from(['""', "0", "-1", "1.5", "true", "[]", "{}", "[1]", '["x"]', "2026-01-01", '{a="b"}',
                         "10:00:00", '"end of 1 day"', '"soon"', "[[1]]", "[{}]", "inf", "'''\nx\n'''"])
    )  # fmt: skip
    changed = HOUSE.splitlines()
    if changed[nth].rstrip().endswith("["):
        return
    changed[nth] = f"{changed[nth].split(' = ')[0]} = {value}"
    try:
        read("\n".join(changed), version=1, name="house")
    except PolicyErrors as refused:
        found = refused.errors
    else:
        return
    assert found
    assert all(error.what and error.instead for error in found)
