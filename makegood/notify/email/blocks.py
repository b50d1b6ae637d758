"""What a mail is made of. The same blocks are drawn twice, as HTML and as plain text.

So the two can't say different things, every sentence is translated once, and
text becomes markup in one file only (`as_html`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .ribbon import Ribbon


class Tone(StrEnum):
    INK = "ink"
    QUIET = "quiet"
    SOON = "soon"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One piece of a mail."""


@dataclass(frozen=True, kw_only=True)
class Headline(Block):
    """The sentence that answers what the mail is about. One a mail.

    Said to a customer it is set in serif, like all that is said to him; to staff the desk speaks sans.
    """

    words: str
    to_staff: bool = False


@dataclass(frozen=True, kw_only=True)
class Heading(Block):
    """Over a section, with a rule above it."""

    words: str
    aside: str = ""


@dataclass(frozen=True, kw_only=True)
class Sentence(Block):
    """A paragraph of our own. `BROKEN` and `SOON` also get a sign, since a colour is never alone."""

    words: str
    tone: Tone = Tone.INK


@dataclass(frozen=True, kw_only=True)
class Letter(Block):
    """What a person wrote, to the letter: its line breaks stay, its web addresses become links."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Quote(Block):
    """A few words a person said: a promise, a subject."""

    words: str


@dataclass(frozen=True, kw_only=True)
class Bar(Block):
    """A promise ribbon between its two stamps."""

    ribbon: Ribbon
    said: str
    due: str


@dataclass(frozen=True, kw_only=True)
class Button(Block):
    """The one thing to do, and what happens then."""

    label: str
    url: str
    under: str = ""


@dataclass(frozen=True, kw_only=True)
class Link(Block):
    """Something else to do."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """A whole mail, ready to be drawn."""

    language: str
    house: str
    subject: str
    preview: str
    """What a list of mails shows beside the subject."""
    blocks: tuple[Block, ...]
    foot: tuple[str, ...]
    reply_line: str = ""
    """Stands above everything else, so that an answer is above all our words; empty if no answer is read."""
