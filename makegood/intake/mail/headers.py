"""The header block of a mail, read from raw bytes: bounded, decoded, and without our own namespace.

RFC 5322 fields, RFC 2047 encoded words, RFC 2231 parameters. A field of ours (X-Makegood-…) that arrives
from outside is not ours: it is left out, except the loop mark, which can only be read by `came_from`.
Nothing here raises.
"""

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

#: The header with which a desk marks its own mail; the value is that desk's id.
LOOP_HEADER = "X-Makegood-Desk"
#: Bytes of one header block that are read; the rest of the block is skipped.
HEADER_LIMIT = 256 * 1024
#: Bytes of one field that are decoded.
FIELD_LIMIT = 16 * 1024
#: Message-IDs kept of one References field: the first, and the newest.
REFERENCES_KEPT = 50

_OWN_NAMESPACE = "x-makegood-"
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FIELD_START = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*+)\?=(?:\s+(?==\?))?")
_Q_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_MESSAGE_ID = re.compile(r"<([^<>\s\x00-\x20\x7f-\x9f]{1,250})>")
_BARE_ID = re.compile(r"[^<>\s\x00-\x20\x7f-\x9f]{3,250}")
_PARAMETER = re.compile(r';\s*+([^\s=;"]{1,80})\s*+=\s*+("(?:[^"\\]|\\.)*+"|[^;]*+)')
_CONTINUED = re.compile(r"(.*?)(?:\*(\d{1,3}))?(\*)?$")
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3})\b")
_DESK_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")

