"""`makegood intake mail`: letters from files, with a progress bar."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from makegood.config import clock
from makegood.desk.actions import ledger
from makegood.intake import judging
from makegood.intake.mail import file_door
from makegood.intake.mail.file_door import Counts

from . import serving

GOOD, FOUND, WRONG_USE = 0, 1, 2


def take_mail(paths: tuple[Path, ...], *, door: str) -> int:
    """Store every letter under these paths, then judge them.

    Returns 0 if all could be read, 1 if some could not, 2 where there is no such door.
    """
    serving.prepare()
    serving.load_policy()
    serving.collect_seldom()
    err, out = Console(stderr=True, highlight=False), Console(highlight=False)
    with Progress(console=err, transient=True) as progress:
        storing = progress.add_task("Storing", total=file_door.count(paths))
        try:
            counts = file_door.take(
                paths,
                door=door,
                now=clock.now(),
                progress=lambda so_far: progress.update(storing, completed=so_far.found),
            )
        except file_door.NoSuchDoorError as error:
            err.print(str(error))
            return WRONG_USE
        judged = progress.add_task("Judging", total=counts.stored)
        while count := judging.judge_waiting(now=clock.now()):
            progress.advance(judged, count)
    for trouble in counts.unreadable:
        err.print(trouble)
    out.print(_sentence(counts))
    if not ledger.somebody_can_own():
        err.print("Nobody works here yet, so the letters wait in the ledger: see `makegood staff add --help`.")
    return FOUND if counts.unreadable else GOOD


def _sentence(counts: Counts) -> str:
    letters = "1 letter" if counts.found == 1 else f"{counts.found} letters"
    return (
        f"{letters}: {counts.stored} taken in, {counts.known} were here already, "
        f"{len(counts.unreadable)} could not be read."
    )
