"""Web addresses in what a person wrote, made into links; everything else escaped. HTML for mails only.

Only http and https become links (A-04), each in time linear to its length
(A-27), and the address that is shown is the address that is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

# No control and no direction-changing characters: they make an address look like another one.
ADDRESS = re.compile(
    r"\bhttps?://[^\s<>\"'`\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]{1,2000}",
    re.IGNORECASE,
)
#: Possessive: what is remembered for going back to grows faster than a message full of empty lines.
PARAGRAPH = re.compile(r"\n(?:[ \t]*+\n)++")
_TRAILING = ".,;:!?…)]}»”’*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_TAIL_LIMIT = 50


def web_address(url: str) -> bool:
    """Return whether a link of ours may lead there: plain http or https, or a mail address."""
    return url.lower().startswith(("http://", "https://", "mailto:")) and not re.search(r"[\s<>\"\x00-\x20]", url)


def paragraphs(text: str) -> list[str]:
    """Return a letter's paragraphs as markup: blank lines part them, single line breaks stay."""
    return [_lines(part) for part in PARAGRAPH.split(text.strip("\n")) if part.strip()]


def _lines(part: str) -> str:
    return "<br>".join(_indented("".join(_linked(line))) for line in part.split("\n"))


def _indented(line: str) -> str:
    """Keep what somebody set off with spaces; HTML would swallow them."""
    bare = line.lstrip(" ")
    return "&nbsp;" * min(len(line) - len(bare), 40) + bare


def _linked(line: str) -> Iterator[str]:
    at = 0
    for match in ADDRESS.finditer(line):
        address = without_tail(match.group())
        if address.endswith("//"):
            continue
        yield escape(line[at : match.start()])
        shown = escape(address)
        yield f'<a class="lnk" href="{shown}" rel="noopener nofollow noreferrer" style="color:#1d4176">{shown}</a>'
        at = match.start() + len(address)
    yield escape(line[at:])


def without_tail(address: str) -> str:
    """Return the address without the punctuation of the sentence around it; its own brackets stay."""
    for _ in range(_TAIL_LIMIT):
        if address[-1] not in _TRAILING:
            break
        opener = _PAIRS.get(address[-1])
        if opener and address.count(opener) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address
