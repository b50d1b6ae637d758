"""The words of an HTML mail as plain text: lines as a reader sees them, quotes marked with ">".

For searching, for reading promises and for finding the new words; the shown HTML is made elsewhere.
Linear in the length of the mail. Nothing here raises.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .tags import BLOCKS, Token, tokens, unescape

#: Levels of quotation that are marked; deeper ones look like the deepest.
DEEPEST_QUOTE = 8

_SPACES = re.compile(r"[ \t\r\n\f]+")
_MANY_BREAKS = re.compile(r"\n{4,}")
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "dl"})
_LINKS = ("http://", "https://")


@dataclass(kw_only=True, slots=True)
class _Page:
    """What has been written so far."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    quotes: int = 0
    verbatim: int = 0
    link: str = ""
    linked: list[str] = field(default_factory=list)

    def end_line(self, *, blank: bool = False) -> None:
        """Close the line if it has words; keep at most one blank line where one is asked for."""
        line = "".join(self.words) if self.verbatim else _SPACES.sub(" ", "".join(self.words)).strip(" ")
        self.words.clear()
        mark = "> " * min(self.quotes, DEEPEST_QUOTE)
        if line:
            self.lines.append(mark + line)
        if blank and self.lines and self.lines[-1].strip(" >"):
            self.lines.append(mark.rstrip())

    def break_line(self) -> None:
        """A line break of the author's: an empty line stays one."""
        mark = "> " * min(self.quotes, DEEPEST_QUOTE)
        before = len(self.lines)
        self.end_line()
        if len(self.lines) == before:
            self.lines.append(mark.rstrip())

    def write(self, text: str) -> None:
        """Add words to the line; inside `pre` their line breaks count."""
        if self.link:
            self.linked.append(text)
        if not self.verbatim:
            self.words.append(text)
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self.words.append(first)
        for line in others:
            self.break_line()
            self.words.append(line)


def text_of(markup: str) -> str:
    """The readable text of the markup."""
    return text_of_tokens(tokens(markup))


def text_of_tokens(read: Iterable[Token]) -> str:
    """The readable text of markup already read into tokens."""
    page = _Page()
    for kind, name, values in read:
        if kind == "text":
            page.write(unescape(name))
        elif kind == "open":
            _open(page, name, values)
        else:
            _close(page, name)
    page.end_line()
    return _MANY_BREAKS.sub("\n\n\n", "\n".join(page.lines)).strip("\n")


def _open(page: _Page, name: str, values: Mapping[str, str]) -> None:
    if name == "br":
        page.break_line()
    elif name == "hr":
        page.end_line()
        page.lines.append("> " * min(page.quotes, DEEPEST_QUOTE) + "_" * 32)
    elif name in BLOCKS or name == "tr":
        page.end_line(blank=name in _SPACED)
        if name == "blockquote":
            page.quotes += 1
        elif name == "pre":
            page.verbatim += 1
        elif name == "li":
            page.words.append("- ")
    elif name in ("td", "th"):
        page.words.append(" ")
    elif name == "img" and values.get("alt", "").strip():
        page.write(f"[{values['alt'].strip()[:200]}]")
    elif name == "a":
        page.link, page.linked = values.get("href", "").strip(), []


def _close(page: _Page, name: str) -> None:
    if name == "a":
        _close_link(page)
    elif name == "pre":
        page.end_line()
        page.verbatim = max(0, page.verbatim - 1)
    elif name in BLOCKS or name == "tr":
        page.end_line(blank=name in _SPACED and name != "blockquote")
        if name == "blockquote":
            page.quotes = max(0, page.quotes - 1)


def _close_link(page: _Page) -> None:
    """Where a link really goes is said, unless its words say it already."""
    target, shown = page.link, "".join(page.linked).strip()
    page.link, page.linked = "", []
    if target.lower().startswith(_LINKS) and shown and target.rstrip("/") not in (shown, shown.rstrip("/")):
        page.words.append(f" <{target[:500]}>")
