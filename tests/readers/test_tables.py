"""Exports as they really come: every row is read, left out on purpose, or listed with its line and the reason."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood import readers
from makegood.readers import NotReadable, mapping_file, rows, tables
from makegood.readers.reading import (
    CUT_OFF,
    HEADER_AGAIN,
    NO_CASE,
    NO_TIME,
    NOT_JSON,
    NOT_TEXT,
    UNKNOWN_STATE,
    UNREADABLE_TIME,
    WRONG_WIDTH,
    Rejection,
)

from .exports import DESK, HEADER, events, read, rejected, written


def test_every_row_that_cannot_be_read_is_listed_with_its_line_and_the_reason(tmp_path: Path) -> None:
    export = written(
        tmp_path / "desk.csv",
        HEADER
        + "1,29/2/2016 06:26,New,Front desk\n"  # 2
        + ",29/2/2016 06:30,New,Front desk\n"  # 3
        + "1,2016-02-29,Active,Front desk\n"  # 4
        + "1,,Active,Front desk\n"  # 5
        + "1,29/2/2016 06:40,Sleeping,Front desk\n"  # 6
        + "1,29/2/2016 06:50\n"  # 7
        + HEADER  # 8
        + '1,29/2/2016 07:00,"Pending, customer",Warehouse,more\n'  # 9
        + "1,29/2/2016 07:10,Closed,Warehouse\n",  # 10
    )
    reading = read(export)
    assert rejected(export) == [
        (3, "case", "", NO_CASE),
        (4, "at", "2016-02-29", UNREADABLE_TIME),
        (5, "at", "", NO_TIME),
        (6, "status", "Sleeping", UNKNOWN_STATE),
        (7, "", "1,29/2/2016 06:50", WRONG_WIDTH),
        (8, "", "case,at,status,team", HEADER_AGAIN),
        (9, "", '1,29/2/2016 07:00,"Pending, customer",Warehouse,more', WRONG_WIDTH),
    ]
    assert (reading.rows, reading.rejected, reading.events) == (9, 7, 2)
    assert [(each["row"], each["state"]) for each in events(export)] == [(2, "open"), (10, "done")]


def test_lines_are_those_a_person_counts_even_where_values_hold_line_breaks(tmp_path: Path) -> None:
    export = written(
        tmp_path / "desk.csv",
        'case,at,status,"team\nname"\n'
        '1,29/2/2016 06:26,New,"Front\ndesk"\n'  # lines 3 and 4
        "\n"  # 5, blank: no row at all
        '"",29/2/2016 06:26,New,"Front\ndesk"\n'  # 6 and 7
        "1,29/2/2016 07:10,Lost,x\n",  # 8
    )
    reading = read(export, DESK.replace('team = "team"\n', ""))
    assert rejected(export) == [(6, "case", "", NO_CASE), (8, "status", "Lost", UNKNOWN_STATE)]
    assert (reading.rows, reading.rejected, reading.events) == (3, 2, 1)


def test_a_packed_file_that_ends_in_the_middle_is_read_to_its_last_whole_line_and_says_so(tmp_path: Path) -> None:
    lines = [f"{n},29/2/2016 06:26,New,Team {n * 7919 % 1009}\n" for n in range(20_000)]
    packed = gzip.compress((HEADER + "".join(lines)).encode())
    export = written(tmp_path / "desk.csv.gz", packed[: len(packed) // 2])
    reading = read(export)
    assert reading.truncated
    assert 1_000 < reading.events < 19_000
    [(line, _, value, why)] = rejected(export)
    assert why == CUT_OFF
    assert line == reading.events + 2
    assert lines[reading.events].startswith(value)
    assert len(value) < len(lines[reading.events])
    assert "ends in the middle" in str(reading.notes[0])


def test_a_whole_packed_file_without_a_last_line_break_is_whole(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.csv.gz", gzip.compress((HEADER + "1,29/2/2016 06:26,New,x").encode()))
    reading = read(export)
    assert (reading.events, reading.rejected, reading.truncated) == (1, 0, False)


def test_a_name_that_stands_twice_in_the_header_is_refused_where_the_mapping_uses_it(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.csv", "case,at,status,status,team\n1,29/2/2016 06:26,New,Closed,x\n")
    with pytest.raises(NotReadable, match='names "status" more than once') as refused:
        read(export)
    assert refused.value.code == "header_twice"
    read(export, DESK.replace('column = "status"', 'column = "status (2)"'))
    assert events(export)[0]["state"] == "done"


def test_a_name_that_stands_twice_and_is_not_used_is_told(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.csv", "case,at,x,x,status,team\n1,29/2/2016 06:26,a,b,New,x\n")
    assert [each.code for each in read(export).notes] == ["header_twice"]


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.csv", "case,at,state,team\n")
    with pytest.raises(NotReadable, match='no column "status"\\. It has: case, at, state, team'):
        read(export)


def test_too_little_that_can_be_read_concludes_nothing(tmp_path: Path) -> None:
    good, bad = "1,29/2/2016 06:26,New,x\n", "1,29/2/2016 06:26,Lost,x\n"
    export = written(tmp_path / "desk.csv", HEADER + good * 9 + bad)
    with pytest.raises(NotReadable, match=r"Only 90\.0% of the rows of desk\.csv could be read, and less than 95\.0%"):
        readers.read(export, into=tmp_path / "out", mapping=DESK)
    assert len(rejected(export)) == 1
    assert json.loads((tmp_path / "out" / "reading.json").read_text())["conclusive"] is False
    lower = DESK + "[source]\nleast_readable = 0.9\n"
    assert readers.read(export, into=tmp_path / "out", mapping=lower).share == 0.9


@pytest.mark.parametrize("text", ["", HEADER])
def test_a_file_without_rows_concludes_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotReadable):
        readers.read(written(tmp_path / "desk.csv", text), into=tmp_path / "out", mapping=DESK)


def test_a_byte_that_is_no_text_costs_its_row_alone(tmp_path: Path) -> None:
    text = HEADER.encode() + b"1,29/2/2016 06:26,New,Caf\xe9\n2,29/2/2016 06:26,New,Caf\xc3\xa9\n"
    short = written(tmp_path / "short.csv", text + b"\xe9,too short\n")
    read(short)
    assert [(line, why) for line, _, _, why in rejected(short)] == [(2, NOT_TEXT), (4, WRONG_WIDTH)]
    export = written(tmp_path / "desk.csv", text)
    read(export)
    assert [(line, column, why) for line, column, _, why in rejected(export)] == [(2, "team", NOT_TEXT)]
    assert [each["team"] for each in events(export)] == ["Café"]
    read(export, DESK + '[source]\nencoding = "latin-1"\n')
    assert [each["team"] for each in events(export)] == ["Café", "CafÃ©"]


def test_a_quotation_mark_that_is_never_closed_is_told_not_swallowed(tmp_path: Path) -> None:
    rest = "2,29/2/2016 06:26,New,x\n" * 100
    export = written(tmp_path / "desk.csv", HEADER + '1,29/2/2016 06:26,New,"x\n' + rest)
    with pytest.raises(NotReadable, match="opened and never closed"):
        read(export)
    few = written(tmp_path / "few.csv", HEADER + 'a,"5"" pipe",New,x\n1,29/2/2016 06:26,New,"x\n' + rest[:60])
    with pytest.raises(NotReadable, match="from about line 3 on: a quotation mark is opened and never closed"):
        read(few)
    few = written(tmp_path / "few.csv", HEADER + '1,29/2/2016 06:26,New,"x\n' + "2,29/2/2016 06:26,New,x\n" * 3)
    assert read(few, DESK + "[source]\nquote = ''\n").events == 4


@pytest.mark.parametrize(
    ("name", "between", "encoding"),
    [("desk.csv", ";", "utf-8-sig"), ("desk.tsv", "\t", "utf-8"), ("desk.txt", "|", "utf-16"), ("desk", ",", "cp1252")],
)
def test_the_separator_is_seen_and_the_encoding_is_stated(
    tmp_path: Path, name: str, between: str, encoding: str
) -> None:
    text = (HEADER + "1,29/2/2016 06:26,New,Señal\n").replace(",", between)
    export = written(tmp_path / name, text.encode(encoding))
    assert read(export, DESK + f'[source]\nencoding = "{encoding}"\n').events == 1
    assert events(export)[0]["team"] == "Señal"


def test_lines_before_the_header_are_skipped(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.csv", "Exported by Ana\n\n" + HEADER + "1,29/2/2016 06:26,Lost,x\n")
    read(export, DESK + "[source]\nskip = 2\n")
    assert rejected(export)[0][0] == 4


cell = st.text(st.sampled_from('ab "\n,;é'), max_size=4)
times = st.sampled_from(["29/2/2016 06:26", "30/2/2016 06:26", "", "1/3/2016 5:00"])
table = st.lists(
    st.tuples(st.sampled_from(["1", "2", "", "a\nb"]), times, st.sampled_from(["New", "Pending x", "?"]), cell),
    min_size=1,
    max_size=8,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n", "\r\n"]))
def test_a_csv_file_gives_what_its_rows_give_one_by_one(
    tmp_path: Path, found: list[tuple[str, ...]], quoting: int, line_end: str
) -> None:
    export = tmp_path / "desk.csv"
    with export.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=quoting, lineterminator=line_end)  # type: ignore[arg-type]
        writer.writerows([("case", "at", "status", "team"), *found])
    reading = read(export)
    mapping = mapping_file.read(DESK)
    expected, unread = [], []
    with export.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        line = 2
        for record, each in enumerate(reader, start=2):
            told = rows.events_of(each, record, mapping)
            if isinstance(told, Rejection):
                unread.append((line, told.column, told.value, told.why))
            elif told:
                expected += [(one.case_id, one.at.replace(tzinfo=None), one.row, one.state, one.team) for one in told]
            line = reader.line_num + 1
    got = [(each["case_id"], each["at"], each["row"], each["state"], each["team"]) for each in events(export)]
    assert got == expected
    assert rejected(export) == unread
    assert reading.rows == len(found)


def test_json_lines_are_rows_and_what_is_inside_is_named_with_a_point(tmp_path: Path) -> None:
    lines = [
        {"case": 1, "at": "29/2/2016 06:26", "status": "New", "owner": {"team": "Front desk"}},
        {"case": 2.0, "at": "29/2/2016 06:26", "status": "Closed"},
    ]
    text = "".join(json.dumps(each) + "\n" for each in lines) + "[1]\n{oops\n"
    export = written(tmp_path / "desk.jsonl", text)
    read(export, DESK.replace('team = "team"', 'team = "owner.team"'))
    assert [(each["case_id"], each["team"]) for each in events(export)] == [("1", "Front desk"), ("2", None)]
    assert rejected(export) == [(3, "", "[1]", NOT_JSON), (4, "", "{oops", NOT_JSON)]


def test_a_json_list_is_its_elements(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.json", json.dumps([{"case": 1, "at": "29/2/2016 06:26", "status": "New"}]))
    assert read(export).events == 1


def test_a_parquet_file_keeps_its_own_times(tmp_path: Path) -> None:
    found = pa.table(
        {
            "case": pa.array([1, 2]),
            "at": pa.array([datetime(2016, 2, 29, 6, 26), None], pa.timestamp("us", "Europe/Madrid")),  # noqa: DTZ001
            "status": pa.array(["New", "New"]).dictionary_encode(),
            "team": pa.array([None, "x"]),
        }
    )
    export = tmp_path / "desk.parquet"
    pq.write_table(found, export)
    read(export)
    assert [(each["case_id"], each["at"].isoformat()) for each in events(export)] == [("1", "2016-02-29T06:26:00")]
    assert rejected(export) == [(2, "at", "", NO_TIME)]


def test_half_a_parquet_file_is_refused(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.parquet", b"PAR1 and no more")
    with pytest.raises(NotReadable, match="no whole Parquet file"):
        read(export)


def test_progress_tells_rows_and_the_share_read(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.csv", HEADER + "1,29/2/2016 06:26,New,x\n" * 10)
    heard: list[tuple[int, float | None]] = []
    tables.read(export, mapping_file.read(DESK), tmp_path / "out", lambda rows, share: heard.append((rows, share)))
    assert heard == [(10, 1.0)]
