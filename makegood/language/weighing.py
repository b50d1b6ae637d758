"""A text weighed with what was learned: which labels it has, how surely, and the words that say so."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from . import which
from .known import LANGUAGES
from .learning import Weights, places, read_file, together
from .proposals import Proposal
from .sentences import SEEN, Sentence, sentences

#: Sentences of one text that are weighed; the first ones and the last ones of a longer text.
MOST_SENTENCES = 120

_QUOTED = re.compile(r"^[ \t]{0,3}[>|].*$", re.MULTILINE)
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """One label's chance to be meant, and the sentence that says it loudest."""

    label: str
    chance: float
    sentence: Sentence


@cache
def _weights(tag: str, task: str) -> Weights:
    return Weights(read_file(tag, "weights", f"{task}.txt"))


def tag_of(text: str, language: str | None) -> str:
    """The language to weigh a text in; "" if it is none of ours. Where nothing tells, the one that knows more words."""
    tags = which.tags_to_read(text, language)
    if len(tags) <= 1:
        return tags[0] if tags else ""
    known = {tag: sum(bool(word.classes) for word in LANGUAGES[tag].lexicon.read(text[:400])) for tag in sorted(tags)}
    return max(known, key=lambda tag: known[tag])


def own_words(text: str) -> str:
    """The text with quoted lines turned to spaces, so that places stay what they were."""
    text = text[:SEEN]
    if ">" not in text and "|" not in text:
        return text
    return _QUOTED.sub(lambda found: " " * len(found.group()), text)


def weigh(text: str, *, task: str, tag: str) -> tuple[Weighed, ...]:
    """Every label of the task with its chance, in the task's order; nothing for a text without words."""
    spans = sentences(text)
    if len(spans) > MOST_SENTENCES:
        spans = spans[: MOST_SENTENCES // 2] + spans[-MOST_SENTENCES // 2 :]
    if not spans:
        return ()
    sums = [_row(tag, task, span.words, places(place, len(spans))) for place, span in enumerate(spans)]
    found = []
    for at, label in enumerate(_weights(tag, task).labels):
        column = [row[at] for row in sums]
        loudest = max(range(len(spans)), key=column.__getitem__)
        found.append(Weighed(label=label, chance=together(column), sentence=spans[loudest]))
    return tuple(found)


@lru_cache(maxsize=4_000)
def _row(tag: str, task: str, words: str, place: tuple[str, ...]) -> list[float]:
    """One sentence's chance for each label. Kept, because a draft is read at every press of a key, and only its
    last sentence is new."""
    return _weights(tag, task).weigh(LANGUAGES[tag].lexicon.signs(words), place)


def sure_of(chance: float, *, task: str, tag: str) -> float:
    """How many of a hundred such proposals were right when the examples were read by weights that had not met them."""
    measured = _weights(tag, task).head.get("right")
    steps = measured if isinstance(measured, list) else []
    return next((float(share) for least, share in reversed(steps) if chance >= least), round(chance, 2))


def proposal(weighed: Weighed, *, task: str, tag: str) -> Proposal:
    """The proposal with its reason: the run of words that speaks loudest, and the class of words it is."""
    label = _weights(tag, task).labels.index(weighed.label)
    span = weighed.sentence
    chunks = list(_CHUNK.finditer(span.words))
    pulls = [_pulls(tag, task, chunk.group()[:60])[label] for chunk in chunks]
    first, last = _loudest([pull for pull, _ in pulls])
    _, name = max(pulls[first : last + 1])
    return Proposal(
        label=weighed.label,
        sure=sure_of(weighed.chance, task=task, tag=tag),
        words=span.words[chunks[first].start() : chunks[last].end()],
        start=span.start + chunks[first].start(),
        end=span.start + chunks[last].end(),
        rule=f"{tag}: {name or 'wording'}",
    )


@lru_cache(maxsize=4_000)
def _pulls(tag: str, task: str, chunk: str) -> tuple[tuple[float, str], ...]:
    """What one run of letters says for each label, and the class of words that says most of it."""
    weights = _weights(tag, task)
    totals = [0.0] * len(weights.labels)
    best = [(0, "")] * len(weights.labels)
    for word in LANGUAGES[tag].lexicon.read(chunk):
        sums, named = weights.pulls(word)
        totals = [total + more for total, more in zip(totals, sums, strict=True)]
        for name, column in named.items():
            if column and name[0].isalpha():
                best = [max(known, (pull, name)) for known, pull in zip(best, column, strict=True)]
    return tuple((total, name) for total, (_, name) in zip(totals, best, strict=True))


def _loudest(pulls: list[float]) -> tuple[int, int]:
    """First and last of the run with the greatest sum; each word costs a little, so that runs stay short."""
    best, run, begin = float("-inf"), 0.0, 0
    found = (0, 0)
    for at, pull in enumerate(pulls):
        if run <= 0:
            run, begin = 0.0, at
        run += pull - 0.15
        if run > best:
            best, found = run, (begin, at)
    return found
