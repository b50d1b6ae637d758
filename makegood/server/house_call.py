"""The command `makegood doctor`, with a bar on a terminal while it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from makegood.config import clock

from . import asking, doctor
from .report import Report


def visit(*, everything: bool) -> Report:
    """Look at everything; on a terminal, show meanwhile how far it is."""
    with _shown() as told:
        return doctor.examine(now=clock.now(), everything=everything, workers=None, told=told)


@contextmanager
def _shown() -> Iterator[Callable[[asking.Progress], None]]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Asking P1–P8", total=None)

        def told(progress: asking.Progress) -> None:
            names = ", ".join(sorted(doctor.CODES[name] for name in progress.waiting))
            bar.update(task, total=progress.of, completed=progress.passed, description=f"Asking {names}: cases")

        yield told
