"""`makegood serve`: everything in one process; or one role alone, beside others on PostgreSQL.

The web desk runs in the main thread. The mail door, the judging of what came,
the watch and delivery are loops of their own, each of which may also run in
other processes: they meet only in the database. Each is asked to stop by SIGTERM or Ctrl+C, finishes
what it has in hand, and ends with 0 within a few seconds.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from time import monotonic
from types import FrameType
from typing import Any, Protocol

from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from rich.console import Console

from makegood import config
from makegood.config import clock, shipped

WEB, WATCH, DELIVER, MAIL = "web", "watch", "deliver", "mail"
EVERYTHING = frozenset({WEB, WATCH, DELIVER, MAIL})
STOP_WITHIN = 20.0
"""Seconds after which nobody is waited for any more: what is killed anywhere is done anew by the next."""
GOOD, FOUND = 0, 1
out = Console(highlight=False, soft_wrap=True)


class Part(Protocol):
    """Something that runs beside the others until it is told to stop."""

    def start(self) -> None: ...

    def stop(self) -> object: ...


def collect_seldom() -> None:
    """Let Python look for garbage in rings less often, and never again in what is loaded by now.

    Its own settings are for small programs: here each batch of letters had it walk through all that Django is.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def prepare() -> None:
    """Bring the database up to date, and load the house's policy if it changed. One process at a time does so.

    Raises SettingError for a database that can't be reached, that a newer Makegood has changed, or is half restored.
    """
    from makegood.desk.queries import schema
    from makegood.desk.turns import turn

    from . import restore

    restore.refuse_unfinished()
    _reach_the_database()
    with turn("starting", wait=True):
        schema.refuse_newer()
        call_command("migrate", verbosity=0)
        _look_how_large()
        if config.get("MAKEGOOD_POLICY") or not config.yes("MAKEGOOD_DEMO"):
            load_policy()


def _reach_the_database() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        # What the driver says names host and port, and never the password.
        said = " ".join(str(error).split())[:300]
        where = config.home() if connection.vendor == "sqlite" else "MAKEGOOD_DATABASE_URL"
        raise config.SettingError(f"{where}: the database can't be opened ({said}).") from None


def _look_how_large() -> None:
    """Let SQLite see, in a few milliseconds, how large its tables are: it plans by that, and PostgreSQL looks itself.

    Without, a board at a million cases takes ten times as long.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            # Not the small tables: their size would make it begin a list with every member of staff.
            for table in ("desk_case", "desk_alarm"):
                cursor.execute(f"ANALYZE {table}")


def load_policy() -> None:
    """Load the house's policy; a text that is loaded already is not loaded again."""
    from makegood.desk.actions import policies

    # The file may say what the house is called; this is for one that does not.
    policies.load(shipped.house_policy(), name="This house", laws=shipped.law_texts(), now=clock.now())


def load_demo() -> bool:
    """Fill an empty database with the cast and its bad weeks. Returns whether it was empty."""
    from makegood.demo import bad_weeks, cast
    from makegood.desk import models
    from makegood.desk.turns import turn

    with turn("starting", wait=True):
        if models.Staff.objects.exists() or models.PolicyVersion.objects.exists():
            return False
        now = clock.now()
        bad_weeks.tell(cast.load(now=now), now=now)
    return True


def serve(roles: frozenset[str]) -> int:
    """Run these roles until the process is asked to stop. Returns the exit code.

    Raises OSError where a port is taken, before anything is announced; SettingError, PolicyErrors.
    """
    with _until_asked_to_stop() as stopping:
        prepare()
        listening = _listen() if WEB in roles else None
        if WEB in roles and config.yes("MAKEGOOD_DEMO"):
            load_demo()
        parts = [*_parts(roles)]
        collect_seldom()
        try:
            for part in parts:
                part.start()
            announce(roles)
            if listening is not None:
                _serve_web(listening, stopping)
            else:
                stopping.wait()
            say("Stopping. What is in hand is finished first.")
        finally:
            ended = _stop(parts)
            connections.close_all()
        if not ended:
            say("Something did not end in time. It is left as it is, and done anew by the next start.")
            os._exit(GOOD)  # an orderly exit would wait for it, too
        say("Stopped.")
    return GOOD


