"""The mail door in a running desk: our listener, the judging of what came, and polling, each in its thread.

One unit of work at a time, the loop outside. A loop never ends on its own: what goes wrong is logged by its
type and said by its heartbeat, and the next round begins.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import connection

from makegood import config
from makegood.config import clock
from makegood.desk.actions import rounds
from makegood.desk.queries import schema
from makegood.intake.judging import judge_waiting

from . import imap_door, waiting_files
from .imap_place import read_place
from .smtp_door import SmtpDoor

log = logging.getLogger(__name__)

JUDGE_EVERY = 1.0
FILES_EVERY = 60.0
POLL_EVERY = 30.0
#: Seconds between two heartbeats of a loop that has nothing to do.
BEAT_EVERY = 30.0
#: Seconds for which the end of a loop waits for its unit of work.
STOP_WITHIN = 8.0


class Loop:
    """A thread that does one unit of work after another until it is stopped."""

    def __init__(self, name: str, work: Callable[[datetime], bool], *, every: float) -> None:
        """`work` takes the moment and returns whether there was any; `every` is the pause in seconds if not."""
        self._name = name
        self._work = work
        self._every = every
        self._stopped = threading.Event()
        self._nudged = threading.Event()
        self._beat_at: datetime | None = None
        self._trouble = ""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def nudge(self) -> None:
        """There is work: do not wait out the pause."""
        self._nudged.set()

    @property
    def stopping(self) -> bool:
        """Whether it was told to end."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Finish the unit at hand and end; a unit that takes longer dies with the process, and is done anew."""
        self._stopped.set()
        self._nudged.set()
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN)

    def _run(self) -> None:
        try:
            while not self._stopped.is_set():
                if not self._round(clock.now()):
                    self._nudged.wait(self._every)
                    self._nudged.clear()
        finally:
            connection.close()

    def _round(self, now: datetime) -> bool:
        try:
            schema.refuse_newer_at_work()
            busy = self._work(now)
            trouble = ""
        except Exception as error:
            log.error("%s: %s", self._name, type(error).__name__)
            connection.close()
            busy, trouble = False, f"{self._name}: {type(error).__name__}"
        self._beat(now, trouble)
        return busy

    def _beat(self, now: datetime, trouble: str) -> None:
        due = self._beat_at is None or (now - self._beat_at).total_seconds() >= BEAT_EVERY
        if not due and trouble == self._trouble:
            return
        try:
            rounds.beat(self._name, now=now, trouble=trouble)
            self._beat_at, self._trouble = now, trouble
        except Exception as error:
            log.error("%s could not say that it is alive: %s", self._name, type(error).__name__)


class MailDoor:
    """Everything of the mail door that runs, as the settings describe it."""

    def __init__(self) -> None:
        """Raises SettingError for settings that can't be meant; nothing runs yet."""
        self.judge = Loop("judge", lambda now: bool(judge_waiting(now)), every=JUDGE_EVERY)
        self.files = Loop("files", waiting_files.put_away_next, every=FILES_EVERY)
        self.poll = _poll()
        self.listener = _listener(stored=self.judge.nudge)

    def start(self) -> None:
        """Begin to listen, to poll and to judge. Raises OSError if the port is taken."""
        if self.listener is not None:
            self.listener.start()
        self.judge.start()
        self.files.start()
        if self.poll is not None:
            self.poll.start()

    def stop(self) -> None:
        """Stop taking mail in, then finish the letter at hand."""
        if self.listener is not None:
            self.listener.stop()
        if self.poll is not None:
            self.poll.stop()
        self.files.stop()
        self.judge.stop()


def _listener(stored: Callable[[], None]) -> SmtpDoor | None:
    port = config.number("MAKEGOOD_SMTP_PORT")
    if port == 0:
        return None
    host, lmtp = config.get("MAKEGOOD_SMTP_HOST"), config.yes("MAKEGOOD_LMTP")
    return SmtpDoor(host=host, port=port, lmtp=lmtp, stored=stored)


def _poll() -> Loop | None:
    urls = config.get("MAKEGOOD_IMAP_URL").split()
    for url in urls:
        read_place(url)
    loop = Loop("imap", lambda now: poll_all(urls, now, stopping=lambda: loop.stopping), every=POLL_EVERY)
    return loop if urls else None


def poll_all(urls: list[str], now: datetime, *, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Poll each mailbox once; one that is in trouble doesn't keep the others waiting. Returns whether there is more."""
    more = False
    for url in urls:
        if stopping():
            break
        try:
            more = imap_door.poll(url, now, stopping=stopping) >= imap_door.BATCH or more
        except imap_door.MailboxTrouble as trouble:
            log.warning("%s", trouble)
    return more
