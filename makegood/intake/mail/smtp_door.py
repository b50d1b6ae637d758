"""The mail door that listens: SMTP or LMTP on a port of our own. "250" is said after the commit, never before.

The conversation runs in one thread of its own; each letter is masked, sealed and stored in a worker thread
with its own connection to the database, so that a slow disk keeps one sender waiting and not all of them.
"""

import asyncio
import logging
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from time import monotonic

from aiosmtpd.controller import Controller
from django.db import connection

from makegood import config
from makegood.config import clock
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries import schema

from . import vault
from .arrivals import MEGABYTE, from_smtp, hard_limit
from .our_addresses import read_ours
from .smtp_session import Conversation, Load, LocalConversation

log = logging.getLogger(__name__)

#: Disk space that stays free for small letters: below it, only letters up to `SMALL` are taken (A-57).
RESERVE = 256 * MEGABYTE
SMALL = MEGABYTE
#: Seconds for which a door that closes waits for letters that were begun.
FINISH_WITHIN = 3.0


class SmtpDoor:
    """Our listener. `start` returns once it listens; `stop` once every letter it took is committed or refused."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        lmtp: bool = False,
        now: Callable[[], datetime] = clock.now,
        stored: Callable[[], None] = lambda: None,
    ) -> None:
        """Port 0 takes any free one. `stored` is called after each letter, so that the judge need not wait."""
        self._now = now
        self._stored = stored
        self._lmtp = lmtp
        self._load = Load(hard_limit=hard_limit())
        self._workers: ThreadPoolExecutor | None = None
        self._controller = _Controller(self, host, port)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._controller.listens_on()

    def start(self) -> None:
        """Listen. Raises OSError if the port is taken."""
        # The library logs what clients say, and a client may say a letter's lines after the letter.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
        vault.prepare()
        self._workers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="mail-door")
        self._controller.start()

    def stop(self) -> None:
        """Stop listening, and give letters that were begun a moment to end.

        A sender that is cut off all the same was not told "stored", and tries again.
        """
        self._controller.stop_listening()
        until, pause = monotonic() + FINISH_WITHIN, threading.Event()
        while self._load.letters and monotonic() < until:
            pause.wait(0.02)
        self._controller.stop(no_assert=True)
        if self._workers is not None:
            self._workers.shutdown(wait=True)

    def conversation(self) -> Conversation:
        """Return the other side of a new conversation."""
        kind = LocalConversation if self._lmtp else Conversation
        return kind(self, self._load, hostname="makegood", ident="Makegood", loop=self._controller.loop)

    async def takes(self, address: str) -> bool:
        """Return whether mail for this address is taken. Raises what the database says."""
        return await self._in_worker(lambda: read_ours().takes(address))

    async def store(self, raw: bytes, envelope_from: str, recipients: tuple[str, ...]) -> None:
        """Store and commit a letter. Raises what the database or the disk says."""
        now = self._now()

        def store() -> bool:
            schema.refuse_newer_at_work()
            return bool(from_smtp(raw, envelope_from=envelope_from, recipients=recipients, ours=read_ours(), now=now))

        await self._in_worker(store)
        crashpoint("smtp.before_250")
        self._stored()

    def has_room(self, size: int) -> bool:
        """Return whether the disk has room for a letter of this size and for the small ones that follow."""
        free = shutil.disk_usage(config.home()).free
        return free > 3 * size + (RESERVE if size > SMALL else 0)

    async def _in_worker(self, work: Callable[[], bool]) -> bool:
        assert self._workers is not None
        return await asyncio.get_running_loop().run_in_executor(self._workers, _and_close, work)


def _and_close(work: Callable[[], bool]) -> bool:
    """Do the work, and leave no connection behind that could have gone stale by the next letter."""
    try:
        return work()
    finally:
        connection.close()


class _Controller(Controller):
    """The library's thread and socket, answering with our conversations."""

    def __init__(self, door: SmtpDoor, host: str, port: int) -> None:
        super().__init__(door, hostname=host, port=port)
        self._door = door
        self._bound = threading.Event()

    def factory(self) -> Conversation:
        return self._door.conversation()

    def listens_on(self) -> int:
        server = self.server
        return int(server.sockets[0].getsockname()[1]) if isinstance(server, asyncio.Server) else int(self.port)

    def stop_listening(self) -> None:
        """Take no further conversation; those that run go on."""
        if self.server is not None:
            self.loop.call_soon_threadsafe(self.server.close)

    def _trigger_server(self) -> None:
        # The library connects to its own port to see whether it answers; with port 0 it must ask which one.
        self.port = self.listens_on()
        super()._trigger_server()  # type: ignore[no-untyped-call]
