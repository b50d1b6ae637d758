"""Every expression of time in a text, and the instant it means for who said it.

    Spoken    when, where and by whose calendar it was said (from instants)
    Moment    one expression of time: its words, its instant, how it was computed
    find      all of them, in the order of the text

Words of the past ("yesterday around three", "two days ago") are read, so that they are not mistaken, and left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .instants import CLOSE, LATE, Due, Spoken, agreeing, counted, day_of, last_of, on_day
from .known import LANGUAGES
from .time_words import Clock, Piece, TimeWords

__all__ = ["LONGEST", "Moment", "Spoken", "find", "folded"]

#: Characters that are looked at; what stands behind them was never a promise.
LONGEST = 20_000
#: Characters between two pieces of one time, and before a time for "no later than".
_NEAR = 48

#: "25:99", "31 pm", "20/11/99999": written like a time or a date, whatever it says.
_LIKE_CLOCK = re.compile(
    r"(?<![\w:.,/-])(?:(?P<hour>\d{1,3}):(?P<minute>\d\d)(?![\d:])|(?P<half>\d{1,3})(?= ?[ap]\.?m\b))"
    r"(?: ?[ap]\.?m\b\.?)?"
)
_LIKE_DATE = re.compile(
    r"(?<![\w:.,/-])(?:\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{5,}|\d{3}(?!\d))|20\d\d-\d{1,2}-\d{1,2})(?![\d:-])"
)

_DAYS = ("day", "weekday", "date", "period")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "–": "-", "—": "-", "\t": " "})


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One expression of time. Instants are UTC."""

    words: str
    start: int
    end: int
    #: None where the words name no instant ("soon"), or count from something that has not happened yet.
    due_at: datetime | None
    #: The near end of a range.
    near_at: datetime | None = None
    #: "elapsed", "business", or None where there is no instant.
    unit: str | None = None
    #: How the instant was computed, as the guideline names it: fri, +1@12:00, bd3..bd5, vague …
    rule: str
    vague: bool = False
    #: What stands before it: by, before, until, after, within, for, of, event, or nothing.
    lead: str = ""
    #: A span that begins with something that has not happened yet ("24 hours after we get the photos").
    from_event: bool = False
    #: A length of time ("in 3 days"), not a day or a time of day.
    counted: bool = False
    #: Said as an instant, though none may be computed of it ("5pm London time", "31 February").
    void: bool = False
    #: The time of day was named, not taken as the close of the day.
    timed: bool = False
    #: The half of the day was only guessed ("at five" is 17:00).
    guessed: bool = False
    #: The local day that was named, and the time of day where no day was: "Next Tuesday he will be there | at 8".
    day: date | None = None
    clock: Clock | None = None


def folded(text: str) -> str:
    """The first LONGEST characters in lower case with plain quotes and dashes, each at its old place."""
    text = text[:LONGEST]
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(_PLAIN)


def find(text: str, *, spoken: Spoken, language: str) -> tuple[Moment, ...]:
    """Every expression of time in `text`, in order; none where the language is unknown."""
    if language not in LANGUAGES:
        return ()
    words = LANGUAGES[language].times
    low = folded(text)
    groups = _grouped(_placed(list(_pieces(low, words, spoken.month_first)), low), low, words)
    moments = [moment for group in groups if (moment := _moment(group, text, low, spoken, words))]
    return tuple(_ranges(moments, text, low, words))


def _pieces(low: str, words: TimeWords, month_first: bool) -> Iterator[Piece]:
    at = 0
    while found := words.starts.search(low, at):
        at = found.end() if found.end() > found.start() else found.end() + 1
        for reader in words.readers:
            piece = reader(low, found.start(), month_first)
            if piece:
                piece = _qualified(piece, low, words)
                yield piece
                at = max(at, piece.end)
                break


def _qualified(piece: Piece, low: str, words: TimeWords) -> Piece:
    """The piece with what makes it void: another zone, a year that is none."""
    if piece.kind == "date" and not piece.date[2] and (year := words.no_year.match(low, piece.end)):
        return replace(piece, void=True, end=year.end())
    if piece.kind in ("clock", "part") and piece.clock and (zone := words.zone.match(low, piece.end)):
        return replace(piece, void=True, leans=False, end=zone.end())
    return piece


def _placed(pieces: list[Piece], low: str) -> list[Piece]:
    """The pieces, and among them the times of day and the dates that do not exist."""
    void = list(_impossible(low))
    kept = [piece for piece in pieces if all(piece.end <= at.start or piece.start >= at.end for at in void)]
    return sorted(kept + void, key=lambda piece: piece.start) if void else pieces


def _impossible(low: str) -> Iterator[Piece]:
    for found in _LIKE_CLOCK.finditer(low):
        hour, minute = int(found["hour"] or found["half"]), int(found["minute"] or 0)
        if (hour, minute) > (24, 0) or minute > 59:
            yield Piece(kind="clock", void=True, start=found.start(), end=found.end())
    for found in _LIKE_DATE.finditer(low):
        month, day = (0, 0) if found["sep"] else map(int, found[0].split("-")[1:])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            yield Piece(kind="date", void=True, start=found.start(), end=found.end())


