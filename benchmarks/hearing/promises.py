"""How well promises are heard. Run `python -m benchmarks.hearing.promises [FILE] [--errors]`.

A found span is right when it overlaps the labelled one by half of their union, one to one. Of the right ones
it is told how many have the exact instants, the exact span and the right giver of the word.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from makegood.language.promises import Promise, found
from makegood.language.times import Spoken

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "language" / "promise_due.jsonl"
OVERLAP = 0.5


def score(items: list[dict[str, Any]]) -> dict[str, float]:
    """Figures per language and in all: f1, precision, recall, due, exact_span, who, flags."""
    counts: dict[str, Counter[str]] = {}
    for item in items:
        for key in (item["language"], "all"):
            counts.setdefault(key, Counter()).update(_count(item))
    figures: dict[str, float] = {}
    for key, count in sorted(counts.items()):
        right = count["right"]
        precision, recall = right / max(1, count["found"]), right / max(1, count["labelled"])
        figures[f"{key} f1"] = 2 * right / max(1, count["found"] + count["labelled"])
        figures[f"{key} precision"], figures[f"{key} recall"] = precision, recall
        for name in ("due", "exact_span", "who", "conditional", "hedged", "automatic"):
            figures[f"{key} {name}"] = count[name] / max(1, right)
    return figures


def errors(items: list[dict[str, Any]]) -> Iterator[str]:
    """What differs, a line each."""
    for item in items:
        pairs, missed, extra = _paired(item)
        for label in missed:
            yield f"{item['id']} missed: {label['span']!r} ({label['rule']}) in {item['text']!r}"
        for promise in extra:
            yield f"{item['id']} not one: {promise.words!r} ({promise.rule}) in {item['text']!r}"
        for label, promise in pairs:
            if not _same_instants(label, promise) or promise.who != label["who"]:
                wanted = f"{label['rule']} {label['due_at']} {label['who']}"
                got = f"{promise.rule} {promise.due_at} {promise.who}"
                yield f"{item['id']} wanted {wanted}, got {got} in {item['text']!r}"


def _count(item: dict[str, Any]) -> Counter[str]:
    pairs, missed, extra = _paired(item)
    count = Counter(right=len(pairs), labelled=len(pairs) + len(missed), found=len(pairs) + len(extra))
    for label, promise in pairs:
        count["due"] += _same_instants(label, promise)
        count["exact_span"] += (label["start"], label["end"]) == (promise.start, promise.end)
        count["who"] += promise.who == label["who"]
        for flag in ("conditional", "hedged", "automatic"):
            count[flag] += bool(label.get(flag)) == getattr(promise, flag)
    return count


def _paired(item: dict[str, Any]) -> tuple[list[tuple[dict[str, Any], Promise]], list[dict[str, Any]], list[Promise]]:
    spoken = Spoken(said_at=datetime.fromisoformat(item["said_at"]), zone=item["time_zone"], locale=item["locale"])
    heard = list(found(item["text"], spoken=spoken, language=item["language"]))
    pairs, missed = [], []
    for label in item["promises"]:
        best = max(heard, key=lambda promise: _overlap(label, promise), default=None)
        if best is not None and _overlap(label, best) >= OVERLAP:
            pairs.append((label, best))
            heard.remove(best)
        else:
            missed.append(label)
    return pairs, missed, heard


def _overlap(label: dict[str, Any], promise: Promise) -> float:
    common = min(label["end"], promise.end) - max(label["start"], promise.start)
    return max(0, common) / (max(label["end"], promise.end) - min(label["start"], promise.start))


def _same_instants(label: dict[str, Any], promise: Promise) -> bool:
    due, near = (datetime.fromisoformat(at) if at else None for at in (label["due_at"], label.get("near_at")))
    return due == promise.due_at and near == promise.near_at and bool(label.get("vague")) == promise.vague


def main() -> None:
    """Print the figures, and with --errors what differs."""
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    lines = Path(names[0] if names else FILE).read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines if line.strip()]
    for name, value in score(items).items():
        print(f"{name:20} {value:.3f}")
    if "--errors" in sys.argv:
        for line in errors(items):
            print(line)


if __name__ == "__main__":
    main()
