"""A small day of the house, in steps that may each be done again: what a child of the crash matrix lives through.

Mail comes by SMTP and from a mailbox, is judged and acknowledged; the owner replies with a date; the customer
writes on his page, with a file; promises break and people are told; the day is sealed and a canary flies.
Whoever is outside (the sender's server, the owner before his form) tries again when he heard of no success.
"""

from __future__ import annotations

import contextlib
import json
import smtplib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from makegood.desk import crashpoints, models
from makegood.desk.actions import alarms, contacts, letters
from makegood.desk.actions.promises import Words
from makegood.desk.queries import invariants
from makegood.intake.judging import judge_waiting
from makegood.intake.mail import imap_door
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.watch import rounds
from makegood.watch.delivery import Post
from makegood.watch.smtp_line import server
from tests.crashes import faults
from tests.crashes.the_end import the_end
from tests.intake.letters import GRACE, HELP, ROSA, letter

Say = Callable[..., None]
BEGIN = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday, ten o'clock in Chicago."""
IVO = "ivo@else.example"
TRIES = 3
PICTURE = (
    "--b\r\nContent-Type: text/plain\r\n\r\nThe seam of my tent opened in the rain.\r\n"
    "--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=seam.png\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
)


def with_a_file() -> bytes:
    """Return a letter with a picture."""
    head = (
        f"From: Ivo Brandt <{IVO}>\r\nTo: {HELP}\r\nSubject: The tent\r\nMessage-ID: <two@else.example>\r\n"
        'Date: Mon, 02 Mar 2026 15:58:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n'
    )
    return f"{head}\r\n{PICTURE}".encode()


def furnish(task: dict[str, Any], _: Say) -> None:
    """Fill an empty database with the cast; the task may name another policy than the demo's."""
    from django.core.management import call_command

    from makegood.demo import cast

    call_command("migrate", verbosity=0)
    cast.load(now=BEGIN, password=None, policy=task.get("policy"))


def live(task: dict[str, Any], say: Say) -> None:
    """Live the day, broken at a place if the task names one; says what the record adds up to in the end."""
    live_as(Day(task, say), task, say)


def live_as(day: Day, task: dict[str, Any], say: Say) -> None:
    """Live this day."""
    if task.get("moment"):
        day.now = datetime.fromisoformat(task["moment"])
        say(broken=day.broken_promises())
    if not task.get("crash_in"):
        day.break_at(task.get("crash_at", ""), task.get("fault", ""))
    day.live()
    crashpoints.listen(None)
    say(promises=day.broken_promises())
    Path(task["home"], "end.json").write_text(json.dumps(day.end(), default=str), "utf-8")


