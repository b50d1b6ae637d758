"""The rounds, walked again and again by threads until they are told to stop.

Each thread walks one round: it works until nothing is left, then waits a
second. Trouble with the database makes it back off, up to half a minute, and
shows; it ends none of them.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic

from django.db import DatabaseError, close_old_connections, connection

from makegood import config
from makegood.config import clock
from makegood.desk.actions import new_links, outbox, second_readings
from makegood.desk.queries import schema

from . import held, incidents, orders, rounds, second_path, standstill
from .clock_steps import STEP, ClockSteps
from .delivery import Post, Sends
from .post_office import LocalPost, own_door
from .smtp_line import server

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds between two rounds when nothing was left to do."""
AT_ONCE = 200
"""Cases woken in one transaction: few enough that on SQLite whoever else wants to write waits a moment only."""
AT_ONCE_ON_A_SERVER = 400
"""The same where nobody waits but who wants one of these cases."""
BEAT_EVERY = rounds.BEAT_EVERY.total_seconds()
SEEN_EVERY = 60.0
"""So often at least, in seconds, each round says that it goes by; nobody misses it before ten minutes."""
LONGEST_BACK_OFF = 30.0
STOP_WITHIN = 3.0
HEARD_WITHIN = 7.0


def open_post() -> Post | LocalPost:
    """Return whoever sends our mail: the configured server, or a post office on this machine."""
    url = config.get("MAKEGOOD_SMTP_URL")
    return Post(server(url)) if url else LocalPost(config.home() / "sent", door=own_door())


@dataclass(frozen=True, kw_only=True)
class _Walk:
    """One round: its name, one pass of it (True while there is more to do), and the pause after."""

    name: str
    go: Callable[[datetime], bool]
    pause: float = PAUSE
    makes_room: bool = False
    """Where only one can write at a time (SQLite), rest as long as each pass took: mail and people come through."""


