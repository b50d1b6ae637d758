"""What a language tells us about time: the pieces its words are read into, and how pieces join.

Clock        a time of day
Piece        one word group of time: a day, a part of the day, a clock, a count, something past
TimeWords    all that a language folder gives for reading time
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

#: Letters of time zones, as people write them in every language; for use in a pattern.
ZONE_LETTERS = (
    "utc|gmt|bst|cet|cest|wet|eet|eest|msk|est|edt|cst|cdt|mst|mdt|pst|pdt|akst|hst|ist|jst|sgt|hkt|aest|aedt|acst|"
    "awst|nzst|nzdt|sast|brt|clt"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A time of day, and whether it was only guessed that it is after noon ("at five")."""

    hour: int
    minute: int = 0
    guessed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One group of words of time. Which fields matter hangs on `kind`."""

    #: day, weekday, date, period, part, clock, count, vague, past
    kind: str
    #: The name of a day or period: today, +1, fri, next:fri, plus:fri, eow, nextweek, early, eom …
    name: str = ""
    clock: Clock | None = None
    until: Clock | None = None
    #: Day, month, year; 0 where it wasn't said. The second date is the end of a range.
    date: tuple[int, int, int] = (0, 0, 0)
    last: tuple[int, int, int] = (0, 0, 0)
    #: A count and its unit: m, h, d, mo, bd, bh. A range has another `high`.
    low: int = 0
    high: int = 0
    unit: str = ""
    #: Says "day" only beside a day ("Thursday evening"); alone it is no time ("the evening team").
    leans: bool = False
    #: Of it no instant may be computed: a clock of another zone, a day or a time that does not exist.
    void: bool = False
    start: int = 0
    end: int = 0


#: Reads the words at a place of the (lower-cased) text: the piece and where it ends, or None.
Reader = Callable[[str, int, bool], Piece | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeWords:
    """How one language says when. All patterns see lower-cased text of the same length."""

    #: The first letters of anything of time; the readers are asked only where it matches.
    starts: re.Pattern[str]
    readers: tuple[Reader, ...]
    #: What may stand between two pieces of one time: "tomorrow | at | nine".
    glue: re.Pattern[str]
    #: What stands between the two ends of a range: "Monday | or | Tuesday".
    to: re.Pattern[str]
    #: "and" makes a range only after "between".
    both: tuple[str, ...]
    between: str
    #: Words before a time, by what they make of it: by, before, until, after, within, for, of, since, event.
    leads: tuple[tuple[str, re.Pattern[str]], ...]
    #: After a count: it begins with something that has not happened yet.
    from_event: re.Pattern[str]
    #: After a count: it lies behind us ("two days ago").
    ago: re.Pattern[str]
    #: Belongs to the time when it follows ("at the latest", "tops").
    tail: re.Pattern[str]
    #: After a time of day: whose clock it is, where that need not be the speaker's ("London time", "CET").
    zone: re.Pattern[str]
    #: After a date without a year: a number that was meant as one ("31 December 99999").
    no_year: re.Pattern[str]


def afternoon_guess(hour: int, minute: int) -> Clock:
    """A clock without a half of the day: one to seven is after noon, the rest as it stands."""
    if 1 <= hour <= 7:
        return Clock(hour=hour + 12, minute=minute, guessed=True)
    return Clock(hour=hour, minute=minute)


def on_the_clock(hour: int, minute: int, half: str) -> Clock | None:
    """A clock with "am", "pm" or neither; None if there is no such time."""
    if hour == 24 and minute == 0:
        return Clock(hour=23, minute=59)
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        return None
    if half and hour <= 12:
        return Clock(hour=hour % 12 + (12 if half == "pm" else 0), minute=minute)
    return Clock(hour=hour, minute=minute) if half else afternoon_guess(hour, minute)
