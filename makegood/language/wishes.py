"""What a customer would like done, in his own words.

A grammar of requests, no list of remedies: constructions that open a request (the language's), where it ends,
and what looks like one and is not (asking for words, thanks, taking the matter back). One message, one wish:
the most outspoken, and of equal ones the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .known import LANGUAGES
from .proposals import Proposal
from .sentences import Sentence, sentences
from .want_words import Opener, WishWords, level
from .which import tags_to_read

#: Characters looked at.
_SEEN = 6_000
#: Openers tried in one sentence.
_MOST = 12
#: Sentences of one text that are read.
_SENTENCES = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wish:
    start: int
    end: int
    rank: float
    rule: str


def found(text: str, *, language: str | None = None) -> tuple[Proposal, ...]:
    """Propose the words of `text` in which he says what he would like done: one proposal, or none."""
    text = text[:_SEEN]
    wishes = [wish for tag in tags_to_read(text, language) for wish in _wishes(text, LANGUAGES[tag].wishes)]
    if not wishes:
        return ()
    best = max(wishes, key=lambda wish: (wish.rank, -wish.start))
    sure = min(0.95, 0.4 + best.rank * 0.17)
    words = text[best.start : best.end]
    return (Proposal(label="wish", sure=round(sure, 2), words=words, start=best.start, end=best.end, rule=best.rule),)


def asked_in(sentence: Sentence, words: WishWords) -> bool:
    """Whether the sentence asks for something to be done."""
    return any(wish.rank >= 2 for wish in _in_sentence(sentence, words))


def _wishes(text: str, words: WishWords) -> Iterator[_Wish]:
    if words.machine.search(level(text)):
        return
    for sentence in sentences(text)[:_SENTENCES]:
        if text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start + 1].lstrip().startswith(">"):
            continue  # A quoted line is ours.
        yield from _in_sentence(sentence, words)


def _in_sentence(sentence: Sentence, words: WishWords) -> Iterator[_Wish]:
    low = level(sentence.words)
    clauses = {found.end() for found in words.clauses.finditer(low)}
    starts = sorted({0, *clauses})[:_MOST]
    for opener in words.openers:
        if opener.clause:
            matches = [match for start in starts if (match := opener.pattern.match(low, start))]
        elif opener.pattern.search(low):
            matches = list(islice(opener.pattern.finditer(low), _MOST))
        else:
            continue
        for match in matches:
            wanted = opener.certain or not words.not_wanted.match(low, match.end())
            if not wanted or words.undone.search(low[: match.start()][-40:]):
                continue
            if low[: match.start()].count('"') % 2:
                continue
            start, end = _span(low, match.start(), match.end(), opener, words)
            if end - start > 3:
                polite = bool(words.please.search(low, start, end))
                yield _Wish(
                    start=sentence.start + start,
                    end=sentence.start + end,
                    rank=opener.rank + (0.2 if polite and opener.bare else 0.0),
                    rule=opener.rule,
                )


def _span(low: str, start: int, wanted: int, opener: Opener, words: WishWords) -> tuple[int, int]:
    over = words.over.search(low, wanted)
    while over and words.either.match(low, start) and "or" in over.group().split():
        over = words.over.search(low, over.end())
    end = over.start() if over else len(low)
    while tail := words.tail.search(low, wanted, end):
        end = tail.start()
    while end > start and not (low[end - 1].isalnum() or low[end - 1] in '%€$£")'):
        end -= 1
    if opener.bare and not words.please.search(low, start, end):
        start = wanted
    elif (before := words.contrast.match(low)) and before.end() >= start:
        start = 0
    while start < end and low[start] in " ¿¡-,":
        start += 1
    return start, end
