"""How a child breaks at a named place: killed, by an exception, on a full disk, or cut off after COMMIT was sent."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import sqlite3
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connections
from django.db.backends.signals import connection_created

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


class BrokenError(RuntimeError):
    """What the fault "exception" raises: a mistake of the program itself."""


class _State:
    """What is wrong with this process at the moment."""

    disk_is_full = False
    cut_next = False
    cutter = 0
    """The port at which the one who cuts connections to PostgreSQL is told to."""
    changes: dict[int, int] = {}
    """How many rows each SQLite connection had changed at its last commit."""


def kill() -> None:
    """Die as if the power had gone."""
    os.kill(os.getpid(), signal.SIGKILL)


def raise_exception() -> None:
    """Fail as the program's own mistake would."""
    raise BrokenError


def fill_the_disk() -> None:
    """From now on no file grows and no row can be written, until `make_room`.

    Files fail in the kernel (a limit of 0 bytes: EFBIG where a full disk says ENOSPC), so SQLite's own
    code fails as it does on a full disk. PostgreSQL's disk is another machine's: there the statement fails.
    """
    _State.disk_is_full = True
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))


def cut() -> None:
    """Let the next commit go through, and lose its answer."""
    if _State.cutter:
        with socket.create_connection(("127.0.0.1", _State.cutter), timeout=10) as control:
            control.sendall(b"cut\n")
            assert control.recv(3) == b"yes"
    else:
        _State.cut_next = True


def make_room() -> None:
    """The disk has room again; SQLite's connections are as they were."""
    _State.disk_is_full = False
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


STRIKES: dict[str, Callable[[], None]] = {
    "kill": kill,
    "exception": raise_exception,
    "disk full": fill_the_disk,
    "cut": cut,
}


def stand_by(cutter: int) -> None:
    """Put the hooks in place through which a fault acts later on; for a child that has opened no connection yet."""
    _State.cutter = cutter
    connection_created.connect(_hook, weak=False)
    if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
        _answer_commits_of_sqlite()
    else:
        _fail_commits_of_postgresql()


def _hook(connection: Any, **_: Any) -> None:
    if _around not in connection.execute_wrappers:
        connection.execute_wrappers.append(_around)


def _around(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    raw = context["connection"].connection
    if _State.disk_is_full and not isinstance(raw, sqlite3.Connection) and _WRITES.match(sql):
        raise OperationalError("could not extend file: No space left on device")
    result = execute(sql, params, many, context)
    if isinstance(raw, sqlite3.Connection) and not raw.in_transaction:
        _committed(raw)
    return result


def _answer_commits_of_sqlite() -> None:
    from django.db.backends.sqlite3.base import DatabaseWrapper

    commit = DatabaseWrapper._commit

    def and_then(self: Any) -> Any:
        answer = commit(self)
        if self.connection is not None:
            _committed(self.connection)
        return answer

    DatabaseWrapper._commit = and_then


def _fail_commits_of_postgresql() -> None:
    from django.db.backends.postgresql.base import DatabaseWrapper

    commit = DatabaseWrapper._commit

    def unless_full(self: Any) -> Any:
        if _State.disk_is_full:
            self._rollback()
            raise OperationalError("could not write to the log: No space left on device")
        return commit(self)

    DatabaseWrapper._commit = unless_full


def _committed(raw: sqlite3.Connection) -> None:
    """A commit went through: if it is the one whose answer gets lost, and it changed anything, lose it."""
    wrote = raw.total_changes > _State.changes.get(id(raw), 0)
    _State.changes[id(raw)] = raw.total_changes
    if wrote and _State.cut_next:
        _State.cut_next = False
        raise OperationalError("the answer to COMMIT was lost")
