"""Handing one mail to an SMTP server (RFC 5321), and telling apart what may have become of it.

    ACCEPTED   the server said 250 after the last byte
    LATER      it would not take it now, or could not be reached: try again
    NEVER      it refused this mail for good
    UNKNOWN    the line died after the last byte went out: it may have arrived

Only the byte that ends a mail makes the difference between LATER and UNKNOWN,
so the caller is asked right before it goes (`hand_over`), and writes that
down. No password and no line of a mail ever comes into an answer or a log.
"""

from __future__ import annotations

import base64
import re
import smtplib
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from makegood.desk.crashpoints import crashpoint

from .smtp_line import Handed, Line, Refused, Server, on_the_wire

DEADLINE = 90.0
"""Seconds for one mail, from connecting to the last answer; under the outbox's lease of two minutes."""

BRISK = 5
"""Seconds under which a conversation counts as a moment."""


class Fate(StrEnum):
    ACCEPTED = "accepted"
    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one try."""

    fate: Fate
    answer: str
    unreachable: bool = False
    """True where the server could not be spoken to at all, so that every other mail waits, too."""
    took: timedelta = timedelta(0)
    """Whole seconds on the line, by a clock that never jumps; none where it went briskly."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a look at the mail server found: trouble as words, or nothing, and its certificate where it has one."""

    trouble: str = ""
    certificate: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sendable:
    """One mail for one receiver, with its envelope."""

    message_id: str
    envelope_from: str
    to_address: str
    body: bytes


class Sends(Protocol):
    """Whoever can send a mail: the real server, or the post office on this machine."""

    def send(self, mail: Sendable, *, hand_over: Callable[[], bool]) -> Outcome:
        """Send it; `hand_over` is asked before the last byte, and False from it stops the mail unsent."""

    def knows(self, message_id: str) -> bool | None:
        """Return whether this mail arrived, where that can be looked up; None where it can't."""


class _NotOurs(Exception):  # noqa: N818
    """Another worker has taken the mail over; it must not be ended here."""


class Post:
    """Sends mail through one SMTP server. TLS is verified, and 1.2 at least."""

    def __init__(self, to: Server, *, context: ssl.SSLContext | None = None) -> None:
        self._server = to
        self._context = context or ssl.create_default_context()
        self._context.minimum_version = max(self._context.minimum_version, ssl.TLSVersion.TLSv1_2)

    def knows(self, message_id: str) -> bool | None:  # noqa: ARG002  (a server across a network can't be asked)
        return None

    def send(self, mail: Sendable, *, hand_over: Callable[[], bool]) -> Outcome:
        """Try once to hand a mail over, and return what became of it. Never raises for what a server does."""
        started = time.monotonic()
        line = Line(until=started + DEADLINE)
        try:
            code, text = self._converse(line, mail, hand_over)
            outcome = self._judged(code, text, unreachable=False)
        except Refused as refused:
            outcome = self._judged(refused.code, refused.text, unreachable=refused.about_us)
        except _NotOurs:
            outcome = Outcome(fate=Fate.LATER, answer="another worker took it over")
        except Handed as died:
            outcome = Outcome(fate=Fate.UNKNOWN, answer=f"the line went dead after the last byte ({_kind(died)})")
        except UnicodeEncodeError:
            outcome = Outcome(fate=Fate.NEVER, answer="this server takes no address beyond ASCII (RFC 6531)")
        except (OSError, smtplib.SMTPException) as error:
            outcome = Outcome(fate=Fate.LATER, answer=_unreachable(error, self._server), unreachable=line.beginning)
        finally:
            line.close()
        seconds = int(time.monotonic() - started)
        took = timedelta(seconds=seconds if seconds >= BRISK else 0)
        return Outcome(
            fate=outcome.fate, answer=self._clean(outcome.answer), unreachable=outcome.unreachable, took=took
        )

    @property
    def name(self) -> str:
        """Host and port of the server."""
        return f"{self._server.host}:{self._server.port}"

    def look(self) -> Look:
        """Connect, secure the line and sign in as for a mail, and hang up. Never raises for what a server does."""
        line = Line(until=time.monotonic() + DEADLINE)
        try:
            line.open(self._server, self._context, name="")
            return Look(certificate=line.certificate)
        except Refused as refused:
            trouble = self._judged(refused.code, refused.text, unreachable=True).answer
        except (OSError, smtplib.SMTPException) as error:
            trouble = _unreachable(error, self._server)
        finally:
            line.close()
        return Look(trouble=self._clean(trouble))

    def _converse(self, line: Line, mail: Sendable, hand_over: Callable[[], bool]) -> tuple[int, bytes]:
        if re.search(r"[\r\n\0<>]", mail.envelope_from + mail.to_address):
            raise Refused(553, b"an address that no mail can have")
        line.open(self._server, self._context, name=mail.message_id.rpartition("@")[2].rstrip(">"))
        options = line.options_for(mail.envelope_from + mail.to_address, mail.body)
        line.step(f"MAIL FROM:<{mail.envelope_from}>{options}", 250)
        line.step(f"RCPT TO:<{mail.to_address}>", 250, 251)
        line.step("DATA", 354)
        line.write(on_the_wire(mail.body))
        crashpoint("outbox.before_send")
        if not hand_over():
            raise _NotOurs
        crashpoint("outbox.after_hand_over")
        code, text = line.end()
        if code == 250:
            crashpoint("outbox.after_250")
        return code, text

    def _judged(self, code: int, text: bytes, *, unreachable: bool) -> Outcome:
        answer = f"{code} {text.decode('utf-8', 'replace')}"
        if code < 200:
            answer = f"{self.name} does not answer as a mail server does"
        if 200 <= code < 300:
            return Outcome(fate=Fate.ACCEPTED, answer=answer)
        if 500 <= code < 600 and not unreachable:
            return Outcome(fate=Fate.NEVER, answer=answer)
        return Outcome(fate=Fate.LATER, answer=answer, unreachable=unreachable)

    def _clean(self, answer: str) -> str:
        """Return a server's words on one line, without our secrets should it repeat them."""
        server = self._server
        plain = f"\0{server.user}\0{server.password}".encode()
        # A user called "a" is no secret, and every a would go.
        for secret in filter(None, (server.password, server.user if len(server.user) > 3 else "")):
            spoken = {secret, base64.b64encode(secret.encode()).decode(), base64.b64encode(plain).decode()}
            for form in sorted(spoken, key=len, reverse=True):
                answer = answer.replace(form, "…")
        return " ".join("".join(c if c.isprintable() else " " for c in answer).split())[:300]


def _kind(error: BaseException) -> str:
    cause = error.__cause__
    return type(cause).__name__ if cause is not None else "no proper answer"


def _unreachable(error: Exception, to: Server) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{to.host} shows a certificate that can't be trusted: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return f"{to.host}:{to.port} did not answer in time"
    return f"{to.host}:{to.port} can't be reached: {type(error).__name__}"
