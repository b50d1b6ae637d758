"""Whether every chain of the journal is whole: asked of all entries at once, by the database itself.

An entry that was taken out, slipped in or hung elsewhere leaves its neighbours not following from each
other, or the case not ending where its chain does. Each question is one statement, so it is answered as of
one moment, however long it takes and whatever the desk writes meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection

from makegood.desk.chain import START

from .coverage import Coverage

# In the order of the table, as a file is read fastest; the entry before is found by its index.
_LOOSE_SQLITE = """
    SELECT DISTINCT entry.case_id FROM desk_entry entry
    LEFT JOIN desk_entry before ON before.case_id = entry.case_id AND before.seq = entry.seq - 1
    WHERE entry.id >= %s AND entry.id < %s AND entry.case_id IS NOT NULL
      AND entry.previous <> COALESCE(before.hash, CASE entry.seq WHEN 1 THEN %s ELSE '' END)
"""
# In the order of the chains: a join would gather all entries for each share.
_LOOSE_POSTGRESQL = """
    SELECT DISTINCT case_id FROM (
        SELECT case_id, seq, previous, lag(hash) OVER chain AS hash_before, lag(seq) OVER chain AS seq_before
        FROM desk_entry WHERE case_id >= %s AND case_id < %s WINDOW chain AS (PARTITION BY case_id ORDER BY seq)
    ) entry
    WHERE previous <> COALESCE(hash_before, %s) OR seq <> COALESCE(seq_before, 0) + 1
"""
_ENDS = """
    SELECT kept.id FROM desk_case kept
    LEFT JOIN desk_entry last ON last.case_id = kept.id AND last.seq = kept.head_seq
    WHERE kept.id >= %s AND kept.id < %s
      AND (last.hash IS NULL OR last.hash <> kept.head_hash OR EXISTS (
        SELECT 1 FROM desk_entry after WHERE after.case_id = kept.id AND after.seq = kept.head_seq + 1))
"""


def loose(part: Coverage) -> Iterator[int]:
    """Yield the keys of cases with an entry that does not follow from the one before it. Of all cases, each time."""
    if connection.vendor == "sqlite":
        yield from _asked(_LOOSE_SQLITE, "SELECT min(id), max(id) FROM desk_entry", part, [START])
    else:
        yield from _asked(_LOOSE_POSTGRESQL, _CASES, part, [START])


def ending_elsewhere(part: Coverage) -> Iterator[int]:
    """Yield the keys of cases whose chain does not end with the entry that the case names. Of all cases, each time."""
    yield from _asked(_ENDS, _CASES, part, [])


_CASES = "SELECT min(id), max(id) FROM desk_case"


def _asked(question: str, span: str, part: Coverage, more: Sequence[str]) -> Iterator[int]:
    """Ask about this worker's share of the keys between the least and the greatest."""
    place, count = part.share
    with connection.cursor() as cursor:
        cursor.execute(span)
        first, last = (end or 0 for end in cursor.fetchone())
        low, high = (first + (last + 1 - first) * n // count for n in (place, place + 1))
        cursor.execute(question, [low, high, *more])
        found = [pk for (pk,) in cursor.fetchall()]
    yield from found
