"""`makegood restore`: put a copy in the place of a desk that was lost, and make it safe to work on (F-35).

What lies in MAKEGOOD_HOME is put aside and never overwritten. Until the copy is safe to work on, a marker keeps
every part of the desk from starting: a restore that is killed is finished by running it again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from makegood import config
from makegood.desk import facts
from makegood.desk.actions import restoring
from makegood.desk.actions.restoring import Gap
from makegood.desk.queries import schema
from makegood.watch.post_office import kept_as

from .backup import FORMAT, KEYS, MANIFEST, POSTGRESQL, SQLITE, fingerprint, run_client

MARKER = "restore-is-unfinished"
ALIVE = timedelta(minutes=1)
"""A desk whose watch went by this lately is still at work."""


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What a restore did."""

    gap: Gap
    aside: tuple[Path, ...]
    """What was in its place before."""


def refuse_unfinished() -> None:
    """Raise SettingError if a restore was begun and not finished: mails could go out a second time."""
    if (config.home() / MARKER).exists():
        raise config.SettingError(
            "A restore was begun and not finished, so nothing starts: mails could go out a second time. "
            "Run `makegood restore` with the same copy again."
        )


def restore(folder: Path, *, now: datetime) -> Restored:
    """Put this copy in place. Raises SettingError, with nothing changed, for a copy or a place that will not do."""
    told = _read(folder)
    marker = config.home() / MARKER
    begun = marker.exists()
    aside: tuple[Path, ...] = ()
    if connection.vendor == "sqlite":
        _refuse_a_living_desk(now)
        marker.touch()
        aside = _put_aside(now)
        _place(folder / SQLITE, Path(connection.settings_dict["NAME"]))
    elif not _has_a_desk():
        marker.touch()
        run_client(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
            str(folder / POSTGRESQL),
        )  # fmt: skip
        connection.close()
    elif not begun:
        raise config.SettingError(
            "The database holds a desk already, and a restore destroys nothing. Make an empty one "
            "(`createdb makegood_restored`) and name it in MAKEGOOD_DATABASE_URL."
        )
    aside += _place_files(folder, now)
    call_command("migrate", verbosity=0)
    facts.forget_policies()
    gap = restoring.begin_anew(copied_at=datetime.fromisoformat(told["made_at"]), now=now, knows=_look_up())
    marker.unlink()
    return Restored(gap=gap, aside=aside)


def _read(folder: Path) -> dict[str, Any]:
    """Return what the copy says of itself, if it is whole and this program understands it."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        raise config.SettingError(f"{folder} is no copy of a desk: it has no {MANIFEST}.") from None
    if told.get("format") != FORMAT:
        raise config.SettingError(f"{folder} was made by a newer Makegood; restore it with that one.")
    if told["database"] != connection.vendor:
        raise config.SettingError(
            f"{folder} is a copy of a {told['database']} database, and MAKEGOOD_DATABASE_URL names "
            f"{'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'}."
        )
    unknown = schema.unknown(told["migrations"])
    if unknown:
        raise config.SettingError(
            f"{folder} was made by a newer Makegood ({', '.join(unknown)}); restore it with that."
        )
    database = folder / (SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
    if not database.exists() or fingerprint(database) != told["sha256"]:
        raise config.SettingError(f"{database} is not as it was written: the copy is damaged.")
    return told


def _refuse_a_living_desk(now: datetime) -> None:
    """Refuse while a desk is at work. What can't be read is no desk at work."""
    with suppress(sqlite3.Error, ValueError):
        path = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as there:
            last = there.execute("SELECT max(at) FROM desk_heartbeat").fetchone()[0]
        went_by = datetime.fromisoformat(last).replace(tzinfo=UTC) if last else None
        if went_by is not None and timedelta(0) <= now - went_by < ALIVE:
            seconds = int((now - went_by).total_seconds())
            raise config.SettingError(
                f"A desk is at work here: it went by {seconds} s ago. Stop it, and restore a minute later."
            )


def _has_a_desk() -> bool:
    return "django_migrations" in connection.introspection.table_names()


def _put_aside(now: datetime) -> tuple[Path, ...]:
    """Give what lies in the database's place another name; its log goes with it, since it holds the newest rows."""
    connection.close()
    path = Path(connection.settings_dict["NAME"])
    moved = []
    for end in ("-wal", "-shm", ""):
        there = path.with_name(f"{path.name}{end}")
        if there.exists():
            moved.append(there.rename(_aside(path, now, end)))
    return tuple(moved[-1:])


def _aside(path: Path, now: datetime, end: str = "") -> Path:
    return path.with_name(f"{path.name}.before-{now:%Y-%m-%dT%H%M%SZ}{end}")


def _place(source: Path, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    part.rename(target)


def _place_files(folder: Path, now: datetime) -> tuple[Path, ...]:
    """Put the files of messages, the seals and the keys where they belong; nothing that is there is overwritten."""
    home = config.home()
    (home / "attachments").mkdir(mode=0o700, exist_ok=True)
    for source in (folder / "attachments").iterdir():
        if not (home / "attachments" / source.name).exists():
            _place(source, home / "attachments" / source.name)
    (home / "keys").mkdir(mode=0o700, exist_ok=True)
    for name in KEYS:
        if (folder / "keys" / name).exists() and not (home / "keys" / name).exists():
            _place(folder / "keys" / name, home / "keys" / name)
    seals, aside = home / "anchors.log", tuple[Path, ...]()
    if seals.exists():
        # It may hold seals of days that the copy has never seen; whoever asks where they went finds them here.
        aside = (seals.rename(_aside(seals, now)),)
    if (folder / seals.name).exists():
        _place(folder / seals.name, seals)
    return aside


def _look_up() -> Callable[[str], bool]:
    """Return who knows whether a mail went out: on a machine that keeps its own mail, the folder it is kept in."""
    if config.get("MAKEGOOD_SMTP_URL"):
        return lambda _: False
    sent = config.home() / "sent"
    return lambda message_id: (sent / kept_as(message_id)).exists()
