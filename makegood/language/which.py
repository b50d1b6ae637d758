"""In which language a message is written, told from its commonest words and its spelling.

The languages we read are told apart, and so are their neighbours: a German mail is known to be German, and
"not read" is then the honest answer. A short text stays unsure; it is never guessed at.
"""

import re
from functools import cache, lru_cache

from .known import LANGUAGES
from .other_languages import OTHERS
from .proposals import Proposal

#: A text that is surely in none of the languages known here (the tag of BCP 47 for an undetermined one).
UNKNOWN = "und"

#: Characters looked at; a message longer than this does not change its language.
_SEEN = 4_000
#: Words weighed.
_WORDS = 160
#: Evidence below which a text says nothing of its language, and the lead the first must have over the second.
_LEAST = 1.6
_LEAD = 1.25
#: Words from which a text that fits no language is known to be foreign, and the share that must fit.
_ENOUGH_WORDS = 8
_FITS = 0.12

_WORD = re.compile(r"[^\W\d_]+(?:['’·][^\W\d_]+)*")
_NOT_WORDS = re.compile(r"(?<!\S)\S{0,80}(?:@|://|www\.)\S*")
_ROMAN = re.compile(r"[a-z\u00c0-\u024f]")
_LETTERS = {"es": "ñ¿¡", "de": "ßäöü", "fr": "œêèùû", "pt": "ãõ", "ca": "·"}


@cache
def _spellings() -> dict[str, re.Pattern[str]]:
    patterns = {tag: language.spellings for tag, language in LANGUAGES.items()}
    patterns |= {tag: pattern for tag, (_, pattern) in OTHERS.items() if tag not in patterns}
    return {tag: re.compile(pattern) for tag, pattern in patterns.items() if pattern}


@cache
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each common word with the languages that have it: the fewer they are, the more it says."""
    owners: dict[str, list[str]] = {}
    common = {tag: language.common for tag, language in LANGUAGES.items()}
    common |= {tag: words for tag, (words, _) in OTHERS.items() if tag not in common}
    for tag, words in common.items():
        for word in set(words.split()):
            owners.setdefault(word, []).append(tag)
    return {word: tuple((tag, 1.0 / len(tags) ** 0.7) for tag in tags) for word, tags in owners.items()}


def language(text: str, declared: str | None = None) -> Proposal:
    """Propose the language tag of `text`; "" where too little is written, `UNKNOWN` where none fits.

    `declared` (what a mail header or a form said) stands where the text is too short to tell, and tips a
    text that lies between two languages. `words` is the first of the words that told.
    """
    words, known, fitting = _evidence(text[:_SEEN])
    scores = dict(known)
    declared = (declared or "").split("-")[0].split("_")[0].lower()
    if declared in scores:
        scores[declared] = scores[declared] * 1.15 + 0.4
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    (best, most), second = ranked[0], ranked[1][1]
    if _foreign(words, fitting):
        return Proposal(label=UNKNOWN, sure=0.8, words="", start=0, end=0, rule="fits-none")
    if most < _LEAST or most < second * _LEAD:
        return Proposal(label=declared, sure=0.3 if declared else 0.0, words="", start=0, end=0, rule="too-short")
    sure = min(0.99, (most - second) / most * 0.5 + min(most, 12.0) / 24.0 + 0.05)
    start, end = _first(text, best)
    return Proposal(label=best, sure=round(sure, 2), words=text[start:end], start=start, end=end, rule="common-words")


def tags_to_read(text: str, language_tag: str | None = None) -> tuple[str, ...]:
    """The languages of ours in which to read `text`: the one told; the one found; all if unsure; none if foreign."""
    if language_tag is not None:
        tag = language_tag.split("-")[0].split("_")[0].lower()
        return (tag,) if tag in LANGUAGES else ()
    found = language(text).label
    if not found:
        return tuple(LANGUAGES)
    return (found,) if found in LANGUAGES else ()


@lru_cache(maxsize=128)
def _evidence(text: str) -> tuple[list[str], dict[str, float], int]:
    """The words weighed, what speaks for each language, and how many words fit any.

    Kept for a while: everything that reads a message asks for its language first.
    """
    seen = _NOT_WORDS.sub(" ", text.lower()).replace("’", "'")
    words = _WORD.findall(seen)[:_WORDS]
    return words, *_scores(words, seen)


def _scores(words: list[str], seen: str) -> tuple[dict[str, float], int]:
    weights = _weights()
    scores = dict.fromkeys([*LANGUAGES, *(tag for tag in OTHERS if tag not in LANGUAGES)], 0.0)
    fitting = 0
    for word in words:
        owners = weights.get(word)
        if owners:
            fitting += 1
            for tag, weight in owners:
                scores[tag] += weight
        elif 3 < len(word) < 40:
            for tag in _spelt_like(word):
                scores[tag] += 0.35
    for tag, letters in _LETTERS.items():
        if tag in scores:
            scores[tag] += min(1.5, 0.5 * sum(seen.count(letter) for letter in letters))
    return scores, fitting


@lru_cache(maxsize=4_000)
def _spelt_like(word: str) -> tuple[str, ...]:
    return tuple(tag for tag, pattern in _spellings().items() if pattern.fullmatch(word))


def _foreign(words: list[str], fitting: int) -> bool:
    """Letters of another script, or many words of which hardly one is common in any language here."""
    letters = "".join(words[:60])
    if len(letters) >= 4 and len(_ROMAN.findall(letters)) < len(letters) / 2:
        return True
    return len(words) >= _ENOUGH_WORDS and fitting < len(words) * _FITS


def _first(text: str, tag: str) -> tuple[int, int]:
    """Where the first word stands that only this language has among its common ones."""
    weights = _weights()
    for found in _WORD.finditer(text[:_SEEN]):
        owners = weights.get(found.group().lower().replace("’", "'"), ())
        if len(owners) == 1 and owners[0][0] == tag:
            return found.start(), found.end()
    return 0, 0
