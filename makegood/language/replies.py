"""The new words of a mail: what the person wrote now, apart from what a program quoted or added.

Line by line, in time linear to the length of the text (regular expressions look at one line, cut to
`LINE_SEEN` characters, never at the whole). Nothing is lost: what is not new is `folded`, and a reader can
unfold it. When in doubt a line is new.
"""

import re
from dataclasses import dataclass

from .attributions import (
    ATTRIBUTION_LINES,
    attribution_end,
    header_block_end,
    inline_attribution,
    is_banner,
    is_forward_banner,
)
from .signatures import card, is_app_line, is_disclaimer

#: The line that our own mails put above everything they quote, in the languages we write.
REPLY_ABOVE = {"en": "--- reply above this line ---", "es": "--- responda por encima de esta línea ---"}
#: Characters of one line that are looked at.
LINE_SEEN = 998

#: Around our delimiter a program may put quote marks, emphasis or other dashes.
_DELIMITER_EDGE = " \t>-–—_*"
_QUOTED = re.compile(r"\s{0,3}>")
_RULE = re.compile(r"[\s\-_=*#~ᐧ—–]+|[\s+]{3,}")
_UNDERSCORES = re.compile(r"\s*[_\-=]{10,}\s*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """A body in two: the new words, and everything else in its order."""

    new: str
    folded: str


def new_words(body: str, *, languages: tuple[str, ...] = ("en", "es", "de", "fr")) -> Reply:
    """The new words and the folded rest; a cut run leaves one blank line, and all quotation leaves nothing.

    `languages` are the tags of the languages we answer in: our own delimiter line is known in each of them.
    What mail programs write is recognised in every language we know, because it is the customer's program.
    """
    lines = [line.rstrip("\r") for line in body.replace("\r\n", "\n").split("\n")]
    delimiters = {REPLY_ABOVE[tag].strip("- ") for tag in ("en", *languages) if tag in REPLY_ABOVE}
    kept = _Sorter(lines, frozenset(delimiters)).sort()
    _fold_contact_block(lines, kept)
    new: list[str] = []
    folded: list[str] = []
    after_cut = False
    for line, keep in zip(lines, kept, strict=True):
        if not keep:
            folded.append(line)
            if new and new[-1].strip():
                new.append("")
        elif line.strip() or not after_cut:
            new.append(line)
        after_cut = not keep or (after_cut and not line.strip())
    return Reply(new=_trimmed(new), folded="\n".join(folded).strip("\n"))


def _trimmed(lines: list[str]) -> str:
    first, last = 0, len(lines)
    while first < last and _is_empty(lines[first]):
        first += 1
    while last > first and _is_empty(lines[last - 1]):
        last -= 1
    return "\n".join(line.rstrip() for line in lines[first:last])


def _is_empty(line: str) -> bool:
    """Blank, or nothing but a drawn rule."""
    return not line.strip() or bool(_RULE.fullmatch(line[:LINE_SEEN]) and len(line) <= LINE_SEEN)


class _Sorter:
    """Decides for each line whether it is new, from the top down."""

    def __init__(self, lines: list[str], delimiters: frozenset[str]) -> None:
        self._delimiters = delimiters
        self._lines = lines
        self._seen = [line[:LINE_SEEN] for line in lines]
        self._kept = [True] * len(lines)
        self._anything_above = False
        #: Bare dashes that are still looked at; a page full of them holds no signature.
        self._dashes_left = 20

    def sort(self) -> list[bool]:
        """One flag a line: True is new."""
        at = 0
        while at < len(self._lines):
            at = self._step(at)
        return self._kept

    def _step(self, at: int) -> int:
        """Judge the line at `at` and say where to go on."""
        line = self._seen[at]
        if not line.strip():
            return at + 1
        if line.strip(_DELIMITER_EDGE).casefold() in self._delimiters:
            return self._fold(at, len(self._lines))
        if _QUOTED.match(line):
            return self._fold(at, at + 1)
        if begins := inline_attribution(line):
            return self._split_line(at, begins)
        if ended := attribution_end(self._seen[at : at + ATTRIBUTION_LINES]):
            return self._after_attribution(at, at + ended)
        if is_forward_banner(line) or is_banner(line) or self._header_block(at):
            return self._fold_rest(at)
        if self._is_signature(at):
            return self._fold(at, len(self._lines))
        if is_app_line(line):
            return self._fold(at, at + 1)
        if is_disclaimer(line):
            return self._fold_paragraph(at)
        self._anything_above = True
        return at + 1

    def _fold(self, first: int, last: int) -> int:
        for index in range(first, last):
            self._kept[index] = False
        self._anything_above = True
        return last

    def _fold_rest(self, at: int) -> int:
        """Everything below a header block or banner, and the rule drawn above it."""
        above = at - 1
        while above >= 0 and _is_empty(self._seen[above]):
            self._kept[above] = False
            above -= 1
        return self._fold(at, len(self._lines))

    def _fold_paragraph(self, at: int) -> int:
        end = at
        while end < len(self._lines) and self._seen[end].strip():
            end += 1
        return self._fold(at, end)

    def _after_attribution(self, at: int, end: int) -> int:
        """Quotes marked with ">" fold by themselves; unmarked ones go to the end of the mail."""
        below = end
        while below < len(self._lines) and not self._seen[below].strip():
            below += 1
        had_words = self._anything_above
        self._fold(at, end)
        if below < len(self._lines) and (_QUOTED.match(self._seen[below]) or not had_words):
            return end
        return self._fold_rest(end) if below < len(self._lines) else end

    def _split_line(self, at: int, begins: int) -> int:
        """New words and an attribution share a line: the line stays, cut where the attribution begins."""
        head = self._lines[at][:begins].rstrip(" -")
        if not head.strip():
            return self._fold_rest(at)
        self._lines[at] = head
        self._anything_above = True
        return self._after_attribution(at + 1, at + 1) if at + 1 < len(self._lines) else at + 1

    def _header_block(self, at: int) -> bool:
        first = at
        while first < len(self._seen) and (_UNDERSCORES.match(self._seen[first]) or not self._seen[first].strip()):
            first += 1
            if first - at > 4:
                return False
        if first > at and not _UNDERSCORES.match(self._seen[at]):
            return False
        return header_block_end(self._seen[first : first + 12]) > 0

    def _is_signature(self, at: int) -> bool:
        """ "-- " is the sign of RFC 3676; a bare "--" is one only near the end and below some words."""
        line = self._seen[at]
        if line == "-- ":
            return True
        if line.strip() not in ("--", "—", "__") or not self._anything_above or self._dashes_left <= 0:
            return False
        self._dashes_left -= 1
        count = 0
        for below in range(at + 1, min(at + 40, len(self._seen))):
            text = self._seen[below]
            if _QUOTED.match(text) or attribution_end(self._seen[below : below + ATTRIBUTION_LINES]):
                break
            count += bool(text.strip())
        return count <= 12


def _fold_contact_block(lines: list[str], kept: list[bool]) -> None:
    """A name with title, company or telephone is a card, not something said now."""
    shown = [index for index, keep in enumerate(kept) if keep and lines[index].strip()]
    texts = [lines[index][:LINE_SEEN] for index in shown]
    gaps = [index == 0 or not kept[index - 1] or not lines[index - 1].strip() for index in shown]
    for place in card(texts, gaps) or ():
        kept[shown[place]] = False
