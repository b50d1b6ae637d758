"""Words that promise without saying when: "prompt", "soon", "a la brevedad".

A customer hears a promise; nobody can keep it or break it, because it has no
number. A house says in `[words]` what it means by each, or doesn't say it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .policy import Span

_FAMILIES: dict[str, tuple[str, ...]] = {
    # The first word of a family is what `[words]` may map for all of it.
    "prompt": ("prompt", "promptly"),
    "soon": ("soon", "sooner", "as soon as we can", "as soon as possible", "as soon as practicable", "asap"),
    "shortly": ("shortly", "in a short while", "in short order", "in no time", "momentarily", "a.s.a.p."),
    "quickly": ("quickly", "quick", "swiftly", "speedily", "fast", "rapidly", "at the earliest"),
    "immediately": ("immediately", "immediate", "at once", "right away", "straight away", "instantly"),
    "timely": ("timely", "in good time", "in due course", "without delay", "without undue delay"),
    "pronto": ("pronto", "prontamente", "cuanto antes", "lo antes posible", "tan pronto como sea posible"),
    "en breve": ("en breve", "brevemente", "a la brevedad", "a la mayor brevedad", "con brevedad"),
    "enseguida": ("enseguida", "en seguida", "de inmediato", "inmediatamente", "inmediata", "al momento"),
    "rápidamente": ("rápidamente", "rápido", "rápida", "con rapidez", "sin demora"),
    "umgehend": ("umgehend", "in kürze", "so bald wie möglich", "schnellstmöglich", "zeitnah"),
    "rapidement": ("rapidement", "bientôt", "dès que possible", "sous peu", "dans les meilleurs délais"),
}
_FAMILY = {word: family for family, words in _FAMILIES.items() for word in words}
# Longest first, so that "as soon as possible" is found as itself and not as "soon".
_VAGUE = re.compile(r"(?<!\w)(" + "|".join(re.escape(w) for w in sorted(_FAMILY, key=len, reverse=True)) + r")(?!\w)")
_UNITS = (
    "minutes? hours? days? weeks? months? minutos? horas? días? semanas? mes mes(?:es)? "
    "minuten? stunden? tage?n? wochen? heures? jours? semaines? mois"
)
_NUMBERS = (
    r"\d+ two three four five six seven eight nine ten twelve twenty forty-eight "
    "dos tres cuatro cinco seis siete ocho nueve diez doce veinticuatro cuarenta zwei drei vier fünf sechs "
    "deux trois quatre cinq"
)
_ONE = "one an? un una uno une ein eine einem einen einer"
_UNIT = rf"(?:{'|'.join(_UNITS.split())})(?!\w)"
_NUMBER = re.compile(
    # "24 to 48 hours" and "dos días" have one; "a few hours" and "a couple of days" have none.
    rf"(?<!\w)(?:(?:{'|'.join(_NUMBERS.split())})(?:\W+\w+){{0,3}}?"
    rf"|(?:{'|'.join(_ONE.split())})(?:\W+(?:working|business|full))?)\W+{_UNIT}"
)


def vague_words(text: str) -> list[str]:
    """Return the words of `text` that promise without a number, each once, in order.

    "Promptly, within 2 working days" has its number, and nothing in it is vague.
    """
    words = " ".join(text.lower().split())
    if _NUMBER.search(words):
        return []
    return list(dict.fromkeys(match.group(1) for match in _VAGUE.finditer(words)))


def meaning(word: str, words: Mapping[str, Span]) -> Span | None:
    """Return what the house means by a vague word: its own entry, or that of its family."""
    return words.get(word) or words.get(_FAMILY.get(word, word))


def unmapped(text: str, words: Mapping[str, Span]) -> list[str]:
    """Return the vague words of `text` that the house has given no number."""
    return [word for word in vague_words(text) if meaning(word, words) is None]


def is_vague(word: str) -> bool:
    """Return whether this is a word that needs a number."""
    return word in _FAMILY
