"""Exports made to do harm: what can't be read is refused or listed, in bounded memory, and nothing is fetched."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from makegood import readers
from makegood.readers import NotReadable, csv_files, named_exports, streams
from makegood.readers.reading import NOT_JSON

from .exports import DESK, HEADER, events, read, rejected, written

ROW = "1,29/2/2016 06:26,New,Front desk\n"
AS_JSON = {"case": "1", "at": "29/2/2016 06:26", "status": "New", "team": "Front desk"}


def test_a_packed_file_that_grows_as_no_log_does_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST_UNPACKED", 2 << 20)
    export = written(tmp_path / "bomb.csv.gz", gzip.compress(HEADER.encode() + b"\n" * (10 << 20)))
    with pytest.raises(NotReadable, match="grows to more than 200 times its size") as refusal:
        read(export)
    assert refusal.value.code == "bomb"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_log_that_repeats_itself_is_no_bomb(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.csv.gz", gzip.compress((HEADER + ROW * 60_000).encode()))
    assert read(export).events == 60_000


@pytest.mark.parametrize("name", ["line.csv.gz", "line.jsonl.gz"])
def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(streams, "LONGEST_LINE", 4 << 20)
    export = written(tmp_path / name, gzip.compress(b'{"case": "' + b"x" * (20 << 20)))
    with pytest.raises(NotReadable, match="a line that is longer than"):
        read(export)


def test_half_a_pair_of_surrogates_rejects_its_row_alone(tmp_path: Path) -> None:
    lines = [json.dumps(AS_JSON), json.dumps(AS_JSON).replace("Front", "Fr\\ud800nt")]
    export = written(tmp_path / "desk.jsonl", "\n".join(lines) + "\n")
    assert read(export).events == 1
    assert [(line, why) for line, _column, _value, why in rejected(export)] == [(2, NOT_JSON)]
    listed = written(tmp_path / "desk.json", f"[{lines[0]}, {lines[1]}]")
    assert (read(listed).events, len(rejected(listed))) == (1, 1)


def test_a_named_export_with_half_a_pair_of_surrogates_has_a_row_of_nothing(tmp_path: Path) -> None:
    export = written(
        tmp_path / "tickets.json", '[{"id": 1, "subject": "\\ud83d\\ude00"}, {"id": 2, "subject": "\\ud83d"}]'
    )
    assert [row.values.get("id") for row in named_exports.records(export, ("tickets",))] == [1, None]


def test_lists_in_lists_without_end_are_no_export(tmp_path: Path) -> None:
    with pytest.raises(NotReadable):
        readers.read(written(tmp_path / "deep.json", "[" * 200_000), into=tmp_path / "out", mapping=None)


@pytest.mark.parametrize("value", [[1], {"a": 1}, [{"a": [None]}]])
def test_values_of_any_shape_in_parquet_are_text_or_are_rejected(tmp_path: Path, value: object) -> None:
    table = {name: [text] * 3 for name, text in AS_JSON.items()} | {"case": [value] * 3}
    pq.write_table(pa.table(table), tmp_path / "desk.parquet")
    assert read(tmp_path / "desk.parquet").events == 3
    assert events(tmp_path / "desk.parquet")[0]["case_id"] == str(value)
    table = {name: [text] * 3 for name, text in AS_JSON.items()} | {"at": [value] * 3}
    pq.write_table(pa.table(table), tmp_path / "desk.parquet")
    assert read(tmp_path / "desk.parquet").rejected == 3


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><log>&e;</log>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><log><trace>&b;</trace></log>',
        '<!DOCTYPE log SYSTEM "http://127.0.0.1:1/x.dtd"><log/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    export = written(tmp_path / "log.xes", text.encode(encoding))
    with pytest.raises(NotReadable, match="declares a document type"):
        readers.read(export, into=tmp_path / "out", mapping=None)


def test_an_encoding_that_does_not_exist_is_no_log(tmp_path: Path) -> None:
    export = written(tmp_path / "log.xes", '<?xml version="1.0" encoding="rot13"?><log/>')
    with pytest.raises(NotReadable, match="holds no events of XES"):
        readers.read(export, into=tmp_path / "out", mapping=None)


def test_columns_without_end_are_not_guessed_at_and_are_read_by_a_mapping(tmp_path: Path) -> None:
    more = [f"c{n}" for n in range(20_000)]
    text = f"{HEADER.strip()},{','.join(more)}\n" + f"{ROW.strip()},{','.join('x' for _ in more)}\n"
    export = written(tmp_path / "wide.csv", text)
    with pytest.raises(NotReadable, match="20004 columns"):
        readers.read(export, into=tmp_path / "out", mapping=None)
    assert readers.read(export, into=tmp_path / "out", mapping=DESK).events == 1


def test_a_workbook_and_a_packed_folder_are_refused_each_with_its_way_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.xlsx", "w") as workbook:
        workbook.writestr("xl/workbook.xml", "<workbook/>")
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
        packed.writestr("tickets.csv", HEADER + ROW)
    written(tmp_path / "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    said = {}
    for name in ("export.xlsx", "old.xls", "export.zip"):
        with pytest.raises(NotReadable) as refusal:
            readers.read(tmp_path / name, into=tmp_path, mapping=DESK)
        said[name] = (refusal.value.code, str(refusal.value))
    assert {name: code for name, (code, _) in said.items()} == {
        "export.xlsx": "workbook", "old.xls": "workbook", "export.zip": "packed",
    }  # fmt: skip
    assert "Save its sheet as CSV" in said["old.xls"][1]
    assert "Unpack it" in said["export.zip"][1]


@pytest.mark.parametrize(("line", "limit"), [("\n", "MOST_BLANK"), ("1\n", "MOST_FAULTY")])
def test_a_file_of_nothing_but_faulty_lines_is_refused_before_it_fills_the_memory(
    line: str, limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_files, limit, 1_000)
    few = written(tmp_path / "few.csv.gz", gzip.compress((HEADER + ROW + line * 900 + ROW).encode()))
    assert read(few).events == 2
    many = written(tmp_path / "many.csv.gz", gzip.compress((HEADER + ROW + line * 5_000 + ROW).encode()))
    with pytest.raises(NotReadable, match="one after another") as refusal:
        read(many)
    assert refusal.value.code == "swamp"


def test_rows_handed_on_a_few_at_a_time_keep_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (ROW, "1\n", ROW.replace("29/2", "31/2"), ROW, "1,2,3,4,5,6\n", "\n", ROW)
    export = written(tmp_path / "desk.csv", HEADER + "".join(kinds[n * 5 % 7] for n in range(40)))
    whole = (read(export).events, rejected(export))
    monkeypatch.setattr(csv_files, "BATCH", 3)
    assert (read(export).events, rejected(export)) == whole
    assert len(whole[1]) > 10
