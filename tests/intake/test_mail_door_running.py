"""The mail door as a running desk has it: a letter handed in is a case a moment later, without being asked."""

from __future__ import annotations

import smtplib
import threading
from datetime import datetime
from typing import Any

import pytest

from makegood.config import SettingError, clock
from makegood.desk import models
from makegood.intake.mail import loops
from makegood.intake.mail.loops import Loop, MailDoor
from tests.intake.letters import HELP, ROSA, letter
from tests.servers.dovecot import free_port


@pytest.mark.usefixtures("committed")
def test_a_letter_is_judged_as_soon_as_it_is_stored(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("MAKEGOOD_SMTP_PORT", str(port))
    # So that only the nudge of the listener can be what wakes the judge.
    monkeypatch.setattr(loops, "JUDGE_EVERY", 3600.0)
    judged = threading.Event()
    sound = loops.judge_waiting

    def judge(now: datetime) -> int:
        did = sound(now)
        if did:
            judged.set()
        return did

    monkeypatch.setattr(loops, "judge_waiting", judge)
    with clock.reading(lambda: monday_ten):
        door = MailDoor()
        door.start()
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=20) as smtp:
                smtp.sendmail(ROSA, [HELP], letter())
            assert judged.wait(20)
        finally:
            door.stop()
    assert models.Case.objects.get().subject == "Broken buckle"
    assert models.Heartbeat.objects.get(name="judge").at == monday_ten


@pytest.mark.usefixtures("committed")
def test_a_loop_whose_work_fails_says_so_and_goes_on(monday_ten: datetime) -> None:
    rounds_gone = threading.Semaphore(0)
    fails = iter([True, False])

    def work(_: datetime) -> bool:
        rounds_gone.release()
        if next(fails, False):
            raise ValueError("a letter's words")
        return False

    loop = Loop("judge", work, every=0.01)
    with clock.reading(lambda: monday_ten):
        loop.start()
        for _ in range(4):
            assert rounds_gone.acquire(timeout=20)
        loop.stop()
    beat = models.Heartbeat.objects.get(name="judge")
    assert (beat.at, beat.trouble) == (monday_ten, "")


def test_a_mailbox_that_cannot_be_meant_is_refused_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_IMAP_URL", "imaps://u:p@mail.example/ pop3://u:p@mail.example/")
    with pytest.raises(SettingError):
        MailDoor()


def test_port_0_closes_the_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_SMTP_PORT", "0")
    assert MailDoor().listener is None
