"""Who a text is about, taken out of it before it leaves the house, and the way back to the words as written.

    redact      names, addresses, numbers of people and things become [NAME 1], [MAIL 1], [PHONE 2] …
    Redacted    the text without them; `origin` says where a stretch of it stood in the text as it was

What is taken out is told in `private_words.py` (things with a shape) and `private_names.py` (people). The
same thing has the same number wherever it stands, so that whoever reads on still sees who is who. It leans
towards taking out too much: an amount lost costs a proposal, a name that stays costs a person. Dates, times
and amounts stay, since promises are read from them. Linear in the length of the text; nothing here raises.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import private_names, private_words
from .folding import Folded, fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One thing taken out: where its sign stands in the redacted text, and where it stood in the original."""

    kind: str
    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Redacted:
    """A text with signs in place of what it says of people, and each sign's place."""

    text: str
    places: tuple[Place, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stood in the original; a sign that is cut into counts whole."""
        starts = [place.start for place in self.places]
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, max(start, end - 1)) - 1
        return self._before(first, start, whole=0), self._before(last, end, whole=1)

    def _before(self, index: int, at: int, *, whole: int) -> int:
        if index < 0:
            return at
        place = self.places[index]
        if at < place.end or (whole and at == place.end):
            return (place.original_start, place.original_end)[whole]
        return place.original_end + at - place.end


def redact(text: str, *, names: Iterable[str] = ()) -> Redacted:
    """Return the text without what tells who it is about.

    Taken out: the given names (as whole words, without regard to case and accents, also each part of three
    letters or more), names after a greeting, a closing or a title, mail addresses, links, phone, card,
    account and order numbers, passwords that are named as such, streets with their numbers, and postcodes.
    """
    folded = fold(text)
    spans = private_words.found(folded.text)
    spans += private_names.found(folded.text, names=names)
    return _without(text, folded, _merged(spans))


def _merged(spans: Sequence[private_words.Span]) -> list[private_words.Span]:
    """The spans in order, those that overlap joined: of two kinds the one that is told first is the kind."""
    merged: list[private_words.Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            kind, known = min((last.kind, last.known), (span.kind, span.known), key=lambda k: _RANK[k[0]])
            span = private_words.Span(kind=kind, start=last.start, end=max(last.end, span.end), known=known)
        merged.append(span)
    return merged


_RANK = {kind: rank for rank, kind in enumerate(private_words.KINDS)}


def _without(text: str, folded: Folded, spans: Sequence[private_words.Span]) -> Redacted:
    pieces: list[str] = []
    places: list[Place] = []
    numbers: dict[tuple[str, str], int] = {}
    counts = dict.fromkeys(private_words.KINDS, 0)
    at = length = 0
    for span in spans:
        start, end = folded.origin(span.start, span.end)
        # Letters that unfold into several may give two spans a share in one letter of the original.
        start = max(start, at)
        if end <= start:
            continue
        key = (span.kind, span.known or "".join(filter(str.isalnum, folded.text[span.start : span.end].casefold())))
        if key not in numbers:
            counts[span.kind] += 1
            numbers[key] = counts[span.kind]
        sign = f"[{span.kind} {numbers[key]}]"
        pieces += [text[at:start], sign]
        length += start - at
        places.append(
            Place(kind=span.kind, start=length, end=length + len(sign), original_start=start, original_end=end)
        )
        length += len(sign)
        at = end
    return Redacted(text="".join([*pieces, text[at:]]), places=tuple(places))
