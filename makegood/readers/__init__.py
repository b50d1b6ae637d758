"""OTHER DESKS' EXPORTS, read into the one table that the audit knows (`rules.logs`). No Django, no desk.

    reading         what came of it: rows read, left out, rejected; when nothing may be concluded
    arrow           the table, and the files that a reading leaves

Tables of rows, by a mapping
    mapping         what a mapping says
    mapping_file    its TOML, every mistake told at once
    guessing        a mapping proposed from the columns and values, with its reasons
    rows            what a mapping means for one row: the definition
    columns         the same for many rows at once, tested equal
    moments         times as exports write them
    moment_columns  the same for many at once
    copied_back     columns copied from a case's end: reading them would be reading the future
    once            events that stand on every row of a case, told once
    tables          one table read through a mapping into a folder
    stores          object stores: an export brought here by its address, a folder put under one
    letters         what we promised in an export's letters, read from their words
    streams         files opened: packed or plain, any encoding, whole or cut off
    sources         what every table of rows gives
    csv_files  json_lines  parquet  xes      one file each, and its lines in `tables`

Exports and journals by name, one file each, and its line in `named`
    zendesk  intercom  freshdesk  zammad  journal

`read` is the door to all of it.
"""

from __future__ import annotations

from pathlib import Path

from .letters import Letters
from .mapping_file import MappingErrors, Mistake
from .reading import Note, NotReadable, Progress, Reading, Rejection

__all__ = [
    "Letters",
    "MappingErrors",
    "Mistake",
    "NotReadable",
    "Note",
    "Progress",
    "Reading",
    "Rejection",
    "propose",
    "read",
]


def quietly(rows: int, share: float | None) -> None:
    """Tell nobody how far the reading is."""


def read(
    source: Path | str,
    *,
    into: Path,
    mapping: str | None,
    progress: Progress = quietly,
    letters: Letters | None = None,
) -> Reading:
    """Read the export and write `events.parquet`, `rejected.csv` and `reading.json` into a folder.

    `source` is the path of a file or folder, or as a text the address of our own database (`postgresql://…`).
    `mapping` is the text of a mapping file; None for an export known by name, and for any
    other proposes one and uses it. `letters` says how the words of staff are read in exports
    known by name; left out, they are not. Raises MappingErrors; and NotReadable, also where too
    little could be read to conclude anything (the files are written then, too).
    """
    from . import journal, mapping_file, named, streams, tables
    from .letters import FILE

    (into / FILE).unlink(missing_ok=True)
    if isinstance(source, str):
        return _concluded(journal.read(source, into, progress), into)
    if not source.exists():
        raise NotReadable("no_file", "There is no {file}.", file=source)
    streams.refuse_no_log(source)
    by_name = None if mapping else named.reader_of(source)
    if by_name:
        reading = by_name(source, into, progress, letters or Letters(wanted=False))
    else:
        reading = tables.read(source, mapping_file.read(mapping or propose(source)), into, progress)
    return _concluded(reading, into)


def _concluded(reading: Reading, into: Path) -> Reading:
    reading.write(into)
    reading.refuse_below()
    return reading


def propose(source: Path) -> str:
    """Return a mapping file for the export, its guesses explained in comments. Raises NotReadable."""
    from .guessing import propose as proposed

    return proposed(source)