def _grouped(pieces: list[Piece], low: str, words: TimeWords) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups:
            gap = low[groups[-1][-1].end : piece.start][: _NEAR + 1]
            if len(gap) <= _NEAR and words.glue.fullmatch(gap) and _goes_with(groups[-1], piece, gap):
                groups[-1].append(piece)
                continue
        groups.append([piece])
    return groups


def _goes_with(group: list[Piece], piece: Piece, gap: str) -> bool:
    kinds = {other.kind for other in group}
    if "vague" in kinds or piece.kind == "vague" or len(group) > 4:
        return False
    if "past" in kinds or piece.kind == "past":
        return piece.kind in ("past", "part", "clock", "weekday") and kinds <= {"past", "part", "clock", "weekday"}
    if "count" in kinds or piece.kind == "count":
        return False
    if piece.kind in ("part", "clock"):
        return piece.kind not in kinds or (piece.kind == "part" and "clock" not in kinds)
    days = [other for other in group if other.kind in _DAYS]
    if not days:
        return "," not in gap or not any(other.name in ("tonight", "this") for other in group)
    if not {"and", "y"}.isdisjoint(gap.replace(",", " ").split()):
        return False
    pair = {days[-1].kind, piece.kind}
    beside = "day" in pair and not pair.isdisjoint({"weekday", "date"})
    return len(days) == 1 and (beside or pair in ({"weekday", "date"}, {"weekday", "period"}))


def _moment(group: list[Piece], text: str, low: str, spoken: Spoken, words: TimeWords) -> Moment | None:
    """The moment a group of pieces means; None for the past and for words that only lean on others."""
    start, end = group[0].start, group[-1].end
    if any(piece.kind == "past" for piece in group) or all(piece.leans for piece in group):
        return None
    lead, begins = _lead(low, start, words)
    if lead == "since":
        return None
    if tail := words.tail.match(low, end):
        end = tail.end()
    first = group[0]
    base = Moment(words=text[begins:end], start=begins, end=end, due_at=None, rule="vague", vague=True, lead=lead)
    if first.kind == "vague":
        return base
    if first.kind == "count":
        return _count(first, base, low, spoken, words)
    timed = any(piece.kind == "clock" or (piece.kind == "part" and piece.clock) for piece in group)
    if timed and (zone := words.zone.match(low, end)):
        return replace(base, words=text[begins : zone.end()], end=zone.end(), void=True)
    days = [piece for piece in group if piece.kind in _DAYS]
    void = replace(base, void=True)
    if any(piece.void for piece in group):
        told = lead in ("by", "before", "until", "after", "at") or any(
            piece.clock or piece.date[0] or not piece.void for piece in group
        )
        return void if told else None  # A bare "70:30" or "10/20/30000" may be anything.
    if (sense := agreeing(days, spoken)) is not True:
        return None if sense is None else void
    return _named(group, base, spoken)


def _lead(low: str, start: int, words: TimeWords) -> tuple[str, int]:
    floor = max(0, start - _NEAR)
    before = low[floor:start]
    for name, pattern in words.leads:
        found = pattern.search(before)
        if found:
            keeps = name in ("of", "for", "since", "event")
            return name, start if keeps else floor + found.start(1)
    return "", start


def _count(piece: Piece, base: Moment, low: str, spoken: Spoken, words: TimeWords) -> Moment | None:
    if base.lead == "for" or words.ago.match(low, piece.end):
        return None
    if base.lead == "event" or words.from_event.match(low, piece.end):
        return replace(base, from_event=True, counted=True)
    due = counted(piece.high, piece.unit, spoken)
    near = counted(piece.low, piece.unit, spoken) if piece.low != piece.high else None
    if due is None:
        return None
    return replace(
        base,
        due_at=due.at,
        near_at=near.at if near else None,
        unit="business" if due.business else "elapsed",
        rule=f"{near.rule}..{due.rule}" if near else due.rule,
        vague=False,
        counted=True,
    )


def _named(group: list[Piece], base: Moment, spoken: Spoken) -> Moment | None:
    """A day, a part of it, a clock, or all three."""
    part = next((piece for piece in group if piece.kind == "part" and piece.name == "first"), None)
    part = part or next((piece for piece in reversed(group) if piece.kind == "part"), None)
    clock = next((piece for piece in group if piece.kind == "clock"), None)
    day = _one_day([piece for piece in group if piece.kind in _DAYS])
    if day and day.name == "vague":
        return base
    near = _due(day, part, clock.clock, base.lead, spoken) if clock and clock.until else None
    due = _due(day, part, (clock.until or clock.clock) if clock else None, base.lead, spoken)
    if day and day.last != (0, 0, 0) and (last := last_of(day, spoken)):
        near, due = due, Due(at=on_day(last[0], CLOSE, spoken), rule=last[1])
    if due is None or due.at <= spoken.said_at:
        return None
    said = clock.until or clock.clock if clock else None
    return replace(
        base,
        due_at=due.at,
        near_at=near.at if near else None,
        unit="elapsed",
        rule=f"{near.rule}..{due.rule}" if near else due.rule,
        vague=False,
        timed=clock is not None or (part is not None and part.clock is not None),
        guessed=bool(said and said.guessed and not (part and part.clock)),
        day=due.at.astimezone(ZoneInfo(spoken.zone)).date() if day else None,
        clock=clock.clock if clock and len(group) == 1 and not clock.until else None,
    )


