"""Parquet: columns as they are, times with their own type and zone. A row's number stands for its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .mapping import Source
from .reading import NotReadable
from .sources import BATCH, Ending, Piece, distinct


class ParquetTable:
    """A Parquet file, opened. Raises NotReadable for one whose end is missing: the end says where its rows are."""

    def __init__(self, path: Path, source: Source) -> None:
        del source
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise _broken(path, error) from error
        self._path = path
        self.columns, self.twice = distinct(self._file.schema_arrow.names)
        self.ending = Ending()

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """Yield the rows with the wanted columns."""
        asked = frozenset(wanted)
        names = [name for name in self.columns if name in asked] or [self.columns[0]]
        total = max(1, self._file.metadata.num_rows)
        done = 0
        batches = self._file.iter_batches(batch_size=BATCH, columns=names)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowInvalid, OSError) as error:
                raise _broken(self._path, error) from error
            if batch is None:
                return
            lines = np.arange(done + 1, done + batch.num_rows + 1, dtype=np.int64)
            done += batch.num_rows
            yield Piece(batch, lines, (), done / total)

    def settle(self, rejected: Path) -> int:
        """Rows are numbered as they stand; there is nothing to put right."""
        del rejected
        return 0


def _broken(path: Path, error: Exception) -> NotReadable:
    return NotReadable(
        "not_parquet", "{file} is no whole Parquet file. ({error})", file=path.name, error=str(error)[:120]
    )
