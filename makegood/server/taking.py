"""`makegood intake mail`: letters from files, with a progress bar."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import Progress

GOOD, FOUND = 0, 1


def take_mail(paths: tuple[Path, ...], *, door: str) -> int:
    """Take in every letter under these paths and judge it. Returns 0 if all could be read, else 1."""
    from makegood.intake.mail import file_door

    from . import serving

    serving.prepare()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Letters", total=None)
        counts = file_door.take(
            paths, door=door, progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
    Console(highlight=False).print(counts.sentence())
    return FOUND if counts.unreadable else GOOD
