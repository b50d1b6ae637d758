"""What a mapping means for many rows at once, in Arrow. `rows` is the definition; this is tested equal to it.

A batch of the source's columns goes in, and batches of the log, rejected rows and the
number of rows left out come out. Words are looked up once per distinct value, with
the very functions that `rows` uses; times are read by `moment_columns`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from . import moment_columns as many
from . import rows
from .arrow import SCHEMA
from .mapping import LINE, NOTHING, SPACES, Condition, EventRule, ExportMap, Time, Words
from .reading import (
    NO_CASE,
    NO_ORDER,
    NO_TIME,
    NO_ZONE,
    UNKNOWN_STATE,
    UNKNOWN_WHAT,
    UNREADABLE_TIME,
    Rejection,
)

Lines = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Translated:
    """What became of one batch of rows."""

    events: list[pa.RecordBatch]
    rejections: list[Rejection]
    ignored: int


@dataclass(frozen=True)
class _Trouble:
    rows: Mask
    columns: tuple[str, ...]
    values: pa.Array | None
    why: str


def translate(batch: pa.RecordBatch, lines: Lines, mapping: ExportMap) -> Translated:
    """Return the events of these rows, the rows that can't be read, and how many were left out."""
    return _Translation(batch, lines, mapping).whole()


class _Translation:
    """One batch on its way."""

    def __init__(self, batch: pa.RecordBatch, lines: Lines, mapping: ExportMap) -> None:
        self.batch, self.lines, self.mapping = batch, lines, mapping
        self.size = batch.num_rows
        self.left = np.ones(self.size, dtype=np.bool_)
        """Rows about which nothing bad is known yet."""
        self.troubles: list[_Trouble] = []
        self._texts: dict[str, pa.Array] = {}

    def whole(self) -> Translated:
        ignored = self._any(self.mapping.ignore)
        self.left &= ~ignored
        case, order = self._case(), self._order()
        told = [self._event(rule, case, order, place) for place, rule in enumerate(self.mapping.events)]
        events = [_kept(batch, happens & self.left) for batch, happens in told]
        return Translated([each for each in events if each.num_rows], self._rejections(), int(ignored.sum()))

    # ── what may go wrong, in the order of `rows` ────────────────────────────

    def _refuse(self, rows_: Mask, columns: tuple[str, ...], values: pa.Array | None, why: str) -> None:
        bad = rows_ & self.left
        if bad.any():
            self.troubles.append(_Trouble(bad, columns, values, why))
            self.left &= ~bad

    def _rejections(self) -> list[Rejection]:
        found: list[tuple[int, Rejection]] = []
        for trouble in self.troubles:
            for place in np.flatnonzero(trouble.rows).tolist():
                value = trouble.values[place].as_py() if trouble.values is not None else None
                line = int(self.lines[place])
                column = ", ".join(trouble.columns)
                found.append((line, Rejection(line=line, column=column, value=value or "", why=trouble.why)))
        return [each for _, each in sorted(found, key=lambda pair: pair[0])]

    def _case(self) -> pa.Array:
        columns = self.mapping.events[0].case
        if columns == (LINE,):
            return pc.cast(pa.array(self.lines), pa.string())
        case = self._joined(columns)
        self._refuse(_mask(pc.is_null(case)), columns, None, NO_CASE)
        return case

    def _order(self) -> Lines:
        if self.mapping.order is None:
            return self.lines
        texts = self._text(self.mapping.order)
        right = pc.fill_null(pc.match_substring_regex(texts, "^[0-9]{1,15}$"), False)
        self._refuse(~_mask(right), (self.mapping.order,), texts, NO_ORDER)
        return np.asarray(pc.cast(pc.if_else(right, texts, "0"), pa.int64()), dtype=np.int64) + 1

    def _event(self, rule: EventRule, case: pa.Array, order: Lines, place: int) -> tuple[pa.RecordBatch, Mask]:
        happens = self._all(rule.when) if rule.when.columns else np.ones(self.size, dtype=np.bool_)
        at, timely = self._moment(rule.time, happens)
        if rule.required:
            self._refuse(happens & ~timely, rule.time.columns, None, NO_TIME)
        happens &= timely
        state = self._word(rule.state, happens, UNKNOWN_STATE)
        what = self._word(rule.what, happens, UNKNOWN_WHAT)
        what = pc.coalesce(what, pc.if_else(pc.is_valid(state), "state", "other"))
        actor = self._word(rule.actor, happens, UNKNOWN_WHAT)
        if rule.automatic.columns:
            actor = pc.if_else(pa.array(self._any(rule.automatic)), "automatic", actor)
        due, due_known = self._moment(rule.due, happens) if rule.due else (at, np.zeros(self.size, dtype=np.bool_))
        values = {
            "case_id": pc.fill_null(case, ""),
            "at": pa.array(at, pa.int64()).cast(pa.timestamp("us")),
            "row": pa.array(order * len(self.mapping.events) + place),
            "what": what,
            "state": state,
            "team": self._joined(rule.team),
            "person": self._joined(rule.person),
            "actor": actor,
            "substantive": self._substantive(rule, what),
            "due_at": pa.array(due, pa.int64(), mask=~(due_known & _among(what, rows.WITH_A_DUE))).cast(
                SCHEMA.field("at").type
            ),
            "promise": pc.if_else(pa.array(_among(what, rows.OF_A_PROMISE)), self._promise(rule), None),
            "channel": self._joined(rule.channel),
            "customer": self._joined(rule.customer),
        }
        return pa.RecordBatch.from_arrays([values[name] for name in SCHEMA.names], schema=SCHEMA), happens

    # ── parts of an event ────────────────────────────────────────────────────

    def _moment(self, time: Time, happens: Mask) -> tuple[Lines, Mask]:
        column = self._raw(time.columns[0]) if len(time.columns) == 1 else None
        if column is not None and pa.types.is_temporal(column.type):
            walls, written = many.typed(column), column
            absent = _mask(pc.is_null(column))
        else:
            written = self._joined(time.columns, between=" ")
            walls, absent = many.read(written, time.formats), _mask(pc.is_null(written))
        at, ok = many.moments(walls, time.zone, time.shift, ends_day=time.ends_day)
        shown = written if pa.types.is_string(written.type) else None
        self._refuse(happens & ~absent & ~walls.ok, time.columns, shown, UNREADABLE_TIME)
        self._refuse(happens & ~absent & ~ok, time.columns, shown, NO_ZONE)
        return at, ok

    def _word(self, words: str | Words | None, happens: Mask, why: str) -> pa.Array:
        if not isinstance(words, Words):
            return pa.repeat(words, self.size) if words else pa.nulls(self.size, pa.string())
        texts = self._joined(words.columns)
        if words.values or words.patterns:
            return self._meanings(words, texts, happens, why)
        return pa.repeat(words.unknown, self.size) if words.unknown else pa.nulls(self.size, pa.string())

    def _meanings(self, words: Words, texts: pa.Array, happens: Mask, why: str) -> pa.Array:
        known = "\0known"
        meant = _per_value(texts, lambda value: words.meaning(value) or known, pa.string())
        unknown = _mask(pc.equal(meant, known))
        self._refuse(happens & unknown, words.columns, texts, why)
        return pc.if_else(pc.is_in(meant, pa.array([NOTHING, known])), None, meant)

    def _substantive(self, rule: EventRule, what: pa.Array) -> pa.Array:
        if rule.substantive is None:
            return pa.nulls(self.size, pa.bool_())
        known = rule.substantive
        says = np.full(self.size, known) if isinstance(known, bool) else self._any(known)
        return pa.array(says, mask=~_mask(pc.equal(what, "staff_wrote")))

    def _promise(self, rule: EventRule) -> pa.Array:
        if rule.promise:
            return pa.repeat(rule.promise, self.size)
        return self._joined((rule.promise_column,) if rule.promise_column else ())

    # ── columns as texts ─────────────────────────────────────────────────────

    def _raw(self, name: str) -> pa.Array:
        if name not in self.batch.schema.names:
            return pa.nulls(self.size, pa.string())
        column = self.batch.column(name)
        return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column

    def _text(self, name: str) -> pa.Array:
        if name not in self._texts:
            self._texts[name] = texts_of(self._raw(name), self.mapping.source.missing)
        return self._texts[name]

    def _joined(self, columns: tuple[str, ...], between: str = "/") -> pa.Array:
        if not columns:
            return pa.nulls(self.size, pa.string())
        if len(columns) == 1:
            return self._text(columns[0])
        first, *others = (self._text(name) for name in columns)
        for other in others:
            # Not `null_handling="skip"`: of columns that are null throughout, Arrow 26 makes one of no rows.
            both = pc.binary_join_element_wise(pc.fill_null(first, ""), pc.fill_null(other, ""), between)
            first = pc.if_else(pc.is_null(first), other, pc.if_else(pc.is_null(other), first, both))
        return first

    def _meets(self, condition: Condition, place: int, name: str) -> Mask:
        return _mask(_per_value(self._text(name), lambda value: condition.meets(place, value), pa.bool_()))

    def _any(self, condition: Condition) -> Mask:
        found = np.zeros(self.size, dtype=np.bool_)
        for place, (name, _) in enumerate(condition.columns):
            found |= self._meets(condition, place, name)
        return found

    def _all(self, condition: Condition) -> Mask:
        found = np.ones(self.size, dtype=np.bool_)
        for place, (name, _) in enumerate(condition.columns):
            found &= self._meets(condition, place, name)
        return found


