"""What a mapping file says: how the rows of one desk's export become events of our log.

Values only; `mapping_file` reads and checks the TOML, `rows` says what a mapping
means for one row, and `columns` does the same for many at once. The file's keys
are told in `docs/audit-readers.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from .moments import AS_WRITTEN, Format, Shift, format_of
from .reading import LEAST_READABLE

LINE = "@line"
"""As a case's column: every row is a case of its own, named by its line."""

NOTHING = "nothing"
"""Of a value that says nothing about the state, or a row that is left to be `other`."""

SPACES = " \t\r\n\x0b\x0c\u00a0\ufeff"
"""What is taken off both ends of every value."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """The file itself."""

    name: str = ""
    format: str = ""
    """csv, tsv, parquet, jsonl or xes; empty: as the file's name and first bytes say."""
    encoding: str = "utf-8"
    delimiter: str = ""
    quote: str = '"'
    escape: str = ""
    skip: int = 0
    """Lines before the header."""
    missing: frozenset[str] = frozenset({""})
    """What stands in the file for "nothing here"."""
    least_readable: float = LEAST_READABLE


@dataclass(frozen=True, kw_only=True)
class Time:
    """Where a time is and how it is written."""

    columns: tuple[str, ...]
    """Several are read as one text with spaces between: a date's and a clock's."""
    formats: tuple[Format, ...] = (format_of("iso"),)
    zone: tzinfo | None = None
    """Of times that don't say their own."""
    shift: Shift = AS_WRITTEN
    ends_day: bool = False
    """Whether a date without a time of day means that day's end. So it is with what is due."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """Columns whose values stand for words of ours."""

    columns: tuple[str, ...]
    """Several are read as one text with "/" between."""
    values: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[tuple[str, str], ...] = ()
    """Values with a `*` that stands for anything, and their words, in the order of the file."""
    unknown: str | None = None
    """The word for every other value; None where a row with another is rejected."""

    def meaning(self, value: str | None) -> str | None:
        """Return our word; NOTHING for a missing value; None for one that the mapping doesn't know."""
        if value is None:
            return NOTHING
        if value in self.values:
            return self.values[value]
        return next((word for pattern, word in self.patterns if fits(value, pattern)), self.unknown)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What a row's columns have to say. Without any column it is never met."""

    columns: tuple[tuple[str, frozenset[str]], ...] = ()
    """Per column its values, a `*` standing for anything; an empty text is a missing value."""

    def meets(self, place: int, value: str | None) -> bool:
        """Return whether column number `place` says one of its values."""
        wanted = self.columns[place][1]
        if value is None:
            return "" in wanted
        return value in wanted or any("*" in each and fits(value, each) for each in wanted)


@dataclass(frozen=True, kw_only=True)
class EventRule:
    """One event that a row tells of."""

    time: Time
    required: bool
    """Whether a row without this time is rejected. If not, the event simply hasn't happened."""
    when: Condition = Condition()
    """If it names columns: only for rows that meet all of them."""
    once: bool = False
    """The same on all rows of a case, and told once."""
    what: str | Words | None = None
    """None: `state` where the row says a state, else `other`."""
    state: str | Words | None = None
    actor: str | Words | None = None
    automatic: Condition = Condition()
    """Rows that nobody did by hand: those that meet any of it."""
    substantive: bool | Condition | None = None
    """Of what staff wrote: those that meet any of it are more than a receipt."""
    case: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    due: Time | None = None
    promise: str | None = None
    promise_column: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExportMap:
    """How one export is read."""

    source: Source
    events: tuple[EventRule, ...]
    ignore: Condition = Condition()
    """Rows that meet any of it are no events."""
    order: str | None = None
    """A column of numbers by which events of the same moment are ordered; else their place in the file."""
    trusted: frozenset[str] = frozenset()
    """Columns that the person who wrote the mapping says are not copied back from a case's end."""
    text: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, once, in the order of need."""
        found: dict[str, None] = {}
        for rule in self.events:
            for each in _columns_of(rule):
                found.setdefault(each)
        for name, _ in self.ignore.columns:
            found.setdefault(name)
        if self.order:
            found.setdefault(self.order)
        found.pop(LINE, None)
        return tuple(found)


def _columns_of(rule: EventRule) -> Iterable[str]:
    yield from rule.case
    yield from rule.time.columns
    for words in (rule.state, rule.what, rule.actor):
        if isinstance(words, Words):
            yield from words.columns
    for condition in (rule.when, rule.automatic, rule.substantive):
        if isinstance(condition, Condition):
            yield from (name for name, _ in condition.columns)
    for names in (rule.team, rule.person, rule.customer, rule.channel):
        yield from names
    if rule.due:
        yield from rule.due.columns
    if rule.promise_column:
        yield rule.promise_column


def fits(value: str, pattern: str) -> bool:
    """Return whether the value is the pattern, in which each `*` stands for anything, nothing included."""
    return re.fullmatch(".*".join(re.escape(part) for part in pattern.split("*")), value, re.DOTALL) is not None
