"""The restore drill, as its processes live it: a night up to the copy, a lost morning, the restore, the day after.

A process of its own for each part, on a house in a folder; `tests/crashes/oven.py` forks them.
"""

from __future__ import annotations

import contextlib
import json
import smtplib
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from makegood.config import SettingError
from makegood.desk import models
from makegood.desk.actions import contacts, letters
from makegood.desk.queries import invariants
from makegood.intake.judging import judge_waiting
from makegood.intake.mail import imap_door
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.server import backup, restore
from makegood.watch import rounds
from makegood.watch.delivery import Post
from makegood.watch.smtp_line import server
from tests.crashes import faults
from tests.crashes.day import BEGIN, with_a_file
from tests.crashes.the_end import the_end
from tests.intake.letters import HELP

Say = Callable[..., None]
NIGHT = BEGIN + timedelta(hours=10)
"""Two in the morning, as it were: when the copy is made."""
MORNING = NIGHT + timedelta(hours=7, minutes=14)


def until_the_copy(task: dict[str, Any], say: Say) -> None:
    """Letters came and were acknowledged; a reply and an alarm's mail wait in the outbox when the copy is made."""
    _hand_in(with_a_file())
    _fetch(task, NIGHT - timedelta(hours=3))
    _deliver(task, NIGHT - timedelta(hours=3))
    case = models.Case.objects.order_by("pk")[0]
    letters.reply(
        case.pk, by=case.owner, text="We send you a tent.", kinds=["answer"], now=NIGHT - timedelta(minutes=1)
    )
    rounds.fly_canary(now=NIGHT - timedelta(minutes=1))
    rounds.tell_people(now=NIGHT - timedelta(minutes=1))
    rounds.seal(now=NIGHT)
    waiting = models.OutboxItem.objects.filter(state="waiting").values_list("purpose", flat=True)
    say(waiting=sorted(waiting))
    say(cases=sorted(models.Case.objects.values_list("pk", "number")))
    back_up(task, say)


def back_up(task: dict[str, Any], say: Say) -> None:
    """Make a copy."""
    now = datetime.fromisoformat(task["now"]) if "now" in task else NIGHT
    copy = backup.make(Path(task["copy"]), now=now)
    say(files=copy.files, missing=copy.missing)


def lost_morning(task: dict[str, Any], say: Say) -> None:
    """What waited goes out; letters come into the mailbox and over SMTP; another day is sealed. All of it is lost."""
    _deliver(task, NIGHT + timedelta(minutes=5))
    _fetch(task, NIGHT + timedelta(hours=2))
    _hand_in(b"From: lost@gone.example\r\nSubject: Only here\r\n\r\nThis came over SMTP in the lost hours.\r\n")
    _judge(NIGHT + timedelta(hours=3))
    _deliver(task, NIGHT + timedelta(hours=3))
    rounds.seal(now=NIGHT + timedelta(hours=3))
    rounds.beat_heart(now=NIGHT + timedelta(hours=7))
    say(cases=sorted(models.Case.objects.values_list("pk", "number")))


def show_life(_: dict[str, Any], __: Say) -> None:
    """The watch goes by."""
    rounds.beat_heart(now=NIGHT)


def put_back(task: dict[str, Any], say: Say) -> None:
    """Restore the copy."""
    try:
        done = restore.restore(Path(task["copy"]), now=datetime.fromisoformat(task["now"]))
    except SettingError as error:
        say(refused=str(error))
        return
    say(gap=done.gap.told(), aside=[path.name for path in done.aside])


