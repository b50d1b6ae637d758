"""Reading without holding anybody up: a connection that can't write, and several answers as of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def only_reading() -> Iterator[None]:
    """Let the database itself refuse every change on this connection until the end."""
    sqlite = connection.vendor == "sqlite"
    _say("PRAGMA query_only = ON" if sqlite else "SET default_transaction_read_only = on")
    try:
        yield
    finally:
        _say("PRAGMA query_only = OFF" if sqlite else "SET default_transaction_read_only = off")


@contextmanager
def one_moment() -> Iterator[None]:
    """Answer everything asked inside as of the same moment. Locks nothing: the desk goes on meanwhile."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Django's own transactions begin by taking the lock of the one writer.
        _say("BEGIN DEFERRED")
        try:
            yield
        finally:
            _say("ROLLBACK")
    else:
        with transaction.atomic():
            _say("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
