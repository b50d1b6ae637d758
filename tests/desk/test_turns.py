"""A turn is one process's at a time, is given up with whoever held it, and keeps nobody else waiting for another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

import pytest
from django.db import connection

from makegood.desk.turns import turn

PATIENCE = 20
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def another(name: str, *, wait: bool) -> Iterator[tuple[Queue[bool], threading.Event]]:
    """Somebody else with a connection of his own, who asks for a turn and holds it until told to go."""
    told: Queue[bool] = Queue()
    go = threading.Event()

    def hold() -> None:
        with turn(name, wait=wait) as ours:
            told.put(ours)
            go.wait(PATIENCE)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    yield told, go
    go.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_whoever_does_not_wait_hears_that_it_is_anothers_turn() -> None:
    with another("mailbox a", wait=False) as (told, go):
        assert told.get(timeout=PATIENCE)
        with turn("mailbox a", wait=False) as ours:
            assert not ours
        with turn("mailbox b", wait=False) as ours:
            assert ours
        go.set()


def test_whoever_waits_gets_it_when_the_other_is_done() -> None:
    with turn("starting", wait=True) as ours:
        assert ours
        with another("starting", wait=False) as (told, _):
            assert not told.get(timeout=PATIENCE)
    with another("starting", wait=True) as (told, go):
        assert told.get(timeout=PATIENCE)
        waiting = another("starting", wait=True)
        told_later, go_later = waiting.__enter__()
        assert told_later.empty()
        go.set()
        assert told_later.get(timeout=PATIENCE)
        go_later.set()
        waiting.__exit__(None, None, None)


def test_who_fails_in_his_turn_gives_it_up() -> None:
    with pytest.raises(ZeroDivisionError), turn("starting", wait=False):
        raise ZeroDivisionError
    with another("starting", wait=False) as (told, go):
        assert told.get(timeout=PATIENCE)
        go.set()
