"""Requests that follow each other share a thread; requests at the same time do not; nobody waits for one."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from asgiref.sync import sync_to_async

from makegood.server.threads import ReusedThreads

T = TypeVar("T")


def lived(story: Coroutine[Any, Any, T]) -> T:
    """Run it to its end on a loop of its own; the thread of the tests may have one already, a browser's."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, story).result()


def answered_by(*, kept: int = 16) -> list[list[int]]:
    """Let each round of requests work at the same time, one round after the other; return their threads."""

    async def desk(scope: Any, receive: Any, send: Any) -> None:
        here = await sync_to_async(threading.get_ident)()
        await receive()
        assert await sync_to_async(threading.get_ident)() == here, "all work of a request is on one thread"
        scope["on"].append(here)

    async def live() -> list[list[int]]:
        application = ReusedThreads(desk, kept=kept)
        told = []
        for together in (1, 1, 3, 3):
            on: list[int] = []
            all_here = asyncio.Barrier(together)
            await asyncio.gather(*(application({"on": on}, all_here.wait, None) for _ in range(together)))
            told.append(on)
        return told

    return lived(live())


def test_a_request_takes_the_thread_of_the_one_before() -> None:
    first, second, third, fourth = answered_by()
    assert first == second
    assert len(set(third)) == 3
    assert set(third) == set(fourth) >= set(first)


def test_threads_that_nobody_needs_end_and_work_goes_on() -> None:
    *_, third, fourth = answered_by(kept=1)
    assert (len(set(third)), len(set(fourth))) == (3, 3)


def test_a_client_that_is_slow_to_send_holds_no_thread() -> None:
    async def desk(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await sync_to_async(threading.get_ident)()

    async def live() -> int:
        application, sent, all_here = ReusedThreads(desk), asyncio.Event(), asyncio.Barrier(51)

        async def slowly() -> None:
            await all_here.wait()
            await sent.wait()

        before = threading.active_count()
        slow = [asyncio.create_task(application({}, slowly, None)) for _ in range(50)]
        await all_here.wait()
        held = threading.active_count() - before
        sent.set()
        await asyncio.gather(*slow)
        return held

    assert lived(live()) == 0
