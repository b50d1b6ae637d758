"""One exchange over HTTP: bounded in time and size, led nowhere else, and exact about what may have happened.

Only a configured address is called, without the proxies of the environment.
What a caller must know after a failure is whether a single byte of the
request can have arrived: `NotSent` says no, `NotHeard` says that nobody
knows. Neither holds the key.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from .base import Fate, NotSetUp, Outcome

TIMEOUT = 20.0
"""Seconds that one exchange may take in all."""
LONGEST_ANSWER = 1024 * 1024
"""Bytes of an answer; a longer one counts as not heard."""
LONGEST_WAIT = timedelta(hours=1)


class NotSent(Exception):  # noqa: N818 - said as what happened
    """Nothing left this machine."""


class NotHeard(Exception):  # noqa: N818 - said as what happened
    """The request may have arrived; no whole answer came back. `slow`: because the time was up."""

    def __init__(self, sentence: str, *, slow: bool = False) -> None:
        super().__init__(sentence)
        self.slow = slow


@dataclass(frozen=True, kw_only=True)
class Place:
    """An address of theirs: whether TLS is spoken, the host, the port, what every path begins with."""

    tls: bool
    host: str
    port: int | None
    base: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole answer."""

    status: int
    body: Mapping[str, Any]
    """The JSON object; empty for anything else."""
    wait: timedelta | None


def place(setting: str, url: str) -> Place:
    """Return where an address points. Raises NotSetUp for one that can't be meant.

    Keys go over it, so it is https; http is taken for this very machine only.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no_address(setting) from None
    told = parts.username is not None or parts.query or parts.fragment
    if not host or told or not plain(url) or parts.scheme not in ("http", "https"):
        raise _no_address(setting)
    if parts.scheme == "http" and not _here(host):
        raise NotSetUp(f"{setting} must begin with https://: a key goes over it.")
    return Place(tls=parts.scheme == "https", host=host, port=port, base=parts.path.rstrip("/"))


def _no_address(setting: str) -> NotSetUp:
    return NotSetUp(f"{setting} must be an address such as https://api.example.com, without a user or a query.")


def _here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def plain(words: str) -> bool:
    """Only signs that may stand in a header line as they are: no spaces, no line ends, no accents."""
    return all("!" <= sign <= "~" for sign in words)


def exchange(
    at: Place, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b"", seconds: float | None = None
) -> Answer:
    """Ask once and return the whole answer, whatever its status. Raises NotSent or NotHeard."""
    allowed = TIMEOUT if seconds is None else seconds
    kind = http.client.HTTPSConnection if at.tls else http.client.HTTPConnection
    begun = time.monotonic()
    connection = kind(at.host, at.port, timeout=allowed)
    try:
        _reach(connection, at)
        left = max(0.01, begun + allowed - time.monotonic())
        with _hung_up(connection, after=left) as too_late:
            try:
                answer = _once(connection, method, at.base + path, headers, body)
            except (OSError, ValueError, http.client.HTTPException) as error:
                # A line that we hung up breaks in any of these ways, and so does one that they dropped.
                slow = too_late.is_set() or isinstance(error, TimeoutError)
                raise NotHeard(f"{at.host} fell silent after it was asked.", slow=slow) from None
    finally:
        connection.close()
    if too_late.is_set():
        raise NotHeard(f"{at.host} fell silent after it was asked.", slow=True)  # Cut short, it may still look whole.
    return answer


def _reach(connection: http.client.HTTPConnection, at: Place) -> None:
    try:
        connection.connect()
    except (OSError, ValueError) as error:
        raise NotSent(f"{at.host}, {type(error).__name__}") from None


@contextmanager
def _hung_up(connection: http.client.HTTPConnection, *, after: float) -> Iterator[threading.Event]:
    """Hang up after so many seconds. A timeout of the socket alone begins anew with every byte that drips in."""
    line: socket.socket = connection.sock
    told = threading.Event()

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
        yield told
    finally:
        timer.cancel()
        timer.join()


def _once(
    connection: http.client.HTTPConnection, method: str, path: str, headers: Mapping[str, str], body: bytes
) -> Answer:
    told = {"Accept": "application/json", "User-Agent": "Makegood", **headers}
    connection.request(method, path, body=body or None, headers=told)
    with connection.getresponse() as response:
        read = response.read(LONGEST_ANSWER + 1)
        if len(read) > LONGEST_ANSWER:
            raise ValueError("too long")
        return Answer(status=response.status, body=_object(read), wait=_wait(response.headers.get("Retry-After", "")))


def _object(read: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(read)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _wait(told: str) -> timedelta | None:
    return min(timedelta(seconds=int(told)), LONGEST_WAIT) if told.isascii() and told.isdigit() else None


# ── what a failure means, the same for all who answer over HTTP ──────────────


def unsent(name: str, error: NotSent) -> Outcome:
    """Return the outcome of an order that never left."""
    return Outcome(
        fate=Fate.LATER, code="unreachable", sentence=f"{name} can't be reached ({error}). It is tried again."
    )


def unheard(name: str, error: NotHeard) -> Outcome:
    """Return the outcome of an order that may have arrived."""
    why = "didn't answer in time" if error.slow else "hung up"
    sentence = f"{name} {why}, so nobody knows whether it was done. We ask by its key; nothing is sent twice."
    return Outcome(fate=Fate.UNKNOWN, code="timed-out" if error.slow else "cut-off", sentence=sentence)


def refused(name: str, answer: Answer, *, key_setting: str) -> Outcome | None:
    """Return what a status means whoever answers with it; None where it depends on who does."""
    status = answer.status
    if status in (401, 403):
        sentence = f"{name} refused our key ({status}). Put a valid one into {key_setting}; the order waits for it."
        return Outcome(fate=Fate.TROUBLE, code="key-refused", sentence=sentence)
    if status == 429:
        sentence = f"{name} has had too many requests. It is tried again."
        return Outcome(fate=Fate.LATER, code="too-many", sentence=sentence, wait=answer.wait)
    if 300 <= status < 400:
        sentence = f"{name} points elsewhere ({status}); that isn't followed. Check its address in the settings."
        return Outcome(fate=Fate.TROUBLE, code="led-elsewhere", sentence=sentence)
    if status >= 500 or status < 200:
        sentence = f"{name} failed ({status}), so nobody knows whether it was done. We ask by its key."
        return Outcome(fate=Fate.UNKNOWN, code="their-fault", sentence=sentence, wait=answer.wait)
    return None
