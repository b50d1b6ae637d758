"""Words a person said, as markup: escaped, in serif, links made only of plain web addresses."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

# No control and no direction-changing characters: they make an address look like another one.
ADDRESS = re.compile(
    r"\bhttps?://[^\s<>\"'`\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]{1,2000}",
    re.IGNORECASE,
)
TRAILING = ".,;:!?…)]}»”’*_"
PAIRS = {")": "(", "]": "[", "}": "{"}


def said(words: str) -> SafeString:
    """Words in the middle of our own sentence: serif, in quotation marks."""
    # Translators: the quotation marks of the language around words a person said.
    return format_html('<span class="said">{}</span>', gettext("“{words}”").format(words=words))


def paragraphs(text: str) -> SafeString:
    """A whole message: blank lines part paragraphs, single line breaks stay, addresses become links."""
    blocks = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return format_html_join("\n", "<p>{}</p>", ((_lines(block),) for block in blocks if block.strip()))


def _lines(block: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((linked(line),) for line in block.split("\n")))


def linked(line: str) -> SafeString:
    """One line with its web addresses as links; everything else escaped."""
    pieces: list[SafeString] = []
    at = 0
    for match in ADDRESS.finditer(line):
        address = _without_tail(match.group())
        if address.endswith("//"):
            continue
        pieces.append(format_html("{}", line[at : match.start()]))
        pieces.append(format_html('<a href="{}" rel="noopener nofollow noreferrer">{}</a>', address, address))
        at = match.start() + len(address)
    pieces.append(format_html("{}", line[at:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _without_tail(address: str) -> str:
    """The address without the punctuation of the sentence around it; its own brackets stay."""
    while address[-1] in TRAILING:
        opener = PAIRS.get(address[-1])
        if opener and address.count(opener) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address
