"""What came of reading an export: how much of it could be read, and what could not.

A reader never drops a row in silence: a row is an event or several, or is left out
because the mapping says so, or is rejected with its line, its value and the reason.
Sentences are kept as a template and what fills its gaps, so that a door can say
them in the reader's language.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Progress = Callable[[int, float | None], None]
"""Called now and then with the rows read so far, and the share of the file (None where nobody knows)."""

LEAST_READABLE = 0.95
"""Below this share of readable rows nothing is concluded, unless the mapping states another."""

NO_CASE = "names no case"
NO_TIME = "has no time"
UNREADABLE_TIME = "this is no time in the format that the mapping states"
NO_ZONE = "has no time zone, and the mapping names none"
UNKNOWN_STATE = "nothing says which state this is"
UNKNOWN_WHAT = "nothing says what this is"
WRONG_WIDTH = "has more or fewer values than the header has columns"
HEADER_AGAIN = "is the header once more"
CUT_OFF = "the file ends in the middle of this row"
NOT_TEXT = "is not text in the file's encoding"
NOT_JSON = "is no JSON object"
NO_ORDER = "its place among rows of the same time is no number"

WHYS = (
    NO_CASE,
    NO_TIME,
    UNREADABLE_TIME,
    NO_ZONE,
    UNKNOWN_STATE,
    UNKNOWN_WHAT,
    WRONG_WIDTH,
    HEADER_AGAIN,
    CUT_OFF,
    NOT_TEXT,
    NOT_JSON,
    NO_ORDER,
)
"""Every reason for which a row of a table is rejected."""


class NotReadable(Exception):  # noqa: N818  (a refusal, as the house calls it)
    """This export can't be read, or not enough of it. `code` is for programs, the text for people."""

    def __init__(self, code: str, template: str, **gaps: object) -> None:
        super().__init__(template.format(**gaps))
        self.code = code
        self.template = template
        self.gaps = gaps


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """A row that was not read, and why."""

    line: int
    """Of the source, counted from 1; the row's number where the source has no lines."""
    column: str
    value: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something that whoever concludes from the log has to know."""

    code: str
    template: str
    gaps: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.gaps)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the reading of one export went."""

    source: str
    rows: int
    """Rows found, whatever came of them."""
    rejected: int
    ignored: int
    """Rows that the mapping says are no events."""
    events: int
    events_per_row: int = 1
    """`row` of the log is the source's line times this, plus the event's place within its row."""
    truncated: bool = False
    """The source ends in the middle; nobody knows how much is missing."""
    least_readable: float = LEAST_READABLE
    mapping: str = ""
    """The mapping used, as TOML; empty for a desk's export that needs none."""
    notes: tuple[Note, ...] = ()

    @property
    def share(self) -> float:
        """The readable share of the rows, those left out on purpose not counted."""
        meant = self.rows - self.ignored
        return (meant - self.rejected) / meant if meant else 0.0

    @property
    def conclusive(self) -> bool:
        return self.events > 0 and self.share >= self.least_readable

    def line_of(self, row: int) -> int:
        """Return the source's line that a row of the log came from."""
        return row // self.events_per_row

    def plain(self) -> dict[str, Any]:
        """Return all this as JSON values, for `reading.json`."""
        return {
            "source": self.source,
            "rows": self.rows,
            "rejected": self.rejected,
            "ignored": self.ignored,
            "events": self.events,
            "share": round(self.share, 6),
            "least_readable": self.least_readable,
            "conclusive": self.conclusive,
            "truncated": self.truncated,
            "events_per_row": self.events_per_row,
            "mapping": self.mapping,
            "notes": [{"code": note.code, "text": str(note), **note.gaps} for note in self.notes],
        }

    def write(self, folder: Path) -> None:
        """Write `reading.json`."""
        text = json.dumps(self.plain(), indent=2, ensure_ascii=False, default=str)
        (folder / "reading.json").write_text(text + "\n", encoding="utf-8")

    def refuse_below(self) -> None:
        """Raise NotReadable where too little could be read to conclude anything."""
        if self.conclusive:
            return
        if not self.rows:
            raise NotReadable("no_rows", "{source} holds no rows.", source=self.source)
        if not self.events and not self.rejected:
            raise NotReadable("no_events", "Not one row of {source} is an event.", source=self.source)
        raise NotReadable(
            "too_little_readable",
            "Only {readable:.1%} of the rows of {source} could be read, and less than {least:.1%} is too little to"
            " conclude anything. rejected.csv lists the rest, line by line, with the reason.",
            readable=self.share,
            least=self.least_readable,
            source=self.source,
        )
