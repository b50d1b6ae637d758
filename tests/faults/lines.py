"""Lines that go wrong: servers on sockets of this machine that are something else than what we expect."""

from __future__ import annotations

import contextlib
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
        ):
            back = threading.Thread(target=_carry, args=(inner, safe), daemon=True)
            back.start()
            _carry(safe, inner)
            back.join(10)

    with answering(serve) as front:
        yield front


def _carry(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError, ValueError):
        while piece := one.recv(65536):
            other.sendall(piece)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)
