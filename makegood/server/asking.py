"""Asking P1–P8 on all cores: each worker is a process with a connection of its own that can't write.

A question that takes long comes in shares, so that no core waits for the last one.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, connections

from makegood.desk.queries import invariants
from makegood.desk.queries.coverage import Coverage
from makegood.desk.queries.one_moment import only_reading
from makegood.desk.queries.verdicts import SHOWN, Verdict

Answer = Verdict | Exception
SHARED = ("history_is_straight", "every_time_recomputes")
"""Questions that recompute cases. They come first, and in shares."""
SHARES = 4
"""A worker's shares of such a question."""
FEW = 2_000
"""Cases for which no worker is worth its start."""
_LOOK_EVERY = 0.5
"""Seconds between two looks at how far the workers are."""
_passed: Any = None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the asking is."""

    passed: int
    """Cases that were recomputed, for each question anew."""
    of: int
    waiting: tuple[str, ...]
    """Names of the questions that have no answer yet."""


def workers_for(part: Coverage) -> int:
    """Return how many processes are worth their start."""
    return 1 if part.of <= FEW else min(8, len(os.sched_getaffinity(0)))


def ask_together(part: Coverage, *, workers: int, now: datetime, told: Callable[[Progress], None]) -> dict[str, Answer]:
    """Return the answer to each question by its name, or what kept it from being asked."""
    names = [invariant.__name__ for invariant in invariants.INVARIANTS]
    shared = [(name, share) for share in part.shares(workers * SHARES) for name in SHARED]
    jobs = [*shared, *((name, part) for name in reversed(names) if name not in SHARED)]
    # A connection must not be shared with a child.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    counter = context.Value("Q", 0)
    answers: dict[str, list[Answer]] = {name: [] for name in names}
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(counter,)) as pool:
        open_ones: dict[Future[Verdict], str] = {pool.submit(_ask, name, share, now): name for name, share in jobs}
        while open_ones:
            done, _ = wait(open_ones, timeout=_LOOK_EVERY)
            for future in done:
                answers[open_ones.pop(future)].append(_answer_of(future))
            waiting = tuple(dict.fromkeys(open_ones.values()))
            told(Progress(passed=counter.value, of=part.cases * len(SHARED), waiting=waiting))
    return {name: _together(parts) for name, parts in answers.items()}


def _begin(counter: Any) -> None:
    global _passed
    _passed = counter


def _ask(name: str, part: Coverage, now: datetime) -> Verdict:
    with only_reading():
        _take_room()
        more = {"passed": _count} if name in SHARED else {}
        verdict: Verdict = getattr(invariants, name)(now=now, part=part, **more)
        return verdict


def _take_room() -> None:
    """Let a worker use memory: it lives for a minute."""
    sqlite = ("PRAGMA mmap_size = 17179869184", "PRAGMA cache_size = -131072")
    postgresql = ("SET work_mem = '128MB'", "SET jit = off")
    with connection.cursor() as cursor:
        for statement in sqlite if connection.vendor == "sqlite" else postgresql:
            cursor.execute(statement)


def _count(cases: int) -> None:
    with _passed.get_lock():
        _passed.value += cases


def _answer_of(future: Future[Verdict]) -> Answer:
    error = future.exception()
    if error is None:
        return future.result()
    return error if isinstance(error, Exception) else RuntimeError(str(error))


def _together(answers: list[Answer]) -> Answer:
    """Return the shares of one question as one answer; an error stands for all of them."""
    verdicts = []
    for answer in answers:
        if not isinstance(answer, Verdict):
            return answer
        verdicts.append(answer)
    return replace(
        verdicts[0],
        looked_at=sum(v.looked_at for v in verdicts),
        count=sum(v.count for v in verdicts),
        violations=tuple(violation for v in verdicts for violation in v.violations)[:SHOWN],
    )
