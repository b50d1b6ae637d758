"""CSV and TSV, plain or gzip: rows read by Arrow, and every faulty one told with its line.

Arrow counts records, people count lines, and a value may hold line breaks. So lines
are put right at the end, and only where there are both such values and rejections.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from .mapping import Source
from .reading import CUT_OFF, HEADER_AGAIN, NO_CASE, NOT_TEXT, WRONG_WIDTH, Note, NotReadable, Rejection
from .sources import BATCH, Ending, Piece, distinct
from .streams import NO_TEXT, Bytes, bare_suffix

_BLOCK = 16 << 20
_LONGEST_VALUE = 1 << 24
_DELIMITERS = ",;\t|"
MOST_BLANK, MOST_FAULTY = 2_000_000, 200_000
"""Lines in one block of the file that may be blank, or of the wrong width: each is kept until its block is read."""


class CsvTable:
    """A CSV file, opened. Raises NotReadable for one without a header."""

    def __init__(self, path: Path, source: Source) -> None:
        self.path, self.source = path, source
        self.ending = Ending()
        self._bytes = Bytes(path, encoding=source.encoding, quote=source.quote)
        self._stream = io.BufferedReader(self._bytes, 1 << 20)
        before = [self._stream.readline() for _ in range(source.skip)]
        header = self._header_lines()
        self.lines_before = len(before) + len(header)
        self.delimiter = source.delimiter or _delimiter(path, header)
        csv.field_size_limit(_LONGEST_VALUE)
        self.header: list[str] = next(self._parsed(header), [])
        self.columns, self.twice = distinct(self.header)
        if not self.header:
            raise NotReadable("no_header", "{file} has no header line.", file=path.name)
        self._records = 0
        self._faulty: list[Rejection] = []
        self._faulty_numbers: list[int] = []
        self._swamped = False

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """Yield the rows. Raises NotReadable where the quotation marks leave no way to tell them apart."""
        asked = frozenset(wanted)
        names = [name for name in self.columns if name in asked] or [self.columns[0]]
        try:
            # Arrow reads the first block on opening, so that even that may fail.
            for batch in self._batches(names):
                self._swamped = self._swamped or _mostly_blank(batch)
                self._refuse_a_swamp()
                # Each row may be rejected, so that no more of them are handed on at once than from other files.
                for first in range(0, batch.num_rows, BATCH):
                    yield self._piece(batch.slice(first, BATCH), last=first + BATCH >= batch.num_rows)
        except pa.ArrowInvalid as error:
            if "Empty CSV" not in str(error):
                raise self._unreadable(self._line(self._records)) from error
        self._refuse_a_swamp()
        if self._bytes.quotes % 2 and (line := _never_closed(self)):
            raise self._unreadable(line)
        if self._faulty:
            none = pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in names})
            yield Piece(none, np.zeros(0, dtype=np.int64), self._take_faulty(), 1.0)
        yield from self._cut_off(names)

    def settle(self, rejected: Path) -> int:
        """Turn record numbers into lines in the written list, and take out lines that are blank."""
        lines = self._bytes.breaks + (0 if self._ends_with_break() else 1)
        if lines == self.lines_before + self._records or not self._anything(rejected):
            return 0
        return _settle(rejected, self)

    # ── reading ──────────────────────────────────────────────────────────────

    def _batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        quote: Any = self.source.quote or False
        reader = pv.open_csv(
            pa.PythonFile(self._stream, mode="r"),
            read_options=pv.ReadOptions(column_names=list(self.columns), use_threads=False, block_size=_BLOCK),
            parse_options=pv.ParseOptions(
                delimiter=self.delimiter,
                quote_char=quote,
                double_quote=bool(quote),
                escape_char=cast(Any, self.source.escape or False),
                newlines_in_values=bool(quote),
                ignore_empty_lines=False,
                invalid_row_handler=self._wrong_width,
            ),
            convert_options=pv.ConvertOptions(
                column_types={name: pa.string() for name in self.columns},
                include_columns=list(names),
                strings_can_be_null=False,
            ),
        )
        yield from reader

    def _wrong_width(self, row: Any) -> str:
        # Arrow gives no way to stop in here, and a file of nothing else would fill the memory.
        self._swamped = self._swamped or len(self._faulty_numbers) >= MOST_BLANK or len(self._faulty) >= MOST_FAULTY
        if self._swamped:
            return "skip"
        blank = not row.text.strip()
        if row.number is not None:
            self._faulty_numbers.append(int(row.number))
        if not blank:
            line = self._line(int(row.number or 0))
            self._faulty.append(Rejection(line=line, column="", value=row.text[:200], why=WRONG_WIDTH))
        return "skip"

    def _refuse_a_swamp(self) -> None:
        if self._swamped:
            raise NotReadable(
                "swamp",
                "{file} has hundreds of thousands of lines one after another that are blank or no rows of its table."
                " Take them out first.",
                file=self.path.name,
            )

    def _piece(self, batch: pa.RecordBatch, *, last: bool) -> Piece:
        records = self._numbers(batch.num_rows)
        keep = np.ones(batch.num_rows, dtype=np.bool_)
        texts = batch.columns
        found = self._no_text(batch, records, keep) if self._bytes.marked else []
        found += self._headers_again(batch.schema.names, texts, records, keep)
        decoded = batch
        rejections = self._take_faulty(None if last else self._line(self._records)) + sorted(
            found, key=lambda each: each.line
        )
        lines = records + self.lines_before
        if not keep.all():
            decoded, lines = decoded.filter(pa.array(keep)), lines[keep]
        return Piece(decoded, lines, rejections, self._bytes.share)

    def _no_text(self, batch: pa.RecordBatch, records: Any, keep: Any) -> list[Rejection]:
        found = []
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            for place in np.flatnonzero(np.asarray(pc.match_substring(column, NO_TEXT), dtype=np.bool_) & keep):
                line, value = self._line(int(records[place])), column[int(place)].as_py()
                found.append(Rejection(line=line, column=name, value=value.replace(NO_TEXT, "\ufffd"), why=NOT_TEXT))
                keep[place] = False
        return found

    def _headers_again(
        self, names: Sequence[str], texts: Sequence[pa.Array], records: Any, keep: Any
    ) -> list[Rejection]:
        again = np.ones(len(records), dtype=np.bool_)
        for name, text in zip(names, texts, strict=True):
            if not again.any():
                return []
            written = self.header[self.columns.index(name)]
            again &= np.asarray(pc.fill_null(pc.equal(text, written), False), dtype=np.bool_)
        keep &= ~again
        return [
            Rejection(
                line=self._line(int(records[n])), column="", value=self.delimiter.join(self.header), why=HEADER_AGAIN
            )
            for n in np.flatnonzero(again)
        ]

    def _numbers(self, count: int) -> Any:
        """Return the record numbers of the next `count` good rows: the faulty ones among them are skipped."""
        skipped = np.array(sorted(self._faulty_numbers), dtype=np.int64)
        first = self._records + 1
        numbers = np.arange(first, first + count + len(skipped), dtype=np.int64)
        numbers = numbers[~np.isin(numbers, skipped)][:count]
        last = int(numbers[-1]) if count else self._records
        self._faulty_numbers = [n for n in self._faulty_numbers if n > last]
        self._records = last
        return numbers

    def _take_faulty(self, upto: int | None = None) -> list[Rejection]:
        """Return the rows of the wrong width so far, or those up to a line."""
        found = sorted(self._faulty, key=lambda each: each.line)
        if upto is not None:
            self._faulty = [each for each in found if each.line > upto]
            return [each for each in found if each.line <= upto]
        self._faulty = []
        self._records += len(self._faulty_numbers)
        self._faulty_numbers = []
        return found

    def _cut_off(self, names: Sequence[str]) -> Iterator[Piece]:
        if not self._bytes.truncated:
            return
        self.ending.truncated = True
        self.ending.notes.append(
            Note(code="truncated", template="The file ends in the middle. Nobody knows how much of it is missing.")
        )
        none = pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in names})
        value = self._bytes.lost.decode("utf-8", "replace")[:200]
        line = self._bytes.breaks + 1
        yield Piece(none, np.zeros(0, dtype=np.int64), [Rejection(line=line, column="", value=value, why=CUT_OFF)], 1.0)

    # ── lines ────────────────────────────────────────────────────────────────

    def _line(self, record: int) -> int:
        return record + self.lines_before

    def _header_lines(self) -> list[bytes]:
        """Return the lines of the header: one, unless a quoted name holds a line break."""
        lines = [self._stream.readline()]
        quote = self.source.quote.encode()
        while quote and sum(line.count(quote) for line in lines) % 2 and len(lines) < 100:
            lines.append(self._stream.readline())
        return lines

    def _parsed(self, lines: Sequence[bytes]) -> Any:
        return records(io.StringIO(b"".join(lines).decode("utf-8", "replace"), newline=""), self)

    def _ends_with_break(self) -> bool:
        return not self._bytes.last or self._bytes.last.endswith(b"\n")

    def _anything(self, rejected: Path) -> bool:
        with rejected.open("rb") as file:
            file.readline()
            return bool(file.readline())

    def _unreadable(self, line: int) -> NotReadable:
        return NotReadable(
            "not_csv",
            "{file} can't be read as CSV from about line {line} on: a quotation mark is opened and never closed."
            ' Where quotation marks mean nothing, say quote = "" in the mapping\'s [source].',
            file=self.path.name,
            line=line,
        )


def _mostly_blank(batch: pa.RecordBatch) -> bool:
    if batch.num_rows <= MOST_BLANK:
        return False
    blank = np.ones(batch.num_rows, dtype=np.bool_)
    for column in batch.columns:
        blank &= np.asarray(pc.fill_null(pc.equal(column, ""), True), dtype=np.bool_)
    return int(blank.sum()) > MOST_BLANK


def records(file: Any, table: CsvTable, *, strict: bool = False) -> Any:
    """Return Python's own reader of the records of an open text."""
    quote = table.source.quote
    return csv.reader(
        file,
        delimiter=table.delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        escapechar=table.source.escape or None,
        strict=strict,
    )


