"""Learning from labelled sentences which signs speak for which label, and weighing a text with what was learned.

A text is as sure of a label as its sentences together: 1 - (1-p1)(1-p2)… ("noisy or"), so that a label on a whole
message teaches without saying which sentence it stands on, and a long letter is weighed sentence by sentence.
Training is FTRL-proximal (McMahan et al., KDD 2013): one pass after another over the examples in a fixed order,
no weight for a sign that earns none. Only scripts train; readers load the weights that lie in a language's folder.
"""

import hashlib
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from .sentences import sentences
from .signs import FAMILIES, Lexicon, Word

#: How much one sign of a family moves at a step, against a single word; long rows are rare and say less.
STEPS = {"pair": 0.5, "gap": 0.5, "forms2": 0.7, "classes2": 0.7, "forms3": 0.5, "classes3": 0.5}
#: Signs met in fewer examples than this are not learned.
_RARE = 2
_ROUNDS = 14
_ALPHA, _BETA, _L1, _L2 = 0.12, 1.0, 0.15, 0.6
#: Weights are kept as whole numbers, this many to one.
_GRAIN = 50
_NUMBER = re.compile(r"([a-z])(-?\d+)")

Sign = tuple[str, object]
#: What a text is made of: for each sentence its signs with their sizes.
Signs = tuple[dict[Sign, float], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A text and what it is."""

    labels: frozenset[str]
    text: str


def examples(written: str) -> tuple[Example, ...]:
    """The examples of a file: labels, a tab, the text with `\\n` for a line break; "-" for none; "#" is a remark."""
    found = []
    for line in written.splitlines():
        labels, tab, text = line.partition("\t")
        if tab and not line.startswith("#"):
            found.append(Example(labels=frozenset(labels.split()) - {"-"}, text=text.replace("\\n", "\n")))
    return tuple(found)


def digest(written: str, lexicon: Lexicon) -> str:
    """A short name for what weights are made from: the examples and the word tables. Changes when either does."""
    tables = sorted(map(repr, (*lexicon.words.items(), *lexicon.stems.items(), *lexicon.phrases.items())))
    return hashlib.sha256("\n".join([written, *tables]).encode()).hexdigest()[:16]


def signs_of(text: str, lexicon: Lexicon) -> Signs:
    """The signs of each sentence, with where it stands in the text."""
    spans = sentences(text)
    found = []
    for place, span in enumerate(spans):
        signs: dict[Sign, float] = {
            (family, key): STEPS.get(family, 1.0)
            for family, keys in zip(FAMILIES, lexicon.signs(span.words), strict=True)
            for key in keys
        }
        for name in places(place, len(spans)):
            signs["place", name] = 1.0
        found.append(signs)
    return tuple(found)


def places(place: int, count: int) -> tuple[str, ...]:
    """What is said of a sentence's place in the text."""
    names = ["always"]
    if place == 0:
        names.append("first")
    if place == count - 1:
        names.append("last")
    if count == 1:
        names.append("only")
    return tuple(names)


class Learner:
    """Learns one weight for each sign and label."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        self._number: dict[Sign, int] = {}
        self._weights: list[list[float]] = []

    def learn(self, taught: Sequence[tuple[Signs, frozenset[str]]], *, rounds: int = _ROUNDS) -> None:
        """Go over the examples again and again, in an order that is shuffled but always the same."""
        met = Counter(sign for signs, _ in taught for sign in {sign for sentence in signs for sign in sentence})
        self._number = {sign: at for at, sign in enumerate(sign for sign, count in met.items() if count >= _RARE)}
        rows = [
            [
                [(self._number[sign], size) for sign, size in sentence.items() if sign in self._number]
                for sentence in signs
            ]
            for signs, _ in taught
        ]
        order = list(range(len(taught)))
        self._weights = []
        for label in self.labels:
            steps = _Steps(len(self._number))
            shuffler = random.Random(7)  # noqa: S311 (the same order every time is what is wanted)
            truths = [label in labels for _, labels in taught]
            for _ in range(rounds):
                shuffler.shuffle(order)
                for at in order:
                    steps.take(rows[at], truth=truths[at])
            self._weights.append(steps.weights)

    def written(self, head: Mapping[str, object]) -> str:
        """The weights as lines of text: a head in JSON, then a family and its signs with a number for each label."""
        lines = [json.dumps({**head, "labels": list(self.labels)}, sort_keys=True)]
        families: dict[str, list[str]] = {}
        for (family, key), number in self._number.items():
            size = STEPS.get(family, 1.0)
            numbers = [round(weights[number] * size * _GRAIN) for weights in self._weights]
            if any(abs(value) > 1 for value in numbers):
                name = key if isinstance(key, str) else " ".join(map(str, key if isinstance(key, tuple) else ()))
                shown = "".join(f"{chr(97 + at)}{value}" for at, value in enumerate(numbers) if abs(value) > 1)
                families.setdefault(family, []).append(f"{name}\t{shown}")
        for family in sorted(families):
            lines += [f"[{family}]", *sorted(families[family])]
        return "\n".join(lines) + "\n"


class _Steps:
    """One label's weights while they are learned."""

    def __init__(self, count: int) -> None:
        self.weights = [0.0] * count
        self._pulled = [0.0] * count
        self._squares = [0.0] * count

    def take(self, rows: list[list[tuple[int, float]]], *, truth: bool) -> None:
        """Move the weights of one example's signs by how wrong they were."""
        weights = self.weights
        chances = []
        missed = 1.0
        for row in rows:
            chance = _chance(sum([weights[at] * size for at, size in row]))
            chances.append(chance)
            missed *= 1 - chance
        pull = -missed / max(1 - missed, 1e-9) if truth else 1.0
        pulled, squares = self._pulled, self._squares
        for row, chance in zip(rows, chances, strict=True):
            by = max(pull * chance, -1.0)
            if -0.004 < by < 0.004:
                continue
            for at, size in row:
                gradient = by * size
                square = squares[at]
                squares[at] = after = square + gradient * gradient
                pulled[at] += gradient - (math.sqrt(after) - math.sqrt(square)) / _ALPHA * weights[at]
                force = pulled[at]
                if -_L1 < force < _L1:
                    weights[at] = 0.0
                else:
                    weights[at] = -(force - math.copysign(_L1, force)) / ((_BETA + math.sqrt(after)) / _ALPHA + _L2)


def _chance(weight: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight))))


