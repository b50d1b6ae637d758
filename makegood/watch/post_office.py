"""The mail server of a machine that has none: it keeps every mail, and brings us what is addressed to us.

When MAKEGOOD_SMTP_URL is empty nothing leaves this machine, and yet every mail
goes over a real socket: to this listener, which writes it to
MAKEGOOD_HOME/sent before it says 250. A mail for an address of our own (a
canary, an answer to a case) is carried on to our own mail door, and what the
door says is what we say.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import re
import smtplib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.db import connection

from makegood import config
from makegood.desk import facts, models
from makegood.desk.actions.letters import mail_domain, sender_address

from .delivery import Outcome, Post, Sendable
from .smtp_line import Server

LARGEST = 64 * 1024 * 1024
_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)


def kept_as(message_id: str) -> str:
    """Return the file name of a mail: the same for the same Message-ID, so that twice sent is once kept."""
    return f"{hashlib.sha256(message_id.encode()).hexdigest()[:32]}.eml"


def is_ours(address: str) -> bool:
    """Return whether our own mail door takes this address: a door of the policy, or an answer to a case."""
    version = models.PolicyVersion.objects.order_by("-number").first()
    if version is None:
        return False
    policy = facts.policy(version)
    local, _, domain = address.casefold().rpartition("@")
    if local.startswith("reply+") and domain == mail_domain(policy).casefold():
        return True
    doors = {a.casefold() for door in policy.doors.values() for a in door.addresses}
    return f"{local.partition('+')[0]}@{domain}" in doors | {sender_address(policy, "").casefold()}


class PostOffice:
    """An SMTP listener on 127.0.0.1 that keeps what it gets. `start` returns once it listens."""

    def __init__(self, folder: Path, *, door: tuple[str, int] | None, ours: Callable[[str], bool] = is_ours) -> None:
        """`door` is the host and port of our own mail door; None where there is none."""
        self._folder = folder
        self._door = door
        self._ours = ours
        self._controller = _Controller(self)

    def start(self) -> None:
        """Listen on a free port."""
        logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop(no_assert=True)

    @property
    def server(self) -> Server:
        """Where it listens."""
        return Server(host="127.0.0.1", port=self._controller.listens_on(), tls="no")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802  (aiosmtpd's names)
        """Keep the mail, carry it on where it is for us, and only then say 250."""
        content = bytes(envelope.content)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, self._take, content, envelope.mail_from or "", tuple(envelope.rcpt_tos))

    def _take(self, content: bytes, sender: str, receivers: tuple[str, ...]) -> str:
        try:
            ours = [address for address in receivers if self._ours(address)]
        finally:
            connection.close()
        if ours and self._door is not None:
            answer = carry(content, sender, ours, to=self._door)
            if not answer.startswith("250"):
                return answer
        self._keep(content)
        return "250 kept"

    def _keep(self, content: bytes) -> None:
        found = _MESSAGE_ID.search(content.partition(b"\r\n\r\n")[0])
        name = kept_as(found[1].decode("utf-8", "replace") if found else hashlib.sha256(content).hexdigest())
        part = self._folder / f".{name}.{os.getpid()}"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._folder / name)

    def has(self, message_id: str) -> bool:
        """Return whether this mail arrived here."""
        return (self._folder / kept_as(message_id)).exists()


def carry(content: bytes, sender: str, receivers: list[str], *, to: tuple[str, int]) -> str:
    """Hand a mail to our own mail door over a socket; return the door's answer, 451 where it can't be reached."""
    try:
        with smtplib.SMTP(*to, local_hostname="localhost", timeout=20) as line:
            line.sendmail(sender, receivers, content)
    except smtplib.SMTPRecipientsRefused as refused:
        code, text = next(iter(refused.recipients.values()))
        return f"{code} {text.decode('utf-8', 'replace')}"
    except smtplib.SMTPResponseException as error:
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    except (OSError, smtplib.SMTPException):
        return "451 our own mail door can't be reached"
    return "250 carried on"


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


class _Controller(Controller):
    """The library's thread and socket, on any free port."""

    def __init__(self, office: PostOffice) -> None:
        super().__init__(office, hostname="127.0.0.1", port=0)

    def factory(self) -> SMTP:
        return SMTP(self.handler, data_size_limit=LARGEST, hostname="localhost", ident="Makegood post office")

    def listens_on(self) -> int:
        assert isinstance(self.server, asyncio.Server), "the post office is closed"
        return int(self.server.sockets[0].getsockname()[1])

    def _trigger_server(self) -> None:
        # The library connects to its own port to see whether it answers; with port 0 it must ask which one.
        self.port = self.listens_on()
        super()._trigger_server()  # type: ignore[no-untyped-call]


class LocalPost:
    """Sends every mail over a real socket to a post office of its own."""

    def __init__(self, folder: Path, *, door: tuple[str, int] | None, ours: Callable[[str], bool] = is_ours) -> None:
        self._office = PostOffice(folder, door=door, ours=ours)
        self._office.start()
        self._post = Post(self._office.server)

    def send(self, mail: Sendable, *, hand_over: Callable[[], bool]) -> Outcome:
        """Try once to hand a mail over, and return what became of it."""
        return self._post.send(mail, hand_over=hand_over)

    def knows(self, message_id: str) -> bool | None:
        """Return whether the mail was kept; this post office can be asked."""
        return self._office.has(message_id)

    def close(self) -> None:
        """Close the post office."""
        self._office.stop()


def own_door() -> tuple[str, int] | None:
    """Return where our own mail door listens, or None if it is closed or speaks LMTP."""
    port = config.number("MAKEGOOD_SMTP_PORT")
    host = config.get("MAKEGOOD_SMTP_HOST")
    if not port or config.yes("MAKEGOOD_LMTP"):
        return None
    return ("127.0.0.1" if host in ("", "0.0.0.0") else host, port)  # noqa: S104  (a look at a setting)
