"""F-15: the database is locked, two transactions wait for each other, many write at once. Never half done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from makegood.demo import cast as the_cast
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import alarms, letters, notes
from makegood.desk.actions import rounds as desk_rounds
from makegood.desk.queries import invariants
from makegood.intake.judging import judge_next, judge_waiting
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.watch import rounds
from tests.faults.taking_in import hand_in as send
from tests.intake.desk import hand_in, judge_all
from tests.intake.letters import HELP, ROSA, letter
from tests.watch.house import a_complaint, minutes

SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def cast(committed: None, monday_ten: datetime, home: Path) -> Cast:
    """The cast, in a database to which every thread really commits."""
    return the_cast.load(now=monday_ten, password=None)


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another connection writes, and holds what it wrote to until the body ends."""
    holding, enough = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            if SQLITE:
                models.Team.objects.create(name="busy", title="Busy")
            else:
                with connection.cursor() as cursor:
                    for table in ("desk_inboxitem", "desk_case", "desk_outboxitem"):
                        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            holding.set()
            enough.wait(60)
            transaction.set_rollback(True)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert holding.wait(20)
    try:
        yield
    finally:
        enough.set()
        thread.join()


@contextmanager
def impatient() -> Iterator[None]:
    """Every connection made from now on gives up waiting after a moment."""
    from django.db.backends.signals import connection_created

    def hurry(connection: Any, **_: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50" if SQLITE else "SET lock_timeout = '50ms'")

    connection_created.connect(hurry)
    connection.close()
    try:
        yield
    finally:
        connection_created.disconnect(hurry)
        connection.close()


def test_while_the_database_is_locked_the_sender_is_asked_to_come_back_and_nothing_is_half_stored(
    cast: Cast, monday_ten: datetime
) -> None:
    door = SmtpDoor(host="127.0.0.1", port=0, now=lambda: monday_ten)
    door.start()
    try:
        with impatient(), somebody_writes():
            assert send(door.port, letter(), sender=ROSA, to=HELP) in (421, 451)
        assert not models.InboxItem.objects.exists() and not models.RawItem.objects.exists()
        assert send(door.port, letter(), sender=ROSA, to=HELP) == 250
    finally:
        door.stop()
    assert judge_all(monday_ten) == 1
    assert models.Case.objects.count() == 1


def test_a_lock_that_is_let_go_in_time_is_waited_for(cast: Cast, monday_ten: datetime) -> None:
    stored: list[models.InboxItem] = []

    def store() -> None:
        stored.extend(hand_in(letter(), now=monday_ten))
        connection.close()

    with somebody_writes():
        thread = threading.Thread(target=store)
        thread.start()
    thread.join(60)
    assert len(stored) == 1


def test_the_watch_and_the_judge_go_on_where_they_were_when_the_lock_is_gone(cast: Cast, monday_ten: datetime) -> None:
    case = a_complaint(cast, at=monday_ten)
    (item,) = hand_in(letter(), now=monday_ten)
    late = monday_ten + timedelta(days=2)
    with impatient(), somebody_writes():
        with pytest.raises(OperationalError):
            rounds.wake_due(now=late)
        connection.close()
        with pytest.raises(OperationalError):
            judge_next(now=late)
        connection.close()
    item.refresh_from_db()
    case.refresh_from_db()
    assert (item.attempts, item.state, case.crashed_until) == (0, "stored", None), "nothing that they did"
    while rounds.wake_due(now=late):
        pass
    assert judge_next(now=late)
    assert case.alarms.exists() and models.Case.objects.count() == 2


@pytest.mark.skipif(SQLITE, reason="SQLite has one writer at a time, so no two wait for each other")
def test_of_two_who_wait_for_each_other_one_is_tried_again_and_both_are_done(cast: Cast, monday_ten: datetime) -> None:
    one, two = (a_complaint(cast, at=monday_ten, sender=f"c{n}@quill.example") for n in range(2))
    met, tries = threading.Barrier(2), []

    def write(first: models.Case, second: models.Case) -> None:
        for attempt in range(3):
            tries.append(attempt)
            try:
                with transaction.atomic():
                    for case in (first, second):
                        notes.add(case.pk, text=f"From {first.number}.", by=case.owner, now=monday_ten + minutes(5))
                        if case is first and not attempt:
                            met.wait(20)
                return
            except OperationalError:
                connection.close()
            finally:
                connection.close()

    threads = [threading.Thread(target=write, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(tries) == [0, 0, 1]
    assert sorted(models.Note.objects.values_list("case", flat=True)) == sorted([one.pk, two.pk] * 2)


def test_eight_who_write_at_once_leave_a_record_without_a_seam(cast: Cast, monday_ten: datetime) -> None:
    letters_each, done = 4, []
    cases = [a_complaint(cast, at=monday_ten, sender=f"old{n}@quill.example") for n in range(4)]
    late = monday_ten + timedelta(days=2)

    def bring(number: int) -> None:
        for nth in range(letters_each):
            sender = f"n{number}-{nth}@calm.example"
            hand_in(
                letter(f"Matter {number} {nth}.", sender=sender, message_id=f"<{number}.{nth}@calm.example>"), now=late
            )

    def deal_with(number: int) -> None:
        case = cases[number]
        notes.add(case.pk, text="Called.", by=case.owner, now=late)
        alarms.acknowledge(case.pk, by=case.owner, now=late + minutes(1))
        letters.reply(
            case.pk, by=case.owner, text="Here it is.", kinds=["answer"], confirmed=True, now=late + minutes(2)
        )

    def judge(_: int) -> None:
        while judge_waiting(late):
            pass

    def work(act: Callable[[int], None], number: int) -> None:
        try:
            act(number)
            done.append(number)
        finally:
            connection.close()

    while rounds.wake_due(now=late):
        pass
    jobs = [(bring, 0), (bring, 1), (judge, 0), (judge, 1), *((deal_with, n) for n in range(4))]
    threads = [threading.Thread(target=work, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    judge(0)
    assert len(done) == len(jobs), "nobody was turned away"
    assert models.Case.objects.count() == 4 + 2 * letters_each
    assert models.OutboxItem.objects.filter(purpose="reply").count() == 4
    end = late + minutes(3)
    assert [v.what for verdict in invariants.ask_all(now=end) if verdict.code != "P3" for v in verdict.violations] == []


# ── the watch, case by case ──────────────────────────────────────────────────


def test_a_locked_database_is_nothing_a_case_did(
    cast: Cast, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_complaint(cast, at=monday_ten)
    second = a_complaint(cast, at=monday_ten + minutes(1), sender="ines@quill.example")
    real = desk_rounds.wake
    now = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)

    def locked(case: int, **given: object) -> bool:
        if case == first.pk:
            raise OperationalError("database is locked")
        return real(case, **given)  # type: ignore[arg-type]

    def all_locked(**_: object) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(desk_rounds, "wake_all", all_locked)
    monkeypatch.setattr(desk_rounds, "wake", locked)
    assert rounds.wake_due(now=now) == 1
    second.refresh_from_db()
    assert second.alarms.exists()
    first.refresh_from_db()
    assert first.crashed_until is None
    while second.wakes_at is not None and second.wakes_at <= now:
        assert rounds.wake_due(now=now) > 0
        second.refresh_from_db()
    with pytest.raises(OperationalError):
        rounds.wake_due(now=now)
    monkeypatch.undo()
    assert rounds.wake_due(now=now) == 1


def test_a_database_that_fails_in_the_middle_of_a_case_sets_nobody_aside(
    cast: Cast, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = a_complaint(cast, at=monday_ten)

    def restarting(_: Sequence[models.Case]) -> object:
        raise OperationalError("the database is restarting")

    monkeypatch.setattr("makegood.desk.facts.all_cases", restarting)
    with pytest.raises(OperationalError):
        desk_rounds.wake(complaint.pk, now=datetime(2026, 3, 4, 15, 0, tzinfo=UTC))
    complaint.refresh_from_db()
    assert complaint.crashed_until is None
    assert not models.Notice.objects.filter(kind="watch.failed").exists()
