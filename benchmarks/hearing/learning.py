"""Learn the weights of a language's folder from its own examples, and measure them by cross-validation.

    python -m benchmarks.hearing.learning [en|es] [outgoing|incoming]     learn, write, print figures

Each task takes about half a minute a language. The weights' head names what they were learned from, and a test
compares it, so that nobody changes an example or a word table and forgets to learn.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import makegood.language
from makegood.language import kinds, messages
from makegood.language.known import LANGUAGES
from makegood.language.learning import Example, Learner, Weights, digest, examples, places, signs_of, together
from makegood.language.sentences import Sentence, sentences
from makegood.language.weighing import Weighed
from makegood.rules import incoming
from makegood.rules.outgoing import OUTGOING_KINDS

FOLDER = Path(makegood.language.__file__).parent
LABELS: dict[str, tuple[str, ...]] = {"outgoing": (*OUTGOING_KINDS, "automatic"), "incoming": incoming.LABELS}
FOLDS = 5
#: Chances at which the share of right proposals is measured.
STEPS = (0.0, 0.27, 0.42, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


def written_examples(tag: str, task: str) -> str:
    """All example files of a task, one after another."""
    files = sorted((FOLDER / tag / "examples").glob(f"{task}*.tsv"))
    return "\n".join(file.read_text("utf-8") for file in files)


def learned(tag: str, task: str, taught: Sequence[Example]) -> Learner:
    """A learner that has gone over these examples."""
    learner = Learner(LABELS[task])
    lexicon = LANGUAGES[tag].lexicon
    learner.learn([(signs_of(example.text, lexicon), example.labels) for example in taught])
    return learner


def weighed(weights: Weights, tag: str, text: str) -> tuple[Weighed, ...]:
    """Chances for each label by these weights."""
    spans = sentences(text)
    lexicon = LANGUAGES[tag].lexicon
    rows = [weights.weigh(lexicon.signs(span.words), places(at, len(spans))) for at, span in enumerate(spans)]
    whole = Sentence(words=text, start=0, end=len(text))
    return tuple(
        Weighed(label=label, chance=together([row[at] for row in rows]), sentence=whole)
        for at, label in enumerate(weights.labels)
    )


def settle(task: str, tag: str, text: str, found: tuple[Weighed, ...]) -> frozenset[str]:
    """The labels that a reader would propose."""
    if task == "incoming":
        return messages.settled(found)
    return kinds.settled(found, automatic=kinds.is_automatic(text, found, tag))


def cross_validate(tag: str, task: str, taught: Sequence[Example]) -> tuple[float, list[tuple[float, float]]]:
    """Micro-F1 over folds that the weights had not met, and how often a chance of so much was right."""
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    chances: list[tuple[float, bool]] = []
    shown = frozenset(OUTGOING_KINDS if task == "outgoing" else incoming.LABELS)
    for fold in range(FOLDS):
        kept = [example for at, example in enumerate(taught) if at % FOLDS != fold]
        weights = Weights(learned(tag, task, kept).written({}))
        for example in [example for at, example in enumerate(taught) if at % FOLDS == fold]:
            found = weighed(weights, tag, example.text)
            proposed = settle(task, tag, example.text, found)
            pairs.append((proposed, example.labels & shown))
            chances += [(one.chance, one.label in example.labels) for one in found if one.label in proposed]
    return micro_f1(pairs), rightness(chances)


def rightness(chances: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """For each step of chance, the share of proposals between it and the next that were right; never falling."""
    found: list[tuple[float, float]] = []
    for least, most in zip(STEPS, [*STEPS[1:], 2.0], strict=True):
        inside = [right for chance, right in chances if least <= chance < most]
        share = sum(inside) / len(inside) if len(inside) >= 10 else 0.0
        found.append((least, round(max([share, *(before for _, before in found)]), 2)))
    return found


def micro_f1(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Twice what was right over all that was proposed and all that is so."""
    right = sum(len(proposed & true) for proposed, true in pairs)
    return 2 * right / max(1, sum(len(proposed) + len(true) for proposed, true in pairs))


def run(tag: str, task: str, say: Callable[[str], None] = print) -> None:
    """Learn one task in one language and write its weights."""
    written = written_examples(tag, task)
    taught = examples(written)
    f1, right = cross_validate(tag, task, taught)
    head = {
        "examples": len(taught),
        "from": digest(written, LANGUAGES[tag].lexicon),
        "f1": round(f1, 3),
        "right": right,
    }
    text = learned(tag, task, taught).written(head)
    place = FOLDER / tag / "weights" / f"{task}.txt"
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, "utf-8")
    say(f"{tag} {task}: {len(taught)} examples, cross-validated F1 {f1:.3f}, {len(text.encode()) // 1000} KB")


if __name__ == "__main__":
    for language in [tag for tag in LANGUAGES if tag in sys.argv[1:]] or list(LANGUAGES):
        for named in [task for task in LABELS if task in sys.argv[1:]] or list(LABELS):
            run(language, named)
