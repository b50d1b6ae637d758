"""A TOML file read key by key, with every complaint kept and none that stops the reading.

`Table` hands out one value at a time, of the kind asked for. What it can't
hand out it complains about, and gives a stand-in, so that the next mistake
is found in the same run. Nothing built from a file with complaints is used.

    PolicyError     where, what is wrong, what to write instead, and the line
    Complaints      all of them, for one text
    Table           one table of it
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

from .policy import Span, Unit
from .spans import SpanRefused, parse

T = TypeVar("T")
Where = tuple[str | int, ...]

_STAND_IN = Span(count=1, unit=Unit.HOURS)


@dataclass(frozen=True, kw_only=True)
class PolicyError:
    """One thing that is wrong with a policy file."""

    where: str
    """The path of the key, such as `kinds.reply.within`."""
    what: str
    instead: str
    """What to write instead."""
    line: int | None = None


class Complaints:
    """Everything wrong with one text so far."""

    def __init__(self, text: str, *, within: str = "") -> None:
        self.errors: list[PolicyError] = []
        self._lines = _lines(text)
        self._within = within
        self._places: list[Where] = []

    def add(self, where: Where, what: str, instead: str) -> None:
        self._places.append(where)
        path = self._within + (dotted(where) or "the file")
        self.errors.append(PolicyError(where=path, what=what, instead=instead, line=self._line(where)))

    def about(self, where: Where) -> bool:
        """Return whether anything at `where` or inside it was complained about."""
        return any(place[: len(where)] == where for place in self._places)

    def _line(self, where: Where) -> int | None:
        known = (self._lines.get(where[:length]) for length in range(len(where), 0, -1))
        return next((line for line in known if line is not None), None)


class Table:
    """One table of the file, at `where`. Values are taken by key; `done` complains about what is left."""

    def __init__(
        self, content: Mapping[str, Any], where: Where, complaints: Complaints, *, absent: bool = False
    ) -> None:
        self.content = content
        self.absent = absent
        self.where = where
        self.complaints = complaints
        self._taken: set[str] = set()

    def complain(self, key: str | int, what: str, instead: str) -> None:
        self.complaints.add((*self.where, key), what, instead)

    def has(self, key: str) -> bool:
        return key in self.content

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default, "a text in quotation marks")
        if not isinstance(value, str):
            return self._not_a(key, value, "a text in quotation marks", "")
        if not value.strip() and value != default:
            self.complain(key, "is empty", "a text in quotation marks")
        return value

    def choice(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """Take a text that must be one of `known`."""
        names = list(known)
        before = self.complaints.about((*self.where, key))
        found = self.text(key, default)
        if self.complaints.about((*self.where, key)) and not before:
            return names[0] if names else ""
        if found not in names and (self.has(key) or found != default):
            self.complain(key, f'"{found}" is unknown here', one_of(found, names))
            return names[0] if names else ""
        return found

    def choices(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """Take one or several texts that must each be one of `known`; at least one."""
        names = list(known)
        found = self.texts(key)
        if not found and not self.complaints.about((*self.where, key)):
            self.complain(key, "names nothing", f'at least one, such as ["{names[0]}"]')
        for name in found:
            if name not in names:
                self.complain(key, f'"{name}" is unknown here', one_of(name, names))
        return tuple(name for name in found if name in names)

    def texts(self, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """Take a text, or a list of texts."""
        value = self._take(key, default if default is None else list(default), 'a list, such as ["one"]')
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        return self._not_a(key, value, 'a list of texts, such as ["one", "two"]', ())

    def count(self, key: str, default: int | None = None) -> int:
        """Take a whole number, at least 1."""
        value = self._take(key, default, "a whole number")
        if not isinstance(value, int) or isinstance(value, bool):
            return self._not_a(key, value, "a whole number", 1)
        if value < 1:
            self.complain(key, f"{value} is too few", "a whole number of 1 or more")
            return 1
        return value

    def yes(self, key: str, default: bool) -> bool:
        value = self._take(key, default, "true or false")
        return value if isinstance(value, bool) else self._not_a(key, value, "true or false", default)

    def span(self, key: str, *, least: int = 1) -> Span:
        value = self._take(key, None, 'a length of time, such as "8 business hours"')
        return self._span(key, value, least)

    def spans(self, key: str) -> tuple[Span, ...]:
        """Take a length of time, or a list of them, or none if the key isn't there."""
        value = self._take(key, [], "")
        values = value if isinstance(value, list) else [value]
        return tuple(self._span(key, each, 1) for each in values)

    def days(self, key: str) -> frozenset[date]:
        """Take a list of dates, or none if the key isn't there."""
        value = self._take(key, [], "")
        values = value if isinstance(value, list) else [value]
        found = set()
        for each in values:
            # A TOML moment is a date, too, for isinstance; it must not pass for one.
            if type(each) is date:
                found.add(each)
            else:
                self.complain(key, f"{_shown(each)} is no date", "dates without quotes: [2026-12-25]")
        return frozenset(found)

    def table(self, key: str, *, required: bool = True) -> Table:
        value = self._take(key, None if required else {}, f"a table [{dotted((*self.where, key))}]")
        if isinstance(value, dict):
            return Table(value, (*self.where, key), self.complaints)
        self._not_a(key, value, f"a table [{dotted((*self.where, key))}]", {})
        return Table({}, (*self.where, key), self.complaints, absent=True)

    def named(self) -> Iterator[tuple[str, Table]]:
        """Yield each table inside this one with its name."""
        for name, content in self.content.items():
            table = self.table(name)
            if isinstance(content, dict):
                yield name, table

    def tables(self, key: str) -> list[Table]:
        """Take an array of tables, or an empty one if the key isn't there."""
        value = self._take(key, [], "")
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            value = self._not_a(key, value, f"tables under [[{dotted((*self.where, key))}]]", [])
        return [Table(each, (*self.where, key, n), self.complaints) for n, each in enumerate(value)]

    def done(self) -> None:
        """Complain about every key nobody took."""
        for key in self.content:
            if key not in self._taken:
                close = get_close_matches(key, self._taken, n=1)
                known = ", ".join(sorted(self._taken))
                self.complain(key, "is no key of this table", f"{close[0]}" if close else f"one of: {known}")

    def _take(self, key: str, default: Any, wanted: str) -> Any:
        self._taken.add(key)
        if key in self.content:
            return self.content[key]
        if default is None and not self.absent:  # of a table that isn't there, one complaint is enough
            self.complain(key, "is missing", wanted)
        return default

    def _not_a(self, key: str, value: Any, wanted: str, stand_in: T) -> T:
        if value is not None:  # a missing value was complained about when it was taken
            self.complain(key, f"{_shown(value)} is of the wrong kind", wanted)
        return stand_in

    def _span(self, key: str, value: Any, least: int) -> Span:
        if not isinstance(value, str):
            return self._not_a(key, value, 'a length of time in quotes: "8 business hours"', _STAND_IN)
        try:
            return parse(value, least=least)
        except SpanRefused as refused:
            self.complain(key, refused.what, refused.instead)
            return _STAND_IN