class Loops:
    """The watch, delivery, or both, as threads of this process. Several processes may run at once.

    `start` returns at once; `stop` returns within three seconds, whether every thread ended by then. A mail
    that is still on its way to a server then is given back for others to send, and its thread dies with the
    process. One whose last byte is gone keeps `stop` waiting for up to seven seconds more, since only that
    thread can hear whether it arrived.
    """

    def __init__(
        self,
        *,
        watch: bool = True,
        deliver: bool = True,
        post: Sends | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        """`post` is closed by whoever opened it; without one, `start` opens the configured one."""
        self._watches, self._delivers = watch, deliver
        self._given = post
        self._opened: Post | LocalPost | None = None
        self._now = now
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._steps = ClockSteps()
        self._since: datetime | None = None
        self._beaten: dict[str, float] = {}
        self._behind_at: datetime | None = None
        """When the watch last went by, if it found as many cases due as it wakes at once."""
        self._worker = f"{socket.gethostname()[:40]}:{os.getpid()}"

    def start(self) -> None:
        """Begin to walk. Raises SettingError for a mail server that can't be meant."""
        walks = self._walks()
        self._threads = [
            threading.Thread(target=self._walk, args=(walk,), name=f"makegood-{walk.name}", daemon=True)
            for walk in walks
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop walking, within three seconds; ten where a server has not yet said whether it took a mail."""
        self._stop.set()
        self._join(STOP_WITHIN)
        if "makegood-delivery" in self.busy:
            with suppress(DatabaseError):
                if outbox.give_back(self._worker):
                    self._join(HEARD_WITHIN)
        if isinstance(self._opened, LocalPost):
            self._opened.close()
        if self.busy:
            log.warning("still busy when the process ended: %s", ", ".join(self.busy))

    def _join(self, seconds: float) -> None:
        until = monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))

    @property
    def busy(self) -> list[str]:
        """The names of the threads that have not ended."""
        return [thread.name for thread in self._threads if thread.is_alive()]

    def _walks(self) -> list[_Walk]:
        walks = []
        if self._delivers:
            post = self._given or self._open()
            walks.append(_Walk(name="delivery", go=lambda now: self._deliver(post, now)))
            if isinstance(post, Post):
                look = partial(rounds.look_at_the_server, post=post)
                walks.append(_Walk(name="line", go=lambda now: look(now=now), pause=15.0))
        if self._watches:
            walks.append(_Walk(name="watch", go=self._watch))
            if connection.vendor != "sqlite":
                walks.append(_Walk(name="watch too", go=self._watch_too))
            walks.append(_Walk(name="word", go=self._word, pause=2.0))
            walks.append(_Walk(name="held", go=lambda now: held.look(now=now), pause=15.0))
            walks.append(_Walk(name="orders", go=self._carry_out))
            if second_readings.wanted():
                walks.append(_Walk(name="second reading", go=lambda now: rounds.read_again(now=now), pause=5.0))
            walks.append(_Walk(name="new links", go=lambda now: new_links.answer_next(now=now), pause=5.0))
            walks.append(_Walk(name="incidents", go=lambda now: incidents.go_on(now=now), pause=2.0, makes_room=True))
            walks.append(_Walk(name="beat", go=self._beat, pause=5.0))
            walks.append(_Walk(name="standstill", go=self._look_around, pause=60.0))
        return walks

    def _open(self) -> Post | LocalPost:
        self._opened = open_post()
        return self._opened

    # ── one pass of each round ──────────────────────────────────────────────

    def _watch(self, now: datetime) -> bool:
        step = self._steps.look(now, monotonic=monotonic())
        if step is not None:
            self._since = now
            rounds.note_clock_step(step, now=now)
        holds = self._steps.holds(monotonic=monotonic())
        woken = 0 if holds else rounds.wake_due(now=now, limit=_at_once())
        self._behind_at = now if woken == _at_once() else None
        # Last, so that a round that fails falls silent.
        self._went_by("watch", now)
        return bool(woken)

    def _watch_too(self, now: datetime) -> bool:
        """Decide while the other waits for the server to write, as long as it finds more than it wakes at once."""
        # The other looks at the clock; one that has jumped since then is not believed.
        believed = self._behind_at is not None and abs(now - self._behind_at) < STEP
        woken = rounds.wake_due(now=now, limit=_at_once()) if believed else 0
        self._went_by("watch too", now)
        return bool(woken)

    def _word(self, now: datetime) -> bool:
        rounds.tell_people(now=now)
        self._went_by("word", now)
        # Nobody gets two mails a minute, so there is nothing to drain.
        return False

    def _deliver(self, post: Sends, now: datetime) -> bool:
        sent = rounds.deliver_one(self._worker, now=now, post=post)
        self._went_by("delivery", now)
        return sent

    def _carry_out(self, now: datetime) -> bool:
        # By a clock that jumped, an order may seem forgotten that is not, or held by nobody.
        found = not self._steps.holds(monotonic=monotonic()) and orders.carry_out_one(self._worker, now=now)
        self._went_by("orders", now)
        return found

    def _beat(self, now: datetime) -> bool:
        rounds.call_outside(now=now)
        if not self._steps.holds(monotonic=monotonic()):
            rounds.clock_is_behind(now=now)
            rounds.fly_canary(now=now)
            rounds.seal(now=now)
            incidents.ring(now=now)
        return False

    def _look_around(self, now: datetime) -> bool:
        # What is silent because we have just begun, or by a clock that jumped, does not stand still.
        self._since = self._since or now
        standstill.sound(now=now, since=self._since)
        return False

    def _went_by(self, name: str, now: datetime, *, every: float = BEAT_EVERY) -> None:
        """Beat at once after a failure, else after so many seconds; the database needn't be asked each second."""
        if monotonic() - self._beaten.get(name, -every) >= every:
            rounds.beat_heart(now=now, name=name)
            self._beaten[name] = monotonic()

    # ── walking ─────────────────────────────────────────────────────────────

    def _walk(self, walk: _Walk) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                _tidy()
                schema.refuse_newer_at_work()
                began = monotonic()
                more = walk.go(self._now())
                rest = monotonic() - began if walk.makes_room and connection.vendor == "sqlite" else 0.0
                if walk.name != standstill.NAME:
                    # Whatever it had shown is over. What stands still has its own way to say so.
                    self._went_by(walk.name, self._now(), every=SEEN_EVERY)
                failures, pause = 0, rest if more else walk.pause
            except Exception as error:
                failures += 1
                pause = min(2.0 ** (failures - 1), LONGEST_BACK_OFF)
                self._show_failure(walk, error, failures)
            if pause:
                self._stop.wait(pause)
        connection.close()

    def _show_failure(self, walk: _Walk, error: Exception, failures: int) -> None:
        """Say in the log, and on every page if the database can be written, that a round fails."""
        self._beaten.pop(walk.name, None)
        log.error("the round %s failed, %d in a row", walk.name, failures, exc_info=error)
        with suppress(Exception):
            connection.close()
        if failures < 2:
            # A database that was locked for a moment is no news.
            return
        what = f"The round “{walk.name}” fails: {type(error).__name__}."
        with suppress(DatabaseError):
            rounds.say_trouble(walk.name, what, now=self._now())
        if failures == 5:
            second_path.sound_alarm("round.failed", {"round": walk.name, "error": what}, now=self._now())


def _at_once() -> int:
    return AT_ONCE if connection.vendor == "sqlite" else AT_ONCE_ON_A_SERVER


def _tidy() -> None:
    """Let go of a connection that has served its time; SQLite's is a file and never goes stale."""
    if connection.vendor != "sqlite":
        close_old_connections()
