"""Events as JSON values and back, as the journal keeps them; what an earlier or later version wrote is read, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, get_origin, get_type_hints

from .event import LEFT_OUT
from .events import KINDS, Event


def plain(event: Event) -> dict[str, Any]:
    """Return the event's own fields as JSON values; `name`, `at` and `by` are kept beside them."""
    shape = _SHAPES[event.name]
    written = {name: getattr(event, name) for name in shape.names}
    for name in shape.moments:
        if written[name] is not None:
            written[name] = written[name].isoformat()
    for name in shape.series:
        written[name] = list(written[name])
    if shape.later:
        _leave_out(written, shape.later)
    return written


def _leave_out(written: dict[str, Any], later: Mapping[str, Any]) -> None:
    for name, default in later.items():
        if written[name] == default:
            del written[name]


def from_plain(name: str, at: datetime, by: int | None, written: Mapping[str, Any]) -> Event:
    """Return the event that `plain` wrote. Raises KeyError for a name this version does not know."""
    shape = _SHAPES[name]
    # Without asking its constructor, which costs more than all the rest.
    event = object.__new__(shape.kind)
    known = event.__dict__
    known.update(written)
    if known.keys() == shape.first:
        known.update(shape.later)
    elif known.keys() != shape.names:
        return _of_another_version(shape, at, by, written)
    shape.read(known)
    known["at"], known["by"] = at, by
    return event


def _of_another_version(shape: _Shape, at: datetime, by: int | None, written: Mapping[str, Any]) -> Event:
    """Return an event of which more or less was written than this version knows."""
    known = {key: value for key, value in written.items() if key in shape.names}
    shape.read(known)
    return shape.kind(at=at, by=by, **known)


class _Shape:
    """What an event's own fields are made of, looked up once: journals are read a million entries at a time."""

    def __init__(self, kind: type[Event]) -> None:
        hints = get_type_hints(kind)
        self.kind = kind
        self.names = {f.name: None for f in fields(kind) if f.name not in ("at", "by")}.keys()
        self.later = {f.name: f.default for f in fields(kind) if f.metadata == LEFT_OUT}
        """Fields that are not written while they have their default, with it."""
        self.first = {name: None for name in self.names if name not in self.later}.keys()
        self.moments = tuple(name for name in self.names if hints[name] in (datetime, datetime | None))
        self.series = tuple(name for name in self.names if get_origin(hints[name]) is tuple)

    def read(self, written: dict[str, Any]) -> None:
        """Turn what JSON has no word for from how `plain` wrote it into what it was."""
        for key in self.moments:
            if written.get(key) is not None:
                written[key] = datetime.fromisoformat(written[key])
        for key in self.series:
            if key in written:
                written[key] = tuple(written[key])


_SHAPES: dict[str, _Shape] = {name: _Shape(kind) for name, kind in KINDS.items()}