def _one_day(days: list[Piece]) -> Piece | None:
    if len(days) < 2:
        return days[0] if days else None
    for kind in ("date", "day"):
        for piece in days:
            if piece.kind == kind:
                return piece
    weekday = next(piece for piece in days if piece.kind == "weekday")
    period = next((piece for piece in days if piece.kind == "period"), weekday)
    word = weekday.name.rpartition(":")[2]
    which = {"nextweek": "next:", "early": "next:", "eow": "this:"}.get(period.name, "")
    return replace(weekday, name=which + word) if which else weekday


def _due(day: Piece | None, part: Piece | None, clock: Clock | None, lead: str, spoken: Spoken) -> Due | None:
    """When the day ends, or its part, or the clock strikes; None if no such day exists."""
    local = spoken.local
    if clock and part and part.clock:
        clock = _within(clock, part)
    at = clock or (part.clock if part else None)
    if part and part.name == "tomorrow" and day is None:
        day = replace(part, kind="day", name="+1")
    if day is None and at is None:
        day = replace(part, kind="day", name="today") if part else None
    if day is None or day.name == "today":
        today = local.date()
        if at is None:
            late = local.hour >= CLOSE.hour
            return Due(at=on_day(today, LATE if late else CLOSE, spoken), rule="today")
        due = Due(at=on_day(today, at, spoken), rule=f"t@{_shown(at)}")
        if due.at > spoken.said_at:
            return due
        if part and part.name == "tonight":
            return Due(at=on_day(today, LATE, spoken), rule=f"t@{_shown(LATE)}")
        if day is not None or (part and part.name == "this"):
            return due
        return Due(at=on_day(today + timedelta(days=1), at, spoken), rule=f"+1@{_shown(at)}")
    named = day_of(day, spoken)
    if named is None:
        return None
    date, rule = named
    if lead == "before" and at is None and day.kind != "period":
        date -= timedelta(days=1)
        rule = f"on:{date.isoformat()}" if day.kind == "date" else f"before:{rule}"
    if lead == "before" and day.name == "nextweek":
        date, rule = date - timedelta(days=7), "eow"
    if at is None and day.kind == "period" and rule == "eow" and on_day(date, CLOSE, spoken) <= spoken.said_at:
        at = LATE if date == local.date() else None
        if at is None:
            date += timedelta(days=7)
    return Due(at=on_day(date, at or CLOSE, spoken), rule=rule if at is None else f"{rule}@{_shown(at)}")


def _within(clock: Clock, part: Piece) -> Clock:
    """The clock in its part of the day: eight in the evening, eight tomorrow morning."""
    hour = clock.hour - 12 if clock.guessed else clock.hour
    noon = part.clock.hour if part.clock else 12
    if part.name in ("first", "close") or hour > 12:
        return Clock(hour=hour if part.name == "first" else clock.hour, minute=clock.minute)
    if noon <= 12:
        return Clock(hour=clock.hour if noon == 12 and part.name == "noon" else hour, minute=clock.minute)
    return Clock(hour=hour % 12 + 12, minute=clock.minute)


def _shown(clock: Clock) -> str:
    return f"{clock.hour:02d}:{clock.minute:02d}"


def at_the_clock(day: Moment, clock: Moment, spoken: Spoken) -> Moment:
    """One moment of a day and a time of day that stand apart in a clause."""
    if day.day is None or clock.clock is None:
        return day
    rule = f"{day.rule}@{_shown(clock.clock)}" if day.rule != "today" else f"t@{_shown(clock.clock)}"
    return replace(day, due_at=on_day(day.day, clock.clock, spoken), rule=rule, timed=True, guessed=clock.clock.guessed)


def _ranges(moments: list[Moment], text: str, low: str, words: TimeWords) -> Iterator[Moment]:
    """Join "Monday or Tuesday": the near end and the far one."""
    before: Moment | None = None
    for moment in moments:
        if before is not None:
            gap = low[before.end : moment.start] if moment.start - before.end <= _NEAR else "."
            pair = gap.strip() not in words.both or before.words.lower().startswith(words.between)
            if pair and _is_range(before, moment) and words.to.fullmatch(gap):
                before = _joined(before, moment, text)
                continue
            yield before
        before = moment
    if before is not None:
        yield before


def _is_range(near: Moment, far: Moment) -> bool:
    return (
        near.due_at is not None
        and far.due_at is not None
        and near.near_at is None
        and far.near_at is None
        and near.counted == far.counted
        and near.due_at < far.due_at
    )


def _joined(near: Moment, far: Moment, text: str) -> Moment:
    return replace(
        far,
        words=text[near.start : far.end],
        start=near.start,
        near_at=near.due_at,
        rule=f"{near.rule}..{far.rule}",
        lead=near.lead,
    )
