"""Whether the database is one that this program understands (F-36)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from time import monotonic

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from makegood import config

LOOK_EVERY = 10.0
"""Seconds for which a process at work believes what it saw."""

_seen: tuple[float, tuple[str, ...]] | None = None


@cache
def _known() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    return frozenset(loader.disk_migrations) | replaced


def newer() -> tuple[str, ...]:
    """Return the migrations that the database has been through and this program has never heard of."""
    return unknown(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def unknown(migrations: Iterable[str]) -> tuple[str, ...]:
    """Return which of these (`desk.0001_the_record`) are of our rooms and unknown to this program."""
    apps = {app for app, _ in _known()}
    parted = ((name.partition(".")[0], name.partition(".")[2]) for name in migrations)
    return tuple(sorted(f"{app}.{name}" for app, name in parted if app in apps and (app, name) not in _known()))


def refuse_newer() -> None:
    """Raise SettingError if a newer Makegood has changed the database: an older one would misread it."""
    _refuse(newer())


def refuse_newer_at_work() -> None:
    """The same for a loop that asks before each round; looks every ten seconds."""
    global _seen
    if _seen is None or monotonic() - _seen[0] > LOOK_EVERY:
        _seen = monotonic(), newer()
    _refuse(_seen[1])


def forget() -> None:
    """Look anew at the next asking; for tests."""
    global _seen
    _seen = None


def _refuse(found: tuple[str, ...]) -> None:
    if found:
        raise config.SettingError(
            f"A newer Makegood has changed the database ({', '.join(found)}). This one would misread it, so it does "
            "nothing: start the newer one, or restore a copy from before the change into an empty place."
        )
