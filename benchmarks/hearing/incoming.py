"""What a customer's message is: `python -m benchmarks.hearing.incoming [FILE] [--errors] [--fit]` (see outgoing.py)."""

import sys

from makegood.language.messages import incoming
from makegood.rules.incoming import LABELS

from .labels import Item, figures, print_all


def heard(item: Item) -> frozenset[str]:
    """The labels proposed for an item; its language is told, as a case tells it."""
    return frozenset(proposal.label for proposal in incoming(str(item["text"]), language=str(item["language"])))


def score(items: list[Item]) -> dict[str, float]:
    """Micro-F1 of the labels, in all and for each language."""
    return figures(items, heard, "labels")


if __name__ == "__main__":
    raise SystemExit(print_all("incoming", score, heard, "labels", LABELS, sys.argv[1:]))
