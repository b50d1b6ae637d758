"""The files that others published, read with the mappings that ship for them."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from makegood import readers
from makegood.readers import NotReadable, mapping_file
from makegood.rules.histories import judge, knows
from makegood.rules.logs import LogEvent
from tests.rules.company import POLICY

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

DATA = Path(__file__).parents[3] / "shared" / "data"
MAPPINGS = Path(__file__).parents[2] / "examples" / "mappings"
FILES = {
    "uci_incident": "uci_incident_700.csv",
    "boston311": "complaints/boston311-100.csv",
    "nyc311": "complaints/nyc311-100.csv",
    "cfpb": "complaints/cfpb_2013_disputed.csv",
    "cfpb_subset": "complaints/complaints-subset.csv",
}


def read(name: str, into: Path) -> readers.Reading:
    if not DATA.exists():
        pytest.skip(f"needs {DATA}")
    mapping = (MAPPINGS / f"{name}.toml").read_text(encoding="utf-8")
    return readers.read(DATA / FILES[name], into=into, mapping=mapping)


def histories(into: Path) -> dict[str, Any]:
    """Return each case's facts, as the rule book tells them one by one."""
    cases: dict[str, list[LogEvent]] = defaultdict(list)
    for each in pq.read_table(into / "events.parquet").to_pylist():
        moments = {key: each[key].replace(tzinfo=UTC) for key in ("at", "due_at") if each[key]}
        cases[each["case_id"]].append(LogEvent(**each | moments))
    known = knows([event for case in cases.values() for event in case], as_of=NOW)
    return {case: judge(events, known=known, policy=POLICY, as_of=NOW) for case, events in cases.items()}


def test_700_incidents_are_told_as_their_truth_table_tells_them(tmp_path: Path) -> None:
    reading = read("uci_incident", tmp_path)
    assert (reading.rows, reading.rejected) == (5_788, 0)
    found = histories(tmp_path)
    with (DATA / "uci_incident_700_truth.csv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file))
    assert len(truth) == len(found) == 700
    for row in truth:
        history = found[row["case"]]
        told = (history.teams, history.handoffs, history.returns, history.reopens)
        assert told == tuple(int(row[name]) for name in ("teams", "handovers", "returns", "reopens")), row["case"]
        assert f"{history.first_at:%Y-%m-%dT%H:%M:%S}" == row["first"]
        assert f"{history.last_at:%Y-%m-%dT%H:%M:%S}" == row["last"]
        # Hours with two decimals: half a minute at most.
        assert history.longest_gap_open_hours == pytest.approx(float(row["max_gap_open_h"]), abs=0.00501)
        assert history.longest_gap_desk_hours == pytest.approx(float(row["max_gap_desk_h"]), abs=0.00501)


@pytest.mark.parametrize(
    ("name", "rows", "promised", "kept", "closed"),
    [
        ("boston311", 100, 89, 77, 85),
        ("nyc311", 100, 42, 41, 99),
        ("cfpb", 3_186, 3_186, 3_093, None),
        ("cfpb_subset", 280, None, None, None),
    ],
)
def test_files_whose_rows_are_whole_cases_are_read_whole(
    tmp_path: Path, name: str, rows: int, promised: int | None, kept: int | None, closed: int | None
) -> None:
    assert (reading := read(name, tmp_path)).rows == rows
    assert reading.rejected == 0
    found = list(histories(tmp_path).values())
    assert len(found) == rows
    if closed is not None:
        assert sum(history.closed for history in found) == closed
    else:
        assert {history.closed for history in found} == {None}
    if promised is not None:
        assert sum(history.promises for history in found) == promised
        assert sum(history.promises_kept + history.promises_late for history in found) == kept


@pytest.mark.parametrize("column", ["closed_at", "opened_at"])
def test_a_column_copied_back_from_the_end_of_a_case_is_refused(tmp_path: Path, column: str) -> None:
    if not DATA.exists():
        pytest.skip(f"needs {DATA}")
    mapping = (MAPPINGS / "uci_incident.toml").read_text(encoding="utf-8").replace("sys_updated_at", column)
    with pytest.raises(NotReadable, match=f'Column "{column}" says the same on every row') as refused:
        readers.read(DATA / FILES["uci_incident"], into=tmp_path, mapping=mapping)
    assert refused.value.code == "copied_back"


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_mapping_is_proposed_that_reads_the_file(tmp_path: Path, name: str) -> None:
    if not DATA.exists():
        pytest.skip(f"needs {DATA}")
    proposed = readers.propose(DATA / FILES[name])
    assert readers.read(DATA / FILES[name], into=tmp_path, mapping=proposed).rejected == 0
    ours = mapping_file.read((MAPPINGS / f"{name}.toml").read_text(encoding="utf-8"))
    guessed = mapping_file.read(proposed)
    assert guessed.events[0].case == ours.events[0].case
    assert guessed.events[0].time.columns == ours.events[0].time.columns
