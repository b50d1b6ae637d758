"""Card numbers masked in a raw mail before it is written anywhere: decoded, masked, encoded again.

Every text part (plain, HTML, text attachments; whatever its transfer encoding), the fields that people
write, and what stands between the parts. Each change is made where the bytes lie, so the rest of the mail
stays byte for byte what it was (its DKIM signature does not survive). Where the MIME structure is broken
or deeper than anybody sends, the raw bytes are searched as they are. Nothing here raises.
"""

import binascii
import re
from base64 import b64encode, encodebytes
from collections.abc import Iterable, Iterator

from makegood.language.cards import holds_card, mask_in_place

from .headers import Field, decode_words, decoder, read_parameters
from .parts import Part, decode_transfer, split
from .visible import clean_line

#: Deeper and wider than what is read: hiding a number in part 201 must not help.
DEPTH = 60
PARTS = 5_000

_DIGITS = re.compile(rb"[0-9]")
_THIRTEEN = re.compile(rb"[0-9](?:[^0-9A-Za-z]{0,18}+[0-9]){12}")
#: Digits of the full width, as UTF-8 writes them.
_WIDE = b"\xef\xbc"
_TEXT_TYPE = re.compile(r"text/.*|message/.*|application/(?:json|xml|csv|rtf|x-ndjson|yaml|.*\+(?:json|xml))")
_MARKUP_TYPE = re.compile(r"text/html|application/xhtml\+xml|text/xml|application/xml|.*\+xml")
_TEXT_ENDINGS = (".txt", ".csv", ".tsv", ".log", ".json", ".xml", ".html", ".htm", ".md", ".eml")
_UNSURE_TYPE = re.compile(r"application/octet-stream|application/x-unknown")
#: Fields that programs write and need unchanged: ids, routes, signatures, structure.
_STRUCTURAL = re.compile(
    r"message-id|in-reply-to|references|received.*|return-path|date|dkim-.*|arc-.*|authentication-results|domainkey-.*"
    r"|content-transfer-encoding|content-id|mime-version|x-google-.*|x-gm-.*|x-ms-.*|x-microsoft-.*|x-mailer"
    r"|list-.*|delivered-to|thread-index|feedback-id|x-received|x-originating-ip|resent-message-id|x-makegood-.*"
)
#: Where decoded bytes must be carried through text unchanged.
_CARRY = "surrogateescape"

Change = tuple[int, int, bytes]


def mask_raw(raw: bytes) -> bytes | None:
    """An equal mail with every card number masked to its last four digits, or None if it holds none."""
    try:
        masked = _masked_mail(raw)
    except Exception:  # A form new to us must not let a number through.
        masked = _masked_bytes(raw)
    return None if masked == raw else masked


def _masked_mail(raw: bytes) -> bytes:
    trouble: set[str] = set()
    root = split(raw, trouble, depth=DEPTH, parts=PARTS)
    changes: list[Change] = []
    for part in root.walk():
        for field in part.headers.fields:
            changes += _field_change(raw, field)
        if part.parts:
            changes += _gap_changes(raw, part)
        else:
            changes += _part_change(raw, part)
    masked = _applied(raw, changes)
    if trouble & {"too_deep", "too_many_parts", "broken_mime", "header_too_long"}:
        # Not all of it could be taken apart: look at the rest as it lies there, below the first fields.
        body = root.start if "header_too_long" not in trouble else 0
        body = max(0, body - (len(raw) - len(masked)))
        masked = masked[:body] + _masked_bytes(masked[body:])
    return masked


def _applied(raw: bytes, changes: list[Change]) -> bytes:
    out: list[bytes] = []
    at = 0
    for start, end, content in sorted(changes):
        if start >= at:
            out += [raw[at:start], content]
            at = end
    return b"".join([*out, raw[at:]]) if out else raw


def _gap_changes(raw: bytes, part: Part) -> list[Change]:
    """Preamble and epilogue of a multipart, which some programs show."""
    if not part.type.startswith("multipart/"):
        return []
    first = min((field.start for field in part.parts[0].headers.fields), default=part.parts[0].start)
    changes: list[Change] = []
    for start, end in _between(raw, part, ((part.start, first), (part.parts[-1].end, part.end))):
        stretch = raw[start:end]
        if len(stretch) >= 13 and _quick(stretch, markup=False) and (masked := _masked_bytes(stretch)) != stretch:
            changes.append((start, end, masked))
    return changes


