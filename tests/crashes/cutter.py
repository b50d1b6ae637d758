"""Stands between a desk and PostgreSQL; told to, it lets the next commit through and swallows the answer (F-14)."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import struct
import threading
from types import TracebackType
from typing import Self

_COMMITS = re.compile(rb"(Q.{4}|P.{4}[^\0]*\0)\s*COMMIT", re.DOTALL)
_WRITES = re.compile(rb"(Q.{4}|P.{4}[^\0]*\0)\s*(INSERT|UPDATE|DELETE)\b", re.DOTALL)
_READY = re.compile(rb"Z\x00\x00\x00\x05([ITE])\Z", re.DOTALL)


class Cutter:
    """A proxy on a port of this machine. `port` is for the database, `control` is where it is told to cut."""

    def __init__(self, server: tuple[str, int]) -> None:
        self._server = server
        self._armed = threading.Event()
        self.cuts = 0
        self._listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
        self.port, self.control = (s.getsockname()[1] for s in self._listening)

    def __enter__(self) -> Self:
        for listening, serve in zip(self._listening, (self._carry, self._hear), strict=True):
            threading.Thread(target=self._accept, args=(listening, serve), daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for listening in self._listening:
            listening.close()

    def rest(self) -> None:
        """Forget that it was told to cut."""
        self._armed.clear()

    def _accept(self, listening: socket.socket, serve: object) -> None:
        assert callable(serve)
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._safely, args=(serve, client), daemon=True).start()

    def _safely(self, serve: object, client: socket.socket) -> None:
        assert callable(serve)
        with client, contextlib.suppress(OSError):
            serve(client)

    def _hear(self, client: socket.socket) -> None:
        client.recv(16)
        self._armed.set()
        client.sendall(b"yes")

    def _carry(self, client: socket.socket) -> None:
        with socket.create_connection(self._server) as server:
            for each in (client, server):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _Line(self, client, server).carry()

    def may_cut(self) -> bool:
        """Return whether this is the moment, once."""
        if not self._armed.is_set():
            return False
        self._armed.clear()
        self.cuts += 1
        return True


class _Line:
    """One connection, and whether its transaction has written anything."""

    def __init__(self, cutter: Cutter, client: socket.socket, server: socket.socket) -> None:
        self._cutter, self._client, self._server = cutter, client, server
        self._inside = self._wrote = self._swallows = False

    def carry(self) -> None:
        """Carry bytes both ways until one side hangs up, or the line is cut."""
        while True:
            for ready in select.select([self._client, self._server], [], [])[0]:
                piece = ready.recv(65536)
                if not piece:
                    return
                if ready is self._client:
                    self._from_client(piece)
                elif self._from_server(piece):
                    # An end without a goodbye, as when a cable is pulled.
                    self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return

    def _from_client(self, piece: bytes) -> None:
        writes = _WRITES.match(piece) is not None
        self._wrote = self._wrote or writes
        commits = _COMMITS.match(piece) is not None if self._inside else writes
        if commits and self._wrote and self._cutter.may_cut():
            self._swallows = True
        self._server.sendall(piece)

    def _from_server(self, piece: bytes) -> bool:
        """Carry an answer on; returns whether it was swallowed instead, to its end."""
        ready = _READY.search(piece)
        if ready:
            self._inside = ready[1] != b"I"
            self._wrote = self._wrote and self._inside
        if self._swallows:
            return ready is not None
        self._client.sendall(piece)
        return False
