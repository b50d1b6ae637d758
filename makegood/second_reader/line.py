"""One question to the reader's server: one POST, bounded in time and size, led nowhere else.

Only the configured address is called, without the proxies of the environment. Whatever goes wrong is a
ReaderFailed, which names the host and never the key.
"""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 10.0
"""Seconds that one question may take in all."""
LONGEST_ANSWER = 64 * 1024
"""Bytes of an answer; a longer one is refused."""


class ReaderFailed(Exception):  # noqa: N818 - said as what happened
    """The second reader gave nothing that can be used. The rules' reading stands alone.

    `code` is for programs: off, settings, unreachable, slow, led-elsewhere, key-refused, busy, refused,
    too-long, unreadable. `sentence` is for people. Neither holds the key or a word of the message.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whom we ask: the base address of an API that speaks as OpenAI's does, a key or none, a model."""

    url: str
    model: str
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The host as people read it. Raises ReaderFailed for an address that has none."""
        return self.place[1]

    @property
    def place(self) -> tuple[bool, str, int | None, str]:
        """Whether TLS is spoken, the host, the port and the path to ask at. Raises ReaderFailed."""
        try:
            parts = urlsplit(self.url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise _wrong_address() from None
        told = parts.username is not None or parts.query or parts.fragment
        if parts.scheme not in ("http", "https") or not host or told or not _plain(self.url):
            raise _wrong_address()
        return parts.scheme == "https", host, port, parts.path.rstrip("/") + "/chat/completions"


def _wrong_address() -> ReaderFailed:
    sentence = "MAKEGOOD_READER_URL must be an address such as http://127.0.0.1:11434/v1, without a user or a query."
    return ReaderFailed("settings", sentence)


def _plain(words: str) -> bool:
    """Only signs that may stand in a header line as they are: no spaces, no line ends, no accents."""
    return all("!" <= sign <= "~" for sign in words)


def ask(reader: Reader, question: Mapping[str, Any]) -> bytes:
    """Post the question as JSON and return the answer's body. Raises ReaderFailed for anything but a 200."""
    tls, host, port, path = reader.place
    if not _plain(reader.key):
        raise ReaderFailed("settings", "MAKEGOOD_READER_KEY holds signs that no key can hold.")
    kind = http.client.HTTPSConnection if tls else http.client.HTTPConnection
    begun = time.monotonic()
    connection = kind(host, port, timeout=TIMEOUT)
    too_late = threading.Event()
    try:
        connection.connect()
        with _hung_up(connection, after=max(0.01, begun + TIMEOUT - time.monotonic()), told=too_late):
            answer = _exchange(connection, reader, path, json.dumps(question).encode("ascii"))
    except (OSError, ValueError, http.client.HTTPException) as error:
        # A line that we hung up breaks in any of these ways, and so does one that was never there.
        if too_late.is_set() or isinstance(error, TimeoutError):
            raise _slow(host) from None
        raise ReaderFailed("unreachable", f"{host} can't be asked: {type(error).__name__}.") from None
    finally:
        connection.close()
    if too_late.is_set():
        raise _slow(host)  # Cut short by us, it may still look whole.
    return answer


def _slow(host: str) -> ReaderFailed:
    return ReaderFailed("slow", f"{host} didn't answer within {TIMEOUT:g} seconds.")


@contextmanager
def _hung_up(connection: http.client.HTTPConnection, *, after: float, told: threading.Event) -> Iterator[None]:
    """Hang up after so many seconds. A timeout of the socket alone begins anew with every byte that drips in."""
    line: socket.socket = connection.sock

    def hang_up() -> None:
        told.set()
        try:
            socket.socket.shutdown(line, socket.SHUT_RDWR)
        except OSError:
            return  # It was over already.

    timer = threading.Timer(after, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _exchange(connection: http.client.HTTPConnection, reader: Reader, path: str, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Makegood"}
    if reader.key:
        headers["Authorization"] = f"Bearer {reader.key}"
    connection.request("POST", path, body=body, headers=headers)
    with connection.getresponse() as response:
        if response.status != 200:
            raise _refused(reader.host, response.status)
        answer = response.read(LONGEST_ANSWER + 1)
    if len(answer) > LONGEST_ANSWER:
        raise ReaderFailed("too-long", f"{reader.host} answered more than {LONGEST_ANSWER // 1024} KB.")
    return answer


def _refused(host: str, status: int) -> ReaderFailed:
    if 300 <= status < 400:
        return ReaderFailed("led-elsewhere", f"{host} points elsewhere ({status}); it isn't followed.")
    if status in (401, 403):
        return ReaderFailed("key-refused", f"{host} refused the key ({status}).")
    if status in (429, 503):
        return ReaderFailed("busy", f"{host} has no time now ({status}).")
    return ReaderFailed("refused", f"{host} answered {status}.")
