"""`makegood move`: a desk that outgrew SQLite's file goes on in PostgreSQL, with every row and every key it had."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from rich.console import Console
from rich.progress import Progress

from makegood import config
from makegood.config import clock
from makegood.desk import facts, models
from makegood.desk.actions import moving
from makegood.desk.queries import invariants

from .restore import ALIVE, refuse_unfinished

GOOD, FOUND = 0, 1
OLD = "moved-from"


def move(file: Path | None) -> int:
    """Move a desk out of this file, or the one in MAKEGOOD_HOME. Returns 1 where P1 to P8 are not as promised then.

    Raises SettingError, with nothing changed, for a place that will not do. Files of messages and keys lie in
    MAKEGOOD_HOME and stay there.
    """
    now = clock.now()
    out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False)
    refuse_unfinished()
    path = file or config.home() / "makegood.sqlite3"
    _look_at(path, now=now)
    call_command("migrate", verbosity=0)
    _refuse_other_tables(path)
    if not moving.is_empty():
        raise config.SettingError(
            "The database in MAKEGOOD_DATABASE_URL holds a desk already. Make an empty one (`createdb makegood`)."
        )
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task("Moving", total=_rows())
        moved = moving.move_rows(OLD, told=lambda table, rows: progress.update(task, advance=rows, description=table))
    connections[OLD].close()
    facts.forget_policies()
    aside = path.rename(path.with_name(f"{path.name}.moved-{now:%Y-%m-%dT%H%M%SZ}"))
    out.print(
        f"Moved {sum(moved.values())} rows of {len(moved)} tables. What was there before is kept as {aside}.",
        markup=False,
    )
    return _say(out, now)


def _look_at(path: Path, *, now: datetime) -> None:
    """Open the old database, to be read only. Raises SettingError where there is none, or a desk at work in it."""
    if connection.vendor != "postgresql":
        raise config.SettingError(
            "MAKEGOOD_DATABASE_URL is empty, so there is nowhere to move to; name an empty PostgreSQL database in it."
        )
    if not path.exists():
        raise config.SettingError(f"{path} does not exist; name the file of the desk that is to be moved.")
    connections.settings[OLD] = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{path}?mode=ro",
        "OPTIONS": {},
        "CONN_HEALTH_CHECKS": False,
    }
    last = models.Heartbeat.objects.using(OLD).order_by("-at").values_list("at", flat=True).first()
    if last is not None and timedelta(0) <= now - last < ALIVE:
        seconds = int((now - last).total_seconds())
        raise config.SettingError(f"A desk is at work there: it went by {seconds} s ago. Stop it; move a minute later.")


def _refuse_other_tables(path: Path) -> None:
    old, new = (set(MigrationRecorder(connections[alias]).applied_migrations()) for alias in (OLD, "default"))
    if old != new:
        names = ", ".join(sorted(f"{app}.{name}" for app, name in old ^ new))
        raise config.SettingError(
            f"{path} has been through other migrations than this Makegood ({names}). Start this one there once, "
            "with MAKEGOOD_DATABASE_URL empty, and stop it again."
        )


def _rows() -> int:
    return sum(model._base_manager.using(OLD).count() for model in moving.tables())


def _say(out: Console, now: datetime) -> int:
    """Ask P1 to P8 of what has come, and say what was found."""
    verdicts = invariants.ask_all(now=now)
    for verdict in verdicts:
        found = f"{verdict.count} not as promised" if verdict.count else "good"
        out.print(f"{verdict.code} {verdict.title}: {found}", markup=False)
    return FOUND if any(verdict.count for verdict in verdicts) else GOOD
