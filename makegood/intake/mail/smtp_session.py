"""One conversation over SMTP or LMTP: aiosmtpd's, with our own reading of the letter itself.

The library refuses lines over 1,000 bytes, throws away what is too long and takes a bare line feed as it
comes. A complaint must get in whatever program wrote it, so lines may have any length; and a bare CR or LF
is refused, because the next server might take it for the end of the letter (SMTP smuggling, A-23). No line
of a letter, and no address, is ever logged.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope

log = logging.getLogger(__name__)

#: Bytes that the reader holds at once; longer lines come in pieces.
PIECE = 64 * 1024
#: Conversations at once; more are asked to come back.
CONVERSATIONS = 100
RECIPIENTS = 100

BUSY = "421 4.3.2 Too many conversations at once. Please try again in a minute."
BARE_LINE_END = "550 5.6.0 A line of this message ends without CR LF. Please send it with proper line ends."
TOO_LARGE = "552 5.3.4 This message is too large for us. Please send it without its largest attachment."
NO_ROOM = "452 4.3.1 No room for a message of this size right now. Please try again later."
LATER = "451 4.3.0 We could not store this message. Please try again later."
STORED = "250 2.0.0 Stored"
NOT_OURS = "550 5.1.1 This address is not ours, and we pass nothing on."
TOO_MANY = "452 4.5.3 Too many recipients at once."


class Desk(Protocol):
    """What a conversation asks of the door it came to."""

    async def takes(self, address: str) -> bool: ...

    async def store(self, raw: bytes, envelope_from: str, recipients: tuple[str, ...]) -> None: ...

    def has_room(self, size: int) -> bool: ...


@dataclass
class Load:
    """What all conversations of one door hold at this moment."""

    conversations: int = 0
    held: int = 0
    hard_limit: int = 0
    letters: int = 0
    """Letters that were begun and have no answer yet."""

    @property
    def most(self) -> int:
        """Bytes that all letters on their way in may take together."""
        return 4 * self.hard_limit


@dataclass
class Letter:
    """A letter while it is read."""

    limit: int
    content: bytearray = field(default_factory=bytearray)
    size: int = 0
    bare: bool = False
    held: int = 0
    """Bytes of it that the door's load counts."""

    def add(self, line: bytes) -> None:
        """Take one line with its CR LF, its leading dot undone."""
        self.size += len(line)
        if b"\n" in line[:-2] or b"\r" in line[:-2]:
            self.bare = True
        if self.size <= self.limit:
            self.content += line[1:] if line.startswith(b".") else line
        else:
            self.content.clear()


class Conversation(SMTP):
    """SMTP as far as it takes letters in."""

    line_length_limit = PIECE

    def __init__(self, desk: Desk, load: Load, **kwargs: Any) -> None:
        super().__init__(self, data_size_limit=load.hard_limit, enable_SMTPUTF8=True, **kwargs)
        self._desk = desk
        self._load = load

    async def _handle_client(self) -> None:
        self._load.conversations += 1
        try:
            if self._load.conversations > CONVERSATIONS:
                await self.push(BUSY)
                self._writer.close()
                return
            await super()._handle_client()
        finally:
            self._load.conversations -= 1

    async def handle_exception(self, error: Exception) -> str:
        """Say nothing of what went wrong to the sender, and nothing of the letter to the log."""
        log.error("a mail conversation failed: %s", type(error).__name__)
        return LATER

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Take a recipient only if the address is ours."""
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return TOO_MANY
        try:
            ours = await self._desk.takes(address)
        except Exception as error:
            log.error("the mail door could not look up its addresses: %s", type(error).__name__)
            return LATER
        if not ours:
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ours"

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
        """Take the letter in, and say so once it is committed."""
        if await self.check_helo_needed():
            return
        envelope = self.envelope
        if envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 Nobody to deliver to: name a recipient first.")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        self._load.letters += 1
        try:
            await self._take_in(envelope)
        finally:
            self._load.letters -= 1

    async def _take_in(self, envelope: Envelope) -> None:
        await self.push("354 Go ahead; end with a line that holds only a dot.")
        letter = Letter(limit=self._load.hard_limit)
        try:
            await self._read(letter)
            answer = await self._judge(letter, envelope)
        finally:
            self._load.held -= letter.held
        recipients = len(envelope.rcpt_tos)
        self.envelope = self._create_envelope()
        # RFC 2033 section 4.2: over LMTP each recipient gets an answer. They share one: all is stored or nothing.
        for _ in range(recipients if isinstance(self, LMTP) else 1):
            await self.push(answer)
        if letter.bare:
            # Whatever comes after a letter like this may have been meant as a part of it.
            self._writer.close()

    async def _read(self, letter: Letter) -> None:
        line = bytearray()
        while True:
            try:
                line += await self._reader.readuntil(b"\r\n")
            except asyncio.LimitOverrunError as error:
                line += await self._reader.read(error.consumed)
                if letter.size + len(line) > letter.limit:
                    # A single line longer than everything we take: keep its end only, to find where it stops.
                    letter.size += len(line) - 1
                    letter.content.clear()
                    del line[:-1]
                continue
            if line == b".\r\n":
                return
            letter.add(bytes(line))
            line.clear()
            if abs(len(letter.content) - letter.held) >= PIECE:
                self._count(letter)
                self._reset_timeout()

    def _count(self, letter: Letter) -> None:
        self._load.held += len(letter.content) - letter.held
        letter.held = len(letter.content)

    async def _judge(self, letter: Letter, envelope: Envelope) -> str:
        self._count(letter)
        if letter.bare:
            return BARE_LINE_END
        if letter.size > letter.limit:
            return TOO_LARGE
        if self._load.held > self._load.most or not self._desk.has_room(letter.size):
            return NO_ROOM
        sender = (envelope.mail_from or "").strip("<>")
        try:
            await self._desk.store(bytes(letter.content), sender, tuple(envelope.rcpt_tos))
        except Exception as error:
            log.error("a letter could not be stored, its sender was asked to try again: %s", type(error).__name__)
            return LATER
        return STORED


class LocalConversation(Conversation, LMTP):
    """The same over LMTP (RFC 2033), for a mail server on the same machine."""
