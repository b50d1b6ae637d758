"""How exactly the new words of a mail are kept. Run `python -m benchmarks.hearing.reply_text [FILE] [--errors]`.

Compared without blank lines and spaces at the ends of lines, as the guideline of the set says; beside it the
two corpora of ../shared/data/mail, compared as their own projects expect.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.mail_reading import LANGUAGE, MAIL, reply_trimmer, talon
from makegood.language.replies import new_words

FILE = LANGUAGE / "reply_text.jsonl"


def score(items: list[dict[str, Any]]) -> dict[str, float]:
    """The share kept exactly, in each language and in all."""
    figures: dict[str, float] = {}
    for tag in [*sorted({item["language"] for item in items}), "all"]:
        some = [item for item in items if tag in (item["language"], "all")]
        figures[f"{tag} exact"] = sum(map(_exact, some)) / max(1, len(some))
    return figures


def _exact(item: dict[str, Any]) -> bool:
    return _lines(new_words(item["body"]).new) == _lines(item["reply"])


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def errors(items: list[dict[str, Any]]) -> Iterator[str]:
    """What was kept otherwise than expected."""
    for item in items:
        if not _exact(item):
            yield f"{item['id']}\n   is {item['reply']!r}\n   kept {new_words(item['body']).new!r}"


def main() -> int:
    """Print the figures; with --errors also what differs."""
    named = [name for name in sys.argv[1:] if not name.startswith("-")]
    items = [json.loads(line) for line in Path(named[0] if named else FILE).read_text("utf-8").splitlines()]
    for name, value in score(items).items():
        print(f"{name:12} {value:.3f}")
    print("reply-trimmer {}/{}".format(*reply_trimmer(MAIL / "reply-trimmer")))
    print("talon {}/{}".format(*talon(MAIL / "talon_expectations.jsonl")))
    for line in errors(items) if "--errors" in sys.argv else ():
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