def day_after(task: dict[str, Any], say: Say) -> None:
    """Read the mailbox by the copy's cursor, and go on working for two hours."""
    for minutes in (1, 6, 11, 60, 120):
        now = MORNING + timedelta(minutes=minutes)
        _fetch(task, now)
        while rounds.wake_due(now=now):
            pass
        rounds.tell_people(now=now)
        _deliver(task, now)
    rounds.seal(now=now)
    Path(task["home"], "end.json").write_text(json.dumps(the_end(), default=str), "utf-8")
    examine({**task, "now": now.isoformat()}, say)
    say(
        house=list(models.Entry.objects.filter(case=None).order_by("seq").values_list("name", "facts")),
        notices=list(models.Notice.objects.filter(kind="backup.restored").values_list("staff__role", flat=True)),
        mails=list(models.OutboxItem.objects.values_list("message_id", "purpose", "state")),
        subjects=sorted(models.Contact.objects.filter(direction="in").values_list("subject", flat=True)),
        cases=sorted(models.Case.objects.values_list("pk", "number")),
    )


def examine(task: dict[str, Any], say: Say) -> None:
    """Ask P1 to P8, and whether every file that the record names is there."""
    verdicts = invariants.ask_all(now=datetime.fromisoformat(task["now"]))
    say(broken=[f"{v.code} {x.case} {x.what}" for v in verdicts for x in v.violations])
    named = models.Attachment.objects.values_list("stored_as", flat=True)
    say(lost=[name for name in named if not Path(task["home"], "attachments", name).exists()])
    say(cases=models.Case.objects.count())


def write_on(task: dict[str, Any], say: Say) -> None:
    """Take letters with files in, one after the other, while copies are made by another thread."""
    stopping, writing = threading.Event(), threading.Event()

    def copy() -> None:
        for number in range(int(task["copies"])):
            writing.wait()
            writing.clear()
            backup.make(Path(f"{task['copy']}{number}"), now=BEGIN + timedelta(hours=1))
        connection.close()
        stopping.set()

    thread = threading.Thread(target=copy)
    thread.start()
    door, number = contacts.page_door(), 0
    while not stopping.is_set():
        number += 1
        writing.set()
        picture = contacts.File(name="it.png", declared_type="image/png", content=b"\x89PNG" * number)
        message = contacts.Incoming(
            received_at=BEGIN, from_address=f"w{number}@many.example", subject="It broke", text="It.", files=(picture,)
        )
        contacts.open_case(message, door=door, item=None, now=BEGIN + timedelta(seconds=number))
    thread.join()
    say(written=number)


def migrate(task: dict[str, Any], say: Say) -> None:
    """Bring the database up to date, and die before a statement if the task says which."""
    if task.get("dies_at"):
        connection.execute_wrappers.append(_Dying(int(task["dies_at"])))
    counting = _Counting()
    with connection.execute_wrapper(counting):
        call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        columns = {t: sorted(c.name for c in connection.introspection.get_table_description(cursor, t)) for t in tables}
        constraints = {t: len(connection.introspection.get_constraints(cursor, t)) for t in tables}
    say(statements=counting.count)
    say(rows=models.Entry.objects.count())
    Path(task["home"], "schema.json").write_text(json.dumps([columns, constraints], sort_keys=True), "utf-8")


class _Counting:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *words: Any) -> Any:
        self.count += 1
        return execute(*words)


class _Dying(_Counting):
    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def __call__(self, execute: Any, *words: Any) -> Any:
        if self.count + 1 == self._at:
            faults.kill()
        return super().__call__(execute, *words)


def _hand_in(raw: bytes) -> None:
    door = SmtpDoor(host="127.0.0.1", port=0, now=lambda: BEGIN)
    door.start()
    try:
        with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as client:
            client.sendmail("ivo@else.example", [HELP], raw)
    finally:
        door.stop()
    _judge(BEGIN)


def _fetch(task: dict[str, Any], now: datetime) -> None:
    with contextlib.suppress(imap_door.MailboxTrouble):
        imap_door.poll(task["mailbox"], now)
    _judge(now)


def _judge(now: datetime) -> None:
    while judge_waiting(now=now):
        pass


def _deliver(task: dict[str, Any], now: datetime) -> None:
    post = Post(server(task["mail"]))
    while rounds.deliver_one("worker", now=now, post=post):
        pass