class Weights:
    """What was learned for one task in one language, ready to weigh sentences."""

    def __init__(self, written: str) -> None:
        first, _, rest = written.partition("\n")
        self.head: dict[str, object] = json.loads(first)
        self.labels: tuple[str, ...] = tuple(map(str, self.head["labels"]))
        self._tables: dict[str, dict[object, tuple[int, ...]]] = {name: {} for name in (*FAMILIES, "place")}
        table: dict[object, tuple[int, ...]] = {}
        # Most signs share their numbers with others: they are read once, and kept once.
        read: dict[str, tuple[int, ...]] = {}
        for line in rest.split("\n"):
            name, tab, shown = line.partition("\t")
            if tab:
                numbers = read.get(shown)
                if numbers is None:
                    numbers = read[shown] = self._numbers(shown)
                table[tuple(name.split(" ")) if " " in name else name] = numbers
            elif line:
                table = self._tables[line[1:-1]]
        self._rows = tuple(self._tables[name].get for name in FAMILIES)

    def _numbers(self, shown: str) -> tuple[int, ...]:
        """ "a12c-3" is 12 for the first label and -3 for the third."""
        found = [0] * len(self.labels)
        for letter, digits in _NUMBER.findall(shown):
            found[ord(letter) - 97] = int(digits)
        return tuple(found)

    def weigh(self, signs: Iterable[Iterable[object]], place: tuple[str, ...]) -> list[float]:
        """The sum of weights for each label of one sentence (the logit of its chance)."""
        hits: list[tuple[int, ...]] = [(0,) * len(self.labels)]
        for known, keys in zip(self._rows, signs, strict=True):
            hits += filter(None, map(known, keys))
        hits += filter(None, map(self._tables["place"].get, place))
        return [total / _GRAIN for total in map(sum, zip(*hits, strict=True))]

    def pulls(self, word: Word) -> tuple[tuple[float, ...], dict[str, tuple[int, ...]]]:
        """What one word alone says for each label, and what each of its classes does."""
        named = {name: self._tables["class"].get(name, ()) for name in word.classes}
        parts = [self._tables["word"].get(word.text, ()), self._tables["form"].get(word.form, ()), *named.values()]
        nothing = (0,) * len(self.labels)
        return tuple(sum(column) / _GRAIN for column in zip(nothing, *filter(None, parts), strict=True)), named


def together(weights: Sequence[float]) -> float:
    """The chance that at least one sentence says it, from each one's sum of weights."""
    missed = 1.0
    for weight in weights:
        missed *= 1 - _chance(weight)
    return 1 - missed


def read_file(language: str, *path: str) -> str:
    """A text file of a language's folder."""
    place = resources.files(__package__).joinpath(language, *path)
    return place.read_text(encoding="utf-8")
