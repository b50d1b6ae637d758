"""What both fakes share: a real socket, and moods in which the next requests are answered."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: How a request goes wrong. `AFTER`: what was asked is done, and the answer gets lost. `BEFORE`: neither.
CUT_AFTER, CUT_BEFORE, DRIP, FAIL_AFTER, FAIL_BEFORE = "cut after", "cut before", "drip", "fail after", "fail before"
TOO_MANY, ELSEWHERE, GARBAGE = "too many", "elsewhere", "garbage after"
FINE = "fine"

Reply = tuple[int, dict[str, Any]]


@dataclass
class Asked:
    """One request that arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class FakeApi:
    """A server whose answers `answer` makes. Requests that change something take the next mood; reads another."""

    answer: Callable[[Asked], Reply]
    changes: Callable[[Asked], bool]
    url: str = ""
    moods: list[str] = field(default_factory=list)
    read_moods: list[str] = field(default_factory=list)
    otherwise: Callable[[], str] = lambda: FINE
    """The mood of a request for which none is in line."""
    asked: list[Asked] = field(default_factory=list)
    #: Set when the test is over, so that an answer that takes for ever ends.
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def received(self) -> str:
        """All that ever came in, as one text."""
        return " ".join(f"{each.path} {each.headers} {each.body!r}" for each in self.asked)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request in the mood of the moment."""
        length = int(handler.headers.get("Content-Length") or 0)
        asked = Asked(handler.command, handler.path, dict(handler.headers.items()), handler.rfile.read(length))
        with self.lock:
            self.asked.append(asked)
            moods = self.moods if self.changes(asked) else self.read_moods
            mood = moods.pop(0) if moods else self.otherwise()
            done = self.answer(asked) if mood in (FINE, CUT_AFTER, DRIP, FAIL_AFTER, GARBAGE) else (500, {})
        self._reply(handler, mood, done)

    def _reply(self, handler: BaseHTTPRequestHandler, mood: str, done: Reply) -> None:
        if mood in (CUT_AFTER, CUT_BEFORE):
            handler.close_connection = True
        elif mood == DRIP:
            handler.send_response(200)
            handler.end_headers()
            while not self.over.wait(0.02):
                handler.wfile.write(b" ")
        elif mood in (FAIL_AFTER, FAIL_BEFORE):
            send(handler, 503, {"error": {"type": "api_error", "message": "sorry"}})
        elif mood == TOO_MANY:
            send(handler, 429, {"error": {"message": "slow down"}}, {"Retry-After": "7"})
        elif mood == ELSEWHERE:
            send(handler, 302, {}, {"Location": "http://127.0.0.1:1/"})
        elif mood == GARBAGE:
            send(handler, 200, [])
        else:
            send(handler, *done)


def send(handler: BaseHTTPRequestHandler, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
    """Answer at once with this as JSON."""
    written = json.dumps(body).encode()
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(written)))
    handler.end_headers()
    handler.wfile.write(written)


@contextmanager
def running(api: FakeApi) -> Iterator[FakeApi]:
    """The server on a free port of this machine, gone when the test is."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                api.take(self)
            except OSError:
                self.close_connection = True  # Whoever asked hung up, or was killed, as some tests want.

        do_GET = do_POST  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield api
    finally:
        api.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
