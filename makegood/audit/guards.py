"""What keeps an audit from harming the files around it: no input is written over, nothing old passes for new."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import count
from pathlib import Path

READ = ("events.parquet", "rejected.csv", "reading.json", "promises.csv")
"""What reading leaves."""
CONCLUDED = ("cases.parquet", "cases.csv", "facts.json", "report.html", "report.pdf", "report.json")
"""What concluding leaves, beside the findings under each policy and the plots."""
ENDED = "facts.json"
"""Stands where an audit came to its end."""
GUESSED = "mapping.toml"


def written_over(out: Path, given: Iterable[Path]) -> Path | None:
    """Return the first of these files that an audit into this folder would write over."""
    names = {*READ, *CONCLUDED}
    for file in given:
        if file.resolve().parent == out.resolve() and (file.name in names or file.name.startswith("findings.")):
            return file
    return None


def cut_links(out: Path) -> None:
    """Take away links under the names that will be written: what they lead to is not ours to write over."""
    for name in (*READ, *CONCLUDED, GUESSED, "plots"):
        if (out / name).is_symlink():
            (out / name).unlink()


def forget_earlier(out: Path) -> None:
    """Take away what an earlier audit concluded: beside another log it would be believed.

    Only in a folder in which an audit ended, and only files of its names.
    """
    if not (out / ENDED).is_file():
        return
    for path in [*(out / name for name in CONCLUDED), *out.glob("findings.*"), *out.glob("plots/*.png")]:
        if path.is_dir() and not path.is_symlink():
            if (path / "_SUCCESS").exists():  # Spark writes a table as a folder
                shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def is_conclusion(name: str) -> bool:
    """Return whether an audit concluded this, by its name within the folder: `findings.2.csv`, `plots/week.png`."""
    top, _, inside = name.partition("/")
    # Spark writes a table as a folder.
    return top in CONCLUDED or top.startswith("findings.") or (top == "plots" and inside.endswith(".png"))


def keep_guess(out: Path, mapping: str) -> None:
    """Write a guessed mapping for editing. Another one that stands there, perhaps edited, is kept beside it."""
    path = out / GUESSED
    if path.exists() and path.read_bytes() != mapping.encode():
        path.rename(next(free for nth in count(1) if not (free := out / f"mapping.earlier-{nth}.toml").exists()))
    path.write_text(mapping, encoding="utf-8")


def for_a_terminal(text: str) -> str:
    """Return the text with what would command a terminal shown as a mark, and no longer than a page of it."""
    seen = "".join("\ufffd" if _commands(each) else each for each in text[:8_000])
    return seen.encode("utf-8", "replace").decode() + ("…" if len(text) > 8_000 else "")


def _commands(each: str) -> bool:
    return (each < " " and each not in "\n\t") or "\x7f" <= each < "\xa0"
