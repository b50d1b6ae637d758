"""A mail taken apart into its MIME parts, as spans of the raw bytes: bounded in depth, number and time.

RFC 2045 and 2046. Our own splitter, because the usual ones recurse without a limit and compare every line
with every open boundary; this one looks for each boundary once a level. Broken structure never raises:
what can't be split is one part, and a trouble code says why.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .headers import Headers, decode, decode_words, from_base64, read_headers, read_parameters

#: Levels of parts inside parts, and parts in all, that are read (A-25).
DEPTH_LIMIT = 20
PART_LIMIT = 200

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")
_LINE_REST = re.compile(rb"(--)?[ \t]*\r?(?:\n|\Z)")
_CARRIED = ("message/rfc822", "message/global", "message/news")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One MIME part; `raw[start:end]` is its body as it travelled."""

    headers: Headers
    #: Lower-case media type as declared, "text/plain" where none or nonsense was.
    type: str
    parameters: dict[str, str]
    #: Lower-case transfer encoding as declared; empty is 7bit.
    encoding: str
    #: "inline", "attachment" or empty.
    disposition: str
    #: The declared file name, not cleaned; empty if none.
    file_name: str
    start: int
    end: int
    depth: int
    parts: tuple["Part", ...] = ()

    def content(self, raw: bytes, trouble: set[str]) -> bytes:
        """The bytes behind the transfer encoding."""
        return decode_transfer(raw[self.start : self.end], self.encoding, trouble)

    def text(self, raw: bytes, trouble: set[str]) -> str:
        """The decoded text of a text part."""
        return decode(self.content(raw, trouble), self.parameters.get("charset", ""), trouble)

    def walk(self) -> Iterator["Part"]:
        """The part and everything inside it, in document order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(kw_only=True, slots=True)
class _Budget:
    depth: int
    parts: int
    trouble: set[str] = field(default_factory=set)


def split(raw: bytes, trouble: set[str], *, depth: int = DEPTH_LIMIT, parts: int = PART_LIMIT) -> Part:
    """The tree of parts of a raw mail. Trouble codes: too_deep, too_many_parts, broken_mime, header_too_long."""
    budget = _Budget(depth=depth, parts=parts - 1, trouble=trouble)
    return _split(raw, 0, len(raw), 0, budget, default="text/plain")


def _split(raw: bytes, start: int, end: int, depth: int, budget: _Budget, default: str) -> Part:
    headers, body = read_headers(raw, start, end, budget.trouble)
    media, parameters = read_parameters(headers.first("content-type"), budget.trouble)
    if not _TYPE.fullmatch(media):
        media = default
    disposition, named = read_parameters(headers.first("content-disposition"), budget.trouble)
    name = named.get("filename") or parameters.get("name") or ""
    encoding = headers.first("content-transfer-encoding").strip().lower()
    children: tuple[Part, ...] = ()
    if media.startswith("multipart/"):
        inside = "message/rfc822" if media == "multipart/digest" else "text/plain"
        children = _children(raw, body, end, depth, budget, parameters.get("boundary", ""), inside)
        if not children:
            media = "text/plain"
    elif media in _CARRIED and encoding in ("", "7bit", "8bit", "binary"):
        children = _carried(raw, body, end, depth, budget)
    return Part(
        headers=headers,
        type=media,
        parameters=parameters,
        encoding=encoding,
        disposition=disposition if disposition in ("inline", "attachment") else "",
        file_name=decode_words(name, budget.trouble),
        start=body,
        end=end,
        depth=depth,
        parts=children,
    )


def _carried(raw: bytes, start: int, end: int, depth: int, budget: _Budget) -> tuple[Part, ...]:
    if depth >= budget.depth:
        budget.trouble.add("too_deep")
        return ()
    if budget.parts <= 0:
        budget.trouble.add("too_many_parts")
        return ()
    budget.parts -= 1
    return (_split(raw, start, end, depth + 1, budget, default="text/plain"),)


def _children(
    raw: bytes, start: int, end: int, depth: int, budget: _Budget, boundary: str, default: str
) -> tuple[Part, ...]:
    if depth >= budget.depth:
        budget.trouble.add("too_deep")
        return ()
    boundary = boundary.rstrip()
    if not boundary or len(boundary) > 200:
        budget.trouble.add("broken_mime")
        return ()
    children: list[Part] = []
    for first, last in _between(raw, start, end, b"--" + boundary.encode("utf-8", "replace")):
        if budget.parts <= 0:
            budget.trouble.add("too_many_parts")
            return tuple(children)
        budget.parts -= 1
        children.append(_split(raw, first, last, depth + 1, budget, default))
    if not children:
        budget.trouble.add("broken_mime")
    return tuple(children)


def _between(raw: bytes, start: int, end: int, delimiter: bytes) -> Iterator[tuple[int, int]]:
    """The spans between delimiter lines; the line end before a delimiter belongs to the delimiter."""
    opened = -1
    at = start
    while True:
        found = raw.find(delimiter, at, end)
        if found < 0:
            break
        at = found + len(delimiter)
        if found > start and raw[found - 1] != 10:
            continue
        rest = _LINE_REST.match(raw, at, end)
        if rest is None:
            continue
        if opened >= 0:
            last = found - 1 if found > opened else found
            if last > opened and raw[last - 1] == 13:
                last -= 1
            yield opened, max(opened, last)
        opened = -1 if rest[1] else rest.end()
        at = rest.end()
        if rest[1]:
            return
    if opened >= 0:
        # The closing line never came; many programs forget it, so what is there is read.
        yield opened, end


def decode_transfer(content: bytes, encoding: str, trouble: set[str]) -> bytes:
    """The bytes behind base64, quoted-printable or uuencode; others pass, unknown ones with a trouble code."""
    if encoding == "base64":
        return from_base64(content)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content)
    if encoding in ("x-uuencode", "uuencode", "x-uue"):
        return _from_uuencode(content)
    if encoding not in ("", "7bit", "8bit", "binary"):
        trouble.add("unknown_encoding")
    return content


def _from_uuencode(content: bytes) -> bytes:
    lines = content.splitlines()
    begin = next((at for at, line in enumerate(lines) if line.startswith(b"begin ")), -1)
    decoded: list[bytes] = []
    for line in lines[begin + 1 :]:
        if line.strip() == b"end":
            break
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(decoded)
