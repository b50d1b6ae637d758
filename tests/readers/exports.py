"""Small exports for the tests of this folder: written out, read, and looked at."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from makegood import readers
from makegood.readers import Reading, mapping_file, tables

DESK = """
[columns]
case = "case"
team = "team"

[time]
column = "at"
format = "%d/%m/%Y %H:%M"
zone = "UTC"

[state]
column = "status"
open = ["New", "Active"]
waiting_customer = ["Pending*"]
done = ["Closed"]
"""
"""The mapping of an invented desk, whose columns are case, at, status and team."""

HEADER = "case,at,status,team\n"


def read(path: Path, mapping: str = DESK) -> Reading:
    """Read an export beside itself, without refusing anything for being too little."""
    reading = tables.read(path, mapping_file.read(mapping), path.parent / "out", readers.quietly)
    reading.write(path.parent / "out")
    return reading


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def events(path: Path) -> list[dict[str, Any]]:
    """Return the log that `read` left beside the export."""
    found: list[dict[str, Any]] = pq.read_table(path.parent / "out" / "events.parquet").to_pylist()
    return found


def rejected(path: Path) -> list[tuple[int, str, str, str]]:
    """Return line, column, value and reason of every row that `read` could not read."""
    with (path.parent / "out" / "rejected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["line", "column", "value", "why"]
    return [(int(line), column, value, why) for line, column, value, why in rows[1:]]
