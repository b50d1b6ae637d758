"""A world for one story: a desk of its own, mail servers on real sockets, and a clock that we set.

Mail goes in and out over SMTP; the watch, the judging and delivery are the
program's own rounds. Only the clock is ours: it jumps from one moment at
which something is due to the next.
"""

from __future__ import annotations

import os
import re
import smtplib
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from .script import Script


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail that the receiver's server took."""

    at: datetime
    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        body = self.message.get_body(preferencelist=("plain",))
        return str(body.get_content()) if body else ""

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])


@dataclass
class TheirServer:
    """The mail server of everybody we write to: customers and staff alike."""

    world: World
    mails: list[Mail] = field(default_factory=list)
    down: set[str] = field(default_factory=set)
    """Addresses whose server does not answer now."""

    # The names and arguments are aiosmtpd's.
    async def handle_RCPT(  # noqa: N802
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        if address.lower() in self.down:
            return "451 4.3.2 the server is down"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        parsed = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mails += [Mail(at=self.world.now, to=to.lower(), message=parsed) for to in envelope.rcpt_tos]
        return "250 2.0.0 taken"


class World:
    """The desk of one story, and everybody outside it."""

    def __init__(self, script: Script, home: Path) -> None:
        self.script, self.home = script, home
        self.now = script.start
        self.server = TheirServer(self)
        self._controller = Controller(self.server, hostname="127.0.0.1", port=free_port())
        self._door: Any = None
        self._post: Any = None
        self.cast: Any = None
        self.letters_sent: dict[str, str] = {}
        """What a story calls a letter → its Message-ID."""

    def __enter__(self) -> World:
        from makegood.demo import cast
        from makegood.intake.mail.smtp_door import SmtpDoor
        from makegood.watch.delivery import Post
        from makegood.watch.smtp_line import server

        self.cast = cast.load(now=self.now, password=None, policy=self._policy(), zone=self.script.zone)
        self._give_calendars()
        self._controller.start()
        self._post = Post(server(f"smtp://127.0.0.1:{self._controller.port}?tls=no"))
        self._door = SmtpDoor(host="127.0.0.1", port=free_port(), lmtp=False)
        self._door.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._door.stop()
        self._controller.stop()

    def _policy(self) -> str:
        """Return the demo house's policy in the story's zone, with what the story adds."""
        from makegood.config import shipped

        text = shipped.demo_policy()
        zone = self.script.policy.get("zone", self.script.zone)
        text = re.sub(r'(?m)^zone = "America/Chicago"', f'zone = "{zone}"', text)
        return text + "\n" + str(self.script.policy.get("adds", ""))

    def _give_calendars(self) -> None:
        from makegood.desk.actions import people

        for name, changed in self.script.people.items():
            people.place(self.cast[name], calendar=changed.get("calendar", ""), time_zone=changed.get("zone", ""))

    # ── mail ─────────────────────────────────────────────────────────────────

    def send(self, mail: EmailMessage, *, sender: str, to: str) -> str:
        """Hand a mail to our door over a real socket; return what the door said."""
        with smtplib.SMTP("127.0.0.1", self._door.port, timeout=20) as client:
            try:
                client.send_message(mail, from_addr=sender, to_addrs=[to])
            except smtplib.SMTPRecipientsRefused as refused:
                return str(next(iter(refused.recipients.values())))
        return "250"

    def mails_to(self, address: str) -> list[Mail]:
        return [m for m in self.server.mails if m.to == address.lower()]

    # ── time ─────────────────────────────────────────────────────────────────

    def settle(self) -> None:
        """Let the desk do everything it can do at this moment: judge, watch, tell, deliver."""
        from makegood.intake import judging
        from makegood.watch import held, incidents, orders, rounds

        for _ in range(10_000):
            busy = judging.judge_next(now=self.now)
            busy |= rounds.wake_due(now=self.now) > 0
            busy |= held.look(now=self.now)
            busy |= orders.order_chosen(now=self.now)
            busy |= incidents.go_on(now=self.now)
            busy |= rounds.tell_people(now=self.now) > 0
            busy |= rounds.deliver_one("story", now=self.now, post=self._post)
            if not busy:
                return
        raise RuntimeError("the story's desk never comes to rest")

    def next_due(self) -> datetime | None:
        """Return when the desk will next have something to do by itself."""
        from makegood.desk import models
        from makegood.desk.actions import digests

        waking = models.Case.objects.filter(wakes_at__gt=self.now).order_by("wakes_at")
        posting = models.OutboxItem.objects.filter(state="waiting", next_at__gt=self.now).order_by("next_at")
        ending = models.Entitlement.objects.filter(next_at__gt=self.now).order_by("next_at")
        standing = models.Remedy.objects.filter(order_at__gt=self.now).order_by("order_at")
        working = models.Incident.objects.filter(wakes_at__gt=self.now).order_by("wakes_at")
        moments = [
            working.values_list("wakes_at", flat=True).first(),
            standing.values_list("order_at", flat=True).first(),
            waking.values_list("wakes_at", flat=True).first(),
            posting.values_list("next_at", flat=True).first(),
            ending.values_list("next_at", flat=True).first(),
        ]
        if models.Notice.objects.filter(mail=True, mailed=None).exists():
            moments.append(self.now + digests.AT_MOST_EVERY)
        return min((m for m in moments if m is not None), default=None)

    def until(self, moment: datetime) -> Iterator[datetime]:
        """Let time go on to `moment`, stopping wherever something is due."""
        self.settle()
        while True:
            due = self.next_due()
            if due is None or due > moment:
                break
            self.now = due
            self.settle()
            yield self.now
        self.now = max(self.now, moment)
        self.settle()


@contextmanager
def desk(script: Script) -> Iterator[World]:
    """Make an empty desk in a folder of its own, and tear it down again."""
    from makegood.config import clock

    with tempfile.TemporaryDirectory(prefix="makegood-story-") as folder:
        home = Path(folder)
        _begin_django(home)
        world = World(script, home)
        with clock.reading(lambda: world.now), world:
            yield world
        _close_connections()


def _begin_django(home: Path) -> None:
    """Start Django on a fresh database in the story's own folder."""
    os.environ["MAKEGOOD_HOME"] = str(home)
    os.environ["MAKEGOOD_DATABASE_URL"] = ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