def _delimiter(path: Path, header: Sequence[bytes]) -> str:
    if bare_suffix(path) in (".tsv", ".tab"):
        return "\t"
    text = b"".join(header).decode("utf-8", "replace")
    bare = "".join(text.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _text(table: CsvTable) -> io.TextIOWrapper:
    stream = io.BufferedReader(Bytes(table.path, encoding=table.source.encoding))
    return io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")


def _never_closed(table: CsvTable) -> int | None:
    """Return the line from which a quotation mark swallows the rest of the file; None where the last one is closed."""
    reader = records(_text(table), table)
    begins = at = 1
    for _ in reader:
        begins, at = at, reader.line_num + 1
    last = list(islice(_text(table), begins - 1, None))
    try:
        for _ in records(iter(last), table, strict=True):
            pass
    except csv.Error as error:
        return begins if "unexpected end" in str(error) else None
    return None


def _settle(rejected: Path, table: CsvTable) -> int:
    """Write the list again with lines for record numbers. Returns how many were blank lines."""
    begin = 1 + table.lines_before
    with rejected.open(encoding="utf-8", newline="") as file:
        told = csv.reader(file)
        next(told)
        wanted = {int(row[0]) for row in told}
    reader = records(_text(table), table)
    lines: dict[int, int] = {}
    blank: set[int] = set()
    for _ in range(table.source.skip):
        next(reader, None)
    next(reader, None)
    at = reader.line_num + 1
    for number, record in enumerate(reader, start=begin):
        if number in wanted:
            lines[number] = at
            if not any(value.strip() for value in record):
                blank.add(number)
        at = reader.line_num + 1
    dropped = 0
    part = rejected.with_suffix(".part")
    with rejected.open(encoding="utf-8", newline="") as file, part.open("w", encoding="utf-8", newline="") as mended:
        told, writer = csv.reader(file), csv.writer(mended)
        writer.writerow(next(told))
        for written, *rest in told:
            place = int(written)
            if place in blank and rest[2] == NO_CASE:
                dropped += 1
            else:
                writer.writerow((lines.get(place, place), *rest))
    part.replace(rejected)
    return dropped
