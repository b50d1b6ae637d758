"""What we promised in an export's letters: read from their words, and judged by what came after.

A help desk's export says what was written and when, and not what was promised. So each letter that one of us wrote
is read (`language.listening`), and a promise of ours with a date becomes a row of the log like any other. Nobody
recorded whether it was kept. It counts as kept at the next word of ours to the customer, whatever that word said,
so that "kept" is the upper end; where the case was done before the date and no word ever followed, nobody knows, and
it is not counted. What was found, how sure that is, and why some of it is not counted stands in `promises.csv`.

Not read: what customers and programs wrote, what a partner will do, and languages that `language` doesn't know.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from makegood.language import listening
from makegood.language.promises import Promise
from makegood.language.replies import new_words
from makegood.language.times import Spoken
from makegood.rules.hours import Hours
from makegood.rules.logs import Actor, LogEvent, State, What

from .arrow import as_text
from .reading import Note

FILE = "promises.csv"
_COLUMNS = ("case_id", "said_at", "due_at", "words", "sure", "rule", "zone", "next_word_at", "counted")
COUNTED, NO_DATE, NOT_OURS, IF, NO_WORD = (
    "yes", "no: names no date", "no: somebody else's", "no: hangs on something", "no: closed before, and no word after",
)  # fmt: skip
MARK = "letter"
"""With this the name of a promise begins that was read from a letter, and recorded by nobody."""


@dataclass(frozen=True, kw_only=True)
class _Heard:
    """One promise as it was read."""

    case: str
    at: datetime
    zone: str
    promise: Promise


@dataclass
class Letters:
    """The letters of one export. `hear` each, and hand all events through `told`."""

    zone: str = "UTC"
    """IANA name of the writer's zone, where the export doesn't say it."""
    hours: Hours | None = None
    """The house's, for promises in business days; None is Monday to Friday, nine to five."""
    wanted: bool = True
    """Whether letters are to be read; else they are counted."""
    read: int = 0
    without_zone: int = 0
    unread: int = 0
    _heard: dict[tuple[str, datetime, str], _Heard] = field(default_factory=dict)
    _words: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _dones: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def hear(self, case: str, at: datetime, body: object, zone: str | None = None) -> None:
        """Read what one of us wrote to the customer. `zone` is as the export names it, IANA's or Rails's."""
        if not isinstance(body, str) or not body.strip():
            return
        if not self.wanted:
            self.unread += 1
            return
        self.read += 1
        known = iana(zone) if zone else None
        self.without_zone += known is None
        spoken = Spoken(said_at=at, zone=known or self.zone, hours=self.hours)
        for promise in listening.promised(new_words(plain(body)).new, spoken=spoken):
            # An export may hold a letter twice, as a comment and in an audit.
            self._heard[case, at, promise.words] = _Heard(case=case, at=at, zone=spoken.zone, promise=promise)

    def told(self, events: Iterable[LogEvent]) -> Iterator[LogEvent]:
        """Yield the events, and behind them what was promised in the letters and when it counts as kept."""
        row = 0
        for event in events:
            yield event
            row = max(row, event.row)
            if not self.wanted:
                continue
            if event.what is What.STAFF_WROTE and event.actor is not Actor.AUTOMATIC:
                self._words[event.case_id].append(event.at)
            if event.state is State.DONE:
                self._dones[event.case_id].append(event.at)
        for moments in (*self._words.values(), *self._dones.values()):
            moments.sort()
        for nth, one in enumerate(self._counted(), 1):
            name, next_word = f"{MARK} {nth}", self._next_word(one)
            row += 1
            yield LogEvent(case_id=one.case, at=one.at, row=row, what=What.PROMISED, actor=Actor.STAFF,
                           due_at=one.promise.due_at, promise=name)  # fmt: skip
            if next_word:
                row += 1
                yield LogEvent(case_id=one.case, at=next_word, row=row, what=What.PROMISE_KEPT, actor=Actor.STAFF,
                               promise=name)  # fmt: skip

    def write(self, folder: Path) -> None:
        """Write `promises.csv`, where any letter was read."""
        if not self.read:
            return
        with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(_COLUMNS)
            for one in self._heard.values():
                said = one.promise
                times = (each.isoformat() if each else "" for each in (said.due_at, self._next_word(one)))
                due, word = times
                table.writerow((as_text(one.case), one.at.isoformat(), due, as_text(said.words), said.sure, said.rule,
                                one.zone, word, self._verdict(one)))  # fmt: skip

    def notes(self) -> list[Note]:
        """What whoever concludes from the log has to know of its letters."""
        if self.unread:
            return [
                Note(
                    code="letters_unread",
                    template="The export holds the words of {n} letters of ours, which were not read. With --read-texts"
                    " the promises in them are found and judged.",
                    gaps={"n": self.unread},
                )
            ]
        if not self.read:
            return []
        counted = [self._verdict(one) for one in self._heard.values()]
        return [
            Note(
                code="letters_read",
                template="{n} letters of ours were read by rules, and the promises found in their words: {counted} of"
                " ours with a date, which are judged, and {rest} others, which are not. promises.csv holds each with"
                " its words and how sure the reading is. A promise counts as kept at our next word to the customer,"
                " whatever that word said, so that the share kept is the upper end.",
                gaps={"n": self.read, "counted": counted.count(COUNTED), "rest": len(counted) - counted.count(COUNTED)},
            ),
            *self._of_zones(),
        ]

    def _of_zones(self) -> Iterator[Note]:
        if self.without_zone:
            yield Note(
                code="letters_without_zone",
                template="Of {n} letters the export does not say in which time zone they were written: “by Friday” in"
                " them was read in {zone}.",
                gaps={"n": self.without_zone, "zone": self.zone},
            )

    def _counted(self) -> Iterator[_Heard]:
        return (one for one in self._heard.values() if self._verdict(one) == COUNTED)

    def _verdict(self, one: _Heard) -> str:
        said = one.promise
        if said.who != "us":
            return NOT_OURS
        if said.conditional or said.hedged:
            return IF
        if said.due_at is None or said.due_at <= one.at:
            return NO_DATE
        dones = self._dones.get(one.case, [])
        done_before = bisect_left(dones, one.at) < bisect_right(dones, said.due_at)
        return NO_WORD if done_before and self._next_word(one) is None else COUNTED

    def _next_word(self, one: _Heard) -> datetime | None:
        words = self._words.get(one.case, [])
        nth = bisect_right(words, one.at)
        return words[nth] if nth < len(words) else None