class Day:
    """The day as one process lives it. `say` tells the outside world what is true from now on, whatever comes."""

    def __init__(self, task: dict[str, Any], say: Say) -> None:
        self._task, self._say = task, say
        self._heard: set[str] = set(task.get("heard", []))
        self._post = Post(server(task["mail"]))
        self._struck = self._fault_over = False
        self._fault = ""
        self.now = BEGIN

    # ── breaking ────────────────────────────────────────────────────────────

    def break_at(self, where: str, fault: str) -> None:
        """Break at this place; without one, tell which places are passed."""
        self._fault = fault
        if where:
            crashpoints.listen(crashpoints.striking(where, self._strike))
        elif self._task.get("tells_places"):
            crashpoints.listen(lambda name: self._say(passed=name))

    def break_in(self, step: str) -> None:
        """Break from here on, if this is the step in which the task wants it broken."""
        if self._task.get("crash_in") == step and not self._struck:
            self.break_at(self._task.get("crash_at", ""), self._task.get("fault", ""))

    def _strike(self) -> None:
        self._say(struck=self._fault)
        self._struck = True
        faults.STRIKES[self._fault]()

    def broken_promises(self) -> list[str]:
        """Return what the doctor finds of P1 to P8 at this moment."""
        verdicts = invariants.ask_all(now=self.now)
        return [f"{v.code} {x.case} {x.what}" for v in verdicts for x in v.violations]

    def end(self) -> dict[str, Any]:
        """Return what must be the same however often the day was broken."""
        return the_end()

    # ── the steps ───────────────────────────────────────────────────────────

    def live(self) -> None:
        """Do every step at its moment; one that fails is done again, as loops and people do."""
        with contextlib.ExitStack() as stack:
            self._port = stack.enter_context(self._door())
            for at, step in self._steps():
                self._do(at, step)

    def _steps(self) -> Iterator[tuple[datetime, Callable[[], None]]]:
        minute = timedelta(minutes=1)
        for at, step in (
            (0, self._letters_come),
            (1, self._judge),
            (2, self._fetch),
            (3, self._judge),
            (5, self._letters_come),
            (6, self._judge),
            (6, self._deliver),
            (9, self._deliver),
            (30, self._reply),
            (31, self._deliver),
            (34, self._deliver),
            (35, self._seal),
            (40, self._write_on_the_page),
            (41, self._fly_canary),
            (42, self._deliver),
            (62, self._fly_canary),
        ):
            # What happens by itself once a day is not made up for on the next.
            if step not in (self._seal, self._fly_canary) or self.now < BEGIN + timedelta(hours=12):
                yield BEGIN + at * minute, step
        yield from self._watch_until(BEGIN + timedelta(hours=26))
        yield self.now, self._have_it
        yield from self._watch_until(BEGIN + timedelta(hours=28))
        yield BEGIN + timedelta(hours=29), self._deliver

    def _do(self, at: datetime, step: Callable[[], None]) -> None:
        # Time never goes back, not even for one who lives the day a second time.
        self.now = max(self.now, at)
        self._say(moment=self.now.isoformat())
        for tries_left in reversed(range(TRIES)):
            try:
                step()
                failed = False
            except (DatabaseError, OSError, faults.BrokenError):
                failed = True
                if not tries_left:
                    raise
                # As every loop does.
                connection.close()
            if self._struck and not self._fault_over:
                faults.make_room()
                self._fault_over = True
                connection.close()
                self._say(broken=self.broken_promises())
            if not failed:
                return

    def _watch_until(self, end: datetime) -> Iterator[tuple[datetime, Callable[[], None]]]:
        while True:
            cases = models.Case.objects.exclude(wakes_at=None).values_list("wakes_at", "crashed_until")
            due = min((max(filter(None, times)) for times in cases), default=None)
            if due is None or due > end:
                return
            yield due, self._wake
            yield due, self._tell
            yield due, self._deliver
            yield due + timedelta(minutes=3), self._deliver

    @contextlib.contextmanager
    def _door(self) -> Iterator[int]:
        door = SmtpDoor(host="127.0.0.1", port=0, now=lambda: self.now)
        door.start()
        try:
            yield door.port
        finally:
            door.stop()

    def _letters_come(self) -> None:
        for name, sender, to, raw in (
            ("rosa", ROSA, [HELP, GRACE], letter(to=f"{HELP}, {GRACE}")),
            ("ivo", IVO, [HELP], with_a_file()),
        ):
            if name in self._heard:
                continue
            with contextlib.suppress(smtplib.SMTPException, OSError):
                with smtplib.SMTP("127.0.0.1", self._port, timeout=20) as client:
                    client.sendmail(sender, to, raw)
                self._heard.add(name)
                self._say(heard=name)

    def _judge(self) -> None:
        while judge_waiting(now=self.now):
            pass

    def _fetch(self) -> None:
        if self._task.get("mailbox"):
            imap_door.poll(self._task["mailbox"], self.now)

    def _deliver(self) -> None:
        while rounds.deliver_one("worker", now=self.now, post=self._post):
            pass

    def _rosas(self) -> models.Case:
        return models.Case.objects.get(
            contacts__from_address=ROSA, contacts__direction="in", contacts__item__way="smtp"
        )

    def _reply(self) -> None:
        """The owner sends his form; if no page comes back, he sends the same form again."""
        if "reply" in self._heard:
            return
        case = self._rosas()
        seen = case.journal.filter(name="contact.received").order_by("seq").values_list("seq", flat=True)[0]
        says = [Words(words="A new buckle by Thursday", due_at=BEGIN + timedelta(days=3))]
        letters.reply(
            case.pk, by=case.owner, text="We send you a buckle.", kinds=["promise"], says=says, seen=seen, now=self.now
        )
        self._heard.add("reply")
        self._say(heard="reply")

    def _write_on_the_page(self) -> None:
        if "page" in self._heard:
            return
        case = models.Case.objects.get(contacts__from_address=IVO, contacts__item__way="smtp")
        link = models.Link.objects.filter(case=case, purpose=models.Link.Purpose.PAGE).order_by("pk")[0]
        picture = contacts.File(name="again.png", declared_type="image/png", content=b"\x89PNG and the rest")
        contacts.write_from_page(link, text="Here is another picture.", files=[picture], once="the-form", now=self.now)
        self._heard.add("page")
        self._say(heard="page")

    def _have_it(self) -> None:
        ringing = models.Case.objects.filter(alarms__over_at=None, alarms__isnull=False).distinct().order_by("pk")
        for case in ringing:
            alarms.acknowledge(case.pk, by=case.owner, now=self.now)

    def _wake(self) -> None:
        while rounds.wake_due(now=self.now):
            pass

    def _tell(self) -> None:
        rounds.tell_people(now=self.now)

    def _seal(self) -> None:
        rounds.seal(now=self.now)

    def _fly_canary(self) -> None:
        rounds.fly_canary(now=self.now)
