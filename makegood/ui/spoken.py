"""Words a person said, as markup: escaped, in serif, links made only of plain web addresses."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from makegood.notify.email.linking import ADDRESS, PARAGRAPH, without_tail


def said(words: str) -> SafeString:
    """Words in the middle of our own sentence: serif, in quotation marks."""
    # Translators: the quotation marks of the language around words a person said.
    return format_html('<span class="said">{}</span>', gettext("“{words}”").format(words=words))


def paragraphs(text: str) -> SafeString:
    """A whole message: blank lines part paragraphs, single line breaks stay, addresses become links."""
    blocks = PARAGRAPH.split(text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return format_html_join("\n", "<p>{}</p>", ((_lines(block),) for block in blocks if block.strip()))


def _lines(block: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((linked(line),) for line in block.split("\n")))


def linked(line: str) -> SafeString:
    """One line with its web addresses as links; everything else escaped."""
    pieces: list[SafeString] = []
    at = 0
    for match in ADDRESS.finditer(line):
        address = without_tail(match.group())
        if address.endswith("//"):
            continue
        pieces.append(format_html("{}", line[at : match.start()]))
        pieces.append(format_html('<a href="{}" rel="noopener nofollow noreferrer">{}</a>', address, address))
        at = match.start() + len(address)
    pieces.append(format_html("{}", line[at:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
