"""What kind of message of ours a text is: `python -m benchmarks.hearing.outgoing [FILE] [--errors] [--fit]`.

`--fit` also learns with half of the file added to our own examples and scores the other half, both ways round: were
the rules fitted to the file's sentences, that would gain little; a great gain says that examples are lacking.
"""

import sys

from makegood.language.kinds import outgoing
from makegood.rules.outgoing import OUTGOING_KINDS

from .labels import Item, figures, print_all


def heard(item: Item) -> frozenset[str]:
    """The kinds proposed for an item; its language is told, as a case tells it."""
    return outgoing(str(item["text"]), language=str(item["language"])).kinds


def score(items: list[Item]) -> dict[str, float]:
    """Micro-F1 of the kinds and the share of right verdicts on substance, in all and for each language."""
    found = figures(items, heard, "kinds")
    for language in ["", *sorted({str(item["language"]) for item in items})]:
        chosen = [item for item in items if language in ("", item["language"])]
        right = [
            outgoing(str(item["text"]), language=str(item["language"])).substantive == item["substantive"]
            for item in chosen
        ]
        found[f"substantive {language}".strip()] = sum(right) / max(1, len(right))
    return found


if __name__ == "__main__":
    raise SystemExit(print_all("outgoing", score, heard, "kinds", OUTGOING_KINDS, sys.argv[1:]))
