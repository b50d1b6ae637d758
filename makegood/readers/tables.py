"""One table of rows read through a mapping into a folder: the log, the rejected rows, and how it went."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import copied_back
from .arrow import Writer
from .columns import translate
from .mapping import ExportMap, Source
from .once import OnceOnly
from .reading import Note, NotReadable, Progress, Reading, Rejection
from .sources import Piece, Table
from .streams import bare_suffix


def opened(path: Path, source: Source) -> Table:
    """Return the file as a table. Raises NotReadable."""
    if path.is_dir():
        raise NotReadable(
            "folder", "{file} is a folder, and no desk's export that is known by name. Name one file.", file=path.name
        )
    # A kind of file goes with its module and its lines here.
    kind = source.format or kind_of(path)
    if kind in ("csv", "tsv"):
        from .csv_files import CsvTable

        return CsvTable(path, source)
    if kind == "parquet":
        from .parquet import ParquetTable

        return ParquetTable(path, source)
    if kind == "jsonl":
        from .json_lines import JsonTable

        return JsonTable(path, source)
    if kind == "xes":
        from .xes import XesTable

        return XesTable(path, source)
    raise NotReadable("kind", "{file} is of no kind that is read here: {kind}.", file=path.name, kind=kind)


KINDS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".xes": "xes",
}


def kind_of(path: Path) -> str:
    """Return the kind of file, by its name, else by its first bytes."""
    suffix = bare_suffix(path)
    if suffix in KINDS:
        return KINDS[suffix]
    from .streams import Bytes

    first = Bytes(path).read(64) or b""
    if first.startswith(b"PAR1"):
        return "parquet"
    if first.lstrip().startswith((b"{", b"[")):
        return "jsonl"
    return "xes" if first.lstrip().startswith(b"<") else "csv"


def read(path: Path, mapping: ExportMap, into: Path, progress: Progress) -> Reading:
    """Write the log of the file into the folder. Raises NotReadable."""
    table = opened(path, mapping.source)
    wanted = _wanted(table, mapping, path)
    rows = ignored = 0
    once = OnceOnly(mapping)
    guard = copied_back.Guard(mapping)
    with Writer(into) as writer:
        for piece in table.pieces(wanted):
            guard.look(piece.batch)
            told = translate(piece.batch, piece.lines, mapping)
            for batch in told.events:
                writer.add(once.hold_back(batch))
            writer.reject(_in_order(piece, told.rejections))
            rows += piece.batch.num_rows + len(piece.rejections)
            ignored += told.ignored
            progress(rows, piece.share)
        writer.add(once.told())
    guard.refuse()
    no_rows = table.settle(into / "rejected.csv")
    return Reading(
        source=mapping.source.name or path.name,
        rows=rows - no_rows,
        rejected=writer.rejected - no_rows,
        ignored=ignored,
        events=writer.events,
        events_per_row=len(mapping.events),
        truncated=table.ending.truncated,
        least_readable=mapping.source.least_readable,
        mapping=mapping.text,
        notes=tuple(_notes(table)),
    )


def _wanted(table: Table, mapping: ExportMap, path: Path) -> tuple[str, ...]:
    """Return the columns to read. Raises NotReadable for one that isn't there, or is there twice."""
    if doubled := [name for name in mapping.columns if name in table.twice]:
        raise NotReadable(
            "header_twice",
            "The header of {file} names {columns} more than once, and the mapping uses it. Which is meant? The second"
            ' is called "{first} (2)".',
            file=path.name,
            columns=", ".join(f'"{name}"' for name in doubled),
            first=doubled[0],
        )
    # Only the first lines of JSON and XES were looked at, so that a column may come later.
    unknown = [name for name in mapping.columns if name not in table.columns]
    if unknown and mapping.source.format not in ("jsonl", "xes") and kind_of(path) not in ("jsonl", "xes"):
        raise NotReadable(
            "no_column",
            "{file} has no column {columns}. It has: {known}.",
            file=path.name,
            columns=", ".join(f'"{name}"' for name in unknown),
            known=", ".join(table.columns),
        )
    return mapping.columns


def _in_order(piece: Piece, more: Iterable[Rejection]) -> list[Rejection]:
    return sorted([*piece.rejections, *more], key=lambda each: each.line)


def _notes(table: Table) -> list[Note]:
    notes = list(table.ending.notes)
    if table.twice:
        notes.append(
            Note(
                code="header_twice",
                template="The header names {columns} more than once; the mapping uses none of them.",
                gaps={"columns": ", ".join(sorted(table.twice))},
            )
        )
    return notes
