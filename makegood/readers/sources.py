"""What every table of rows gives, whichever kind of file it stands in.

A source is opened, names its columns, and gives batches with the line of each row.
What it could not make a row of, it hands over as rejections beside the batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from .mapping import Source
from .reading import Note, Rejection

BATCH = 250_000
"""Rows a batch, about."""


@dataclass(frozen=True)
class Piece:
    """Some rows of the source, as they stand there."""

    batch: pa.RecordBatch
    lines: npt.NDArray[np.int64]
    rejections: Sequence[Rejection] = ()
    share: float | None = None
    """How much of the source has been read."""


@dataclass
class Ending:
    """What is known once the last piece was given."""

    truncated: bool = False
    notes: list[Note] = field(default_factory=list)


class Table(Protocol):
    """An opened source."""

    columns: tuple[str, ...]
    """As the file names them; a name that stands there twice has " (2)" put to it."""
    twice: frozenset[str]
    """Names that stand in the header more than once."""
    ending: Ending

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """Yield the rows with the wanted columns; those of them that exist."""
        ...

    def settle(self, rejected: Path) -> int:
        """Put right the lines of the written rejections. Returns how many of them were no rows after all."""
        ...


class Opener(Protocol):
    """Opens one kind of file."""

    def __call__(self, path: Path, source: Source) -> Table: ...


def distinct(names: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the header's names, each once, and those that stood there twice."""
    seen: dict[str, int] = {}
    found = []
    for position, name in enumerate(names, start=1):
        name = name.strip() or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found), frozenset(name for name, times in seen.items() if times > 1)
