"""A text as it looks, letter by letter: accents, full-width forms and invisible signs undone, places kept.

"Ｄａｎａ", "Dána" and "Da\u200bna" look like Dana to a person, so they must look like Dana to a search as well.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_MARKS = str.maketrans(
    dict.fromkeys("’‘ʼ`′", "'") | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("\u2028\u2029\x85\r", "\n")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Folded:
    """The folded text, and for each of its letters where it came from; None where nothing moved."""

    text: str
    places: tuple[int, ...] | None
    length: int

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stood in the original, what was dropped behind a letter included."""
        if self.places is None or start >= end:
            return start, end
        following = self.places[end] if end < len(self.places) else self.length
        return self.places[start], max(self.places[end - 1] + 1, following)


def fold(text: str) -> Folded:
    """Return the text without accents, invisible signs and disguises. Case stays. Linear."""
    if text.isascii():
        return Folded(text=text.translate(_MARKS), places=None, length=len(text))
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        if letter.isascii():
            letters.append(letter)
            places.append(at)
            continue
        for part in unicodedata.normalize("NFKD", letter):
            # Marks that combine, invisible formats, and halves of letters that a broken program cut.
            if unicodedata.category(part) not in ("Mn", "Me", "Cf", "Cs"):
                letters.append(part)
                places.append(at)
    return Folded(text="".join(letters).translate(_MARKS), places=tuple(places), length=len(text))
