"""A desk that takes mail in, as a process that may be killed or run out of room; `tests/crashes/oven.py` forks it."""

from __future__ import annotations

import smtplib
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from makegood import config
from makegood.desk import crashpoints, models
from makegood.desk.queries import invariants
from makegood.intake.judging import judge_waiting
from makegood.intake.mail import imap_door, waiting_files
from makegood.intake.mail.smtp_door import SmtpDoor

Say = Callable[..., None]
BEGIN = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday, ten o'clock in Chicago."""
PATIENCE = 30.0


def take_in(task: dict[str, Any], say: Say) -> None:
    """Listen while the world sends, poll, judge; killed at a place if the task names one."""
    now = BEGIN + timedelta(minutes=task.get("minutes", 0))
    with suppress(KeyError):
        crashpoints.listen(crashpoints.striking(task["crash_at"]))
    if task.get("listens"):
        _listen(Path(task["home"], "enough"), now, say)
    if "mailbox" in task:
        try:
            say(passed=imap_door.poll(task["mailbox"], now))
        except imap_door.MailboxTrouble as trouble:
            say(trouble=str(trouble))
        except (OSError, DatabaseError) as error:
            say(trouble=type(error).__name__)
    try:
        while judge_waiting(now):
            pass
        while waiting_files.put_away_next(now):
            pass
    except (OSError, DatabaseError) as error:
        # As the loops do: they say so and try again later.
        say(judge=type(error).__name__)


def _listen(enough: Path, now: datetime, say: Say) -> None:
    door = SmtpDoor(host="127.0.0.1", port=0, now=lambda: now)
    door.start()
    say(port=door.port, enough=str(enough))
    until, pause = time.monotonic() + PATIENCE, threading.Event()
    while not enough.exists() and time.monotonic() < until:
        pause.wait(0.01)  # another process makes the file
    enough.unlink(missing_ok=True)
    door.stop()


def count(task: dict[str, Any], say: Say) -> None:
    """Say what is there, and what the doctor finds of P1, P2 and P8."""
    now = BEGIN + timedelta(minutes=task.get("minutes", 0))
    files = models.Attachment.objects.values_list("name", "stored_as")
    verdicts = invariants.ask_all(now=now)
    say(
        items=models.InboxItem.objects.count(),
        raws=models.RawItem.objects.count(),
        unjudged=models.InboxItem.objects.filter(state="stored").count(),
        states=sorted(models.InboxItem.objects.values_list("state", flat=True)),
        attempts=sorted(models.InboxItem.objects.values_list("attempts", flat=True)),
        cases=models.Case.objects.count(),
        contacts=sorted(models.Contact.objects.filter(direction="in").values_list("subject", flat=True)),
        acknowledged=models.OutboxItem.objects.filter(purpose="acknowledgement").count(),
        files=sorted([name, Path(config.home(), "attachments", at).exists()] for name, at in files),
        broken=[f"{v.code} {x.what}" for v in verdicts for x in v.violations],
    )


def hand_in(port: int, raw: bytes, *, sender: str, to: str) -> int:
    """Send a letter as a mail server would; returns what was answered in the end, 0 if nobody answered any more."""
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            client.sendmail(sender, [to], raw)
    except smtplib.SMTPResponseException as refused:
        return refused.smtp_code
    except smtplib.SMTPRecipientsRefused as refused:
        return next(iter(refused.recipients.values()))[0]
    except (smtplib.SMTPServerDisconnected, OSError):
        return 0
    return 250


def walk_until_it_fails(_: dict[str, Any], say: Say) -> None:
    """Walk the watch's round as its thread does, until it has failed six times."""
    from makegood.watch import loop

    loop.LONGEST_BACK_OFF = 0.01
    loops, went = loop.Loops(deliver=False, now=lambda: BEGIN), 0

    def go(now: datetime) -> bool:
        nonlocal went
        went += 1
        if went > 6:
            loops._stop.set()
        return loops._watch(now)

    loops._walk(loop._Walk(name="watch", go=go))
    say(went=went)


def walk_again(_: dict[str, Any], say: Say) -> None:
    """Walk it once more, by a process that knows nothing of the first."""
    from makegood.desk.queries.ledger import pulse
    from makegood.watch import loop

    loop.Loops(deliver=False, now=lambda: BEGIN)._watch(BEGIN)
    say(alive=pulse(now=BEGIN).alive)
