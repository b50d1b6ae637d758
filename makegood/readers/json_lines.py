"""JSON lines, plain or gzip: an object a line; what is inside an object is named `outer.inner`.

A file that is one JSON list of objects is read too; its elements are counted in place of lines.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from .mapping import Source
from .reading import CUT_OFF, NOT_JSON, Note, NotReadable, Rejection
from .sources import BATCH, Ending, Piece, distinct
from .streams import NO_TEXT, Bytes

_LOOKED_AT = 1_000
"""Lines from which the names of the columns are taken; a column that first comes later is found by its name."""

_SHOWN = 1_000
"""Bytes of a line that is no object which are kept, of which fewer are shown."""


class JsonTable:
    """A file of JSON objects, opened."""

    def __init__(self, path: Path, source: Source) -> None:
        self.path, self.source = path, source
        self.ending = Ending()
        found: dict[str, None] = {}
        for _, row in islice(self._rows(Bytes(path, encoding=source.encoding)), _LOOKED_AT):
            found.update(dict.fromkeys(row if isinstance(row, dict) else ()))
        if not found:
            raise NotReadable("not_json", "{file} holds no JSON objects.", file=path.name)
        self.columns, self.twice = distinct(tuple(found))

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """Yield the rows with the wanted columns; what a row doesn't have is missing."""
        stream = Bytes(self.path, encoding=self.source.encoding)
        rows = self._rows(stream)
        line = 0
        while some := list(islice(rows, BATCH // 5)):
            good = [(number, row) for number, row in some if isinstance(row, dict)]
            bad = [
                Rejection(line=number, column="", value=str(row)[:200], why=NOT_JSON)
                for number, row in some
                if not isinstance(row, dict)
            ]
            columns = {name: pa.array([_text(row.get(name)) for _, row in good], pa.string()) for name in wanted}
            if not columns:
                columns = {self.columns[0]: pa.nulls(len(good), pa.string())}
            line = some[-1][0]
            lines = np.array([number for number, _ in good], dtype=np.int64)
            yield Piece(pa.RecordBatch.from_pydict(columns), lines, bad, stream.share)
        if stream.truncated:
            self.ending.truncated = True
            self.ending.notes.append(
                Note(code="truncated", template="The file ends in the middle. Nobody knows how much of it is missing.")
            )
            lost = Rejection(line=line + 1, column="", value=stream.lost.decode("utf-8", "replace")[:200], why=CUT_OFF)
            none = pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in wanted or self.columns[:1]})
            yield Piece(none, np.zeros(0, dtype=np.int64), [lost], 1.0)

    def settle(self, rejected: Path) -> int:
        """Lines are counted as they stand; there is nothing to put right."""
        del rejected
        return 0

    def _rows(self, stream: Bytes) -> Iterator[tuple[int, dict[str, Any] | str]]:
        """Yield each line with its number: an object laid flat, or the text that is none."""
        buffered = io.BufferedReader(stream, 1 << 20)
        if buffered.peek(64).lstrip()[:1] == b"[":
            yield from self._elements(buffered.read())
            return
        for number, line in enumerate(buffered, start=1):
            if line.strip():
                yield number, _object(line)

    def _elements(self, text: bytes) -> Iterator[tuple[int, dict[str, Any] | str]]:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise NotReadable(
                "not_json", "{file} is no whole JSON list. ({error})", file=self.path.name, error=error
            ) from error
        escapes = b"\\u" if b"\\u" in text else b""
        for number, each in enumerate(found, start=1):
            whole = isinstance(each, dict) and is_text(each, escapes)
            yield number, flat(each) if whole else json.dumps(each)


def flat(found: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Return the object with what is inside its objects named `outer.inner`."""
    laid: dict[str, Any] = {}
    for name, value in found.items():
        if isinstance(value, dict):
            laid |= flat(value, f"{before}{name}.")
        else:
            laid[before + name] = value
    return laid


def _object(line: bytes) -> dict[str, Any] | str:
    if NO_TEXT.encode() in line:
        return line[:_SHOWN].decode("utf-8", "ignore").rstrip("\r\n").replace(NO_TEXT, "\ufffd")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not is_text(found, line):
        return line[:_SHOWN].decode("utf-8", "replace").rstrip("\r\n")
    return flat(found)


def is_text(found: Any, written: bytes) -> bool:
    """Return whether all of it can be written down again: half a pair of surrogates ("\\ud800") can't."""
    if b"\\u" not in written:
        return True
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def _text(value: Any) -> str | None:
    """Return a JSON value as text; a list as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)
