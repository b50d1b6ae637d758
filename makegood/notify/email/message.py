"""The bytes of a mail: its header, its two bodies, and a second reading that proves what was written.

RFC 5322 with CRLF, RFC 2047 for what is not ASCII, RFC 3834 for what no
person wrote. Header lines are written here, since the library's folding
loses spaces, encodes long message ids so that no thread finds them, and
decodes encoded words that stand in a name, line breaks included. Nothing leaves that does not read back as
it was meant (A-18).
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from binascii import a2b_qp, b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime, getaddresses

from makegood import config

from .clean import one_line
from .words import Envelope

LOOP_HEADER = "X-Makegood-Desk"
"""Stands on every mail of ours; a desk that receives its own id back knows a loop (A-17)."""

ENCODED_BYTES = 36
"""Bytes in one encoded word: with the field's name still under 76 characters a line (RFC 2047)."""

_ADDRESS = re.compile(
    r"(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}|\"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~.-]{1,62}\")"
    r"@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,245}>")
_HEADER_NAME = re.compile(r"X-[A-Za-z0-9-]{1,60}")
_FROM = re.compile(rb"^From ", re.MULTILINE)


class NotSendableError(ValueError):
    """An address, message id or moment that no mail can be written with. Says which."""


class SpoiledMailError(Exception):
    """The mail that was written does not read back as it was meant. A fault of ours: it must not be sent."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One mail before it is bytes."""

    envelope: Envelope
    subject: str
    text: str
    html: str = ""
    automatic: str = ""
    """What RFC 3834 calls it: `auto-replied`, `auto-generated`, or empty for what a person wrote."""
    bulk: bool = False
    named: bool = True
    """Whether the reader's name may stand beside his address; it may be words that a stranger chose."""
    headers: dict[str, str] = field(default_factory=dict)


def desk_id() -> str:
    """Return the id of this desk: 16 hex digits, the same in all its processes, telling nothing of its key."""
    return hashlib.sha256(f"{config.secret_key()}desk".encode()).hexdigest()[:16]


def is_address(value: str) -> bool:
    """Return whether a mail of ours can be written to this address. Others have to be reached another way."""
    ascii_value = _ascii_domain(value)
    return bool(_ADDRESS.fullmatch(ascii_value)) and len(ascii_value) <= 254 and "=?" not in ascii_value


def as_bytes(mail: Outgoing) -> bytes:
    """Return the mail as it goes over the wire.

    Raises NotSendableError for an address, message id, header or moment that can't be written, and SpoiledMailError
    where the bytes do not read back as they were meant.
    """
    headers = [(name, value) for name, value in _headers(mail) if value]
    head = b"".join(f"{name}: {value}\r\n".encode("ascii") for name, value in headers)
    raw = head + _bodies(mail)
    _read_back(raw, mail, [name for name, _ in headers])
    return raw


def _headers(mail: Outgoing) -> Iterator[tuple[str, str]]:
    envelope = mail.envelope
    parent = _ids(envelope.in_reply_to)
    thread = [found for found in _ids(*envelope.references) if found not in parent]
    yield "Date", _date(envelope)
    yield "From", _mailbox(envelope.from_name, envelope.from_address)
    yield "To", _mailbox(envelope.to_name if mail.named else "", envelope.to_address)
    yield "Reply-To", _mailbox("", envelope.reply_to) if envelope.reply_to else ""
    yield "Subject", _encoded(one_line(mail.subject))
    yield "Message-ID", _own_id(envelope.message_id)
    yield "In-Reply-To", "".join(parent)
    yield "References", "\r\n ".join(dict.fromkeys([*thread, *parent]))
    yield "Auto-Submitted", mail.automatic
    yield "X-Auto-Response-Suppress", "All" if mail.automatic else ""
    yield "Precedence", "bulk" if mail.bulk else ""
    yield LOOP_HEADER, desk_id()
    for name, value in mail.headers.items():
        if not _HEADER_NAME.fullmatch(name) or name.lower() in (LOOP_HEADER.lower(), "x-auto-response-suppress"):
            raise NotSendableError(f"{name!r} is no header that may be added to a mail.")
        yield name, _encoded(one_line(value))


def _date(envelope: Envelope) -> str:
    if envelope.at.tzinfo is None:
        raise NotSendableError(f"The date of a mail needs its zone: {envelope.at!r} has none.")
    return format_datetime(envelope.at)


def _own_id(value: str) -> str:
    if not _MESSAGE_ID.fullmatch(value):
        raise NotSendableError(f"{value[:100]!r} is no Message-ID.")
    return value


def _ids(*values: str) -> list[str]:
    """Those of the values that are message ids; others may have filled them, so what is none falls away."""
    return [value for value in values if _MESSAGE_ID.fullmatch(value)]


def _mailbox(name: str, address: str) -> str:
    """`"Tom Hale" <help@larkfield.example>`, on two lines where one would be long."""
    if not is_address(address):
        raise NotSendableError(f"{address[:100]!r} is no address that mail can be written to.")
    address = _ascii_domain(address)
    name = one_line(name, 120)
    if not name:
        return address
    phrase = _quoted(name) if _plain(name) else _encoded(name)
    return f"{phrase}\r\n <{address}>" if len(phrase) + len(address) > 66 else f"{phrase} <{address}>"


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _plain(text: str) -> bool:
    """Whether text may stand in a header as it is. What looks like an encoded word may not."""
    return text.isascii() and "=?" not in text


