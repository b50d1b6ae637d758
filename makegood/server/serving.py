"""`makegood serve`: everything in one process; or one role alone, beside others on PostgreSQL.

The web desk runs in the main thread. The mail door, the judging of what came,
the watch and delivery are loops of their own, each of which may also run in
other processes: they meet only in the database.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from types import FrameType
from typing import Any, Protocol

from django.core.management import call_command
from django.db import connections
from rich.console import Console

from makegood import config
from makegood.config import clock, shipped

WEB, WATCH, DELIVER, MAIL = "web", "watch", "deliver", "mail"
EVERYTHING = frozenset({WEB, WATCH, DELIVER, MAIL})
GOOD, FOUND = 0, 1
out = Console(highlight=False, soft_wrap=True)


class Part(Protocol):
    """Something that runs beside the others until it is told to stop."""

    def start(self) -> None: ...

    def stop(self) -> object: ...


def prepare() -> None:
    """Bring the database up to date, and load the house's policy if it changed.

    Raises SettingError for a database that a newer Makegood has changed, and one that is half restored.
    """
    from makegood.desk.queries import schema

    from . import restore

    restore.refuse_unfinished()
    schema.refuse_newer()
    call_command("migrate", verbosity=0)
    if config.get("MAKEGOOD_POLICY") or not config.yes("MAKEGOOD_DEMO"):
        load_policy()


def load_policy() -> None:
    """Load the house's policy; a text that is loaded already is not loaded again."""
    from makegood.desk.actions import policies

    # The file may say what the house is called; this is for one that does not.
    policies.load(shipped.house_policy(), name="This house", laws=shipped.law_texts(), now=clock.now())


def load_demo() -> bool:
    """Fill an empty database with the cast and its bad weeks. Returns whether it was empty."""
    from makegood.demo import bad_weeks, cast
    from makegood.desk import models

    if models.Staff.objects.exists() or models.PolicyVersion.objects.exists():
        return False
    now = clock.now()
    bad_weeks.tell(cast.load(now=now), now=now)
    return True


def serve(roles: frozenset[str]) -> int:
    """Run these roles until the process is asked to stop. Returns the exit code.

    Raises OSError where a port is taken, before anything is announced; SettingError, PolicyErrors.
    """
    prepare()
    listening = _listen() if WEB in roles else None
    if WEB in roles and config.yes("MAKEGOOD_DEMO"):
        load_demo()
    parts = [*_parts(roles)]
    try:
        for part in parts:
            part.start()
        announce(roles)
        if listening is not None:
            _serve_web(listening)
        else:
            _wait(threading.Event())
    finally:
        for part in reversed(parts):
            part.stop()
        connections.close_all()
    return GOOD


def _listen() -> socket.socket:
    host, port = config.get("MAKEGOOD_HOST"), config.number("MAKEGOOD_PORT")
    if not 0 < port < 65536:
        raise config.SettingError(f"MAKEGOOD_PORT is {port}; write a port from 1 to 65535, such as 8000.")
    try:
        return socket.create_server((host, port), reuse_port=False)
    except OSError as error:
        raise config.SettingError(
            f"MAKEGOOD_PORT: {host}:{port} can't be opened ({error.strerror}). "
            "Another desk may be running; stop it, or set another MAKEGOOD_PORT."
        ) from None


def _parts(roles: frozenset[str]) -> list[Part]:
    from makegood.intake.mail.loops import MailDoor
    from makegood.watch.loop import Loops

    parts: list[Part] = [MailDoor()] if MAIL in roles else []
    if roles & {WATCH, DELIVER}:
        parts.append(Loops(watch=WATCH in roles, deliver=DELIVER in roles))
    return parts


def _serve_web(listening: socket.socket) -> None:
    import uvicorn
    from django.core.asgi import get_asgi_application

    settings = uvicorn.Config(
        get_asgi_application(),
        log_level="warning",
        # Private links are secrets, and an access log would keep them.
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=3,
        server_header=False,
        proxy_headers=bool(config.get("MAKEGOOD_TRUSTED_PROXIES")),
        forwarded_allow_ips=config.get("MAKEGOOD_TRUSTED_PROXIES") or None,
    )
    uvicorn.Server(settings).run(sockets=[listening])


def _wait(stopping: threading.Event) -> None:
    def stop(_: int, __: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    stopping.wait()


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
