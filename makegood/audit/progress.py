"""How far an audit is, on the terminal of whoever waits for it: a bar, rows, and rows a second.

Written to standard error, so that what is asked for with `--json` stays clean. Where standard error is
no terminal (cron, a pipe) each step is one line when it is done.
"""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from .words import gettext as _
from .words import number


class _Rate(ProgressColumn):
    """Rows, and how many a second."""

    def render(self, task: Task) -> Text:
        return Text(_rate(task))


def _rate(task: Task) -> str:
    rows = int(task.fields["rows"])
    if not rows:
        return ""
    seconds = task.finished_time if task.finished_time is not None else task.elapsed or 0.0
    text = f"{number(rows)} {_('rows')}"
    return f"{text}, {number(rows / seconds)} {_('a second')}" if seconds > 0.005 else text


class Steps:
    """The steps of one audit, one below the other. Use it in a `with`."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet
        self._plain = not console.is_terminal
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            _Rate(),
            TimeElapsedColumn(),
            console=console,
            disable=quiet or self._plain,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Steps:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._finish()
        self._bar.stop()

    def begin(self, name: str, rows: int = 0) -> None:
        """Say what comes next, and how many rows it is about, where that is known. What was before is done."""
        self._finish()
        self._task = self._bar.add_task(name, total=None, rows=rows)

    def tell(self, rows: int, share: float | None) -> None:
        """Say how many rows of the step are done, and which share of all; None where nobody knows."""
        if self._task is not None:
            total = None if share is None else 1.0
            self._bar.update(self._task, rows=rows, completed=share, total=total)

    def _finish(self) -> None:
        if self._task is None:
            return
        self._bar.update(self._task, total=1.0, completed=1.0)
        done = next(task for task in self._bar.tasks if task.id == self._task)
        self._task = None
        if self._plain and not self._quiet:
            rate = _rate(done)
            seconds = number(done.finished_time or 0.0, 1)
            self._console.print(f"{done.description}: {seconds} s{', ' if rate else ''}{rate}", markup=False)
