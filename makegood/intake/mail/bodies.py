"""What a letter says and what hangs on it: its text, its HTML, its attachments.

Of alternatives the richest readable form is shown and the plainest is read; what isn't text, or is meant as
a file, is an attachment. Bounded, and nothing here raises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .headers import decode_words
from .markup import read_markup
from .parts import Part
from .visible import clean_file_name, clean_line, clean_text

#: Characters of readable text that are kept; the raw mail keeps the rest.
TEXT_LIMIT = 1_000_000
UNNAMED = "unnamed"

_CONTENT_ID = re.compile(r"<?([^<>\s\x00-\x20\x7f]{1,250})>?\s*")
_SIGNATURE = "-- "


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file of the letter. Its name and type are what the sender claims; store it under a name of our own."""

    #: Cleaned of paths, devices and invisible characters; never empty.
    name: str
    #: The declared media type, lower-case; not to be believed when serving it.
    type: str
    content: bytes
    #: The id by which the HTML refers to it, without angle brackets.
    content_id: str | None = None
    #: Meant to be seen inside the letter.
    inline: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """The readable whole of a letter."""

    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()


def letter_parts(root: Part) -> Iterator[Part]:
    """The letter's own parts in order; the insides of letters it carries are theirs, not its."""
    yield root
    if root.type.startswith("multipart/"):
        for part in root.parts:
            yield from letter_parts(part)


def read_body(raw: bytes, root: Part, trouble: set[str]) -> Body:
    """The text, the safe HTML and the attachments below the root part."""
    reader = _Reader(raw, trouble)
    reader.read(root, inside_alternative=False)
    text = "\n\n".join(piece.strip("\n") for piece in reader.texts if piece.strip())
    if len(text) > TEXT_LIMIT:
        trouble.add("truncated")
        text = text[:TEXT_LIMIT]
    return Body(text=text, html="\n<hr>\n".join(filter(None, reader.htmls)), attachments=tuple(reader.attachments))


class _Reader:
    """Goes through the parts once and collects."""

    def __init__(self, raw: bytes, trouble: set[str]) -> None:
        self._raw = raw
        self._trouble = trouble
        self.texts: list[str] = []
        self.htmls: list[str] = []
        self.attachments: list[Attachment] = []

    def read(self, part: Part, *, inside_alternative: bool) -> None:
        if part.type == "multipart/alternative":
            self._read_alternatives(part)
        elif part.type.startswith("multipart/"):
            for child in part.parts:
                self.read(child, inside_alternative=inside_alternative)
        elif part.type.startswith("text/") and _is_words(part, inside_alternative=inside_alternative):
            self._read_words(part)
        else:
            self._attach(part)

    def _read_alternatives(self, part: Part) -> None:
        """Plain text is read, HTML is shown; a blank plain text doesn't silence the HTML."""
        before = len(self.texts), len(self.htmls)
        for child in part.parts:
            self.read(child, inside_alternative=True)
        texts, shown = self.texts[before[0] :], self.htmls[before[1] :]
        if len(texts) > 1 and shown:
            plain = [text for text in texts if not isinstance(text, _FromMarkup) and text.strip()]
            self.texts[before[0] :] = plain or texts

    def _read_words(self, part: Part) -> None:
        words = part.text(self._raw, self._trouble)
        if part.type == "text/html":
            shown, text = read_markup(words, self._trouble)
            self.htmls.append(shown)
            self.texts.append(_FromMarkup(clean_text(text)))
            return
        if part.parameters.get("format", "").lower() == "flowed":
            words = unflowed(words, joined=part.parameters.get("delsp", "").lower() == "yes")
        self.texts.append(clean_text(words[: TEXT_LIMIT + 1]))

    def _attach(self, part: Part) -> None:
        content = part.content(self._raw, self._trouble)
        name = clean_file_name(part.file_name)
        if not name and part.type in ("message/rfc822", "message/global"):
            carried = part.parts[0].headers.first("subject") if part.parts else ""
            name = clean_file_name(decode_words(carried, self._trouble) or "message") + ".eml"
        if not name and not content.strip():
            return
        found = _CONTENT_ID.fullmatch(part.headers.first("content-id"))
        self.attachments.append(
            Attachment(
                name=name or UNNAMED,
                type=clean_line(part.type, 120),
                content=content,
                content_id=found[1] if found else None,
                inline=part.disposition == "inline" or (bool(found) and part.disposition != "attachment"),
            )
        )


class _FromMarkup(str):
    """Text that was made from HTML, to be used where nobody wrote plain text."""

    __slots__ = ()


def _is_words(part: Part, *, inside_alternative: bool) -> bool:
    """Whether a text part is read as words of the letter, not kept as a file."""
    if part.type not in ("text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown"):
        return False
    return part.disposition != "attachment" and (inside_alternative or not part.file_name)


def unflowed(text: str, *, joined: bool = False) -> str:
    """Text of `format=flowed` (RFC 3676) with its soft line breaks undone; `joined` drops their space too."""
    lines: list[list[str]] = []
    open_depth = -1
    for line in text.replace("\r\n", "\n").split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content[1:] if content.startswith(" ") else content
        flows = content.endswith(" ") and content != _SIGNATURE
        shown = content[:-1] if flows and joined else content
        if open_depth == depth and content != _SIGNATURE:
            lines[-1].append(shown)
        else:
            lines.append([(">" * depth + " " if depth else "") + shown])
        open_depth = depth if flows else -1
    return "\n".join(map("".join, lines))
