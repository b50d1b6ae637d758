"""XES, plain or gzip: event logs of process mining (IEEE 1849), laid flat into rows.

A row is an event; its columns are the event's attributes by key and the trace's as
`case:` and the key, as other tools name them. The parser keeps one trace in memory,
resolves no entities and fetches nothing: a document type makes it refuse the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from .mapping import Source
from .reading import CUT_OFF, Note, NotReadable, Rejection
from .sources import BATCH, Ending, Piece, distinct
from .streams import Bytes

_LOOKED_AT = 2_000
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})

Found = tuple[int, dict[str, str]]


class XesTable:
    """An XES log, opened."""

    def __init__(self, path: Path, source: Source) -> None:
        self.path, self.source = path, source
        self.ending = Ending()
        found: dict[str, None] = {}
        for _, row in islice(_Events(path).rows(), _LOOKED_AT):
            found.update(dict.fromkeys(row))
        if not found:
            raise NotReadable("not_xes", "{file} holds no events of XES.", file=path.name)
        self.columns, self.twice = distinct(tuple(found))

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """Yield the events with the wanted attributes; one that an event doesn't have is missing."""
        names = list(wanted) or [self.columns[0]]
        events = _Events(self.path)
        rows = events.rows()
        while some := list(islice(rows, BATCH // 5)):
            columns = {name: pa.array([row.get(name) for _, row in some], pa.string()) for name in names}
            lines = np.array([line for line, _ in some], dtype=np.int64)
            yield Piece(pa.RecordBatch.from_pydict(columns), lines, (), events.stream.share)
        if events.broken:
            self.ending.truncated = True
            self.ending.notes.append(
                Note(
                    code="truncated",
                    template="The file ends, or stops being XML, at line {line}. Nobody knows how much is missing.",
                    gaps={"line": events.line},
                )
            )
            none = pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in names})
            lost = Rejection(line=events.line, column="", value=events.broken, why=CUT_OFF)
            yield Piece(none, np.zeros(0, dtype=np.int64), [lost], 1.0)

    def settle(self, rejected: Path) -> int:
        """Lines are the parser's; there is nothing to put right."""
        del rejected
        return 0


class _Events:
    """The events of a log, one trace at a time. A trace whose end is missing gives the events it has."""

    def __init__(self, path: Path) -> None:
        self.stream = Bytes(path, encoding="")  # XML says its own
        self.line = 0
        self.broken = ""
        """What the parser said where the file stopped being XML; empty for a whole one."""
        self._path = path
        self._depth: list[str] = []
        self._trace: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._event_line = 0
        self._of_trace: list[Found] = []
        self._ready: list[Found] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def rows(self) -> Iterator[Found]:
        last = False
        while not last:
            chunk = self.stream.read(1 << 20) or b""
            last = not chunk
            try:
                self._parser.Parse(chunk, last and not self.stream.truncated)
            except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding that there isn't, too
                self.broken, last = str(error), True
            if last and self.stream.truncated:
                self.broken = self.broken or "the packed file ends in the middle"
            self.line = self._parser.CurrentLineNumber
            if self.broken:
                self._close_trace()
            yield from self._ready
            self._ready = []

    def _doctype(self, *_: Any) -> None:
        raise NotReadable("doctype", "{file} declares a document type, which no XES log does.", file=self._path.name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self._depth.append(tag)
        if tag == "trace":
            self._trace, self._of_trace = {}, []
        elif tag == "event":
            self._event, self._event_line = {}, self._parser.CurrentLineNumber
        elif tag in _VALUES and len(self._depth) > 1 and "key" in attributes and "value" in attributes:
            # Attributes of attributes are left out: the depth tells them.
            if self._depth[-2] == "event":
                self._event[attributes["key"]] = attributes["value"]
            elif self._depth[-2] == "trace":
                self._trace[attributes["key"]] = attributes["value"]

    def _end(self, tag: str) -> None:
        self._depth.pop()
        tag = tag.rpartition(":")[2]
        if tag == "event":
            self._of_trace.append((self._event_line, self._event))
        elif tag == "trace":
            self._close_trace()

    def _close_trace(self) -> None:
        """Give out the trace's events: its own attributes may stand after them."""
        of_case = {f"case:{key}": value for key, value in self._trace.items()}
        self._ready += [(line, event | of_case) for line, event in self._of_trace]
        self._of_trace = []
