"""Learning from examples, and weights that say what they were learned from."""

import random
from pathlib import Path

import pytest

from makegood import language
from makegood.language.known import LANGUAGES
from makegood.language.learning import Learner, Weights, digest, examples, places, signs_of, together
from makegood.language.sentences import sentences

FOLDER = Path(language.__file__).parent
LEXICON = LANGUAGES["en"].lexicon
TAUGHT = """\
good\tWhat a kind driver.
good\tSuch a kind and helpful clerk.
good bad\tA kind driver.\\nBut the bus was filthy.
bad\tThe cabin was filthy.
bad\tFilthy, filthy beds.
-\tThe bus is blue.
# a remark
no tab in this line
"""


def _learned() -> str:
    learner = Learner(["good", "bad"])
    learner.learn([(signs_of(example.text, LEXICON), example.labels) for example in examples(TAUGHT)])
    return learner.written({"from": "a test"})


def _chances(weights: Weights, text: str) -> dict[str, float]:
    spans = sentences(text)
    rows = [weights.weigh(LEXICON.signs(span.words), places(at, len(spans))) for at, span in enumerate(spans)]
    return dict(zip(weights.labels, (together(column) for column in zip(*rows, strict=True)), strict=True))


def test_a_file_of_examples_is_read_line_by_line() -> None:
    found = examples(TAUGHT)
    assert len(found) == 6
    assert found[2].labels == {"good", "bad"}
    assert found[2].text == "A kind driver.\nBut the bus was filthy."
    assert found[5].labels == frozenset()


def test_what_was_learned_tells_the_labels_apart() -> None:
    weights = Weights(_learned())
    kind, filthy = _chances(weights, "A kind driver."), _chances(weights, "Filthy cabin.")
    assert kind["good"] > 0.5 > kind["bad"]
    assert filthy["bad"] > 0.5 > filthy["good"]


def test_one_sentence_is_enough_for_a_label() -> None:
    chances = _chances(Weights(_learned()), "A kind driver.\nFilthy, filthy cabin.")
    assert chances["good"] > 0.5
    assert chances["bad"] > 0.5


def test_learning_twice_gives_the_same_weights() -> None:
    random.seed(1)
    first = _learned()
    random.seed(2)
    assert _learned() == first


def test_sentences_together_are_surer_than_each_alone() -> None:
    assert together([0.0]) == pytest.approx(0.5)
    assert together([0.0, 0.0]) == pytest.approx(0.75)
    assert together([]) == 0.0
    assert together([-800.0, 800.0]) == pytest.approx(1.0)


@pytest.mark.parametrize("task", ["outgoing", "incoming"])
@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_the_weights_of_a_language_were_learned_from_its_examples_and_words(tag: str, task: str) -> None:
    files = sorted((FOLDER / tag / "examples").glob(f"{task}*.tsv"))
    written = "\n".join(file.read_text("utf-8") for file in files)
    weights = Weights((FOLDER / tag / "weights" / f"{task}.txt").read_text("utf-8"))
    learn = f"run `python -m benchmarks.hearing.learning {tag} {task}`"
    assert weights.head["from"] == digest(written, LANGUAGES[tag].lexicon), learn


@pytest.mark.parametrize("task", ["outgoing", "incoming"])
@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_no_example_stands_twice_and_all_labels_are_known(tag: str, task: str) -> None:
    files = sorted((FOLDER / tag / "examples").glob(f"{task}*.tsv"))
    found = examples("\n".join(file.read_text("utf-8") for file in files))
    weights = Weights((FOLDER / tag / "weights" / f"{task}.txt").read_text("utf-8"))
    assert {label for example in found for label in example.labels} == set(weights.labels)
    texts = [example.text for example in found]
    assert len(texts) == len(set(texts))