def _between(raw: bytes, part: Part, gaps: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The gaps without the lines that part them: three in a hundred that Python writes look like a card number."""
    boundary = re.escape(part.parameters.get("boundary", "").encode("utf-8", _CARRY))
    line = re.compile(rb"^--" + boundary + rb"(?:--)?[ \t]*\r?$", re.MULTILINE)
    for start, end in gaps:
        for found in line.finditer(raw, start, end):
            yield start, found.start()
            start = found.end()
        yield start, end


def _field_change(raw: bytes, field: Field) -> list[Change]:
    if _STRUCTURAL.fullmatch(field.name):
        return []
    value = raw[field.start : field.end]
    if b"=?" not in value and b"%" not in value and not _quick(value, markup=False):
        return []
    ending = b"\r" if value.endswith(b"\r") else b""
    if field.name in ("content-type", "content-disposition"):
        rebuilt = _rebuilt(field.value)
        return [(field.start, field.end, b" " + rebuilt + ending)] if rebuilt else []
    masked = _masked_bytes(value)
    if masked != value:
        return [(field.start, field.end, masked)]
    words = decode_words(field.value, set())
    if words == field.value or not holds_card(words):
        return []
    pieces = re.findall(r"[\s\S]{1,12}", mask_in_place(words))
    encoded = (b"=?utf-8?b?" + b64encode(piece.encode("utf-8", "replace")) + b"?=" for piece in pieces)
    return [(field.start, field.end, b" " + (ending + b"\n ").join(encoded) + ending)]


def _rebuilt(value: str) -> bytes:
    """The field with the numbers in its parameters masked, empty if there are none. Boundaries stay."""
    main, parameters = read_parameters(value, set())
    names = {name: decode_words(text, set()) for name, text in parameters.items() if name != "boundary"}
    if not any(holds_card(text) for text in names.values()):
        return b""
    parameters |= {name: mask_in_place(text).replace('"', "'") for name, text in names.items()}
    pieces = [main, *(f'{name}="{text}"' for name, text in parameters.items())]
    return clean_line("; ".join(pieces), 8_000).encode("utf-8", "replace")


def _part_change(raw: bytes, part: Part) -> list[Change]:
    unsure = bool(_UNSURE_TYPE.fullmatch(part.type))
    if not (unsure or _TEXT_TYPE.fullmatch(part.type) or part.file_name.lower().endswith(_TEXT_ENDINGS)):
        return []
    body = raw[part.start : part.end]
    content = decode_transfer(body, part.encoding, set())
    if len(content) < 13 or (unsure and b"\x00" in content[:4_096]):
        return []
    markup, charset = bool(_MARKUP_TYPE.fullmatch(part.type)), _charset(part)
    if content != body and part.type.startswith("message/"):
        masked = mask_raw(content) or content
    elif charset is None and not _quick(content, markup=markup):
        return []
    else:
        masked = _masked_bytes(content, charset, markup=markup)
    return [] if masked == content else [(part.start, part.end, _encoded(masked, part.encoding, body))]


def _quick(content: bytes, *, markup: bool) -> bool:
    """Whether the bytes can hold a number at all; markup may write digits and gaps in many ways."""
    if _WIDE in content:
        return True
    if markup:
        return len(_DIGITS.findall(content)) >= 13
    return _THIRTEEN.search(content) is not None


def _charset(part: Part) -> str | None:
    """Python's name of a charset in which digits are not single ASCII bytes; None where they are."""
    name = decoder(part.parameters.get("charset", "utf-8"))
    return name if name and re.match(r"utf-16|utf-32|utf-7|hz|iso2022", name) else None


def _masked_bytes(content: bytes, charset: str | None = None, *, markup: bool = False) -> bytes:
    """Masked in the charset, or as UTF-8 with everything that isn't UTF-8 carried through."""
    if charset:
        try:
            text = content.decode(charset)
            masked = mask_in_place(text, markup=markup)
            return content if masked == text else masked.encode(charset)
        except (UnicodeError, ValueError):
            pass
    text = content.decode("utf-8", _CARRY)
    masked = mask_in_place(text, markup=markup)
    return content if masked == text else masked.encode("utf-8", _CARRY)


def _encoded(content: bytes, encoding: str, body: bytes) -> bytes:
    """The masked content in the transfer encoding of the part, with its line ends."""
    if encoding == "quoted-printable":
        return binascii.b2a_qp(content, istext=True)
    if encoding == "base64":
        encoded = encodebytes(content).rstrip(b"\n")
        return encoded.replace(b"\n", b"\r\n") if b"\r\n" in body or b"\n" not in body else encoded
    if encoding in ("x-uuencode", "uuencode", "x-uue"):
        rows = [binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45)]
        return b"begin 644 file\n" + b"".join(rows) + b"`\nend\n"
    return content
