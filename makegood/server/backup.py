"""`makegood backup`: a copy of everything the desk keeps, made while it goes on working.

A copy is a folder: the database as of one moment, every file of a message, the seals, and the keys that sign links
and reply addresses. `vault.key`, which opens sealed originals, is never in it (docs/mail.md says where it belongs).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from makegood import config
from makegood.desk import models

FORMAT = 1
MANIFEST, SQLITE, POSTGRESQL = "copy.json", "makegood.sqlite3", "makegood.dump"
KEYS = ("secret-key", "vault.pub", "codes-elsewhere")
PACKAGE = "postgresql-client"


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A copy that is complete."""

    folder: Path
    made_at: datetime
    """Everything that was committed before this moment is in it."""
    files: int
    missing: int
    """Files of messages that the record names and the disk has not."""
    size: int


def default_folder(now: datetime) -> Path:
    """Return where a copy goes if nobody says: a folder of its own under MAKEGOOD_HOME."""
    return config.home() / "backups" / f"{now:%Y-%m-%dT%H%M%SZ}"


def make(folder: Path, *, now: datetime) -> Copy:
    """Copy everything into this new folder; it has its name once it is complete.

    Raises SettingError where the folder is not empty or a program is missing, OSError for a full disk.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise config.SettingError(f"{folder} is not empty. Name a folder that does not exist yet.")
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    # In this order: a seal comes after the rows it seals, and a file before its row. So nothing in the copied
    # database is without its file, and no seal in the copied file is without its row.
    _copy(config.home() / "anchors.log", part)
    database = _copy_sqlite(part) if connection.vendor == "sqlite" else _dump_postgresql(part)
    named = set(models.Attachment.objects.filter(waits_since=None).values_list("stored_as", flat=True))
    files = _copy_files(part)
    _copy_keys(part)
    _write_manifest(part, database, files=len(files), now=now)
    if folder.exists():
        folder.rmdir()
    part.rename(folder)
    _sync(folder.parent)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Copy(folder=folder, made_at=now, files=len(files), missing=len(named - files), size=size)


def _copy_sqlite(to: Path) -> Path:
    """Copy the database as of one moment: one step of the online backup, during which others write on."""
    copy = to / SQLITE
    there = sqlite3.connect(connection.settings_dict["NAME"], timeout=60)
    with closing(there) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        found = target.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise config.SettingError(f"The database is damaged, and so is its copy: {found}")
    copy.chmod(0o600)
    return copy


def _dump_postgresql(to: Path) -> Path:
    copy = to / POSTGRESQL
    run_client("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")
    copy.chmod(0o600)
    return copy


def run_client(program: str, *words: str) -> None:
    """Run a program of PostgreSQL's on our database; the password goes by the environment, not by the command line.

    Raises SettingError naming the package where there is no such program, and with its words where it fails.
    """
    if shutil.which(program) is None:
        raise config.SettingError(
            f"{program} is not on this machine, and without it a PostgreSQL database can't be copied. "
            f"Install Debian's package {PACKAGE}, of the server's version or newer."
        )
    place = connection.settings_dict
    settings = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    asked = {name: str(place[key]) for name, key in settings.items() if place.get(key)}
    done = subprocess.run(  # noqa: S603  (words of ours alone)
        [program, *words, f"--dbname={place['NAME']}"],
        env={**os.environ, **asked},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[:400]
        raise config.SettingError(f"{program} failed: {said}")


def _copy_files(to: Path) -> set[str]:
    """Copy the files of messages; they are never changed once they have their name."""
    source, target = config.home() / "attachments", to / "attachments"
    target.mkdir(mode=0o700)
    names = {entry.name for entry in os.scandir(source) if entry.is_file()} if source.exists() else set()
    for name in names:
        _copy(source / name, target)
    return names


def _copy_keys(to: Path) -> None:
    (to / "keys").mkdir(mode=0o700)
    for name in KEYS:
        _copy(config.home() / "keys" / name, to / "keys")


def _copy(path: Path, to: Path) -> None:
    if path.exists():
        shutil.copyfile(path, to / path.name)
        (to / path.name).chmod(0o600)


def _write_manifest(part: Path, database: Path, *, files: int, now: datetime) -> None:
    applied = MigrationRecorder(connection).applied_migrations()
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "database": connection.vendor,
        "sha256": fingerprint(database),
        "files": files,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
    }
    (part / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    for path in sorted(part.rglob("*")):
        _sync(path)
    _sync(part)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """See that a file or a folder survives a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
