"""A mapping read from its TOML file, or every mistake in it at once: where, what, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Any

from makegood.rules.logs import Actor, State, What
from makegood.rules.policy_tables import PolicyError, Table, load, one_of

from .mapping import LINE, NOTHING, Condition, EventRule, ExportMap, Source, Time, Words
from .moments import Format, FormatRefused, Shift, format_of, zone_of
from .reading import LEAST_READABLE

FROM_COLUMN = "@column"
"""In an [[event]]: the word that the row's own column says, by the table of that name."""

_FORMATS = ("csv", "tsv", "parquet", "jsonl", "xes")
_ROLES = ("team", "person", "customer", "channel")


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """One thing that is wrong with a mapping file."""

    line: int | None
    column: int | None
    where: str
    what: str
    instead: str

    def __str__(self) -> str:
        place = f"line {self.line}, " if self.line else ""
        place += f"column {self.column}, " if self.line and self.column else ""
        return f"{place}{self.where}: {self.what}\n    write instead: {self.instead}"


class MappingErrors(Exception):  # noqa: N818  (several, and each is a Mistake)
    """This file is no mapping. `mistakes` holds everything that is wrong with it, in the order of the file."""

    code = "mapping"

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        count = "1 thing" if len(self.mistakes) == 1 else f"{len(self.mistakes)} things"
        super().__init__("\n".join([*map(str, self.mistakes), f"{count} to mend."]))


def read(text: str) -> ExportMap:
    """Return the mapping that the text states. Raises MappingErrors with everything that is wrong."""
    root = load(text)
    mapping = None
    if not root.complaints.errors:
        mapping = _Mapper(root, text).whole()
    if root.complaints.errors or mapping is None:
        found = sorted(root.complaints.errors, key=lambda error: error.line or 0)
        raise MappingErrors(_mistake(error, text) for error in found)
    return mapping


def _mistake(error: PolicyError, text: str) -> Mistake:
    lines = text.splitlines()
    line = lines[error.line - 1] if error.line and error.line <= len(lines) else ""
    key = error.where.rpartition(".")[2].partition("[")[0]
    column = line.find(key) + 1 or None
    if said := re.search(r"\(at line \d+, column (\d+)\)", error.what):
        column = int(said[1])
    return Mistake(line=error.line, column=column, where=error.where, what=error.what, instead=error.instead)


