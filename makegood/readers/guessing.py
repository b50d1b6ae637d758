"""A mapping proposed from an export's columns and first values, each guess with its reason, for a person to mend.

Nothing is decided here: what comes out is a mapping file like any other, with the
reasons as comments, and the guesses that want looking at marked "LOOK".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isqrt
from pathlib import Path

from . import tables
from .columns import texts_of
from .guess_times import Timed, timed
from .guess_words import MISSING, fitness, name_of, state_of
from .mapping import Source
from .reading import NotReadable

_LOOKED_AT = 20_000
_MOST_COLUMNS = 2_000
"""Rows from which everything is guessed."""
_FEW = 80
"""A column of states has no more different values."""


@dataclass
class Look:
    """The columns and first values of an export."""

    path: Path
    columns: tuple[str, ...]
    values: dict[str, list[str | None]]
    missing: tuple[str, ...] = ()
    times: dict[str, Timed] = field(default_factory=dict)

    def distinct(self, column: str) -> Counter[str]:
        return Counter(value for value in self.values[column] if value is not None)


def propose(path: Path) -> str:
    """Return the text of a mapping file. Raises NotReadable where no case or no time can be made out."""
    look = _look(path)
    look.times = {name: found for name in look.columns if (found := timed(look.values[name]))}
    if not look.times:
        raise NotReadable(
            "no_time",
            "No column of {file} looks like a time, so that no mapping can be proposed. Its columns: {columns}.",
            file=path.name,
            columns=", ".join(look.columns),
        )
    case, why, several = _case(look)
    changing = _changing(look, case)
    rows = len(look.values[look.columns[0]])
    lines = [f"# Proposed for {path.name} from its columns and its first {rows} rows.",
             "# Look through it, mend what is wrong, and give it back with --map. LOOK marks what matters most.",
             "", "[source]", f"name = {_quoted(path.stem)}"]  # fmt: skip
    if look.missing:
        lines.append(f"missing = {_list(look.missing)}  # these stand for nothing")
    lines += ["", "[columns]", f"case = {_quoted(case)}  # {why}"]
    lines += _roles(look, {case}, several)
    lines += _several(look, case, changing) if several else _whole(look)
    return "\n".join(lines) + "\n"


def _look(path: Path) -> Look:
    table = tables.opened(path, Source())
    if len(table.columns) > _MOST_COLUMNS:
        raise NotReadable(
            "too_wide",
            "{file} has {n} columns, which are too many to guess at. Write a mapping that names the few that matter.",
            file=path.name,
            n=len(table.columns),
        )
    values: dict[str, list[str | None]] = defaultdict(list)
    for piece in table.pieces(table.columns):
        for name in table.columns:
            some = piece.batch.column(name).slice(0, _LOOKED_AT - len(values[name]))
            values[name] += texts_of(some, frozenset({""})).to_pylist()
        if len(values[table.columns[0]]) >= _LOOKED_AT:
            break
    rows = len(values[table.columns[0]])
    if not rows:
        raise NotReadable("no_rows", "{source} holds no rows.", source=path.name)
    found = {each for name in table.columns for each in MISSING if each in set(values[name])}
    for name in table.columns:
        values[name] = [None if value in found else value for value in values[name]]
    return Look(path, table.columns, dict(values), tuple(sorted(found, key=MISSING.index)))


def _case(look: Look) -> tuple[str, str, bool]:
    """Return the column that names cases, why, and whether a case has several rows."""
    best: tuple[int, str] = (0, "")
    for name in look.columns:
        counts = look.distinct(name)
        rows = counts.total()
        filled = rows >= 0.9 * len(look.values[name])
        if name in look.times or not filled or (len(counts) < 2 and rows > 1):
            continue
        score = fitness(name, "case")
        if score:
            # An id that stands on several rows is a case of several events; one that never does may be an event's own.
            score += 60 if 1.2 <= rows / len(counts) <= 1_000 else 0
            # A word that few values share is a kind of case, however it is called.
            score -= 150 if len(counts) < isqrt(rows) else 0
            score -= 100 if _prose(counts) else 0
        if score > best[0]:
            best = (score, name)
    if not best[1]:
        return "@line", "LOOK: no column looks like a case's number, so that every row is one case", False
    counts = look.distinct(best[1])
    several = counts.total() / len(counts) >= 1.2
    each = f"{counts.total() / len(counts):.1f} rows a case" if several else "one row a case"
    return best[1], f"its name, and {each}", several


def _prose(counts: Counter[str]) -> bool:
    """Return whether these are words rather than names of cases."""
    some = list(counts)[:500]
    return sum(" " in value or not any(c.isdigit() for c in value) for value in some) > len(some) / 5


def _changing(look: Look, case: str) -> dict[str, float]:
    """Return, of each column, in which share of the cases with several rows its value changes."""
    if case == "@line":
        return {}
    rows_of: dict[str, list[int]] = defaultdict(list)
    for place, value in enumerate(look.values[case]):
        if value is not None:
            rows_of[value].append(place)
    long = [rows for rows in rows_of.values() if len(rows) > 1]
    if not long:
        return {}
    return {
        name: sum(len({look.values[name][row] for row in rows}) > 1 for rows in long) / len(long)
        for name in look.columns
    }


def _roles(look: Look, taken: set[str], several: bool) -> list[str]:
    lines = []
    for role in ("team", "person", "customer", "channel"):
        fits = [(fitness(name, role), name) for name in look.columns if name not in taken and name not in look.times]
        if role == "customer":  # "Customer disputed?" is no customer
            fits = [(score, name) for score, name in fits if len(look.distinct(name)) > 10]
        score, name = max(fits, default=(0, ""), key=lambda pair: pair[0])
        if score and look.distinct(name):
            taken.add(name)
            doubt = "" if score > 100 or not several else "LOOK: "
            lines.append(f"{role} = {_quoted(name)}  # {doubt}{len(look.distinct(name))} different")
    return lines


# ── a row is something that happened ─────────────────────────────────────────


def _several(look: Look, case: str, changing: dict[str, float]) -> list[str]:
    def fit(name: str) -> tuple[float, int]:
        return (1.0 if changing.get(name, 0) > 0.5 else changing.get(name, 0), fitness(name, "time"))

    time = max(look.times, key=fit)
    lines = ["", "[time]", f"column = {_quoted(time)}  # it changes within {changing.get(time, 0):.0%} of the cases"]
    lines += _time_lines([look.times[time]])
    copied = [name for name in look.times if name != time and changing.get(name, 1) < 0.05]
    if copied:
        lines.append(
            f"# Not read: {', '.join(copied)}. The same on all rows of a case, copied from its beginning or end."
        )
    return lines + _state_lines(look, {case, time}, changing)


def _state_lines(look: Look, taken: set[str], changing: dict[str, float]) -> list[str]:
    fits = []
    for name in look.columns:
        values = look.distinct(name)
        if name in taken or name in look.times or not 1 < len(values) <= _FEW:
            continue
        known = sum(count for value, count in values.items() if state_of(value)) / values.total()
        score = fitness(name, "state")
        if score and known and changing.get(name, 1) >= 0.05:
            fits.append((known * 100 + score, name))
    if not fits:
        return ["", "# LOOK: no column looks like a state. Without [state] nobody can say when cases were closed."]
    name = max(fits)[1]
    second = next((other for other in look.columns if fitness(other, "substate") and other != name), None)
    columns = [name, second] if second and _tells_more(look, second) else [name]
    joined = [
        "/".join(part for part in parts if part) or None
        for parts in zip(*(look.values[each] for each in columns), strict=True)
    ]
    words: dict[str, list[str]] = defaultdict(list)
    for value, _ in Counter(each for each in joined if each).most_common():
        words[state_of(value.rpartition("/")[2]) or state_of(value) or "nothing"].append(value)
    column = _quoted(name) if len(columns) == 1 else _list(columns)
    lines = ["", "[state]", f"column = {column}  # LOOK: is every value under the right word?"]
    for word in ("open", "waiting_customer", "waiting_other", "done", "nothing"):
        if words[word]:
            doubt = "  # LOOK: no word of these is known here" if word == "nothing" else ""
            lines.append(f"{word} = {_list(words[word])}{doubt}")
    return lines


def _tells_more(look: Look, column: str) -> bool:
    values = look.distinct(column)
    return 1 < len(values) <= _FEW and any((state_of(value) or "").startswith("waiting") for value in values)


# ── a row is a whole case ────────────────────────────────────────────────────


def _whole(look: Look) -> list[str]:
    """Return one [[event]] for each time of the row whose name tells what it is the time of."""
    roles = {name: role for name in look.times if (role := _role_of_time(name))}
    opened = next((name for name, role in roles.items() if role == "opened"), None) or next(iter(look.times))
    lines = ["", "# A row is a whole case: each of its times is something that happened.", "", "[time]"]
    lines += _time_lines(look.times.values())
    # Where nothing says that a case was closed, nothing says that it is open.
    lines += _event(
        opened, 'required = true\nwhat = "opened"' + ('\nstate = "open"' if "closed" in roles.values() else "")
    )
    due = next((name for name, role in roles.items() if role == "due"), None)
    if due:
        body = f'what = "promised"\npromise = "target"\ndue = {_quoted(due)}\nwhen = {{ {_quoted(due)} = ["*"] }}'
        lines += _event(opened, body)
    for name, role in roles.items():
        if role == "sent" and name != opened:
            lines += _event(name, 'what = "assigned"')
        elif role == "answered":
            lines += _event(name, 'what = "staff_wrote"')
        elif role == "changed":
            lines += _event(name, 'what = "note"')
        elif role == "closed":
            kept = f'what = "promise_kept"\npromise = "target"\nwhen = {{ {_quoted(due or name)} = ["*"] }}'
            lines += _event(name, kept) if due else []
            lines += _event(name, 'what = "state"\nstate = "done"')
    left = [name for name in look.times if name not in roles and name != opened]
    if left:
        lines += ["", f"# LOOK: not read, since their names don't say what they are the times of: {', '.join(left)}."]
    return lines


def _role_of_time(name: str) -> str | None:
    # "Due" and "closed" before "opened": "Date received" is neither, "target close date" is a due.
    for role in ("due", "answered", "closed", "sent", "changed", "opened"):
        if fitness(name, role) or any(part in name_of(name).split() for part in _PARTS[role]):
            return role
    return None


_PARTS = {
    "due": ("due", "target"),
    "answered": (),
    "closed": ("closed", "close", "end"),
    "sent": (),
    "changed": ("update",),
    "opened": ("open", "start", "begin"),
}


def _event(time: str, body: str) -> list[str]:
    return ["", "[[event]]", f"time = {_quoted(time)}", *body.split("\n")]


# ── texts ────────────────────────────────────────────────────────────────────


def _time_lines(found: Iterable[Timed]) -> list[str]:
    times = list(found)
    formats = list(dict.fromkeys(each.format for each in times))
    doubt = "  # LOOK: no value tells whether the day or the month stands first" if any(t.unsure for t in times) else ""
    lines = [f"format = {_quoted(formats[0]) if len(formats) == 1 else _list(formats)}{doubt}"]
    if not all(each.zoned for each in times):
        lines.append('zone = "UTC"  # LOOK: the values name no zone; say the desk\'s, such as "Europe/Madrid"')
    return lines


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"