def texts_of(column: pa.Array, missing: frozenset[str]) -> pa.Array:
    """Return a column of any type as `rows.text` returns its values."""
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_large_string(kind):
        column = pc.cast(column, pa.string())
    elif not pa.types.is_string(kind):
        return _per_value(column, lambda value: rows.text(value, missing), pa.string())
    trimmed = pc.utf8_trim(column, characters=SPACES)
    return pc.if_else(pc.is_in(trimmed, pa.array([*missing, ""], pa.string())), None, trimmed)


def _per_value(column: pa.Array, meaning: Callable[[Any], Any], kind: pa.DataType) -> pa.Array:
    """Return the meaning of each value, asked once per distinct one; a missing value has a meaning, too."""
    if pa.types.is_nested(column.type):
        return pa.array([meaning(each) for each in column.to_pylist()], kind)
    encoded = pc.dictionary_encode(column)
    meanings = pa.array([meaning(each) for each in [*encoded.dictionary.to_pylist(), None]], kind)
    places = pc.fill_null(encoded.indices, pa.scalar(len(encoded.dictionary), encoded.indices.type))
    return pc.take(meanings, places)


def _among(words: pa.Array, wanted: tuple[str, ...]) -> Mask:
    return _mask(pc.is_in(words, pa.array(wanted)))


def _mask(array: pa.Array) -> Mask:
    return np.asarray(array, dtype=np.bool_)


def _kept(batch: pa.RecordBatch, rows_: Mask) -> pa.RecordBatch:
    return batch if rows_.all() else batch.filter(pa.array(rows_))