class _Mapper:
    """Takes a mapping from its tables, complaining about what it can't take."""

    def __init__(self, root: Table, text: str) -> None:
        self.root, self.text = root, text
        self.columns = root.table("columns", required=False)
        self.time = root.table("time", required=not root.has("event"))
        self.state = _words(root.table("state", required=False), State) if root.has("state") else None
        self.what = _words(root.table("what", required=False), What) if root.has("what") else None
        self.actor = _words(root.table("actor", required=False), Actor) if root.has("actor") else None
        self.automatic = _conditions(root.table("automatic", required=False))
        substantive = root.table("substantive", required=False)
        self.substantive = _conditions(substantive) if root.has("substantive") else None
        self.formats = _formats(self.time, "format")
        self.zone = _zone(self.time)

    def whole(self) -> ExportMap:
        source_table = self.root.table("source", required=False)
        source = _source(source_table)
        trusted = frozenset(source_table.texts("trust", ()))
        ignore = _conditions(self.root.table("ignore", required=False))
        case = _names(self.columns, "case", required=True)
        roles = {role: _names(self.columns, role) for role in _ROLES}
        order = self.columns.text("order") if self.columns.has("order") else None
        if self.root.has("event"):
            self.time.done()
            events = tuple(self._event(table, case, roles) for table in self.root.tables("event"))
        else:
            events = (self._only(case, roles),)
        for table in (self.columns, source_table, self.root):
            table.done()
        if not events:
            self.root.complain("event", "names no event", "an [[event]] with a time, or no [[event]] at all")
        if len(case) > 1 and LINE in case:
            self.columns.complain("case", f"{LINE} stands alone", f'"{LINE}", or the columns that name the case')
        return ExportMap(source=source, events=events, ignore=ignore, order=order, trusted=trusted, text=self.text)

    def _only(self, case: tuple[str, ...], roles: dict[str, tuple[str, ...]]) -> EventRule:
        """Return the one event that each row is."""
        time = Time(
            columns=_names(self.time, "column", required=True),
            formats=self.formats,
            zone=self.zone,
            shift=_shift(self.time),
        )
        due = self._due(self.time)
        promise = self.columns.text("promise") if self.columns.has("promise") else None
        self.time.done()
        return EventRule(
            time=time,
            required=True,
            what=self.what,
            state=self.state,
            actor=self.actor,
            automatic=self.automatic,
            substantive=self.substantive,
            case=case,
            due=due,
            promise_column=promise,
            team=roles["team"],
            person=roles["person"],
            customer=roles["customer"],
            channel=roles["channel"],
        )

    def _event(self, table: Table, case: tuple[str, ...], roles: dict[str, tuple[str, ...]]) -> EventRule:
        formats = _formats(table, "format") if table.has("format") else self.formats
        zone = _zone(table) if table.has("zone") else self.zone
        time = Time(columns=_names(table, "time", required=True), formats=formats, zone=zone, shift=_shift(table))
        found = EventRule(
            time=time,
            required=table.yes("required", False),
            once=table.yes("once", False),
            when=_conditions(table.table("when", required=False)),
            what=self._word(table, "what", What, self.what),
            state=self._word(table, "state", State, self.state),
            actor=self._word(table, "actor", Actor, self.actor),
            automatic=self.automatic,
            substantive=table.yes("substantive", True) if table.has("substantive") else self.substantive,
            case=case,
            due=self._due(table),
            promise=table.text("promise") if table.has("promise") else None,
            promise_column=table.text("promise_column") if table.has("promise_column") else None,
            team=_own(table, "team", roles),
            person=_own(table, "person", roles),
            customer=_own(table, "customer", roles),
            channel=_own(table, "channel", roles),
        )
        table.done()
        return found

    def _word(self, table: Table, key: str, words: Any, by_column: Words | None) -> str | Words | None:
        if not table.has(key):
            return None
        if table.content[key] == FROM_COLUMN:
            table.text(key)
            if by_column is None:
                table.complain(key, f"{FROM_COLUMN} needs a table [{key}]", f"[{key}] with its column and words")
            return by_column
        return table.choice(key, [*words, FROM_COLUMN])

    def _due(self, table: Table) -> Time | None:
        if not table.has("due"):
            return None
        if not isinstance(table.content["due"], dict):
            return Time(columns=_names(table, "due"), formats=self.formats, zone=self.zone, ends_day=True)
        inner = table.table("due")
        found = Time(
            columns=_names(inner, "column", required=True),
            formats=_formats(inner, "format") if inner.has("format") else self.formats,
            zone=_zone(inner) if inner.has("zone") else self.zone,
            shift=_shift(inner),
            ends_day=True,
        )
        inner.done()
        return found