def load(text: str, *, within: str = "") -> Table:
    """Return the text as a table. A text that is no TOML is an empty table and one complaint."""
    complaints = Complaints(text, within=within)
    try:
        return Table(tomllib.loads(text), (), complaints)
    except (tomllib.TOMLDecodeError, RecursionError) as refused:
        what = str(refused)
        at = re.search(r"\(at line (\d+), column \d+\)", what)
        line = int(at.group(1)) if at else text.count("\n") + 1
        instead = "valid TOML; texts stand in double quotes, tables open with [name]"
        error = PolicyError(where=within + "the file", what=what, instead=instead, line=line)
        complaints.errors.append(error)
        return Table({}, (), complaints)


def one_of(found: str, known: Iterable[str]) -> str:
    """Return what was probably meant, or everything there is to choose from."""
    names = sorted(known)
    by_lower = {name.lower(): name for name in names}
    close = get_close_matches(found.lower(), by_lower, n=1)
    if close:
        return f'"{by_lower[close[0]]}"'
    return "one of: " + ", ".join(names) if names else "nothing; there is none yet"


def dotted(where: Where) -> str:
    """Return a place as a person would find it: `doors.mail.standing[1].words`."""
    path = ""
    for part in where:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _shown(value: Any) -> str:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."


_HEADING = re.compile(r"\s*(\[{1,2})\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")
_NAME = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def _lines(text: str) -> dict[Where, int]:
    """Return on which line each table and key stands. Python's reader doesn't say; a near guess will do."""
    found: dict[Where, int] = {}
    heading: Where = ()
    seen: dict[Where, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _HEADING.match(line):
            heading = _names(match.group(2))
            if match.group(1) == "[[":
                nth = seen.get(heading, 0)
                seen[heading] = nth + 1
                found.setdefault(heading, number)
                heading = (*heading, nth)
            found.setdefault(heading, number)
        elif match := _KEY.match(line):
            found.setdefault((*heading, *_names(match.group(1))), number)
    return found


def _names(path: str) -> Where:
    return tuple(name.strip("\"'") for name in _NAME.findall(path))
