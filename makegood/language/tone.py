"""How a draft of ours would sound to the person who gets it: hints, one line each, never a score.

Only one of them stops a letter: a remedy that hangs on a review, a post or a complaint being removed, changed or
written (`hangs_on_review`). The others are shown while writing and are silent when in doubt.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .known import LANGUAGES
from .sentences import Sentence, sentences
from .tone_words import ReviewWords, ToneWords
from .want_words import level
from .which import tags_to_read

#: Characters of a draft that are looked at, earlier letters compared, and characters of each.
_SEEN = 8_000
_EARLIER = 10
_EARLIER_SEEN = 4_000

#: What each hint says, in English; the page translates by the code.
SAYS = {
    "blames_third_party": "This puts the blame on somebody else. To the customer it is ours to mend.",
    "no_action": "Kind words, but nothing that we did, do or will do.",
    "second_apology": "We apologised before. A second apology needs something new beside it.",
    "undated_assurance": "When? “Soon” is no date.",
    "review_for_remedy": "No remedy may hang on a review, a post or a complaint. This can't be sent.",
    "mirrors_nothing": "Nothing here takes up what the customer wrote.",
}

_WORD = re.compile(r"[a-zñü]{4,}|\d{2,}")
#: Words of his and of ours from which a letter can be said to take nothing up.
_HIS_WORDS, _OUR_WORDS = 5, 10
#: Words from which a letter is long enough to hold something done.
_LETTER = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """One hint about a draft; `draft[start:end] == words`, all empty where the whole draft is meant."""

    code: str
    words: str
    start: int
    end: int


def hints(
    draft: str, *, language: str | None = None, earlier: Sequence[str] = (), customer_text: str = ""
) -> tuple[Hint, ...]:
    """Hints about `draft`, at most one of each code, in the order of `SAYS`.

    `earlier` are the letters we sent on the case before, `customer_text` the last one we got. Never raises.
    """
    draft = draft[:_SEEN]
    tags = tags_to_read(draft, language)
    given: dict[str, Hint] = {}
    for tag in tags:
        for hint in _hints(draft, LANGUAGES[tag].tone, earlier, customer_text):
            given.setdefault(hint.code, hint)
    for hint in _tied(draft):
        given.setdefault(hint.code, hint)
    return tuple(given[code] for code in SAYS if code in given)


def hangs_on_review(text: str) -> bool:
    """Whether a remedy in `text` hangs on or rewards removing, changing or writing a review, a post or a complaint.

    Every language of ours is tried, whatever the text seems to be written in.
    """
    return any(True for _ in _tied(text[:_SEEN]))


def _hints(draft: str, words: ToneWords, earlier: Sequence[str], customer_text: str) -> Iterator[Hint]:
    low = level(draft)
    own = _without_quotes(low)
    blame = words.blames.search(own)
    if blame and not words.owns.search(own):
        yield _hint("blames_third_party", draft, blame.start(), blame.end())
    soothing = words.soothing.search(own)
    if soothing and len(own.split()) >= _LETTER and not (words.action.search(own) or words.dated.search(own)):
        yield _hint("no_action", draft, soothing.start(), soothing.end())
    apology = words.apology.search(own)
    if apology and _apologised_without_news(own, words, earlier):
        yield _hint("second_apology", draft, apology.start(), apology.end())
    for sentence in sentences(own):
        undated = words.undated.search(sentence.words)
        if not undated or words.not_undated.search(sentence.words) or words.dated.search(sentence.words):
            continue
        if words.coming.search(sentence.words):
            at = sentence.start + undated.start()
            yield _hint("undated_assurance", draft, at, sentence.start + undated.end())
            break
    if _mirrors_nothing(own, customer_text, words):
        yield Hint(code="mirrors_nothing", words="", start=0, end=0)


def _hint(code: str, draft: str, start: int, end: int) -> Hint:
    return Hint(code=code, words=draft[start:end], start=start, end=end)


def _without_quotes(low: str) -> str:
    """The text with its quoted lines blanked out, every other letter at its place."""
    return "\n".join(" " * len(line) if line.lstrip().startswith(">") else line for line in low.split("\n"))


def _apologised_without_news(low: str, words: ToneWords, earlier: Sequence[str]) -> bool:
    """Whether an earlier letter apologised and this one brings no number, no act and no date that wasn't there."""
    before = [level(text[:_EARLIER_SEEN]) for text in list(earlier)[:_EARLIER]]
    if not any(words.apology.search(text) for text in before):
        return False
    known = {found.group() for text in before for found in _facts(text, words)}
    return all(found.group() in known for found in _facts(low, words))


def _facts(low: str, words: ToneWords) -> Iterator[re.Match[str]]:
    for pattern in (words.action, words.dated):
        yield from (found for found in pattern.finditer(low) if found.group().strip())


def _mirrors_nothing(low: str, customer_text: str, words: ToneWords) -> bool:
    his, ours = (_stems(text, words) for text in (level(customer_text[:_SEEN]), low))
    if len(his) < _HIS_WORDS or len(low.split()) < _OUR_WORDS:
        return False
    return not his & ours


def _stems(low: str, words: ToneWords) -> set[str]:
    courtesy = _courtesy(words.courtesy)
    return {found.group()[:5] for found in _WORD.finditer(low) if found.group() not in courtesy}


@cache
def _courtesy(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _tied(draft: str) -> Iterator[Hint]:
    """The sentences in which a remedy hangs on a review, in any language of ours."""
    low = _without_quotes(level(draft))
    for language in LANGUAGES.values():
        words = language.tone.review
        if not (words.swayed.search(low) and words.remedy.search(low)):
            continue
        before: Sentence | None = None
        for sentence in sentences(low):
            if _binds(sentence.words, words) or (before and _binds_next(before.words, sentence.words, words)):
                yield _hint("review_for_remedy", draft, sentence.start, sentence.end)
                return
            before = sentence


def _binds(low: str, words: ReviewWords) -> bool:
    """Whether one sentence makes the remedy the price of the review, or the review the price of the remedy."""
    if words.free.search(low) or not (words.swayed.search(low) and words.remedy.search(low)):
        return False
    for found in words.condition.finditer(low):
        ends = words.condition_ends.search(low, found.end())
        stop = ends.start() if ends else len(low)
        clause, rest = low[found.end() : stop], low[: found.start()] + " | " + low[stop:]
        if words.swayed.search(clause) and _promised(rest, words):
            return True
    for found in words.before.finditer(low):
        if words.asked.search(low) and words.remedy.search(low, found.start()):
            return True
    for found in words.earns.finditer(low):
        asked = words.swayed.search(low, 0, found.start())
        if asked and words.asked.search(low[: found.start()]) and _promised(low[found.start() :], words):
            return True
    return bool(words.exchange.search(low)) and _promised(low, words)


def _binds_next(low: str, following: str, words: ReviewWords) -> bool:
    """ "Take the post down. Then we will refund you." """
    if words.free.search(low) or words.free.search(following) or not words.then.search(following):
        return False
    return bool(words.swayed.search(low) and words.asked.search(low) and words.remedy.search(following))


def _promised(low: str, words: ReviewWords) -> bool:
    """Whether a remedy is named that was not given already."""
    return any(
        not words.given.search(low[max(0, found.start() - 30) : found.start()]) for found in words.remedy.finditer(low)
    )