#: Decoders that turn bytes into text in time linear to their length. Others (punycode, idna, escapes) are not.
_SAFE_CODECS = re.compile(
    r"ascii|utf-8(-sig)?|utf-7|utf-16(-[lb]e)?|utf-32(-[lb]e)?|iso8859-\d+|iso2022_\w+|cp\d+|windows-\d+|mac-\w+"
    r"|koi8-[rut]|kz1048|big5(hkscs)?|gb2312|gbk|gb18030|hz|euc_\w+|shift_jis\w*|johab|ptcp154|tis-620"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One header field: lower-case name, unfolded value, and where its value lies in the raw mail."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Headers:
    """The fields of one block in their order of appearance; the topmost comes first."""

    fields: tuple[Field, ...] = ()
    #: The loop mark's value, read apart so that no other code trusts a header of our namespace.
    mark: str | None = None

    def first(self, name: str) -> str:
        """The topmost field of that lower-case name, or an empty string."""
        return next((field.value for field in self.fields if field.name == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every field of that lower-case name, topmost first."""
        return tuple(field.value for field in self.fields if field.name == name)

    def has(self, name: str) -> bool:
        """Whether a field of that lower-case name is there, be it empty."""
        return any(field.name == name for field in self.fields)


def came_from(headers: Headers) -> str | None:
    """The id of the desk whose loop mark the mail carries, if it carries one. A claim, not a proof."""
    return headers.mark


def read_headers(raw: bytes, start: int, end: int, trouble: set[str]) -> tuple[Headers, int]:
    """The fields between `start` and `end`, and where the body begins.

    A line that is neither a field nor a continuation ends the block, as every mail program does it.
    """
    if raw.startswith((b"\n", b"\r\n"), start, end):
        return Headers(), start + (1 if raw[start] == 10 else 2)
    found = _HEADER_END.search(raw, start, end)
    stop, body = (found.start(), found.end()) if found else (end, end)
    if stop - start > HEADER_LIMIT:
        trouble.add("header_too_long")
        stop = raw.rfind(b"\n", start, start + HEADER_LIMIT) + 1 or start + HEADER_LIMIT
    fields: list[Field] = []
    mark = None
    for name, first, last in _field_spans(raw, start, stop):
        if not name:
            body = first
            break
        field = Field(name=name, value=_unfolded(raw[first : min(last, first + FIELD_LIMIT)]), start=first, end=last)
        if last - first > FIELD_LIMIT:
            trouble.add("header_too_long")
        if name == LOOP_HEADER.lower():
            mark = mark or (field.value.strip() if _DESK_ID.fullmatch(field.value.strip()) else None)
        elif not name.startswith(_OWN_NAMESPACE):
            fields.append(field)
    return Headers(fields=tuple(fields), mark=mark), body


def _field_spans(raw: bytes, start: int, stop: int) -> Iterator[tuple[str, int, int]]:
    """(name, start of value, end of value) of each field; an empty name where the body begins instead."""
    name, first, last = "", start, start
    at = start
    while at < stop:
        line_end = raw.find(b"\n", at, stop)
        line_end = stop if line_end < 0 else line_end
        if raw[at] in b" \t" and name:
            last = line_end
        elif not (at == start and raw.startswith((b"From ", b">From "), at)):
            found = _FIELD_START.match(raw, at, line_end)
            if name:
                yield name, first, last
            if not found:
                if raw[at:line_end].strip():
                    yield "", at, at
                    return
                name = ""
            else:
                name = found[1].decode("ascii").lower()
                first, last = found.end(), line_end
        at = line_end + 1
    if name:
        yield name, first, last


def _unfolded(value: bytes) -> str:
    if b"\n" in value or b"\r" in value:
        value = b" ".join(piece.strip(b" \t\r") for piece in value.split(b"\n"))
    try:
        return value.strip().decode("utf-8")
    except UnicodeDecodeError:
        return value.strip().decode("latin-1")


def decoder(charset: str) -> str | None:
    """Python's name for the charset, or None if it is unknown or not safe to decode with."""
    try:
        name = codecs.lookup(charset.strip().strip("\"'").lower()[:40]).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return name if _SAFE_CODECS.fullmatch(name) else None


def decode(content: bytes, charset: str, trouble: set[str]) -> str:
    """The text of the bytes; what can't be decoded becomes a replacement sign and a trouble code."""
    name = decoder(charset or "utf-8")
    if name is None:
        trouble.add("undecodable_charset")
        name = "utf-8"
    if name in ("ascii", "iso8859-1"):
        name = "utf-8" if name == "ascii" else "cp1252"
    try:
        return content.decode(name)
    except (UnicodeError, ValueError):
        pass
    if not charset or name == "utf-8":
        # Unlabelled 8-bit text that isn't UTF-8 is most often what Windows wrote.
        trouble.add("undecodable_charset")
        return content.decode("cp1252", "replace")
    if name != "cp1252":
        trouble.add("undecodable_charset")
    try:
        return content.decode(name, "replace")
    except (UnicodeError, ValueError):
        return content.decode("latin-1")


def decode_words(value: str, trouble: set[str]) -> str:
    """The value with its RFC 2047 encoded words decoded; neighbours of one charset are decoded as one."""
    if "=?" not in value:
        return value
    pieces: list[str] = []
    pending: list[bytes] = []
    pending_charset = ""
    at = 0
    for found in _WORD.finditer(value):
        charset = found[1].partition("*")[0].lower()
        if found.start() != at or charset != pending_charset:
            pieces += [_decoded(pending, pending_charset, trouble), value[at : found.start()]]
            pending, pending_charset = [], charset
        pending.append(_word_bytes(found[2], found[3]))
        at = found.end()
    return "".join([*pieces, _decoded(pending, pending_charset, trouble), value[at:]])


def _decoded(pending: list[bytes], charset: str, trouble: set[str]) -> str:
    content = b"".join(pending)
    return decode(content, charset, trouble) if content else ""


def _word_bytes(encoding: str, text: str) -> bytes:
    content = text.encode("utf-8", "replace")
    if encoding in "bB":
        return from_base64(content)
    return _Q_HEX.sub(lambda found: bytes([int(found[1], 16)]), content.replace(b"_", b" "))


def from_base64(content: bytes) -> bytes:
    """The decoded bytes; signs outside the alphabet are skipped, a torn end is dropped."""
    try:
        return binascii.a2b_base64(content)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        kept = kept[: len(kept) - (1 if len(kept) % 4 == 1 else 0)]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def read_parameters(value: str, trouble: set[str]) -> tuple[str, dict[str, str]]:
    """A field such as Content-Type as its lower-case main value and its parameters (RFC 2231 decoded)."""
    main = value.partition(";")[0].strip().lower()
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(value):
        text = found[2].strip()
        if text.startswith('"'):
            text = re.sub(r"\\(.)", r"\1", text[1:-1])
        parsed = _CONTINUED.match(found[1].lower())
        if parsed is None or (parsed[2] is None and not parsed[3]):
            plain.setdefault(found[1].lower(), text)
        else:
            pieces.setdefault(parsed[1], []).append((int(parsed[2] or 0), bool(parsed[3]), text))
    for name, parts in pieces.items():
        plain[name] = _joined(sorted(parts, key=lambda part: part[0]), trouble)
    return main, plain


def _joined(parts: list[tuple[int, bool, str]], trouble: set[str]) -> str:
    charset = ""
    content: list[bytes] = []
    for index, (_, encoded, text) in enumerate(parts):
        if encoded and index == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        content.append(unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace"))
    return decode(b"".join(content), charset, trouble)


def message_ids(value: str) -> tuple[str, ...]:
    """The `<…>` Message-IDs of a field in order, without repeats; of many, the first and the newest."""
    found = list(dict.fromkeys(f"<{name}>" for name in _MESSAGE_ID.findall(value)))
    if len(found) > REFERENCES_KEPT:
        found = found[:1] + found[1 - REFERENCES_KEPT :]
    return tuple(found)


def message_id(value: str) -> str | None:
    """The Message-ID in angle brackets; a bare one gets them; None if there is nothing usable."""
    found = message_ids(value)
    if found:
        return found[0]
    return f"<{value.strip()}>" if _BARE_ID.fullmatch(value.strip()) else None


def read_date(value: str) -> datetime | None:
    """The sender's date as an instant in UTC, or None. Untrusted: never the time of receipt."""
    try:
        date = parsedate_to_datetime(value[:100])
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None


def read_language(headers: Headers) -> str | None:
    """The first language tag that the sender's program declared, lower-case, such as "es" or "es-mx"."""
    for name in ("content-language", "accept-language"):
        found = _LANGUAGE.match(headers.first(name)[:100])
        if found:
            return found[1].lower()
    return None
