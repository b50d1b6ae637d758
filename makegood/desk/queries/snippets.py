"""Why a case was found: a few words around the place, with what was searched for marked in them.

The text is cut into parts here, and the page writes each part as text: what a stranger wrote never becomes
markup. Both databases give the same snippets, since neither makes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from makegood.desk import models

from .pieces import Piece, Words, piece

BEFORE, AFTER = 60, 140
"""Characters shown before the first word that was found, and from it on."""


class Place(StrEnum):
    """Where the words stand."""

    THEIRS = "theirs"
    OURS = "ours"
    NOTE = "note"
    CASE = "case"
    """In its number or subject."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of a snippet."""

    text: str
    found: bool = False


@dataclass(frozen=True, kw_only=True)
class Snippet:
    """Where the words of a search stand in a case, and what stands around them."""

    place: Place
    by: str
    at: datetime | None
    parts: tuple[Part, ...]


def of(keys: Mapping[int, int | None], words: Words) -> dict[int, Snippet]:
    """Return why each of these cases was found, by the key of its piece; without one, by its number."""
    where = {pk: piece(key) if key is not None else Piece(case=pk) for pk, key in keys.items()}
    contacts = (
        models.Contact.objects.select_related("staff")
        .defer("html", "folded")
        .in_bulk([p.contact for p in where.values() if p.contact])
    )
    notes = models.Note.objects.select_related("staff").in_bulk([p.note for p in where.values() if p.note])
    cases = models.Case.objects.in_bulk([pk for pk, p in where.items() if not p.contact and not p.note])
    pattern = _pattern(words)
    found = {}
    for pk, at in where.items():
        if at.contact in contacts:
            found[pk] = _of_contact(contacts[at.contact], pattern)
        elif at.note in notes:
            note = notes[at.note]
            parts = _around([note.text], pattern)
            found[pk] = Snippet(place=Place.NOTE, by=note.staff.name, at=note.written_at, parts=parts)
        else:
            row = cases.get(pk)
            texts = [f"{row.number} {row.subject}"] if row else []
            found[pk] = Snippet(place=Place.CASE, by="", at=None, parts=_around(texts, pattern))
    return found


def _of_contact(contact: models.Contact, pattern: re.Pattern[str]) -> Snippet:
    ours = contact.direction == models.Contact.Direction.OUT
    sender = f"{contact.from_name} <{contact.from_address}>" if contact.from_address else contact.from_name
    texts = [contact.text, contact.subject, sender, *(contact.to_addresses if ours else ())]
    return Snippet(
        place=Place.OURS if ours else Place.THEIRS,
        by=contact.staff.name if contact.staff else contact.from_name or contact.from_address,
        at=contact.received_at,
        parts=_around(texts, pattern),
    )


def _pattern(words: Words) -> re.Pattern[str]:
    """Match each of the words in a folded text, where a word begins; all but an open one to its end."""
    ends = [r"(?![^\W_])"] * len(words.all)
    if words.open_ended:
        ends[-1] = r"[^\W_]*"
    some = (re.escape(folded(word)) + end for word, end in zip(words.all, ends, strict=True))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(some) + ")" if words else r"(?!)")


def _around(texts: list[str], pattern: re.Pattern[str]) -> tuple[Part, ...]:
    """Return the parts of the text in which most of the words stand, around the first of them."""
    lines = [" ".join(unicodedata.normalize("NFC", text).split()) for text in texts]
    places = [[match.span() for match in pattern.finditer(folded(line))] for line in lines]
    best = max(range(len(lines)), key=lambda n: (bool(places[n]), -n), default=None)
    if best is None:
        return ()
    return tuple(_parts(lines[best], places[best]))


def _parts(line: str, places: list[tuple[int, int]]) -> Iterator[Part]:
    first = places[0][0] if places else 0
    start, end = max(0, first - BEFORE), min(len(line), first + AFTER)
    if start:
        start = line.find(" ", start, first) + 1 or start
    if end < len(line):
        end = line.rfind(" ", first + 1, end) if line.rfind(" ", first + 1, end) > 0 else end
    at = start
    if start:
        yield Part(text="… ")
    for begins, ends in places:
        if begins >= end:
            break
        yield from (Part(text=part) for part in [line[at:begins]] if part)
        at = min(ends, end)
        yield Part(text=line[begins:at], found=True)
    yield from (Part(text=part) for part in [line[at:end]] if part)
    if end < len(line):
        yield Part(text=" …")


class _Folding(dict[int, int]):
    """Letter → the same letter, small and without its accent: one for one, so that places stay."""

    def __missing__(self, letter: int) -> int:
        base = unicodedata.normalize("NFD", chr(letter))[0].lower()
        self[letter] = ord(base) if len(base) == 1 else letter
        return self[letter]


_folding = _Folding()


def folded(text: str) -> str:
    """Return the text as a search sees it, letter for letter."""
    return text.translate(_folding)