def _ascii_domain(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def _encoded(text: str) -> str:
    """A field's text in ASCII: as it is, or as encoded words, each of whole characters (RFC 2047, section 5).

    Text that looks like an encoded word is encoded too, or a reader would decode it into something else.
    """
    if _plain(text):
        return text if len(text) <= 60 else _folded(text)
    pieces, piece = [], b""
    for sign in text:
        if len(piece) + len(sign.encode()) > ENCODED_BYTES:
            pieces.append(piece)
            piece = b""
        piece += sign.encode()
    words = [f"=?utf-8?b?{b64encode(part).decode('ascii')}?=" for part in (*pieces, piece)]
    return "\r\n ".join(words)


def _folded(text: str) -> str:
    """ASCII text with line breaks at spaces, the space kept behind the break."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= 60:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def _bodies(mail: Outgoing) -> bytes:
    """The rest of the header and the bodies, in quoted-printable: seven bits for every server, no long line.

    Written here, because the library's way to the same bytes takes ten times as long as all the rest of a mail.
    """
    plain = _part("plain", mail.text)
    if not mail.html:
        return b"MIME-Version: 1.0\r\n" + plain
    # "=_" can't stand in quoted-printable text (RFC 2045, 6.7), so no text ends a part early.
    boundary = b"=_" + hashlib.sha256(mail.envelope.message_id.encode()).hexdigest()[:24].encode()
    parts = b"".join(b"\r\n--" + boundary + b"\r\n" + part for part in (plain, _part("html", mail.html)))
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="' + boundary + b'"\r\n'
    return head + parts + b"\r\n--" + boundary + b"--\r\n"


def _part(kind: str, text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").replace("\n", "\r\n") + "\r\n"
    # A line that begins with "From " is changed on its way by many a mailbox (RFC 4155).
    body = _FROM.sub(rb"=46rom =\r\n", b2a_qp(lines.encode(), istext=True))
    return _head_of(kind) + body


def _head_of(kind: str) -> bytes:
    return f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'.encode()


# ── the second reading ───────────────────────────────────────────────────────


def _read_back(raw: bytes, mail: Outgoing, names: list[str]) -> None:
    """Raise SpoiledMailError unless a reader of these bytes finds exactly what was meant."""
    # As many of each as of both together: none stands alone.
    bare = not raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    if bare or max(map(len, raw.split(b"\r\n"))) > 998 or not raw.isascii():
        raise SpoiledMailError("a bare line end, a line that is too long, or a byte that is not ASCII")
    head, _, bodies = raw.partition(b"\r\n\r\n")
    read = HeaderParser(policy=compat32).parsestr(f"{head.decode()}\r\n\r\n")
    body = ["MIME-Version", "Content-Type", *([] if mail.html else ["Content-Transfer-Encoding"])]
    if read.defects or sorted(read.keys()) != sorted([*names, *body]):
        raise SpoiledMailError(f"other header fields than were written: {read.keys()}")
    _same_addresses(read, mail)
    if _decoded(read, "Subject") != one_line(mail.subject):
        raise SpoiledMailError("another subject than was written")
    meant = [mail.text, *([mail.html] if mail.html else [])]
    if _texts(read, bodies) != [text.rstrip("\n") for text in meant]:
        raise SpoiledMailError("another text than was written")


def _texts(read: Message, bodies: bytes) -> list[str]:
    """The texts that a reader finds: the one body, or each part between the lines of the boundary.

    Taken apart here, since the library's reader looks at each line of a body by itself, which took as long as all the
    rest of making a mail. It allows less than the library does: no preamble, no third part, no other kind of part.
    """
    boundary = read.get_boundary()
    if boundary is None:
        head = "".join(f"{name}: {read[name]}\r\n" for name in ("Content-Type", "Content-Transfer-Encoding"))
        return [_text_of("plain", head.encode() + b"\r\n" + bodies)]
    preamble, *parts = (b"\r\n" + bodies).split(b"\r\n--" + boundary.encode())
    if preamble or len(parts) != 3 or parts.pop() != b"--\r\n" or not all(part.startswith(b"\r\n") for part in parts):
        raise SpoiledMailError("other parts than were written")
    return [_text_of(kind, part[2:]) for kind, part in zip(("plain", "html"), parts, strict=True)]


def _text_of(kind: str, part: bytes) -> str:
    head = _head_of(kind)
    if not part.startswith(head):
        raise SpoiledMailError("another kind of body than was written")
    return a2b_qp(part[len(head) :]).decode().replace("\r\n", "\n").rstrip("\n")


def _same_addresses(read: Message, mail: Outgoing) -> None:
    envelope = mail.envelope
    meant = {"From": envelope.from_address, "To": envelope.to_address, "Reply-To": envelope.reply_to}
    for name, address in meant.items():
        found = [each for _, each in getaddresses(read.get_all(name, []))]
        if found != ([_ascii_domain(address)] if address else []):
            raise SpoiledMailError(f"{name} reads as {found}")


def _decoded(read: Message, name: str) -> str:
    try:
        return str(make_header(decode_header(re.sub(r"\r\n(?=[ \t])", "", str(read.get(name, ""))))))
    except (HeaderParseError, UnicodeError, LookupError) as error:
        raise SpoiledMailError(f"{name} does not decode") from error
