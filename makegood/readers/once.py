"""Events that an export repeats on every row of a case ("opened at"), told once."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from .arrow import SCHEMA
from .mapping import ExportMap

_MANY = 1_000_000


class OnceOnly:
    """Holds back the events of rules marked `once`, and gives each (case, moment) one time at the end."""

    def __init__(self, mapping: ExportMap) -> None:
        self._rules = len(mapping.events)
        self._places = {place for place, rule in enumerate(mapping.events) if rule.once}
        self._held = SCHEMA.empty_table()

    def hold_back(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the batch as it is, or empty where its events wait for the end. A batch is of one rule."""
        if not self._places or not batch.num_rows:
            return batch
        if batch.column("row")[0].as_py() % self._rules not in self._places:
            return batch
        self._held = pa.concat_tables([self._held, pa.Table.from_batches([batch])])
        if self._held.num_rows > _MANY:
            self._held = _distinct(self._held)
        return batch.slice(0, 0)

    def told(self) -> pa.RecordBatch:
        """Return what was held back, each once."""
        return pa.RecordBatch.from_struct_array(_distinct(self._held).to_struct_array().combine_chunks())


def _distinct(events: pa.Table) -> pa.Table:
    first = events.group_by(["case_id", "at"]).aggregate([("row", "min")])
    return events.filter(pc.is_in(events.column("row"), first.column("row_min").combine_chunks()))
