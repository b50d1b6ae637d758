"""Handoffs between teams, groups side by side, two policies, and who is named."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from makegood.audit import kinds
from makegood.audit.flows import SHOWN, flows, sql_of_handoff
from makegood.audit.gather import Report
from makegood.audit.report import calls, sides
from makegood.audit.tables import Tables
from makegood.audit.what_if import ALARMS, outlook
from makegood.rules.hours import Hours
from tests.audit import small_log
from tests.audit.conftest import gathered
from tests.audit.small_log import AS_OF, MONDAY_TEN, case, event, finding

HOUR = timedelta(hours=1)


def walk(name: str, *teams: str) -> list[small_log.Row]:
    return [event(name, MONDAY_TEN + nth * HOUR, nth + 1, team=team) for nth, team in enumerate(teams)]


def test_a_matrix_counts_steps_between_teams_and_none_within_one(tmp_path: Path) -> None:
    events = walk("C1", "Front desk", "Front desk", "Billing", "Front desk") + walk("C2", "Front desk", "Billing")
    small_log.write(tmp_path, [case("C1", handoffs=2), case("C2", handoffs=1)], events=events)
    with Tables(tmp_path, as_of=AS_OF, log=tmp_path / "events.parquet") as tables:
        found = flows(tables)
    assert found is not None
    place = {team: nth for nth, team in enumerate(found.teams)}
    assert found.counts[place["Front desk"]][place["Billing"]] == 2
    assert found.counts[place["Billing"]][place["Front desk"]] == 1
    assert (found.total, found.returned, found.folded) == (3, {("Front desk", "Billing"): 1}, 0)
    assert found.round_trip_hours == 1.0


def test_six_hundred_teams_are_a_matrix_of_ten_that_loses_no_handoff(tmp_path: Path) -> None:
    teams = [f"Team {nth}" for nth in range(600)]
    events = [row for nth, team in enumerate(teams) for row in walk(f"C{nth}", team, teams[(nth * 7) % 40], "Billing")]
    small_log.write(tmp_path, [case(f"C{nth}", handoffs=2) for nth in range(600)], events=events)
    with Tables(tmp_path, as_of=AS_OF, log=tmp_path / "events.parquet") as tables:
        found = flows(tables)
    assert found is not None
    assert len(found.teams) == SHOWN + 1
    assert found.teams[-1] == ""
    assert sum(map(sum, found.counts)) == found.total == 600 * 2 - sum(nth == (nth * 7) % 40 for nth in range(600))


def test_a_log_without_teams_has_no_matrix(tmp_path: Path, hours: Hours) -> None:
    small_log.write(tmp_path, [case("C1", handoffs=None)])
    assert gathered(tmp_path, hours).flows is None


def test_a_team_that_slips_more_is_told_from_one_with_few_cases(tmp_path: Path, hours: Hours) -> None:
    sizes = {"Front desk": 200, "Warehouse": 60, "Billing": 5}
    cases = [case(f"{team} {n}", last_team=team) for team, size in sizes.items() for n in range(size)]
    slips = [finding("MG401", f"Warehouse {n}") for n in range(40)] + [finding("MG401", "Billing 1")]
    small_log.write(tmp_path, cases, slips)
    groups = {group.name: group for group in gathered(tmp_path, hours).groups["team"]}
    assert groups["Warehouse"].against_rest is not None
    assert groups["Warehouse"].against_rest.verdict == "more"
    assert groups["Billing"].against_rest is None
    assert not groups["Billing"].slipped.shown


def test_many_customers_are_folded_into_one_line(report: Report) -> None:
    groups = report.groups["customer"]
    assert groups[-1].name == ""
    assert groups[-1].folded > 100
    assert sum(group.slipped.n for group in groups) == report.cases


def test_the_longest_wait_is_called_first_and_a_closed_case_not_at_all(tmp_path: Path, hours: Hours) -> None:
    cases = [case("old", closed=False, closed_at=None), case("new", closed=False, closed_at=None), case("done")]
    slips = [
        finding("MG401", "new", due=MONDAY_TEN + timedelta(days=9), until=None),
        finding("MG401", "old", due=MONDAY_TEN + timedelta(days=2), until=None),
        finding("MG401", "done", until=None),
    ]
    events = [event("old", MONDAY_TEN, 1, "opened"), event("old", AS_OF + HOUR, 2, "staff_wrote")]
    small_log.write(tmp_path, cases, slips, events)
    report = gathered(tmp_path, hours)
    assert [call.case_id for call in report.calls] == ["old", "new"]
    assert report.waiting == 2
    assert report.calls[0].over_hours == pytest.approx((AS_OF - MONDAY_TEN).total_seconds() / 3600 - 48)
    assert [moment.what for moment in report.calls[0].told.moments] == ["opened"], "what came later was looked at"


def test_a_silence_counts_where_it_began_and_a_promise_where_it_ran_out(tmp_path: Path, hours: Hours) -> None:
    slips = [
        finding("MG401", "C1", since=MONDAY_TEN, due=MONDAY_TEN + timedelta(days=1)),
        finding("MG101", "C1", since=MONDAY_TEN, due=MONDAY_TEN + timedelta(days=1, hours=2)),
    ]
    small_log.write(tmp_path, [case("C1")], slips)
    week = gathered(tmp_path, hours).week
    assert (week[0][10], week[1][12], sum(map(sum, week))) == (1, 1, 2)


def test_two_policies_are_counted_on_their_own_findings(tmp_path: Path, hours: Hours) -> None:
    cases = [case(f"C{n}", last_person=("Tom Hale", "Priya Raman")[n % 2]) for n in range(40)]
    small_log.write(tmp_path, cases, [finding("MG401", f"C{n}") for n in range(30)])
    one = outlook(tmp_path, policy="strict", hours=hours, as_of=AS_OF, findings="findings")
    assert (one.slipped.hits, one.silences, one.alarms, one.people) == (30, 30, 30, 2)
    assert one.business_days == pytest.approx(2.0)
    assert one.alarms_a_person_a_day == pytest.approx(7.5)
    assert (one.answered.hits, one.answered.n) == (0, 30), "two days after it was due is not within one"
    (tmp_path / "findings.parquet").rename(tmp_path / "findings.2.parquet")
    small_log.write(tmp_path / "other", cases, [finding("MG101", "C1", until=MONDAY_TEN + timedelta(days=1, hours=3))])
    (tmp_path / "other" / "findings.parquet").rename(tmp_path / "findings.parquet")
    first = outlook(tmp_path, policy="mild", hours=hours, as_of=AS_OF, findings="findings")
    second = outlook(tmp_path, policy="strict", hours=hours, as_of=AS_OF, findings="findings.2")
    assert (first.slipped.hits, first.promises_broken, first.answered.hits) == (1, 1, 1)
    assert second.slipped.hits == 30


def test_cases_without_a_team_stand_in_a_row_of_their_own_and_no_case_is_lost(tmp_path: Path, hours: Hours) -> None:
    cases = [case(f"C{n}", last_team=(None, "Front desk", "Billing")[n % 3]) for n in range(60)]
    small_log.write(tmp_path, cases, [finding("MG401", f"C{n}") for n in range(0, 30, 3)])
    report = gathered(tmp_path, hours)
    groups = report.groups["team"]
    assert [(group.name, group.folded, group.slipped.hits, group.slipped.n) for group in groups] == [
        ("Billing", 1, 0, 20),
        ("Front desk", 1, 0, 20),
        ("", 0, 10, 20),
    ]
    assert sum(group.slipped.n for group in groups) == report.cases
    assert "no team named" in str(sides.teams(report))
    assert report.listings.by_key["team-2"].count == 10


def test_nobody_to_call_is_said_with_its_reason(tmp_path: Path, hours: Hours) -> None:
    still_open = [case("C1", closed=False, closed_at=None), case("C2")]
    small_log.write(tmp_path / "open", still_open)
    small_log.write(tmp_path / "closed", [case("C1")])
    small_log.write(tmp_path / "unsaid", [case("C1", closed=None, closed_at=None)])
    words = {name: str(calls.twenty(gathered(tmp_path / name, hours))) for name in ("open", "closed", "unsaid")}
    assert "1 of 2 cases are open at the end of this log; nobody waits" in words["open"]
    assert "Every case of this log is closed at its end" in words["closed"]
    assert "This log does not say which cases are open" in words["unsaid"]


def test_whom_to_call_is_doubtful_where_the_log_never_says_that_a_case_was_closed(tmp_path: Path, hours: Hours) -> None:
    doubt = "This log does not say when a case was closed."
    late = [finding("MG102", "C1", until=None)]
    for name, closed in (("unsaid", None), ("said", False)):
        small_log.write(tmp_path / name, [case("C1", closed=closed, closed_at=None)], late)
        report = gathered(tmp_path / name, hours)
        assert len(report.calls) == 1
        assert (doubt in str(calls.twenty(report))) is (closed is None)


def test_the_question_of_a_cell_finds_the_cases_of_its_handoffs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = walk("C1", "Front desk", "O'Hara", "Front desk", "O'Hara") + walk("C2", "Front desk")
    small_log.write(tmp_path, [case("C1", handoffs=3), case("C2", handoffs=0)], events=events)
    monkeypatch.chdir(tmp_path)
    for as_of, times in ((AS_OF, 2), (MONDAY_TEN + HOUR, 1)):
        with Tables(tmp_path, as_of=as_of, log=tmp_path / "events.parquet") as tables:
            found = flows(tables)
        assert found is not None
        place = {team: nth for nth, team in enumerate(found.teams)}
        there = place["Front desk"], place["O'Hara"]
        assert found.counts[there[0]][there[1]] == times
        assert duckdb.sql(sql_of_handoff(found, *there, as_of=as_of)).fetchall() == [("C1",)]
    early = duckdb.sql(sql_of_handoff(found, *reversed(there), as_of=as_of)).fetchall()
    assert early == []  # nothing later than the day of the audit is read


def test_the_sums_under_a_policy_are_those_of_counting_each_finding_by_hand(desk: Path, hours: Hours) -> None:
    rows = pq.read_table(desk / "findings.parquet").to_pylist()
    cases = pq.read_table(desk / "cases.parquet").to_pylist()
    alarms = [row for row in rows if row["code"] in ALARMS]
    by_hand = []
    for alarm in (row for row in alarms if row["due"]):
        quarter = alarm["due"].replace(tzinfo=UTC)
        quarter -= timedelta(minutes=quarter.minute % 15, seconds=quarter.second, microseconds=quarter.microsecond)
        until = alarm["until"] and alarm["until"].replace(tzinfo=UTC)
        if until:
            until -= timedelta(minutes=until.minute % 15, seconds=until.second, microseconds=until.microsecond)
        by_hand.append(bool(until and until <= hours.due(quarter, hours.day_seconds)))
    one = outlook(desk, policy="house", hours=hours, as_of=AS_OF, findings="findings")
    first, last = (pick(row[name].replace(tzinfo=UTC) for row in cases) for pick, name in _ENDS)
    assert (one.alarms, one.answered.n, one.answered.hits) == (len(alarms), len(by_hand), sum(by_hand))
    assert 0 < one.answered.hits < one.answered.n
    assert one.silences == sum(row["code"] == "MG401" for row in rows)
    assert one.promises_broken == sum(row["code"] in ("MG101", "MG102") for row in rows)
    assert one.slipped.hits == len({row["case_id"] for row in rows if row["code"] in kinds.SLIPS})
    assert one.people == len({row["last_person"] for row in cases})
    assert one.business_days == pytest.approx(hours.open_seconds(first, last) / hours.day_seconds)


_ENDS: tuple[tuple[Callable[..., datetime], str], ...] = ((min, "first_at"), (max, "last_at"))
