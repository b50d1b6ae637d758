"""Lines that go wrong: servers on sockets of this machine that are something else than what we expect."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PORTAL = (
    b"HTTP/1.1 302 Found\r\nLocation: https://portal.hotel.example/login\r\n"
    b"Content-Type: text/html\r\n\r\n<html>Please sign in to use this network.</html>\r\n"
)


@contextmanager
def answering(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that does this with each connection; yields its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=safely, args=(line,), daemon=True).start()

    def safely(line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            serve(line)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        # A thread that waits in accept is not woken by close alone.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def a_portal(line: socket.socket) -> None:
    """Answer as the sign-in page of a hotel's network does, whatever was said."""
    line.sendall(PORTAL)


@contextmanager
def closed() -> Iterator[int]:
    """Yield a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = int(gone.getsockname()[1])
    yield port


@contextmanager
def behind_tls(port: int, context: ssl.SSLContext) -> Iterator[int]:
    """Carry what comes over TLS to a server on this port without any; yields the port to connect to."""

    def serve(line: socket.socket) -> None:
        with (
            context.wrap_socket(line, server_side=True) as safe,
            socket.create_connection(("127.0.0.1", port)) as inner,
            contextlib.suppress(OSError, ValueError),
        ):
            _carry(safe, inner)

    with answering(serve) as front:
        yield front


def _carry(safe: ssl.SSLSocket, inner: socket.socket) -> None:
    """Carry both ways until one end closes, in one thread: two in one TLS connection at a time crash OpenSSL."""
    ends: dict[socket.socket, socket.socket] = {safe: inner, inner: safe}
    with selectors.DefaultSelector() as ready:
        for end in ends:
            ready.register(end, selectors.EVENT_READ, ends[end])
        while True:
            for key, _ in ready.select():
                one: socket.socket = key.fileobj  # type: ignore[assignment]  # what was registered
                if not (piece := one.recv(65536)):
                    return
                key.data.sendall(piece)
                while one is safe and safe.pending():
                    inner.sendall(safe.recv(65536))
