"""Whether the language of a text is told. Run `python -m benchmarks.hearing.which [FILE] [--errors]`."""

import json
import sys
from pathlib import Path

from makegood.language import which

FILES = Path(__file__).resolve().parents[3] / "shared" / "data" / "language"


def score(items: list[dict]) -> dict[str, float]:  # type: ignore[type-arg]
    """Shares told right, told wrong and left unsure, of items that hold a text and its language."""
    figures = {"right": 0, "wrong": 0, "unsure": 0}
    for item in items:
        found = which.language(text_of(item)).label
        figures["right" if found == item["language"] else "wrong" if found else "unsure"] += 1
    return {name: count / max(1, len(items)) for name, count in figures.items()} | {"items": len(items)}


def text_of(item: dict) -> str:  # type: ignore[type-arg]
    """The text of an item of any of the sets."""
    return str(item.get("text") or item.get("body") or "")


def main() -> int:
    """Print the figures; with --errors also what was told wrong."""
    named = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    for file in named or sorted(FILES.glob("*.jsonl")):
        items = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        print(file.name, {name: round(value, 3) for name, value in score(items).items()})
        for item in items if "--errors" in sys.argv else ():
            found = which.language(text_of(item))
            if found.label != item["language"]:
                print(f"  {item['language']} told as {found.label or 'unsure'} ({found.sure}): {text_of(item)[:110]!r}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
