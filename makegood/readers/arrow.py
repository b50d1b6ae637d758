"""The log as an Arrow table, and the files that a reading leaves: events.parquet, rejected.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from makegood.rules.logs import COLUMNS, NEVER_BLANK, LogEvent

from .reading import Rejection

_TYPES = {"text": pa.string(), "moment": pa.timestamp("us"), "number": pa.int64(), "truth": pa.bool_()}

SCHEMA = pa.schema([pa.field(name, _TYPES[kind], nullable=name not in NEVER_BLANK) for name, kind in COLUMNS.items()])
"""The columns of `rules.logs.COLUMNS`. Moments are UTC and carry no zone."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the beginning of a formula, full-width letters too."""

_ROWS_A_GROUP = 1_000_000


class Writer:
    """Writes the log and what was rejected into a folder, as they come. Used with `with`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.events = 0
        self.rejected = 0
        self._waiting: list[pa.RecordBatch] = []
        self._told: list[LogEvent] = []
        self._rows_waiting = 0

    def __enter__(self) -> Self:
        # Under another name until it is whole: half a log must never be taken for the log.
        self._parquet = pq.ParquetWriter(self._part("events.parquet"), SCHEMA)
        self._file = self._part("rejected.csv").open("w", encoding="utf-8", newline="")
        self._csv = csv.writer(self._file)
        self._csv.writerow(("line", "column", "value", "why"))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._pour_told()
            self._pour()
        self._parquet.close()
        self._file.close()
        for name in ("events.parquet", "rejected.csv"):
            if kind is None:
                self._part(name).replace(self.folder / name)
            else:
                self._part(name).unlink(missing_ok=True)

    def _part(self, name: str) -> Path:
        return self.folder / f"{name}.part"

    def add(self, batch: pa.RecordBatch) -> None:
        """Write a batch of the log."""
        self._waiting.append(batch)
        self._rows_waiting += batch.num_rows
        self.events += batch.num_rows
        if self._rows_waiting >= _ROWS_A_GROUP:
            self._pour()

    def tell(self, events: Iterable[LogEvent]) -> None:
        """Write events one by one, for exports that are read in plain Python."""
        self._told.extend(events)
        if len(self._told) >= _ROWS_A_GROUP // 10:
            self._pour_told()

    def reject(self, rejections: Iterable[Rejection]) -> None:
        """Put rows on the list of those that couldn't be read."""
        for each in rejections:
            self._csv.writerow((each.line, as_text(each.column), as_text(each.value), each.why))
            self.rejected += 1

    def _pour_told(self) -> None:
        if self._told:
            self.add(batch_of(self._told))
            self._told = []

    def _pour(self) -> None:
        if self._waiting:
            self._parquet.write_table(pa.Table.from_batches(self._waiting, SCHEMA))
        self._waiting, self._rows_waiting = [], 0


def as_text(value: str) -> str:
    """Return the value as a spreadsheet shows it without computing it: a formula gets an apostrophe in front."""
    return f"'{value}" if value.startswith(FORMULA) else value


def batch_of(events: Sequence[LogEvent]) -> pa.RecordBatch:
    """Return the events as rows of the log."""
    return pa.RecordBatch.from_arrays(
        [pa.array([_plain(getattr(each, field.name)) for each in events], field.type) for field in SCHEMA],
        schema=SCHEMA,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)  # LogEvent keeps UTC
    return str(value) if isinstance(value, str) else value
