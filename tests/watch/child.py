"""A process of its own for the tests: it walks the watch's rounds on a database in a file, and may be killed.

python tests/watch/child.py prepare CASES      an empty MAKEGOOD_HOME becomes a house with so many complaints
python tests/watch/child.py watch MOMENT       says "ready", waits for a line, wakes all that is due
python tests/watch/child.py loops UNTIL        the real loops, until all is told, or while a mail is being sent
python tests/watch/child.py state              prints what the record adds up to
"""
# ruff: noqa: E402, T201  (Django comes first, and its answers are what a process prints)

import json
import os
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.server.settings"

import django

django.setup()

from django.core.management import call_command

from makegood.demo import cast as the_cast
from makegood.desk import models
from makegood.watch import rounds
from makegood.watch.loop import Loops
from tests.watch.house import a_complaint, end_state

BEGIN = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday, ten o'clock in Chicago."""


def prepare(cases: int) -> None:
    call_command("migrate", verbosity=0)
    cast = the_cast.load(now=BEGIN, password=None)
    for number in range(cases):
        a_complaint(cast, at=BEGIN + timedelta(minutes=number), sender=f"customer{number}@quill.example")


def watch(moment: datetime) -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    idle = 0
    while idle < 2:
        idle = 0 if rounds.wake_due(now=moment, limit=5) else idle + 1


def print_state() -> None:
    print(json.dumps(end_state(), default=str))


def loops(until: str) -> None:
    running, patience = Loops(), threading.Event()
    running.start()
    for _ in range(600):
        if REACHED[until]():
            break
        patience.wait(0.05)
    began = time.monotonic()
    running.stop()
    seconds = time.monotonic() - began
    print(json.dumps({"reached": REACHED[until](), "seconds": seconds, "busy": running.busy}), flush=True)


def _all_told() -> bool:
    mails = models.OutboxItem.objects
    told = models.Alarm.objects.exists() and mails.filter(purpose="notice", state="accepted").exists()
    unsent = mails.exclude(purpose__in=["canary", "notice"]).exclude(state="accepted")
    rounds_gone_by = models.Heartbeat.objects.filter(name__in=["watch", "word", "delivery", "canary"]).count() == 4
    return told and not unsent.exists() and rounds_gone_by and models.Anchor.objects.exists()


REACHED = {
    "told": _all_told,
    "sending": models.OutboxItem.objects.filter(state="sending").exists,
}


def main(what: str, *words: str) -> None:
    if what == "prepare":
        prepare(int(words[0]))
    elif what == "watch":
        watch(datetime.fromisoformat(words[0]))
    elif what == "loops":
        loops(words[0])
    elif what == "state":
        print_state()


if __name__ == "__main__":
    main(*sys.argv[1:])
