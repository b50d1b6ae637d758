"""What the scorings of labels share: micro-F1 in all and by language, the errors, and the test for a fit."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from makegood.language.learning import Example, Weights, examples

from . import learning

Item = dict[str, Any]
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "language"


def figures(items: list[Item], heard: Callable[[Item], frozenset[str]], key: str) -> dict[str, float]:
    """Micro-F1 in all ("f1"), for each language ("f1 en"), and for each label."""
    found: dict[str, float] = {}
    pairs = [(str(item["language"]), heard(item), frozenset(item[key])) for item in items]
    for language in ["", *sorted({language for language, _, _ in pairs})]:
        chosen = [(proposed, true) for told, proposed, true in pairs if language in ("", told)]
        found[f"f1 {language}".strip()] = learning.micro_f1(chosen)
    for label in sorted({label for _, _, true in pairs for label in true}):
        found[label] = learning.micro_f1([(proposed & {label}, true & {label}) for _, proposed, true in pairs])
    return found


def fitted(items: list[Item], task: str, key: str) -> dict[str, float]:
    """Micro-F1 on each half of the items after learning from our examples, without and with the other half."""
    pairs: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {"own examples": [], "with the other half": []}
    for tag in sorted({str(item["language"]) for item in items}):
        chosen = [item for item in items if item["language"] == tag]
        own = list(examples(learning.written_examples(tag, task)))
        for half in (0, 1):
            added = [Example(labels=frozenset(item[key]), text=item["text"]) for item in chosen[1 - half :: 2]]
            for name, taught in (("own examples", own), ("with the other half", own + added)):
                weights = Weights(learning.learned(tag, task, taught).written({}))
                for item in chosen[half::2]:
                    found = learning.weighed(weights, tag, item["text"])
                    pairs[name].append((learning.settle(task, tag, item["text"], found), frozenset(item[key])))
    return {name: learning.micro_f1(found) for name, found in pairs.items()}


def print_all(
    task: str,
    score: Callable[[list[Item]], dict[str, float]],
    heard: Callable[[Item], frozenset[str]],
    key: str,
    labels: Sequence[str],
    arguments: list[str],
) -> int:
    """Print the figures of a file, and what the options ask for."""
    named = [argument for argument in arguments if not argument.startswith("-")]
    place = Path(named[0]) if named else DATA / f"{task}_kind.jsonl"
    if not place.exists():
        print(f"{place} is not here; nothing measured")
        return 1
    items: list[Item] = [json.loads(line) for line in place.read_text("utf-8").splitlines()]
    print(place.name, len(items), {name: round(value, 3) for name, value in score(items).items()})
    for item in items if "--errors" in arguments else ():
        proposed, true = heard(item), frozenset(item[key])
        if proposed != true:
            show = [label for label in labels if label in true - proposed], sorted(proposed - true)
            print(f"  missed {show[0]} added {show[1]}: {item['text'][:300]!r}")
    if "--fit" in arguments:
        print("  cross-validated:", {name: round(value, 3) for name, value in fitted(items, task, key).items()})
    return 0
