"""Many rows at once mean what each of them means by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.readers import mapping_file, rows
from makegood.readers.columns import translate
from makegood.readers.mapping import ExportMap
from makegood.readers.reading import Rejection
from makegood.rules.logs import LogEvent

from .exports import DESK

MAPPINGS = {
    "a desk's": DESK,
    "two columns a word, an order and a zone missing": """
[source]
missing = ["?", "NULL"]
[columns]
case = ["region", "case"]
team = ["region", "team"]
person = "person"
order = "number"
[time]
column = ["day", "clock"]
format = ["%d/%m/%Y %H:%M", "iso", "epoch"]
[state]
column = ["status", "team"]
done = ["Closed/*", "Closed"]
open = ["New*"]
unknown = "nothing"
[what]
column = "person"
asked_customer = ["Ana"]
staff_wrote = ["B*"]
nothing = ["Cleo"]
[actor]
column = "team"
automatic = ["Robot"]
unknown = "staff"
[substantive]
status = ["Closed", "New"]
[ignore]
team = ["Nobody"]
clock = ["", "never"]
""",
    "a row that is a whole case": """
[columns]
case = "@line"
team = "team"
[time]
format = "%d/%m/%Y %H:%M"
zone = "Europe/Madrid"
[automatic]
team = ["Robot"]
[[event]]
time = "at"
required = true
what = "opened"
state = "open"
team = []
[[event]]
time = "at"
plus = "2 hours"
what = "promised"
due = { column = "due", format = ["%d/%m/%Y %H:%M", "iso"], plus = "1 day" }
promise = "target"
when = { status = ["New", "Active"], team = ["*o*", ""] }
[[event]]
time = "closed"
format = ["iso", "%d/%m/%Y %H:%M"]
what = "promise_kept"
state = "@column"
promise_column = "person"
actor = "staff"
[state]
column = "status"
done = ["Closed"]
open = ["Active"]
""",
}

times = st.sampled_from(
    [None, "", "29/2/2016 06:10", "30/2/2016 06:10", "1/3/2016 02:55 ", "2016-03-27 02:30", "2016-03-27", "?", "x",
     "2016-03-01T10:00:00+05:00", "1456822800.5"]
)  # fmt: skip
row = st.fixed_dictionaries(
    {
        "case": st.sampled_from([None, "1", " 2 ", "?", "", "a/b"]),
        "region": st.sampled_from([None, "north", "NULL"]),
        "team": st.sampled_from([None, "Front desk", "Warehouse", "Robot", "Nobody", " "]),
        "person": st.sampled_from([None, "Ana", "Ben", "Cleo", "Dan"]),
        "status": st.sampled_from(["New", "Active", "Pending", "Pending - carrier", "Closed", "Lost", "", None]),
        "number": st.sampled_from(["0", "12", "x", None]),
        "at": times,
        "closed": times,
        "due": times,
        "day": st.sampled_from(["29/02/2016", "2016-02-29", None]),
        "clock": st.sampled_from(["06:10", "06:10:30Z", "never", None]),
    }
)


@cache
def mapped(text: str) -> ExportMap:
    return mapping_file.read(text)


def one_by_one(found: list[dict[str, Any]], text: str) -> tuple[list[LogEvent], list[Rejection], int]:
    mapping = mapped(text)
    events: list[LogEvent] = []
    rejections, ignored = [], 0
    for line, each in enumerate(found, start=2):
        match rows.events_of(each, line, mapping):
            case None:
                ignored += 1
            case Rejection() as rejection:
                rejections.append(rejection)
            case told:
                events += told
    return events, rejections, ignored


def at_once(batch: pa.RecordBatch, text: str) -> tuple[list[LogEvent], list[Rejection], int]:
    lines = np.arange(2, batch.num_rows + 2, dtype=np.int64)
    found = translate(batch, lines, mapped(text))
    events = [LogEvent(**_aware(each)) for part in found.events for each in part.to_pylist()]
    return events, found.rejections, found.ignored


def _aware(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for key, value in found.items()}


def order(event: LogEvent) -> tuple[int, str, str]:
    return event.row, event.case_id, event.what


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(MAPPINGS)), st.lists(row, max_size=6))
def test_rows_at_once_give_what_each_gives_by_itself(which: str, found: list[dict[str, Any]]) -> None:
    batch = pa.RecordBatch.from_pylist(found, pa.schema([(name, pa.string()) for name in _NAMES]))
    events, rejections, ignored = at_once(batch, MAPPINGS[which])
    expected, unread, left_out = one_by_one(found, MAPPINGS[which])
    assert sorted(events, key=order) == sorted(expected, key=order)
    assert rejections == unread
    assert ignored == left_out


_NAMES = ("case", "region", "team", "person", "status", "number", "at", "closed", "due", "day", "clock")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "case": st.one_of(st.none(), st.integers(0, 5), st.sampled_from([1.0, 2.5, float("nan")])),
                "at": st.one_of(st.none(), st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1))),  # noqa: DTZ001
                "status": st.one_of(st.none(), st.booleans()),
                "team": st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2021, 1, 1))),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
def test_columns_with_types_of_their_own_mean_the_same(found: list[dict[str, Any]]) -> None:
    text = """
[columns]
case = "case"
team = "team"
[time]
column = "at"
zone = "Europe/Madrid"
[state]
column = "status"
done = [true]
open = [false]
"""
    cases = [each["case"] for each in found]
    kind = pa.float64() if any(isinstance(each, float) for each in cases) else pa.int64()
    schema = pa.schema([("case", kind), ("at", pa.timestamp("us")), ("status", pa.bool_()), ("team", pa.date32())])
    batch = pa.RecordBatch.from_pylist(found, schema)
    assert at_once(batch, text)[0::2] == one_by_one(batch.to_pylist(), text)[0::2]
    assert [each.line for each in at_once(batch, text)[1]] == [each.line for each in one_by_one(found, text)[1]]


@pytest.mark.parametrize("which", sorted(MAPPINGS))
def test_no_rows_are_no_events(which: str) -> None:
    batch = pa.RecordBatch.from_pylist([], pa.schema([(name, pa.string()) for name in _NAMES]))
    assert at_once(batch, MAPPINGS[which]) == ([], [], 0)
