"""F-36: an older program refuses a newer database, at its start, at work and on the web; a killed migration resumes."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from makegood.config import SettingError
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.queries import schema
from makegood.intake.mail import loops as intake_loops
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.server import doctor, serving
from makegood.watch import loop as watch_loop
from makegood.watch.delivery import Outcome, Sendable
from tests.crashes.kitchen import Kitchen
from tests.intake.letters import HELP, ROSA, letter

TOMORROW = "0999_what_comes_one_day"


@pytest.fixture
def newer(cast: Cast) -> Iterator[None]:
    """A newer Makegood has changed the database."""
    MigrationRecorder(connection).record_applied("desk", TOMORROW)
    schema.forget()
    yield
    schema.forget()


def test_an_older_program_does_not_start_on_a_newer_database(newer: None) -> None:
    with pytest.raises(SettingError, match=r"A newer Makegood has changed the database \(desk\.0999_what_comes"):
        serving.prepare()


def test_the_database_of_this_program_is_no_newer_one(cast: Cast) -> None:
    schema.forget()
    schema.refuse_newer()
    schema.refuse_newer_at_work()


def test_the_doctor_names_what_an_older_program_does_not_know(newer: None, monday_ten: datetime) -> None:
    found = next(check for check in doctor.examine(now=monday_ten).checks if check.code == "migrations").found
    assert f"desk.{TOMORROW} was applied by a newer Makegood than this one" in found


def test_a_restore_that_was_begun_and_not_finished_lets_nothing_start(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    (tmp_path / "restore-is-unfinished").touch()
    with pytest.raises(SettingError, match="A restore was begun and not finished"):
        serving.prepare()


@pytest.mark.parametrize("path", ["/sign-in/", "/c/a-private-link/", "/"])
def test_at_work_an_older_web_process_shows_no_page_and_says_when_to_come_back(newer: None, path: str) -> None:
    said = Client().get(path)
    assert (said.status_code, said.headers["Retry-After"]) == (503, "30")
    assert "A newer version has just taken over" in said.content.decode()
    assert "Una versión más nueva" in Client().get(path, headers={"Accept-Language": "es"}).content.decode()
    assert Client().post(path, {"text": "Where is my tent?"}).status_code == 503


def test_a_web_process_looks_every_ten_seconds_and_not_at_every_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    seconds = [0.0]
    monkeypatch.setattr(schema, "newer", lambda: asked.append(seconds[0]) or ())
    monkeypatch.setattr(schema, "monotonic", lambda: seconds[0])
    schema.forget()
    for seconds[0] in (1.0, 2.0, 10.5, 11.5, 12.0, 30.0):
        assert Client().get("/sign-in/").status_code == 200
    assert asked == [1.0, 11.5, 30.0]


class NeverAsked:
    """A mail server that no mail may reach."""

    def send(self, mail: Sendable, **_: object) -> Outcome:
        raise AssertionError(f"{mail.message_id} went out by a program that misreads the database")

    def knows(self, message_id: str) -> bool | None:
        raise AssertionError(message_id)


def test_at_work_an_older_watch_delivery_and_judge_do_nothing_and_a_letter_stays_with_its_sender(
    newer: None, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the loop does to its connection would end the test's own transaction.
    monkeypatch.setattr(watch_loop, "connection", SimpleNamespace(vendor="sqlite", close=lambda: None))
    monkeypatch.setattr(intake_loops, "connection", SimpleNamespace(close=lambda: None))
    loops = watch_loop.Loops(post=NeverAsked(), now=lambda: monday_ten)
    for walk in loops._walks():
        went: list[str] = []
        monkeypatch.setattr(loops, "_show_failure", lambda _, error, *__, went=went: went.append(str(error)))
        monkeypatch.setattr(loops._stop, "wait", lambda *_: loops._stop.set())
        loops._stop.clear()
        loops._walk(walk)
        assert went and "A newer Makegood" in went[0], walk.name
    judged: list[datetime] = []
    judge = intake_loops.Loop("judge", lambda now: bool(judged.append(now)), every=1.0)
    assert judge._round(monday_ten) is False and judged == []


@pytest.mark.usefixtures("committed")
def test_at_work_an_older_mail_door_asks_the_sender_to_come_back(monday_ten: datetime, tmp_path: Path) -> None:
    from makegood.demo import cast

    cast.load(now=monday_ten, password=None)
    recorder = MigrationRecorder(connection)
    recorder.record_applied("desk", TOMORROW)
    schema.forget()
    door = SmtpDoor(host="127.0.0.1", port=0, now=lambda: monday_ten)
    door.start()
    try:
        with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as client, pytest.raises(smtplib.SMTPDataError) as said:
            client.sendmail(ROSA, [HELP], letter())
    finally:
        door.stop()
        recorder.record_unapplied("desk", TOMORROW)
        schema.forget()
    assert said.value.smtp_code == 451
    assert not models.InboxItem.objects.exists()


def test_a_migration_that_is_killed_anywhere_is_finished_by_the_next_start(tmp_path: Path) -> None:
    migrate = "tests.faults.drill:migrate"
    with Kitchen(tmp_path) as kitchen:
        whole = kitchen.empty("whole")
        told = kitchen.do(whole, migrate)
        assert told.code == 0, told.last("failed")
        statements = told.last("statements")
        assert statements > 100
        for dies_at in range(2, statements, statements // 6):
            with kitchen.lend(f"killed-at-{dies_at}") as home:
                assert kitchen.do(home, migrate, dies_at=dies_at).code == -9
                again = kitchen.do(home, migrate)
                assert again.code == 0, (dies_at, again.last("failed"))
                assert _schema(home) == _schema(whole), f"killed before statement {dies_at} of {statements}"


def _schema(home: Path) -> object:
    return json.loads((home / "schema.json").read_text("utf-8"))
