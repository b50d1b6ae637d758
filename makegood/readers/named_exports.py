"""What the readers of exports by name share: finding a desk's tables in a folder or a file, and their times.

An export is a folder of CSV, JSON or JSON-lines files, or one JSON file that holds the
lists by name. Each reader asks for the tables that it knows, by any of their names.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from . import moments
from .arrow import Writer
from .json_lines import is_text
from .letters import Letters
from .moments import format_of, zone_of
from .reading import NO_CASE, NO_TIME, NOT_JSON, UNREADABLE_TIME, Note, NotReadable, Progress, Reading, Rejection
from .streams import Bytes, bare_suffix

Record = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One record of one of the export's tables."""

    file: str
    line: int
    values: Record

    def get(self, *names: str) -> Any:
        """Return the first of these that the record has and that is not blank."""
        found = (self.values.get(name) for name in names)
        return next((value for value in found if value not in (None, "")), None)

    def text(self, *names: str) -> str | None:
        value = self.get(*names)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return None if value is None else str(value).strip() or None


@dataclass
class Export:
    """A desk's export, its rows told one by one, and what went wrong with them."""

    path: Path
    writer: Writer
    progress: Progress
    letters: Letters
    rows: int = 0
    oddities: Counter[str] = field(default_factory=Counter)
    """What has to be said about the log, by its template, and how often it was met."""

    @cached_property
    def tables(self) -> dict[str, Path]:
        return tables_of(self.path)

    def read(self, *names: str) -> Iterator[Row]:
        """Yield the records of the first of these tables that the export has."""
        path = next((self.tables[name] for name in names if name in self.tables), None)
        for row in records(path, names) if path else ():
            if row.values:
                yield row
            else:
                self.count()
                self.reject(row, "", "", NOT_JSON)

    def count(self) -> None:
        self.rows += 1
        if self.rows % 10_000 == 0:
            self.progress(self.rows, None)

    def reject(self, row: Row, column: str, value: object, why: str) -> None:
        self.writer.reject([Rejection(line=row.line, column=f"{row.file}: {column}", value=str(value or ""), why=why)])

    def case(self, row: Row, *names: str) -> str | None:
        """Return the case that the row is of; without one it is rejected."""
        case = row.text(*names)
        if case is None:
            self.reject(row, names[0], "", NO_CASE)
        return case

    def moment(self, row: Row, *names: str) -> datetime | None:
        """Return the row's moment; without a readable one it is rejected."""
        value = row.get(*names)
        if value is None:
            self.reject(row, names[0], "", NO_TIME)
            return None
        at = moment(value)
        if at is None:
            self.reject(row, names[0], value, UNREADABLE_TIME)
        return at

    def reading(self, name: str, least: float) -> Reading:
        """Return how it went, once everything was told."""
        notes = [Note(code="oddity", template=text, gaps={"n": n}) for text, n in self.oddities.items()]
        notes += self.letters.notes()
        self.letters.write(self.writer.folder)
        self.progress(self.rows, 1.0)
        return Reading(
            source=f"{self.path.name} ({name})",
            rows=self.rows,
            rejected=self.writer.rejected,
            ignored=0,
            events=self.writer.events,
            least_readable=least,
            notes=tuple(notes),
        )


def moment(value: object) -> datetime | None:
    """Return an export's time: ISO, UTC where no zone is said, or seconds since 1970."""
    text = str(value).strip()
    for kind in ("iso", "epoch", "%d-%m-%Y %H:%M:%S %z"):
        if wall := moments.read(text, format_of(kind)):
            return moments.moment(wall, zone_of("UTC"))
    return None


def tables_of(path: Path) -> dict[str, Path]:
    """Return the export's tables by the name of their file: `ticket_data.csv` is "ticket_data"."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name.lower().partition(".")[0]: file for file in files if file.is_file() and is_table(file)}


def is_table(file: Path) -> bool:
    """Return whether a file of this name may be one of an export's tables."""
    return bare_suffix(file) in (".csv", ".json", ".jsonl", ".ndjson")


def first_record(path: Path, *names: str) -> Record:
    """Return the first record of a table, to see whose it is; empty where there is none."""
    try:
        return next((row.values for row in records(path, names)), {})
    except (NotReadable, ValueError, OSError, csv.Error):
        return {}


def records(path: Path, names: Iterable[str]) -> Iterator[Row]:
    """Yield a file's records. Of a JSON object that holds several lists, those under one of the names."""
    stream = io.BufferedReader(Bytes(path), 1 << 20)
    if bare_suffix(path) == ".csv":
        reader = csv.reader(io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline=""))
        header = next(reader, [])
        for line in reader:
            if line:
                yield Row(path.name, reader.line_num, dict(zip(header, line, strict=False)))
        return
    text = stream.read()
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        for number, packed in enumerate(text.splitlines(), start=1):
            if packed.strip():
                yield Row(path.name, number, _object(packed))
        return
    escapes = b"\\u" if b"\\u" in text else b""
    for number, each in enumerate(_listed(whole, names), start=1):
        yield Row(path.name, number, each if isinstance(each, dict) and is_text(each, escapes) else {})


def _listed(whole: Any, names: Iterable[str]) -> list[Any]:
    if isinstance(whole, list):
        return whole
    held = next((whole[name] for name in names if isinstance(whole.get(name), list)), None)
    return [whole] if held is None else held


def _object(line: bytes) -> Record:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and is_text(found, line) else {}
