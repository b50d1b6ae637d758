"""What a ribbon says, as sentences that wait for their reader.

A phrase is an English sentence with named gaps, and the moments and spans
that fill them. Which language it is said in and in whose time zone is decided
by `wording.say`; nothing here knows a reader. Stdlib only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translators' catalogue, and leave it as it is."""
    return text


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One sentence, or part of one, not yet said to anybody."""

    #: English, with gaps such as `{span}`; the key in the catalogue
    text: str
    #: what fills the gaps, by name: an aware moment, or a span of time
    gaps: tuple[tuple[str, datetime | timedelta], ...] = ()


def phrase(text: str, **gaps: datetime | timedelta) -> Phrase:
    """Make a phrase; a gap called `day` is said as a date alone, other moments with their time."""
    return Phrase(text=text, gaps=tuple(gaps.items()))


LEFT = gettext_noop("{span} left")
OVER = gettext_noop("{span} over")
KEPT = gettext_noop("Kept")
KEPT_EARLY = gettext_noop("Kept, {span} early")
KEPT_LATE = gettext_noop("Kept late")
KEPT_LATE_BY = gettext_noop("Kept late, by {span}")
BROKEN = gettext_noop("Broken")
RELEASED = gettext_noop("Released {day}")
REPLACED = gettext_noop("Replaced {day}")

SAID = gettext_noop("Said {said}")
DUE = gettext_noop("due {due}")
DUE_BETWEEN = gettext_noop("due between {near} and {due}")
PAUSED_FOR = gettext_noop("paused for {span}")
STANDS_PAUSED = gettext_noop("paused, {span} left")
WAS_KEPT = gettext_noop("kept on {kept}")
WAS_KEPT_LATE = gettext_noop("kept late on {kept}")
IS_BROKEN = gettext_noop("broken")
IS_BROKEN_OVER = gettext_noop("broken, {span} over")
BROKEN_REPLACED = gettext_noop("broken, replaced by a new promise on {replaced}")
BROKEN_RELEASED = gettext_noop("broken, released by the customer on {released}")
WAS_RELEASED = gettext_noop("released by the customer on {released}")
WAS_REPLACED = gettext_noop("replaced by a new promise on {replaced}")
