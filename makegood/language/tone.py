"""How a draft of ours would sound to the person who gets it: hints, one line each, never a score.

Only one of them stops a letter: a remedy that hangs on a review, a post or a complaint being removed, changed or
written (`hangs_on_review`). The others are shown while writing and are silent when in doubt.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .known import LANGUAGES
from .sentences import SEEN, Sentence, sentences
from .tone_words import ReviewWords, ToneWords
from .want_words import level
from .which import tags_to_read

#: Characters of a draft looked at for hints that stop nothing, earlier letters compared, and characters of each.
_SEEN = 8_000
_EARLIER = 10
_EARLIER_SEEN = 4_000

#: Every hint, in the order in which they are given; what each says is the page's.
CODES = (
    "blames_third_party",
    "no_action",
    "second_apology",
    "undated_assurance",
    "review_for_remedy",
    "mirrors_nothing",
)

#: The space between two words, and what marks the item of a list that may begin behind it.
_GAP = re.compile(r"(\s+)((?:[-*•·]|\d{1,2}[.)])\s+)?")
#: A sign that parts a word: "re-fund", "re.fund".
_PARTED = re.compile(r"(?<=[^\W\d_])(?:[_.*·]|[-\u2010\u2011] ?)(?=[^\W\d_])")
#: A greeting stands in the first letters of a draft.
_GREETED = 80
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
    """Hints about `draft`, at most one of each code, in the order of `CODES`.

    `earlier` are the letters we sent on the case before, `customer_text` the last one we got. Never raises.
    """
    seen = draft[:_SEEN]
    tags = tags_to_read(seen, language)
    given: dict[str, Hint] = {}
    for tag in tags:
        for hint in _hints(seen, LANGUAGES[tag].tone, earlier, customer_text):
            given.setdefault(hint.code, hint)
    for hint in _tied(draft):
        given.setdefault(hint.code, hint)
    return tuple(given[code] for code in CODES if code in given)


def hangs_on_review(text: str) -> bool:
    """Whether a remedy in `text` hangs on or rewards removing, changing or writing a review, a post or a complaint.

    All of it is read, in every language of ours, whatever it seems to be written in. Line breaks, invisible signs
    and signs inside a word hide nothing; lines quoted with ">" are not ours. Linear in the length of the text.
    """
    return any(True for _ in _tied(text))


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """A draft as it may be read, and for each of its letters the place in the draft."""

    text: str
    places: Sequence[int]

    def without(self, signs: re.Pattern[str]) -> "_Reading":
        """The same without the signs that `signs` finds."""
        letters: list[str] = []
        places: list[int] = []
        at = 0
        for found in (*signs.finditer(self.text), None):
            end = found.start() if found else len(self.text)
            letters.append(self.text[at:end])
            places += self.places[at:end]
            at = found.end() if found else end
        return _Reading(text="".join(letters), places=places)


def _tied(draft: str) -> Iterator[Hint]:
    """The first sentence in which a remedy hangs on a review, in any language of ours."""
    for reading in _readings(draft):
        for language in LANGUAGES.values():
            words = language.tone.review
            if not (words.swayed.search(reading.text) and words.remedy.search(reading.text)):
                continue
            for sentence in _tying(reading.text, words):
                start, end = reading.places[sentence.start], reading.places[sentence.end - 1] + 1
                yield _hint("review_for_remedy", draft, start, end)
                return


def _tying(low: str, words: ReviewWords) -> Iterator[Sentence]:
    before: Sentence | None = None
    for sentence in _all_sentences(low):
        if _binds(sentence.words, words) or (before and _binds_next(before.words, sentence.words, words)):
            yield sentence
        elif before and _goes_on(low, before, sentence) and _binds(low[before.start : sentence.end], words):
            yield Sentence(words=low[before.start : sentence.end], start=before.start, end=sentence.end)
        before = sentence


def _all_sentences(low: str) -> Iterator[Sentence]:
    """Every sentence of a text of any length: windows that overlap in the sentence the one before cut off."""
    begin = 0
    while begin < len(low):
        found = sentences(low[begin : begin + SEEN])
        cut = begin + SEEN < len(low) and bool(found) and found[-1].start > 0
        for sentence in found[:-1] if cut else found:
            yield Sentence(words=sentence.words, start=begin + sentence.start, end=begin + sentence.end)
        begin += found[-1].start if cut else SEEN


def _goes_on(low: str, before: Sentence, following: Sentence) -> bool:
    """Whether two sentences are one that was cut for its length, or parted by dots ("We refund you ... if")."""
    ends = before.words.rstrip("\"'”’»)]")
    if "\n" in low[before.end : following.start]:
        return False
    return ends.endswith(("...", "…")) or not ends.endswith((".", "!", "?", ";"))


def _readings(draft: str) -> Iterator[_Reading]:
    """The draft line by line, with its lines joined, and with the parts of its words joined."""
    clean = _cleaned(draft)
    own = _Reading(text=_without_quotes(clean.text), places=clean.places)
    lines, joined = (_spaced(own, join=join) for join in (False, True))
    yield lines
    if joined.text != lines.text:
        yield joined
    whole = joined.without(_PARTED)
    if whole.text != joined.text:
        yield whole


def _cleaned(draft: str) -> _Reading:
    """The draft without signs nobody sees, its accents put on their letters and its line breaks alike."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(draft):
        kind = "" if letter.isascii() else unicodedata.category(letter)
        if kind == "Cf" or (letter == "\r" and draft[at + 1 : at + 2] == "\n"):
            continue
        if kind in ("Mn", "Me"):
            one = unicodedata.normalize("NFC", letters[-1] + letter) if letters else ""
            if len(one) == 1:
                letters[-1] = one
            continue
        if letter in "\r\v\f\x85\u2028\u2029":
            letter = "\n"
        # Full-width and mathematical letters look like ours.
        plain = unicodedata.normalize("NFKC", letter) if kind and letter.isalnum() else letter
        letters += plain
        places += [at] * len(plain)
    return _Reading(text="".join(letters), places=places)


def _spaced(own: _Reading, *, join: bool) -> _Reading:
    """The level text with one space between its words, or a line break where a new line is no continuation."""
    text = own.text
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for gap in _GAP.finditer(text):
        letters.append(text[at : gap.start()])
        places += own.places[at : gap.start()]
        at = gap.end(1)
        sign = " "
        if "\n" in gap[1]:
            goes_on = join and _continues(text, gap)
            sign, at = (" ", gap.end()) if goes_on else ("\n", at)
        letters.append(sign)
        places.append(own.places[gap.start()])
    letters.append(text[at:])
    places += own.places[at:]
    return _Reading(text=level("".join(letters)), places=places)


def _continues(text: str, gap: re.Match[str]) -> bool:
    """Whether the line behind `gap` may go on with the one before: no new paragraph, item or end of a greeting."""
    if text[gap.end() : gap.end() + 1].islower():
        return True
    if gap[2] or gap[1].count("\n") > 1:
        return False
    line = text[: gap.start()].lower() if gap.start() < _GREETED else ""
    return not any(language.tone.review.greets.fullmatch(line) for language in LANGUAGES.values())


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
