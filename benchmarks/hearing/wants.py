"""How well wish, need-by and references are read. Run `python -m benchmarks.hearing.wants [FILE] [--errors]`.

Wish: the same words, spaces and stops at the ends apart (exact), or half of the union of characters shared
(near); the share over all items, where none and none agree, and F1 over the items that have or are given one.
Need-by: the right instant or rightly none; F1 likewise. References: F1 over the pairs of type and value.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from makegood.language import needs, references, wishes
from makegood.language.locales import locale_of
from makegood.language.times import Spoken

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "language" / "incoming_kind.jsonl"
#: What stands at the ends of a wish and is none of it.
_ENDS = " .!?,;:¡¿\n\t\"'"


def score(items: list[dict[str, Any]]) -> dict[str, float]:
    """Every figure, in each language and in all ("en wish exact", "es need-by f1", "all references f1")."""
    figures: dict[str, float] = {}
    tags = sorted({item["language"] for item in items})
    for tag in [*tags, "all"]:
        some = [item for item in items if tag in (item["language"], "all")]
        found = [_figures(item) for item in some]
        for name in ("wish exact", "wish near", "need-by"):
            right, said, asked = (sum(figure[name][part] for figure in found) for part in range(3))
            agreed = sum(figure[name][0] or not (figure[name][1] or figure[name][2]) for figure in found)
            figures[f"{tag} {name} share"] = agreed / max(1, len(some))
            figures[f"{tag} {name} f1"] = 2 * right / max(1, said + asked)
        right, said, asked = (sum(figure["references"][part] for figure in found) for part in range(3))
        figures[f"{tag} references f1"] = 2 * right / max(1, said + asked)
    return figures


def _figures(item: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Of each task (right, said, asked)."""
    wish, wanted = _wish(item), item["wish"]
    due, needed = _need(item), item["need_by"]
    exact = bool(wish and wanted and wish.strip(_ENDS) == wanted.strip(_ENDS))
    hints = {(hint.label, hint.words) for hint in references.found(item["text"], language=item["language"])}
    asked = {(hint["type"], hint["value"]) for hint in item["party_hint"] or ()}
    on_time = bool(due and needed and due == datetime.fromisoformat(needed))
    return {
        "wish exact": (exact, bool(wish), bool(wanted)),
        "wish near": (bool(wish and wanted and _shared(item["text"], wish, wanted) >= 0.5), bool(wish), bool(wanted)),
        "need-by": (on_time, bool(due), bool(needed)),
        "references": (len(hints & asked), len(hints), len(asked)),
    }


def _wish(item: dict[str, Any]) -> str:
    found = wishes.found(item["text"], language=item["language"])
    return found[0].words if found else ""


def _need(item: dict[str, Any]) -> datetime | None:
    need = needs.need_by(item["text"], spoken=_spoken(item), language=item["language"])
    return need.due_at if need else None


def _spoken(item: dict[str, Any]) -> Spoken:
    zone = item["time_zone"]
    said_at = datetime.fromisoformat(item["received_at"])
    return Spoken(said_at=said_at, zone=zone, locale=locale_of(zone, language=item["language"]))


def _shared(text: str, one: str, other: str) -> float:
    first, second = (range(text.find(words), text.find(words) + len(words)) for words in (one, other))
    both = len(set(first) & set(second))
    return both / max(1, len(first) + len(second) - both)


def errors(items: list[dict[str, Any]]) -> Iterator[str]:
    """One line for each thing that was read otherwise than labelled."""
    for item in items:
        figures, text = _figures(item), item["text"].replace("\n", " / ")
        right, said, asked = figures["wish exact"]
        if right != max(said, asked):
            yield f"WISH {text!r}\n   is {item['wish']!r}\n   read {_wish(item)!r}"
        right, said, asked = figures["need-by"]
        if right != max(said, asked):
            labelled = f"{item['need_by']} {item.get('need_by_text')!r}"
            yield f"NEED {text!r} said {item['received_at']}\n   is {labelled}\n   read {_need(item)}"
        right, said, asked = figures["references"]
        if right != max(said, asked):
            hints = [(hint.label, hint.words) for hint in references.found(item["text"], language=item["language"])]
            yield f"HINT {text!r}\n   is {item['party_hint']}\n   read {hints}"


def main() -> int:
    """Print the figures; with --errors also what differs."""
    named = [name for name in sys.argv[1:] if not name.startswith("-")]
    items = [json.loads(line) for line in Path(named[0] if named else FILE).read_text("utf-8").splitlines()]
    for name, value in score(items).items():
        print(f"{name:24} {value:.3f}")
    for line in errors(items) if "--errors" in sys.argv else ():
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
