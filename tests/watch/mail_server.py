"""A real mail server on a socket of this machine, which answers as a test tells it to."""
# ruff: noqa: ARG002, N802  (the library calls these names with these arguments)

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

DIES = "dies"
"""As an answer: the line goes dead after the last byte, and nobody hears what became of the mail."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A mail as it arrived."""

    sender: str
    receivers: tuple[str, ...]
    content: bytes

    @property
    def message_id(self) -> str:
        return str(message_from_bytes(self.content)["Message-ID"]).strip()

    @property
    def subject(self) -> str:
        return str(message_from_bytes(self.content)["Subject"])


@dataclass
class MailServer:
    """Takes every mail, unless `answers` holds what it must say to the next ones instead."""

    answers: deque[str] = field(default_factory=deque)
    to_receivers: deque[str] = field(default_factory=deque)
    tls: ssl.SSLContext | None = None
    require_tls: bool = False
    sign_in: Any = None
    utf8: bool = False
    taken: list[Taken] = field(default_factory=list)
    seen: list[Taken] = field(default_factory=list)
    """Also those that were refused or whose line died."""

    def __post_init__(self) -> None:
        self._controller = _Listener(self)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._controller.stop(no_assert=True)

    @property
    def port(self) -> int:
        return int(self._controller.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?tls=no"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.to_receivers:
            return self.to_receivers.popleft()
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        mail = Taken(sender=envelope.mail_from, receivers=tuple(envelope.rcpt_tos), content=envelope.content)
        self.seen.append(mail)
        answer = self.answers.popleft() if self.answers else "250 taken"
        if answer == DIES:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 unheard"
        if answer.startswith("250"):
            self.taken.append(mail)
        return answer


class _Listener(Controller):
    def __init__(self, server: MailServer) -> None:
        super().__init__(server, hostname="127.0.0.1", port=0)
        self._settings = server

    def factory(self) -> SMTP:
        tls = self._settings
        signing = {"authenticator": tls.sign_in, "auth_require_tls": False} if tls.sign_in else {}
        return SMTP(
            self.handler,
            tls_context=tls.tls,
            require_starttls=tls.require_tls,
            enable_SMTPUTF8=tls.utf8,
            decode_data=False,
            **signing,
        )

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
