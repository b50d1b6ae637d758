"""A server on a real socket that speaks as OpenAI's API does, and says whatever a test wants said."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Given what was asked, writes the whole answer.
Behaviour = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]
#: Given the text that was asked about, what the model writes.
Model = Callable[[str], object]


@dataclass
class FakeServer:
    """What was asked of it, and how it answers."""

    url: str = ""
    behave: Behaviour | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    #: Set when the test is over, so that an answer that takes for ever ends.
    over: threading.Event = field(default_factory=threading.Event)

    def says(self, model: Model) -> None:
        """Answer as an API does whose model writes this about a text."""

        def behave(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
            written = model(text_of(asked))
            content = written if isinstance(written, str) else json.dumps(written)
            body = {"object": "chat.completion", "choices": [{"message": {"role": "assistant", "content": content}}]}
            send(handler, json.dumps(body).encode())

        self.behave = behave

    @property
    def received(self) -> str:
        """All that ever came in, as one text, keys of headers aside."""
        return json.dumps(self.asked, ensure_ascii=False)


def text_of(asked: dict[str, Any]) -> str:
    """The message that was asked about, without the marks around it."""
    told: str = asked["messages"][-1]["content"]
    return told.split("\n", 1)[1].rsplit("\n", 1)[0]


def send(
    handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, headers: dict[str, str] | None = None
) -> None:
    """Answer at once with this body."""
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def running() -> Iterator[FakeServer]:
    """A server on a free port of this machine, gone when the test is."""
    fake = FakeServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.asked.append(asked)
            fake.headers.append(dict(self.headers.items()))
            fake.paths.append(self.path)
            assert fake.behave is not None
            try:
                fake.behave(self, asked)
            except OSError:
                self.close_connection = True  # Whoever asked hung up, as some tests want.

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield fake
    finally:
        fake.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
