"""What only one process may do at a time: bring the database up to date, or read one mailbox.

On PostgreSQL the turn is an advisory lock of this connection, so it counts for every machine on that database; on
SQLite, which no two machines share, it is a lock on a file beside it. Either is gone with the process that held it,
so nobody waits for the dead. What is done in a turn must be safe without it: a connection can be lost.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

from makegood import config


@contextmanager
def turn(name: str, *, wait: bool) -> Iterator[bool]:
    """Hold the turn of this name meanwhile; yields whether it is ours. Without `wait` it may be another's."""
    holding = _on_the_server if connection.vendor == "postgresql" else _on_this_machine
    with holding(name, wait) as ours:
        yield ours


@contextmanager
def _on_the_server(name: str, wait: bool) -> Iterator[bool]:
    key = int.from_bytes(hashlib.sha256(f"makegood {name}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)" if wait else "SELECT pg_try_advisory_lock(%s)", [key])
        ours = wait or bool(cursor.fetchone()[0])
    try:
        yield ours
    finally:
        if ours and connection.connection is not None:
            # A connection that died has let go already.
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _on_this_machine(name: str, wait: bool) -> Iterator[bool]:
    folder = config.home() / "turns"
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder / hashlib.sha256(name.encode()).hexdigest()[:16], os.O_RDWR | os.O_CREAT, 0o600)
    try:
        ours = True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            ours = False
        yield ours
    finally:
        os.close(descriptor)
