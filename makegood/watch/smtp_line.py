"""One conversation with an SMTP server, step by step, against a deadline.

`smtplib.sendmail` does the same in one go, and then can't say whether a line
that died had already carried the last byte. That is the one thing a desk that
may neither lose nor repeat a letter must know.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from makegood.config import SettingError

STEP = 20.0
"""Seconds that any one step may take; the answer to the last byte may take all that is left."""
_PORTS = {"starttls": 587, "yes": 465, "no": 25}
_LINE_END = re.compile(rb"\r\n|\r|\n")
_ABOUT_US = frozenset({421, 530, 534, 535, 538})
"""Replies about the server or our signing in (RFC 4954): no fault of the mail that was to go."""


class Refused(Exception):  # noqa: N818  (an answer, not an error of ours)
    """The server answered a step with a code that ends this try. `about_us`: any other mail had fared alike."""

    def __init__(self, code: int, text: bytes | str, *, about_us: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.text = text if isinstance(text, bytes) else text.encode()
        self.about_us = about_us or code in _ABOUT_US


class Handed(Exception):  # noqa: N818  (it may have gone well)
    """The line died when the last byte had gone out."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where mail goes out, as MAKEGOOD_SMTP_URL says it."""

    host: str
    port: int
    tls: str
    """starttls, yes (from the first byte) or no."""
    user: str = ""
    password: str = field(default="", repr=False)


def server(url: str) -> Server:
    """Return what `smtp://user:password@host:587?tls=starttls` says. Raises SettingError, without the password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingError("MAKEGOOD_SMTP_URL names no port from 1 to 65535, or no host.") from None
    tls = parse_qs(parts.query).get("tls", ["starttls"])[0]
    if parts.scheme != "smtp" or not parts.hostname:
        raise SettingError("MAKEGOOD_SMTP_URL must look like smtp://user:password@host:587?tls=starttls.")
    if tls not in _PORTS:
        raise SettingError(f"MAKEGOOD_SMTP_URL says tls={tls}; write tls=starttls, tls=yes or tls=no.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and tls == "no" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise SettingError("MAKEGOOD_SMTP_URL would send the password without TLS; write tls=starttls or tls=yes.")
    return Server(host=parts.hostname, port=port or _PORTS[tls], tls=tls, user=user, password=password)


def on_the_wire(body: bytes) -> bytes:
    """Return a body as DATA carries it: every line ends in CRLF, and a dot that begins a line is doubled.

    No bare CR or LF is left that some server might read as the end of the mail (SMTP smuggling).
    """
    lines = _LINE_END.split(body)
    if not lines[-1]:
        lines.pop()
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


class Line:
    """One conversation. Every step raises Refused for an answer it did not want, OSError for a dead line."""

    def __init__(self, *, until: float) -> None:
        """`until` is a moment of `time.monotonic`."""
        self._until = until
        self._smtp: smtplib.SMTP | None = None
        self.beginning = True
        """Until the server lets us begin a mail. Trouble so far is trouble for every mail."""

    @property
    def _talk(self) -> smtplib.SMTP:
        assert self._smtp is not None, "open the line first"
        return self._smtp

    def open(self, to: Server, context: ssl.SSLContext, *, name: str) -> None:
        """Connect, greet as `name`, secure the line, sign in."""
        name = name or "localhost"
        try:
            if to.tls == "yes":
                self._smtp = smtplib.SMTP_SSL(to.host, to.port, name, timeout=STEP, context=context)
            else:
                self._smtp = smtplib.SMTP(to.host, to.port, name, timeout=STEP)
        except smtplib.SMTPConnectError as error:
            raise Refused(error.smtp_code, error.smtp_error, about_us=True) from None
        if self._talk.sock is not None:
            # The line that ends a mail is short, and would wait 40 ms for the answer to what came before it.
            self._talk.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._want(self._talk.ehlo(), 250)
        if to.tls == "starttls":
            self._secure(context)
        if to.user:
            self._sign_in(to)
        self.beginning = False

    def _secure(self, context: ssl.SSLContext) -> None:
        if not self._talk.has_extn("starttls"):
            raise Refused(454, "the server offers no TLS, so nothing was sent", about_us=True)
        self._want(self._talk.starttls(context=context), 220)
        self._want(self._talk.ehlo(), 250)

    def _sign_in(self, to: Server) -> None:
        try:
            self._talk.login(to.user, to.password)
        except smtplib.SMTPAuthenticationError as error:
            raise Refused(error.smtp_code, error.smtp_error, about_us=True) from None

    @property
    def certificate(self) -> Mapping[str, object]:
        """What the server's certificate says of itself; nothing on a line without TLS."""
        sock = self._talk.sock
        return (sock.getpeercert() or {}) if isinstance(sock, ssl.SSLSocket) else {}

    def _want(self, reply: tuple[int, bytes], *codes: int) -> None:
        if reply[0] not in codes:
            raise Refused(*reply, about_us=self.beginning)

    def options_for(self, addresses: str, body: bytes) -> str:
        """Return what MAIL must announce. Raises UnicodeEncodeError for an address this server can't take."""
        options = "" if body.isascii() or not self._talk.has_extn("8bitmime") else " BODY=8BITMIME"
        if addresses.isascii():
            return options
        if not self._talk.has_extn("smtputf8"):
            addresses.encode("ascii")
        self._talk.command_encoding = "utf-8"
        return f"{options} SMTPUTF8"

    def step(self, command: str, *codes: int) -> None:
        """Say one line, and want one of these answers."""
        self._give_time(STEP)
        self._talk.putcmd(command)
        self._want(self._talk.getreply(), *codes)

    def write(self, content: bytes) -> None:
        """Send the mail itself, without the line that ends it."""
        self._give_time(STEP)
        self._talk.send(content)

    def end(self) -> tuple[int, bytes]:
        """Send the line that ends the mail, and return the answer. Raises Handed where none can be read."""
        self._give_time(max(self._until - time.monotonic(), STEP))
        try:
            self._talk.send(b".\r\n")
            code, text = self._talk.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise Handed from error
        if not 200 <= code < 600:
            raise Handed
        return code, text

    def _give_time(self, seconds: float) -> None:
        """Give the next step its time. Raises TimeoutError when the time for the whole mail is over."""
        if time.monotonic() >= self._until:
            raise TimeoutError
        if self._talk.sock is not None:
            self._talk.sock.settimeout(seconds)

    def close(self) -> None:
        """Hang up, without waiting for a goodbye."""
        if self._smtp is not None:
            self._smtp.close()