def _own(table: Table, role: str, of_all: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Take an event's own columns for a role; without the key those of all events, with an empty list none."""
    return _names(table, role) if table.has(role) else of_all[role]


def _source(table: Table) -> Source:
    least = table.content.get("least_readable", LEAST_READABLE)
    if not isinstance(least, int | float) or isinstance(least, bool) or not 0 < least <= 1:
        table.complain("least_readable", "is no share", "a number above 0 and up to 1, such as 0.95")
        least = LEAST_READABLE
    table._take("least_readable", LEAST_READABLE, "")
    skip = table.count("skip") if table.content.get("skip") else 0
    table._take("skip", 0, "")
    single = {
        key: _character(table, key, default) for key, default in (("delimiter", ""), ("quote", '"'), ("escape", ""))
    }
    return Source(
        name=table.text("name", ""),
        format=table.choice("format", _FORMATS) if table.has("format") else "",
        encoding=table.text("encoding", "utf-8"),
        skip=skip,
        missing=frozenset({"", *_values(table, "missing")}),
        least_readable=float(least),
        **single,
    )


def _character(table: Table, key: str, default: str) -> str:
    """Take one character, or none."""
    found = table._take(key, default, "")
    if not isinstance(found, str) or len(found.encode()) > 1:
        table.complain(key, f'"{found}" is not one character', 'one that is no accented letter, such as ";"; or ""')
        return default
    return found


def _names(table: Table, key: str, *, required: bool = False) -> tuple[str, ...]:
    found = table.texts(key, None if required else ())
    if required and table.has(key) and not found and not table.complaints.about((*table.where, key)):
        table.complain(key, "names no column", "the name of a column, or several in a list")
    return found


def _values(table: Table, key: str) -> tuple[str, ...]:
    """Take a value, or several; numbers and truths as they would stand in a text."""
    value = table._take(key, [], "")
    values = value if isinstance(value, list) else [value]
    found = []
    for each in values:
        if isinstance(each, bool):
            found.append("true" if each else "false")
        elif isinstance(each, str | int | float):
            found.append(str(each))
        else:
            table.complain(key, f"{each} is no value of a column", 'texts or numbers, such as ["Closed", "Solved"]')
    return tuple(found)


def _words(table: Table, words: Any) -> Words:
    columns = _names(table, "column", required=True)
    known = [*words, NOTHING]
    meanings: dict[str, str] = {}
    patterns: list[tuple[str, str]] = []
    for word in known:
        for value in _values(table, word):
            if value in meanings:
                table.complain(word, f'"{value}" stands under {meanings[value]} already', "each value under one word")
            meanings[value] = word
            if "*" in value:
                patterns.append((value, word))
    unknown = table.choice("unknown", known) if table.has("unknown") else None
    if not meanings and unknown is None and not table.absent:
        table.complain(known[0], "no value is said to mean anything", f'{known[0]} = ["..."], or unknown = "{NOTHING}"')
    for key in table.content:
        if key not in table._taken:
            table.complain(key, "is no word of this table", one_of(key, [*known, "column", "unknown"]))
            table._taken.add(key)
    table.done()
    exact = {value: word for value, word in meanings.items() if "*" not in value}
    return Words(columns=columns, values=exact, patterns=tuple(patterns), unknown=unknown)


def _conditions(table: Table) -> Condition:
    found = tuple((name, frozenset(_values(table, name))) for name in table.content)
    for name, values in found:
        if not values and not table.complaints.about((*table.where, name)):
            table.complain(name, "names no value", f'{name} = ["..."]')
    return Condition(columns=found)


def _formats(table: Table, key: str) -> tuple[Format, ...]:
    found = []
    for text in table.texts(key, ("iso",)):
        try:
            found.append(format_of(text))
        except FormatRefused as refused:
            table.complain(key, f'"{text}" {refused}', '"iso", "epoch", or letters such as "%d/%m/%Y %H:%M"')
    return tuple(found) or (format_of("iso"),)


def _zone(table: Table) -> tzinfo | None:
    if not table.has("zone"):
        return None
    name = table.text("zone")
    zone = zone_of(name)
    if zone is None and name:
        table.complain("zone", f'there is no time zone "{name}"', '"UTC", "America/New_York", or "+02:00"')
    return zone


_SPAN = re.compile(r"(\d{1,5}) (days?|hours?|minutes?)")


def _shift(table: Table) -> Shift:
    if not table.has("plus"):
        return Shift()
    text = table.text("plus")
    match = _SPAN.fullmatch(text)
    if match is None:
        table.complain("plus", f'"{text}" is no distance', '"15 days", "8 hours" or "30 minutes"')
        return Shift()
    count, unit = int(match[1]), match[2].rstrip("s")
    return Shift(days=count) if unit == "day" else Shift(elapsed=timedelta(**{unit + "s": count}))
