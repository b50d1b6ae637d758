"""Who wrote: mail addresses read strictly, so that two programs can't read two people out of one field.

RFC 5322 with its obsolete and ambiguous forms refused (A-22; CVE-2019-16056, CVE-2023-27043): two at-signs,
comments or encoded words inside an address, quoted local parts, domain literals, source routes. On doubt
the address is None; the name is kept for display. Domains are lower-case and in ASCII form, so that a
look-alike letter shows as what it is. Nothing here raises, nothing asks the DNS.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from .headers import decode_words
from .visible import clean_line

#: Mailboxes read of one field; the rest is dropped with the trouble code "bad_address".
MAILBOXES_KEPT = 200

_PIECES = re.compile(r'"(?:[^"\\]|\\.)*+"?|[()<>,;:]|[^"()<>,;:\\]++|\\.?')


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailbox:
    """A name as the sender wrote it (cleaned, may be empty) and the address, or None where it is in doubt."""

    name: str = ""
    address: str | None = None


NOBODY = Mailbox()


@lru_cache(maxsize=4_096)
def read_address(text: str) -> str | None:
    """The bare address with its domain lower-case and in ASCII form, or None if there is any doubt."""
    text = text.strip()
    if len(text) > 320 or text.count("@") != 1 or '"' in text or text.endswith("]"):
        return None
    try:
        checked = validate_email(text, check_deliverability=False, test_environment=True)
    except (EmailNotValidError, ValueError, UnicodeError):
        return None
    return f"{checked.local_part}@{checked.ascii_domain.lower()}" if checked.ascii_domain else None


def comparable(address: str) -> str:
    """The form under which two spellings are one person: letter case never tells people apart in practice."""
    return address.casefold()


def plus_detail(address: str) -> tuple[str, str | None]:
    """(address without its +detail, detail) by the widespread convention of RFC 5233; detail None if none."""
    local, _, domain = address.rpartition("@")
    base, plus, detail = local.partition("+")
    return (f"{base}@{domain}", detail) if plus and base else (address, None)


def read_mailboxes(value: str, trouble: set[str]) -> tuple[Mailbox, ...]:
    """The mailboxes of a To, Cc, Reply-To or From field; groups are opened. Adds "bad_address" on doubt."""
    reader = _FieldReader(trouble)
    for piece in _PIECES.finditer(value):
        reader.take(piece[0])
        if len(reader.boxes) >= MAILBOXES_KEPT:
            trouble.add("bad_address")
            break
    return reader.finished()


class _FieldReader:
    """Goes through the pieces of one field; `doubtful` is about the mailbox that is being read."""

    def __init__(self, trouble: set[str]) -> None:
        self._trouble = trouble
        self.boxes: list[Mailbox] = []
        self._group_from = -1
        self._depth = 0
        self._begin()

    def _begin(self) -> None:
        self._phrase: list[str] = []
        self._notes: list[str] = []
        self._angle: list[str] | None = None
        self._closed = self._doubtful = False

    def take(self, piece: str) -> None:
        """Read one piece: a quoted string, a sign of the grammar, or a run of other text."""
        within = self._angle is not None and not self._closed
        if self._depth:
            self._depth += (piece == "(") - (piece == ")")
            if self._depth and len(self._notes) < 50:
                self._notes.append(piece)
        elif piece == "(":
            # A comment after an address was once the place of the name; anywhere else it is a trick.
            self._doubtful |= within or bool(self._notes)
            self._depth = 1
        elif piece == "<":
            self._doubtful |= self._angle is not None
            self._angle = [] if self._angle is None else self._angle
        elif piece == ">":
            self._doubtful |= not within
            self._closed = True
        elif within and self._angle is not None:
            self._doubtful |= piece in (",", ";", ":")
            self._angle.append(piece)
        else:
            self._take_outside(piece)

    def _take_outside(self, piece: str) -> None:
        if piece == ",":
            self._end_mailbox()
        elif piece == ":" and self._group_from < 0 and not any("@" in word for word in self._phrase):
            self._begin()
            self._group_from = len(self.boxes)
        elif piece == ";":
            self._end_mailbox()
            self._group_from = -1
        elif piece.strip():
            self._doubtful |= piece in (")", ":") or self._closed or bool(self._notes and self._phrase)
            self._phrase.append(piece)

    def _end_mailbox(self) -> None:
        if self._phrase or self._angle is not None or self._notes:
            self.boxes.append(_mailbox(self._phrase, self._angle, self._notes, self._doubtful, self._trouble))
        self._begin()

    def finished(self) -> tuple[Mailbox, ...]:
        """The mailboxes; what an unclosed comment, bracket or group leaves open is in doubt."""
        self._doubtful |= self._depth > 0 or (self._angle is not None and not self._closed)
        self._end_mailbox()
        if 0 <= self._group_from < len(self.boxes):
            self._trouble.add("bad_address")
            open_group = [Mailbox(name=box.name) for box in self.boxes[self._group_from :]]
            self.boxes[self._group_from :] = open_group
        return tuple(self.boxes)


def _mailbox(
    phrase: list[str], angle: list[str] | None, notes: list[str], doubtful: bool, trouble: set[str]
) -> Mailbox:
    if angle is None:
        text, name = "".join(phrase), "".join(notes)
        # "a@x(b)@y": what stands before a comment must be whole, and nothing may follow it.
        address = None if doubtful else read_address(text)
        name = name or ("" if address else text)
    else:
        name = "".join(_unquoted(word) for word in phrase) or "".join(notes)
        address = None if doubtful else read_address("".join(angle))
        if address and any("@" in word and not word.startswith('"') for word in phrase):
            shown = read_address(name.strip())
            address = address if shown and comparable(shown) == comparable(address) else None
    if address is None:
        trouble.add("bad_address")
    return Mailbox(name=clean_line(decode_words(name.strip(), trouble), 200), address=address)


def _unquoted(word: str) -> str:
    if not word.startswith('"'):
        return word
    return re.sub(r"\\(.)", r"\1", word.strip('"') if len(word) > 1 else "")


def read_sender(values: tuple[str, ...], trouble: set[str]) -> Mailbox:
    """The one author of a mail. Several From fields, or several people in one, are nobody we may trust."""
    if not values:
        return NOBODY
    boxes = read_mailboxes(values[0], trouble)
    if len(values) == 1 and len(boxes) == 1 and not _is_group(values[0]):
        return boxes[0]
    if len(values) == 1 and values[0].count("@") == 1 and boxes and boxes[-1].address and not _is_group(values[0]):
        # "Reid, Anna <anna@…>" with its quotes forgotten is one person: there is only one address in it.
        return Mailbox(name=", ".join(box.name for box in boxes), address=boxes[-1].address)
    trouble.add("bad_address")
    return Mailbox(name=boxes[0].name) if boxes else NOBODY


def _is_group(value: str) -> bool:
    return any(piece == ";" for piece in _PIECES.findall(value))
