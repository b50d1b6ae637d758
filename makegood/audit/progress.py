"""How far an audit is, on the terminal of whoever waits for it: a bar, rows, and rows a second.

Written to standard error, so that what is asked for with `--json` stays clean. Where standard error is
no terminal (cron, a pipe) each step is one line when it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from .words import gettext as _
from .words import number

Told = Callable[[int, float | None], None]
"""Called now and then with the rows done so far, and the share of all (None where nobody knows)."""


class _Rate(ProgressColumn):
    """Rows so far, and how many a second."""

    def render(self, task: Task) -> Text:
        rows = int(task.fields["rows"])
        if not rows:
            return Text("")
        seconds = task.finished_time or task.elapsed or 0.0
        rate = f", {number(rows / seconds)} {_('a second')}" if seconds > 0.05 else ""
        return Text(f"{number(rows)} {_('rows')}{rate}")


class Steps:
    """The steps of one audit, shown one below the other."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._quiet = quiet
        self._console = console
        self._bar = Progress(
            TextColumn("{task.description:<12}"),
            BarColumn(bar_width=30),
            _Rate(),
            TimeElapsedColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
        )

    @contextmanager
    def step(self, name: str) -> Iterator[Told]:
        """Show one step while it is done."""
        task = self._bar.add_task(name, total=None, rows=0)

        def tell(rows: int, share: float | None) -> None:
            done = None if share is None else share * 100
            self._bar.update(task, rows=rows, completed=done, total=None if share is None else 100)

        with self._bar:
            yield tell
            self._bar.update(task, total=100, completed=100)
        if not self._quiet and not self._console.is_terminal:
            done = self._bar.tasks[task]
            seconds = done.finished_time or 0.0
            rows = int(done.fields["rows"])
            rate = f", {number(rows)} {_('rows')}, {number(rows / max(seconds, 0.001))} {_('a second')}" if rows else ""
            self._console.print(f"{name}: {number(seconds, 1)} s{rate}", markup=False)
        self._bar.update(task, visible=False)
