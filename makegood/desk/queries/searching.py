"""Finding cases by their words: number, subject, people, addresses, letters and notes.

Who may see a case is asked of `access` and of nothing else: what somebody may not open is not found, not
counted, and not hinted at. Newest first; a case whose number was typed stands on top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from makegood.desk import access, models

from . import pieces, snippets
from .listed import Listed, listed
from .pieces import PAGE, Words
from .snippets import Snippet

COUNTED = 1_000
"""Found cases are counted up to here."""
LOOKED_AT = 60_000
"""So many pieces are looked at for one page. Who may see few of many can go on from there."""
_NUMBER = re.compile(r"[0-9]{4}-[0-9]{1,11}")
_ASKED = 400
"""Cases of which one query asks whether they may be seen."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A case that was found, and where the words stand in it."""

    found: Listed
    why: Snippet

    @property
    def case(self) -> models.Case:
        return self.found.case


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of what was found."""

    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    count: int
    """How many cases were found from here on; more than that where `or_more` says so."""
    or_more: bool
    older: int | None
    """From which case on the next page goes; None on the last."""
    unfinished: bool = False
    """Whether older pieces were not looked at any more."""


def search(who: models.Staff, typed: str, *, before: int | None = None) -> Found:
    """Return the cases somebody may see that hold all the words; `before` goes on where a page ended."""
    words = pieces.read(typed)
    exact = _by_number(who, typed.strip())
    walk = _Walk(who, words, before=before or pieces.LATEST)
    first = [exact] if exact is not None and before is None else []
    found = [*first, *(pk for pk in walk.keys if pk != exact)]
    shown = found[:PAGE]
    more = len(found) > PAGE
    return Found(
        words=words.all,
        hits=tuple(_hits(shown, walk.keys, words)),
        count=min(len(found), COUNTED),
        or_more=len(found) > COUNTED or walk.stopped_at is not None,
        older=shown[-1] if more else walk.stopped_at,
        unfinished=not more and walk.stopped_at is not None,
    )


def _by_number(who: models.Staff, typed: str) -> int | None:
    if not _NUMBER.fullmatch(typed):
        return None
    found: int | None = access.cases_for(who).filter(number=typed).values_list("pk", flat=True).first()
    return found


class _Walk:
    """Goes down the pieces that hold the words until enough cases are found that this person may see."""

    def __init__(self, who: models.Staff, words: Words, *, before: int) -> None:
        self.keys: dict[int, int] = {}
        """Case → the key of its newest piece that holds the words, newest case first."""
        self.stopped_at: int | None = None
        """The case at which it stopped, with more below; None where everything was looked at."""
        looked_at = 0
        for batch in pieces.holding(words, before=before):
            looked_at += batch.looked_at
            for pk, key in _seen_by(who, batch.keys):
                self.keys.setdefault(pk, key)
            if len(self.keys) > PAGE or looked_at >= LOOKED_AT:
                # The last case met may have more pieces below; they are its own and add nothing.
                self.stopped_at = batch.below >> 33 if batch.more else None
                return


def _seen_by(who: models.Staff, keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the cases of these pieces that somebody may see, each with the first of its keys."""
    newest: dict[int, int] = {}
    for key in keys:
        newest.setdefault(key >> 33, key)
    asked = list(newest)
    for start in range(0, len(asked), _ASKED):
        some = asked[start : start + _ASKED]
        seen = set(access.cases_for(who).filter(pk__in=some).values_list("pk", flat=True))
        yield from ((pk, newest[pk]) for pk in some if pk in seen)


def _hits(shown: Sequence[int], keys: dict[int, int], words: Words) -> Iterator[Hit]:
    whys = snippets.of({pk: keys.get(pk) for pk in shown}, words)
    for found in listed(shown):
        yield Hit(found=found, why=whys[found.case.pk])