# ── words and zones as desks write them ──────────────────────────────────────

LONGEST = 100_000
"""Characters of a letter that are looked at."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_BREAKS = frozenset(("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"))
_UNSAID = frozenset(("blockquote", "script", "style", "head"))


class _Words(HTMLParser):
    """The words of a page; what it quotes is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._inside += tag in _UNSAID
        self.words.append("\n" if tag in _BREAKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in _UNSAID and self._inside > 0
        self.words.append("\n" if tag in _BREAKS else "")

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)


def plain(body: str) -> str:
    """Return the words of a letter, whether it is text or HTML."""
    body = body[:LONGEST]
    if not _TAG.search(body):
        return body
    read = _Words()
    read.feed(body)
    read.close()
    return "".join(read.words)


_NAMED = {
    "Eastern Time (US & Canada)": "America/New_York", "Central Time (US & Canada)": "America/Chicago",
    "Mountain Time (US & Canada)": "America/Denver", "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Atlantic Time (Canada)": "America/Halifax", "Indiana (East)": "America/Indiana/Indianapolis",
    "Arizona": "America/Phoenix", "Alaska": "America/Juneau", "Hawaii": "Pacific/Honolulu",
    "Newfoundland": "America/St_Johns", "Saskatchewan": "America/Regina", "Central America": "America/Guatemala",
    "Quito": "America/Lima", "Brasilia": "America/Sao_Paulo", "Edinburgh": "Europe/London", "Bern": "Europe/Zurich",
    "Kyiv": "Europe/Kiev", "St. Petersburg": "Europe/Moscow", "Abu Dhabi": "Asia/Dubai", "Islamabad": "Asia/Karachi",
    "Mumbai": "Asia/Kolkata", "New Delhi": "Asia/Kolkata", "Chennai": "Asia/Kolkata", "Beijing": "Asia/Shanghai",
    "Osaka": "Asia/Tokyo", "Sapporo": "Asia/Tokyo", "Hanoi": "Asia/Bangkok", "Canberra": "Australia/Melbourne",
    "Wellington": "Pacific/Auckland",
}  # fmt: skip
"""Names of zones in Rails, which desks export, where they are no city of IANA's."""


@cache
def iana(name: str) -> str | None:
    """Return IANA's name of a zone that an export names in its own way ("Madrid"); None for one that isn't known."""
    name = name.strip()
    if name in _NAMED:
        return _NAMED[name]
    known = available_timezones()
    if name in known:
        return ZoneInfo(name).key
    cities = [zone for zone in known if zone.rpartition("/")[2] == name.replace(" ", "_") and "/" in zone]
    return min(cities) if cities and len({_now(zone) for zone in cities}) == 1 else None


def _now(zone: str) -> tuple[object, ...]:
    """What tells one zone from another of the same name: its offsets, winter and summer."""
    return tuple(datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))
