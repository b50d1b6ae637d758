"""Days of a month by their number in words or by the month around: "the first of next month", "third of July"."""

import re

from ..time_words import Piece
from .time_tables import MONTH, MONTHS

_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
_NTH = re.compile(
    r"(?:the )?(?:(?P<number>\d{1,2})(?:st|nd|rd|th)|"
    r"(?P<word>" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r"))"
    r"(?: day)? (?:of |in )?(?:(?P<next>(?:the )?(?:next|following|coming) month)|(?P<this>(?:this|the) month)"
    r"|(?P<month>" + MONTH + r"))(?!\w)"
)


def nth_of_month(low: str, at: int, _: bool) -> Piece | None:
    """A day of a month said with an ordinal and its month; None where there is none or no such day."""
    found = _NTH.match(low, at)
    if not found:
        return None
    day = int(found["number"]) if found["number"] else _WORDS.index(found["word"]) + 1
    if not 1 <= day <= 31:
        return None
    month = MONTHS.split("|").index(found["month"][:3]) + 1 if found["month"] else 0
    name = "nextmonth" if found["next"] else ""
    return Piece(kind="date", name=name, date=(day, month, 0), start=at, end=found.end())
