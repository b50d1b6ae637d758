"""Columns copied onto every row of a case, from its end: reading them would be reading the future.

Many desks export a case's closing time, or its last state, beside each of its rows.
The first rows of a file tell: a time that is the same on all rows of every case is
no row's own, and a state that is "done" on them all was not known while they were written.
A mapping may say `once = true` of such a time, or put a column into `trust`.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pyarrow as pa

from .columns import texts_of
from .mapping import LINE, ExportMap, Words
from .reading import NotReadable

_LOOKED_AT = 100_000
"""Rows at the beginning of the file."""
_ROWS_OF_A_CASE = 3
"""A case of fewer rows shows nothing."""
_LEAST_CASES = 10
_SHARE = 0.95
_LONGEST_DAY = 11
"""Whole days may be equal by themselves; only longer texts tell a time of day."""


class Guard:
    """Looks at the first rows as they pass."""

    def __init__(self, mapping: ExportMap) -> None:
        self.mapping = mapping
        self._left = 0 if mapping.events[0].case == (LINE,) else _LOOKED_AT
        times = (name for rule in mapping.events if not rule.once for name in rule.time.columns)
        self._times = [name for name in dict.fromkeys(times) if name not in mapping.trusted]
        self._states = {
            rule.state.columns: rule.state
            for rule in mapping.events
            if isinstance(rule.state, Words) and not mapping.trusted.intersection(rule.state.columns)
        }
        self._cases: list[str | None] = []
        self._values: dict[str, list[str | None]] = defaultdict(list)

    def look(self, batch: pa.RecordBatch) -> None:
        """Remember the batch's values, until enough were seen."""
        if self._left <= 0:
            return
        some = batch.slice(0, self._left)
        self._left -= some.num_rows
        columns = {*self.mapping.events[0].case, *self._times, *(name for key in self._states for name in key)}
        texts = {
            name: texts_of(some.column(name), self.mapping.source.missing).to_pylist()
            if name in some.schema.names
            else [None] * some.num_rows
            for name in columns
        }
        cases = zip(*(texts[name] for name in self.mapping.events[0].case), strict=True)
        self._cases += ["/".join(part or "" for part in case) for case in cases]
        for name in columns:
            self._values[name] += texts[name]

    def refuse(self) -> None:
        """Raise NotReadable where a column that the mapping reads was copied back."""
        rows_of = self._long_cases()
        if len(rows_of) < _LEAST_CASES:
            return
        for name in self._times:
            same = [_same(self._values[name], rows) for rows in rows_of]
            if np.mean([value is not None and len(value) >= _LONGEST_DAY for value in same]) >= _SHARE:
                raise self._copied(name, len(rows_of))
        for columns, words in self._states.items():
            if np.mean([self._all_done(columns, words, rows) for rows in rows_of]) >= _SHARE:
                raise self._copied(columns[0], len(rows_of))

    def _long_cases(self) -> list[list[int]]:
        rows_of: dict[str, list[int]] = defaultdict(list)
        for place, case in enumerate(self._cases):
            if case:
                rows_of[case].append(place)
        return [rows for rows in rows_of.values() if len(rows) >= _ROWS_OF_A_CASE]

    def _all_done(self, columns: tuple[str, ...], words: Words, rows: list[int]) -> bool:
        for place in rows:
            parts = [self._values[name][place] for name in columns]
            if words.meaning("/".join(part for part in parts if part) or None) != "done":
                return False
        return True

    def _copied(self, name: str, cases: int) -> NotReadable:
        return NotReadable(
            "copied_back",
            'Column "{column}" says the same on every row of a case, in {cases} cases that have several rows: it was'
            " copied onto them, from the case's beginning or its end, and reading it would be reading the future. Leave"
            " it out of the mapping; or say once = true in its [[event]], so that it is one event of the case; or, if"
            ' it is right as it is, trust = ["{column}"] under [source].',
            column=name,
            cases=cases,
        )


def _same(values: list[str | None], rows: list[int]) -> str | None:
    found = {values[place] for place in rows}
    return found.pop() if len(found) == 1 else None