def _listen() -> socket.socket:
    host, port = config.get("MAKEGOOD_HOST"), config.number("MAKEGOOD_PORT")
    if not 0 < port < 65536:
        raise config.SettingError(f"MAKEGOOD_PORT is {port}; write a port from 1 to 65535, such as 8000.")
    try:
        listening = socket.create_server((host, port), reuse_port=False)
    except OSError as error:
        raise config.SettingError(
            f"MAKEGOOD_PORT: {host}:{port} can't be opened ({error.strerror}). "
            "Another desk may be running; stop it, or set another MAKEGOOD_PORT."
        ) from None
    # Each line that is accepted has this from it; without, a short page waits 40 ms for the reader's "go on".
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _parts(roles: frozenset[str]) -> list[Part]:
    from makegood.intake.mail.loops import MailDoor
    from makegood.watch.loop import Loops

    parts: list[Part] = [MailDoor()] if MAIL in roles else []
    if roles & {WATCH, DELIVER}:
        parts.append(Loops(watch=WATCH in roles, deliver=DELIVER in roles))
    return parts


def _stop(parts: list[Part]) -> bool:
    """Stop all of them at once, so that the slowest says how long it takes; returns whether all ended in time."""

    def stop(part: Part) -> None:
        try:
            part.stop()
        finally:
            connection.close()

    threads = [threading.Thread(target=stop, args=(part,), daemon=True) for part in parts]
    for thread in threads:
        thread.start()
    until = monotonic() + STOP_WITHIN
    for thread in threads:
        thread.join(max(0.0, until - monotonic()))
    return not any(thread.is_alive() for thread in threads)


def _serve_web(listening: socket.socket, stopping: Asked) -> None:
    import uvicorn
    from django.core.asgi import get_asgi_application

    from .threads import ReusedThreads

    class Server(uvicorn.Server):
        """Stops when this process is asked to, and leaves the signals to it."""

        capture_signals = nullcontext  # type: ignore[assignment]

        async def on_tick(self, counter: int) -> bool:
            return stopping.is_set() or await super().on_tick(counter)

    settings = uvicorn.Config(
        ReusedThreads(get_asgi_application()),
        log_level="warning",
        # Private links are secrets, and an access log would keep them.
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=10,
        server_header=False,
        proxy_headers=bool(config.get("MAKEGOOD_TRUSTED_PROXIES")),
        forwarded_allow_ips=config.get("MAKEGOOD_TRUSTED_PROXIES") or None,
    )
    Server(settings).run(sockets=[listening])


class Asked:
    """Whether this process was asked to stop.

    Not an Event: its lock may be held by the very thread that a signal interrupts to set it. And the wait looks up
    each second, because a signal that another thread got wakes nobody.
    """

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[None] = queue.SimpleQueue()

    def set(self) -> None:
        self._asked.put(None)

    def is_set(self) -> bool:
        return not self._asked.empty()

    def wait(self) -> None:
        """Return once somebody asked."""
        while not self.is_set():
            with suppress(queue.Empty):
                self._asked.get(timeout=1.0)
                self.set()


@contextmanager
def _until_asked_to_stop() -> Iterator[Asked]:
    """Yield what is set by SIGTERM and by Ctrl+C; asking twice asks once."""
    stopping = Asked()

    def stop(_: int, __: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def say(sentence: str) -> None:
    """Say it where the others of a service look, at once."""
    out.print(sentence, markup=False)
    sys.stdout.flush()


def announce(roles: frozenset[str]) -> None:
    """Print where the desk is and how to sign in."""
    from makegood.desk import models

    if WEB in roles:
        out.print(f"\nMakegood is open at [bold]{config.base_url()}/[/bold]")
        _print_sign_in(models)
    if MAIL in roles and config.number("MAKEGOOD_SMTP_PORT"):
        out.print(f"Mail comes in on {config.get('MAKEGOOD_SMTP_HOST')}:{config.get('MAKEGOOD_SMTP_PORT')}.")
    if DELIVER in roles and not config.get("MAKEGOOD_SMTP_URL"):
        out.print(f"Mail goes nowhere: it is kept in {config.home() / 'sent'} (MAKEGOOD_SMTP_URL is not set).")
    out.print(f"Everything is kept in {config.home()}. Stop with Ctrl+C.\n")
    sys.stdout.flush()


def _print_sign_in(models: Any) -> None:
    from makegood.demo.cast import PASSWORD

    demo = models.Staff.objects.filter(email="priya@larkfield.example").exists()
    if demo and config.yes("MAKEGOOD_DEMO"):
        out.print(f"Sign in as priya@larkfield.example (an agent), password: [bold]{PASSWORD}[/bold]")
        out.print("Also tom@, marta@ (team lead), ruth@ (head of service), grace@ (executive), sam@ (admin).")
    elif not models.Staff.objects.exists():
        out.print("Nobody works here yet: `makegood staff add --help` makes the first administrator.")
