"""Everything that somebody outside asks of a desk, asked again where its answer was lost; the oven forks it."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from makegood.desk import crashpoints, models
from makegood.desk.actions import alarms, cases, contacts, handoffs, letters, notes
from makegood.desk.queries import invariants
from makegood.intake.judging import judge_waiting
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.rules.refusals import Refusal
from makegood.watch import rounds
from makegood.watch.delivery import Post
from makegood.watch.smtp_line import server
from tests.crashes import faults
from tests.crashes.the_end import the_end
from tests.intake.letters import HELP, ROSA, letter

Say = Callable[..., None]
BEGIN = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday, ten o'clock in Chicago."""
TRIES = 3


def ask(task: dict[str, Any], say: Say) -> None:
    """Live through a case; at each step lose the answer to its COMMIT, or the database, if the task says so."""
    desk = _Desk(task, say)
    for name, step in desk.steps():
        desk.do(name, step)
    desk.rest()
    verdicts = invariants.ask_all(now=BEGIN + timedelta(days=4))
    say(broken=[f"{v.code} {x.what}" for v in verdicts for x in v.violations])
    Path(task["home"], "end.json").write_text(json.dumps(the_end(), default=str), "utf-8")


class _Desk:
    def __init__(self, task: dict[str, Any], say: Say) -> None:
        self._say, self._fault = say, task.get("fault", "")
        self._post = Post(server(task["mail"]))
        self.now = BEGIN
        self.door = SmtpDoor(host="127.0.0.1", port=0, now=lambda: self.now)
        self.door.start()

    def steps(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            ("a letter over SMTP", self._hand_in),
            ("judging it", self._judge),
            ("sending the acknowledgement", self._deliver),
            ("a reply", self._reply),
            ("sending the reply", self._deliver),
            ("the customer's form", self._form),
            ("a note", self._note),
            ("an offer", lambda: handoffs.offer(self._case, to=self._other, by=self._owner, note="?", now=self.now)),
            ("a promise that breaks", self._wait),
            ("word of it", lambda: rounds.tell_people(now=self.now)),
            ("sending word", self._deliver),
            ("I have it", lambda: alarms.acknowledge(self._case, by=self._owner, now=self.now)),
            ("another reply", lambda: self._reply("Here is the date.")),
            ("sending it", self._deliver),
            ("closing", lambda: cases.close(self._case, by=self._owner, now=self.now)),
        ]

    def do(self, name: str, step: Callable[[], object]) -> None:
        """Do a step as whoever asks for it does: again, until he hears that it is done or why it can't be."""
        self.now += timedelta(minutes=10)
        self._strike()
        failed = 0
        for _ in range(TRIES):
            try:
                step()
                break
            except Refusal as refused:
                # It is done already, and he is told so.
                self._say(refused=f"{name}: {refused.code}")
                break
            except (DatabaseError, InterfaceError, smtplib.SMTPException):
                failed += 1
                connection.close()
        crashpoints.listen(None)
        self._say(step=name, failed=failed)

    def rest(self) -> None:
        """Let what lies under a lease come out of it, and stop."""
        self.now += timedelta(minutes=10)
        self._deliver()
        self.door.stop()

    def _strike(self) -> None:
        if self._fault == "cut":
            faults.cut()
        elif self._fault == "restart":
            crashpoints.listen(crashpoints.striking("record.after_journal", _end_the_connection))

    @property
    def _case(self) -> int:
        return models.Case.objects.get().pk

    @property
    def _owner(self) -> models.Staff:
        return models.Case.objects.get().owner

    @property
    def _other(self) -> models.Staff:
        agents = models.Staff.objects.filter(role="agent", team=models.Case.objects.get().team, is_active=True)
        return agents.exclude(pk=self._owner.pk).order_by("pk")[0]

    def _note(self) -> None:
        # A note has no key of its own: whoever saw no answer looks first whether it is there.
        if not models.Note.objects.exists():
            notes.add(self._case, text="She called.", by=self._owner, now=self.now)

    def _hand_in(self) -> None:
        with smtplib.SMTP("127.0.0.1", self.door.port, timeout=20) as client:
            client.sendmail(ROSA, [HELP], letter())

    def _judge(self) -> None:
        # The judge swallows what the database says, and comes back by itself a little later.
        for now in (self.now, self.now + timedelta(minutes=2)):
            while judge_waiting(now=now):
                pass
            connection.close()

    def _deliver(self) -> None:
        while rounds.deliver_one("worker", now=self.now, post=self._post):
            pass

    def _reply(self, text: str = "We look into it.") -> None:
        seen = models.Contact.objects.filter(direction="in").latest("pk")
        head = models.Entry.objects.filter(name="contact.received", facts__contact=seen.pk).values_list(
            "seq", flat=True
        )
        letters.reply(
            self._case, by=self._owner, text=text, kinds=["answer"], seen=head[0], confirmed=True, now=self.now
        )

    def _form(self) -> None:
        link = models.Link.objects.filter(purpose=models.Link.Purpose.PAGE).order_by("pk")[0]
        contacts.write_from_page(link, text="And the zip?", once="the-form", now=self.now)

    def _wait(self) -> None:
        self.now = max(self.now, BEGIN + timedelta(days=2))
        while rounds.wake_due(now=self.now):
            pass


def _end_the_connection() -> None:
    """The database restarts in the middle of a transaction."""
    crashpoints.listen(None)
    if connection.vendor != "postgresql":
        raise OperationalError("the database is restarting")
    raw = connection.connection
    given = {**connection.get_connection_params()}
    kept = {key: given[key] for key in ("dbname", "user", "password", "host", "port") if key in given}
    with psycopg.connect(**kept, autocommit=True) as other, suppress(psycopg.Error):
        other.execute("SELECT pg_terminate_backend(%s)", [raw.info.backend_pid])
