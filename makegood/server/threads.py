"""Threads that answer one request after the other, and keep their connection to the database meanwhile.

Django's own ASGI handler makes a thread for each request, and each thread opens the database anew: on
PostgreSQL a sign-in, on SQLite an empty cache.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext

KEPT = 16
"""So many idle threads stay, each with its connection. How many may work at once has no limit of its own."""


class ReusedThreads:
    """An ASGI application that runs the blocking work of a request on one thread of those that are free.

    A thread is taken when there is work for it, not while a slow client still sends his form.
    """

    def __init__(self, application: Callable[..., Any], *, kept: int = KEPT) -> None:
        self._application = application
        self._kept = kept
        self._free: list[ThreadPoolExecutor] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        thread = _Borrowed(self._free)
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self._application(scope, receive, send)
        finally:
            thread.give_back(self._kept)


class _Borrowed(Executor):
    """The one thread of a request, taken from the free ones with its first work."""

    def __init__(self, free: list[ThreadPoolExecutor]) -> None:
        self._free = free
        self._thread: ThreadPoolExecutor | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self._thread is None:
            self._thread = self._free.pop() if self._free else ThreadPoolExecutor(1, thread_name_prefix="web")
        return self._thread.submit(fn, *args, **kwargs)

    def give_back(self, kept: int) -> None:
        """Let the next request have the thread, or end it where enough are free."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        if len(self._free) < kept:
            self._free.append(thread)
        else:
            thread.shutdown(wait=False)
