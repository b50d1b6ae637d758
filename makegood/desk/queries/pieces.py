"""The index of words: which pieces of which cases hold all of some words, newest case first.

The database keeps the index in the transaction that writes a case, a contact or a note (migration 0006).
This is the one place that knows how each of the two databases is asked; what it returns are keys, and who
may see what they stand for is decided by `access`. Whatever is typed is data: words are letters and digits
and nothing else, and they are bound values.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction

LONGEST = 64
"""Letters by which a word is known."""
LATEST = 2**30 - 1
"""A bound above the key of every case."""
_READ = 200
"""Characters of a search that are read; and so many words of it."""
_WORDS = 8
_LISTED = (2, 3)
"""Lengths of beginnings that SQLite's index lists (migration 0006)."""
_FREQUENT = 3_000
"""Pieces from which on a word is frequent."""
_DENSE = 200
"""A word that one piece in so many holds is met soon by looking through the newest pieces."""
_BATCHES = (3_000, 12_000, 40_000)
"""Pieces fetched, or looked through, at a time: few at first, as most searches need no more."""
PAGE = 25
"""Cases on one page of what was found."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is searched for: all of these words, of the last one its beginning."""

    all: tuple[str, ...]
    open_ended: bool
    """Whether the last word may go on. A single letter may not: it begins a tenth of all words."""

    def __bool__(self) -> bool:
        return bool(self.all)


def read(typed: str) -> Words:
    """Return the words of what somebody typed; of signs alone, none."""
    signs = "".join(letter if _is_letter(letter) else " " for letter in unicodedata.normalize("NFC", typed[:_READ]))
    words = tuple(word[:LONGEST] for word in signs.split()[:_WORDS])
    return Words(all=words, open_ended=bool(words) and len(words[-1]) > 1)


@lru_cache(maxsize=4096)
def _is_letter(letter: str) -> bool:
    # By an old table on purpose: a letter that a database does not know yet divides words there, too.
    return unicodedata.ucd_3_2_0.category(letter)[0] in "LN"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a case: its own words (neither contact nor note), a contact, or a note."""

    case: int
    contact: int | None = None
    note: int | None = None


def piece(key: int) -> Piece:
    """Return what a key of the index stands for."""
    case, pk = key >> 33, (key >> 1) & 0xFFFFFFFF
    if not pk:
        return Piece(case=case)
    return Piece(case=case, note=pk) if key & 1 else Piece(case=case, contact=pk)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Keys of the index, newest first."""

    keys: list[int]
    looked_at: int
    """How many pieces were looked at for them."""
    below: int
    """Every piece above this key was looked at."""
    more: bool
    """Whether there may be more below."""


def holding(words: Words, *, before: int = LATEST) -> Iterator[Batch]:
    """Yield the keys of pieces that hold all words, of cases before this one, newest first, in batches.

    Each batch is a query of its own: whoever has enough stops asking.
    """
    if not words:
        return
    ask = _sqlite if connection.vendor == "sqlite" else _postgresql
    below = before << 33
    for size in _endlessly(_BATCHES):
        batch = ask(words, below, size)
        yield batch
        if not batch.more:
            return
        below = batch.below


def _endlessly(sizes: Sequence[int]) -> Iterator[int]:
    yield from sizes
    while True:
        yield sizes[-1]


def _sqlite(words: Words, below: int, size: int) -> Batch:
    """FTS5 walks its lists from the newest key down, so a frequent word costs no more than a rare one.

    Beginnings of two and three letters have lists of their own. For a longer one the lists of all its words
    are gathered first, so a word that is frequent as it stands is taken as it stands.
    """
    last = words.all[-1]
    may_go_on = words.open_ended and (len(last) in _LISTED or not _is_frequent(last))
    match = " ".join(f'"{word}"' for word in words.all) + ("*" if may_go_on else "")
    asked = "SELECT rowid FROM desk_searchable WHERE desk_searchable MATCH %s AND rowid < %s"
    keys = _keys(f"{asked} ORDER BY rowid DESC LIMIT %s", [match, below, size])
    return _batch(keys, below=below, size=size)


def _is_frequent(word: str) -> bool:
    asked = "SELECT rowid FROM desk_searchable WHERE desk_searchable MATCH %s ORDER BY rowid DESC LIMIT 1 OFFSET %s"
    return bool(_keys(asked, [f'"{word}"', _FREQUENT]))


def _batch(keys: list[int], *, below: int, size: int) -> Batch:
    return Batch(keys=keys, looked_at=len(keys), below=keys[-1] if keys else below, more=len(keys) == size)


def _postgresql(words: Words, below: int, size: int) -> Batch:
    """A frequent word is met soon by looking through the newest; of a rare one the index knows the few there are.

    The index gives all of a word's pieces and in no order, which for a frequent one is too many to sort.
    """
    match = " & ".join(f"'{word}'" for word in words.all) + (":*" if words.open_ended else "")
    if dense := _through_the_newest(match, below, size):
        return dense
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # Not by the primary key's order: that would be the walk that was just given up.
        keys = _keys(
            "SELECT key FROM desk_searchable WHERE words @@ desk_fold(%s)::tsquery AND key + 0 < %s"
            " ORDER BY key + 0 DESC LIMIT %s",
            [match, below, size],
        )
    return _batch(keys, below=below, size=size)


def _through_the_newest(match: str, below: int, size: int) -> Batch | None:
    """Look through so many pieces from there down; None where too few hold the words."""
    keys = _keys(
        "SELECT key FROM (SELECT key, words FROM desk_searchable WHERE key < %s ORDER BY key DESC LIMIT %s) newest"
        " WHERE words @@ desk_fold(%s)::tsquery ORDER BY key DESC",
        [below, size, match],
    )
    if len(keys) * _DENSE < size:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(key) FROM"
            " (SELECT key FROM desk_searchable WHERE key < %s ORDER BY key DESC LIMIT %s) newest",
            [below, size],
        )
        count, last = cursor.fetchone()
    return Batch(keys=keys, looked_at=count, below=last, more=count == size)


def _keys(asked: str, values: Sequence[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        return [key for (key,) in cursor.fetchall()]
