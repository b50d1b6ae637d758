"""F-10: a letter that crashes the reader is a case with an owner and a clock after three tries; the others go on."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError

from makegood.desk import models
from makegood.desk.actions import ledger
from makegood.intake.judging import judge_next, judge_waiting
from makegood.intake.mail import judgement
from makegood.intake.mail.smtp_door import SmtpDoor
from tests.intake.desk import HOUR, MINUTE, case_of, hand_in
from tests.intake.letters import HELP, letter

State = models.InboxItem.State


def _break_for(item: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = judgement.at_hand

    def broken(found: models.InboxItem, *rest: Any, **more: Any) -> Any:
        if found.pk == item:
            raise RecursionError("the poison")
        return sound(found, *rest, **more)

    monkeypatch.setattr(judgement, "at_hand", broken)


def test_a_letter_that_breaks_the_reader_three_times_becomes_a_case_and_the_others_go_on(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = hand_in(letter(headers={"X-Poison": "yes"}), now=monday_ten)[0]
    hand_in(letter(message_id="<sound@quiet.example>", sender="ann@calm.example"), now=monday_ten + MINUTE)
    _break_for(poison.pk, monkeypatch)
    now = monday_ten + MINUTE
    assert judge_next(now=now) and judge_next(now=now)
    assert models.Case.objects.count() == 1, "the sound letter did not wait for the other"
    for _ in range(2):
        now += 2 * MINUTE
        assert judge_next(now=now)
    poison.refresh_from_db()
    case = case_of(poison)
    assert (poison.state, poison.code) == (State.QUARANTINED, "unreadable")
    assert case.quarantined and case.wakes_at is not None and str(poison.pk) in poison.why
    assert not judge_next(now=now + HOUR)


def test_a_letter_that_kills_the_process_three_times_is_not_read_a_fourth_time(cast: Any, monday_ten: datetime) -> None:
    item = hand_in(letter(), now=monday_ten)[0]
    for hour in range(3):
        assert ledger.claim(now=monday_ten + hour * HOUR) is not None  # and then the process dies
    assert judge_next(now=monday_ten + 4 * HOUR)
    item.refresh_from_db()
    assert (item.state, item.code) == (State.QUARANTINED, "unreadable")


def test_a_busy_database_never_makes_a_letter_poison(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = hand_in(letter(), now=monday_ten)[0]

    def locked(_: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(judgement, "judge", locked)
        for minute in range(10):
            assert judge_next(now=monday_ten + minute * MINUTE)
    assert judge_next(now=monday_ten + HOUR)
    item.refresh_from_db()
    assert item.state == State.JOINED


@pytest.fixture
def poisonous(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that a magic header crashes."""
    sound = judgement.at_hand

    def read(item: models.InboxItem, *rest: Any, **more: Any) -> Any:
        if b"X-Poison: yes" in bytes(item.raw.body):
            raise MemoryError("a parser nobody foresaw this of")
        return sound(item, *rest, **more)

    monkeypatch.setattr(judgement, "at_hand", read)


@pytest.fixture
def door(committed: None, cast: Any, monday_ten: datetime) -> Iterator[SmtpDoor]:
    """Our listener."""
    found = SmtpDoor(host="127.0.0.1", port=0, now=lambda: monday_ten)
    found.start()
    yield found
    found.stop()


def test_in_a_batch_from_outside_two_poisonous_letters_stop_none_of_the_others(
    door: SmtpDoor, poisonous: None, monday_ten: datetime
) -> None:
    with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as client:
        for number in range(9):
            headers = {"X-Poison": "yes"} if number in (0, 4) else {}
            raw = letter(f"Matter {number}.", message_id=f"<{number}@calm.example>", headers=headers)
            client.sendmail(f"n{number}@calm.example", [HELP], raw.replace(b"rosa@quiet", b"n%d@calm" % number))
    now = monday_ten
    while judge_waiting(now):
        pass
    assert models.Case.objects.count() == 7, "the others went on at once"
    for _ in range(3):
        now += 2 * MINUTE
        while judge_waiting(now):
            pass
    poison = models.InboxItem.objects.filter(code="unreadable")
    assert [item.state for item in poison] == [State.QUARANTINED] * 2
    for item in poison:
        case = case_of(item)
        assert case.owner_id and case.open and case.wakes_at is not None
        assert b"X-Poison" in bytes(item.raw.body), "the original is kept"
        assert case.promises.filter(kind="quarantine", outstanding=True).exists()
    assert not models.InboxItem.objects.filter(state=State.STORED).exists()
