"""Measures against counting by hand, and against what must not change them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from makegood.audit import kinds
from makegood.audit.gather import Report
from makegood.audit.lengths import TO_SUBSTANCE, in_open_hours
from makegood.audit.measures import NOT_RECORDED, TOO_FEW, measure
from makegood.audit.openings import lay_ruler
from makegood.audit.survival import curve
from makegood.audit.tables import Tables
from makegood.rules.hours import Hours
from tests.audit import small_log
from tests.audit.conftest import gathered
from tests.audit.small_log import case, finding


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / f"{name}.parquet").to_pylist()


def test_every_count_is_what_counting_by_hand_gives(desk: Path, report: Report) -> None:
    cases, findings = rows(desk, "cases"), rows(desk, "findings")
    slipped = {one["case_id"] for one in findings if one["code"] in kinds.SLIPS}
    closed = [one for one in cases if one["closed"]]
    late = sum(one["promises_late"] + one["promises_broken"] for one in cases)
    kept = sum(one["promises_kept"] for one in cases)
    again = [
        one
        for one in closed
        if any(
            other["customer"] == one["customer"]
            and timedelta() < other["first_at"] - one["closed_at"] <= timedelta(days=90)
            for other in cases
        )
    ]
    expected = {
        "slipped": (len(slipped), len(cases)),
        "promises_kept": (kept, kept + late),
        "ping_pong": (len({one["case_id"] for one in findings if one["code"] == "MG202"}), len(cases)),
        "drip_asks": (sum(one["asks"] >= 2 for one in cases), len(cases)),
        "escalated": (len({one["case_id"] for one in findings if one["code"] == "MG302"}), len(cases)),
        "not_contradicted": (sum(one["reopens"] == 0 for one in closed), len(closed)),
        "second_case": (len(again), len(closed)),
        "handoffs": (sum(one["handoffs"] for one in cases), len(cases)),
    }
    found = {key: (report.measures[key].hits, report.measures[key].n) for key in expected}
    assert found == expected
    assert 0 < len(slipped) < len(cases)


def test_the_wait_in_open_hours_is_what_the_ruler_says_case_by_case(tables: Tables, desk: Path, hours: Hours) -> None:
    lasted = []
    for one in rows(desk, "cases"):
        end = one["first_substantive_reply_at"] or one["closed_at"] or small_log.AS_OF.replace(tzinfo=None)
        seconds = hours.open_seconds(one["first_at"].replace(tzinfo=UTC), end.replace(tzinfo=UTC))
        lasted.append((round(seconds / 60) / 60, one["first_substantive_reply_at"] is not None))
    by_hand = curve((at, int(ended), int(not ended)) for at, ended in lasted)
    found = in_open_hours(tables, TO_SUBSTANCE)
    assert (found.n, found.open) == (by_hand.n, by_hand.open)
    assert found.reached(0.5) == pytest.approx(by_hand.reached(0.5), abs=0.02)
    assert found.at(8).share == pytest.approx(by_hand.at(8).share, abs=0.02)


def test_asked_again_of_the_files_each_number_gives_the_same(
    desk: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    assert report.flows is not None
    asked = set()
    for listing in report.listings:
        if listing.sql:
            asked.add(listing.key)
            found = {case for (case,) in duckdb.sql(listing.sql).fetchall()}
            assert len(found) == listing.count, listing.key
            assert {line.case_id for line in listing.lines} <= found
    assert len(asked) > 20
    cells = {f"hand-{g}-{r}" for g, row in enumerate(report.flows.counts) for r, n in enumerate(row) if n}
    cells |= {f"week-{day}-{hour}" for day, hours in enumerate(report.week) for hour, n in enumerate(hours) if n}
    assert cells
    assert cells <= asked


def test_a_share_and_its_list_are_of_the_same_cases(report: Report) -> None:
    for key, one in report.measures.items():
        if one.unit == "share" and one.hits and key != "promises_kept":
            assert report.listings[key].count == one.hits, key


def test_a_log_that_does_not_say_gets_a_reason_and_no_number(tmp_path: Path, hours: Hours) -> None:
    blank = dict.fromkeys(
        ("asks", "handoffs", "promises", "promises_kept", "promises_late", "promises_broken", "first_reply_at",
         "first_substantive_reply_at", "longest_silence_hours", "reopens", "customer")
    )  # fmt: skip
    small_log.write(tmp_path, [case(f"C{n}", **blank, contacts_known=False) for n in range(30)])
    measures = gathered(tmp_path, hours).measures
    silent = ("first_substantive", "substance_gap", "promises_kept", "handoffs", "ping_pong", "longest_silence",
              "drip_asks", "not_contradicted", "second_case")  # fmt: skip
    assert {measures[key].why_not for key in silent} == {NOT_RECORDED}
    assert {measures[key].value for key in silent} == {None}


def test_nineteen_cases_give_counts_and_no_share(tmp_path: Path, hours: Hours) -> None:
    small_log.write(tmp_path, [case(f"C{n}") for n in range(19)], [finding("MG401", "C1")])
    slipped = gathered(tmp_path, hours).measures["slipped"]
    assert (slipped.hits, slipped.n, slipped.value, slipped.why_not) == (1, 19, None, TOO_FEW)


def test_no_measure_changes_when_all_times_move_by_weeks(tmp_path: Path, hours: Hours) -> None:
    week = timedelta(weeks=1)
    values = []
    for name, shift in (("now", timedelta()), ("later", week)):
        first = datetime(2026, 4, 6, 15, tzinfo=UTC) + shift
        cases = [case(f"C{n}", first_at=first + timedelta(hours=n % 9), customer=f"K{n % 9}") for n in range(40)]
        found = [finding("MG401", f"C{n}", since=first, due=first + week, until=None) for n in range(7)]
        small_log.write(tmp_path / name, cases, found)
        measures = gathered(tmp_path / name, hours).measures
        values.append({key: (one.value, one.hits, one.n) for key, one in measures.items()})
    assert values[0] == values[1]


def test_a_slip_stays_one_after_the_case_was_made_good(tmp_path: Path, hours: Hours) -> None:
    small_log.write(tmp_path, [case("C1")], [finding("MG401", "C1"), finding("MG202", "C1")])
    assert gathered(tmp_path, hours).slipped == 1


def test_a_name_with_a_quote_is_a_name(tmp_path: Path, hours: Hours) -> None:
    cases = [case(f"C{n}", last_team="O'Hara's; DROP TABLE story" if n % 2 else "Billing") for n in range(50)]
    small_log.write(tmp_path, cases, [finding("MG401", "C1")])
    groups = gathered(tmp_path, hours).groups["team"]
    assert [(group.name, group.slipped.n, group.slipped.hits) for group in groups] == [
        ("Billing", 25, 0),
        ("O'Hara's; DROP TABLE story", 25, 1),
    ]


def test_an_empty_log_has_no_numbers(tmp_path: Path, hours: Hours) -> None:
    small_log.write(tmp_path, [])
    report = gathered(tmp_path, hours)
    assert (report.cases, report.slipped, report.calls) == (0, 0, ())
    assert {one.value for one in report.measures.values()} == {None}


def test_measures_need_no_log(desk: Path, hours: Hours) -> None:
    from makegood.audit.openings import lay_ruler

    with Tables(desk, as_of=small_log.AS_OF) as tables:
        lay_ruler(tables, hours)
        assert measure(tables)["slipped"].n == 300


def test_the_part_that_was_silence_counts_the_cases_that_its_list_shows(tmp_path: Path, hours: Hours) -> None:
    at_once = [case(f"N-{n}", closed_at=small_log.MONDAY_TEN, longest_silence_hours=0.0) for n in range(5)]
    small_log.write(tmp_path, [case(f"C-{n}", longest_silence_hours=12.0) for n in range(30)] + at_once)
    with Tables(tmp_path, as_of=small_log.AS_OF) as tables:
        lay_ruler(tables, hours)
        silence = measure(tables)["longest_silence"]
        assert silence.cases is not None
        assert (silence.n, silence.value) == (tables.count(silence.cases), 0.25)
