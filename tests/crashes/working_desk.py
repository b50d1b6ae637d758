"""A desk at work, to be killed at any moment: the mail door, judging, the watch, word, delivery, and its people."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef

from makegood.config import clock
from makegood.desk import crashpoints, models
from makegood.desk.actions import alarms, letters
from makegood.desk.actions.outbox import BACK_OFF
from makegood.desk.queries import invariants
from makegood.intake.judging import judge_waiting
from makegood.intake.mail import loops as intake_loops
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.rules.refusals import Refusal
from makegood.watch import loop as watch_loop
from makegood.watch import rounds
from makegood.watch.delivery import Post
from makegood.watch.smtp_line import server
from tests.crashes import callers, money
from tests.crashes.amends import make_good

Say = Callable[..., None]
SPEED = 60.0
"""How much faster time goes here: a second is a minute, for the clock on the wall and the one that only runs on."""
TOKEN = re.compile(rb"letter-\d{6}")
_real = time.monotonic


def work(task: dict[str, Any], say: Say) -> None:
    """Work until killed, or for so many seconds."""
    begun, base = _real(), datetime.fromisoformat(task["now"])
    watch_loop.monotonic = lambda: _real() * SPEED
    watch_loop.PAUSE = 0.02
    now = lambda: base + timedelta(seconds=(_real() - begun) * SPEED)  # noqa: E731
    crashpoints.listen(_at_the_first_of(task["crash_at"].split(), say))
    with clock.reading(now):
        door = SmtpDoor(host="127.0.0.1", port=task["port"], lmtp=task["lmtp"], now=now)
        judging = intake_loops.Loop("judge", lambda now: bool(judge_waiting(now)), every=0.02)
        people = intake_loops.Loop("people", _work_as_people_do, every=0.03)
        amends = intake_loops.Loop("amends", partial(_make_good, say, itertools.count(1)), every=0.03)
        rounds_ = watch_loop.Loops(post=Post(server(task["mail"])), now=now)
        calling = intake_loops.Loop("callers", callers.deal_with, every=0.03)
        for part in (door, judging, people, amends, calling, rounds_):
            part.start()
        say(open=True)
        threading.Event().wait(task["seconds"])


def _at_the_first_of(places: list[str], say: Say) -> Callable[[str], None]:
    """Return what kills this process at whichever of these places is reached first; it says where, and what is done."""

    def die(place: str) -> None:
        say(dies=place)
        os.kill(os.getpid(), signal.SIGKILL)

    each = [crashpoints.striking(place, partial(die, place)) for place in places]
    busy: list[str] = []

    def passed(name: str) -> None:
        if not busy:
            busy.append(name)
            say(busy=name)
        for listener in each:
            listener(name)

    return passed


def _work_as_people_do(now: datetime) -> bool:
    """The owner of the oldest unanswered case replies; whoever's bell rings says that he has it."""
    with suppress(Refusal):
        unanswered = models.Case.objects.filter(open=True, ball="us", quarantined=False)
        # Every third customer waits in vain, so that bells ring.
        answered = Exists(models.Contact.objects.filter(case=OuterRef("pk"), direction="out"))
        case = unanswered.annotate(third=F("pk") % 3).exclude(third=0).exclude(answered).order_by("pk").first()
        if case is not None:
            text = f"About {case.subject}: a new one is on its way to you."
            letters.reply(case.pk, by=case.owner, text=text, kinds=["answer"], seen=case.head_seq, now=now)
            return True
        ringing = models.Alarm.objects.filter(over_at=None, case__open=True).order_by("pk").first()
        if ringing is not None:
            alarms.acknowledge(ringing.case_id, by=ringing.case.owner, now=now)
            return True
    return False


def _make_good(say: Say, steps: Iterator[int], now: datetime) -> bool:
    """Those who give remedies, who approve, who choose and who redeem are at work beside those who answer."""
    with suppress(Refusal):
        if make_good(now, say):
            say(amended=next(steps))
            return True
    return False


#: A mail that was begun five times, by desks that died over it, waits for the last and longest back-off.
STEPS = [timedelta(minutes=5)] * 24 + [timedelta(minutes=max(BACK_OFF) / 4)] * 5


def settle(task: dict[str, Any], say: Say) -> None:
    """Let everything come to rest until the longest wait is over; then say what the record adds up to."""
    now = datetime.fromisoformat(task["now"])
    post = Post(server(task["mail"]))
    for step in STEPS:
        now += step
        while judge_waiting(now=now):
            pass
        while rounds.wake_due(now=now):
            pass
        money.settle(now)
        while rounds.tell_people(now=now):
            # A mail holds fifty alarms, and nobody gets two in a minute.
            now += timedelta(minutes=1)
        while rounds.deliver_one("settling", now=now, post=post):
            pass
    rounds.seal(now=now)
    say(now=now.isoformat())
    Path(task["home"], "found.json").write_text(json.dumps(found(now), default=str), "utf-8")
    connection.close()


def found(now: datetime) -> dict[str, Any]:
    """Return what the record says: the ledger by letter, the outbox by Message-ID, and P1 to P8."""
    verdicts = invariants.ask_all(now=now)
    places: dict[str, list[str]] = {}
    for body, state, code in models.RawItem.objects.values_list("body", "item__state", "item__code"):
        token = TOKEN.search(bytes(body))
        if token:
            places.setdefault(token[0].decode(), []).append(f"{state} {code}".strip())
    contacts: dict[str, int] = {}
    for subject in models.Contact.objects.filter(direction="in").values_list("subject", flat=True):
        contacts[subject] = contacts.get(subject, 0) + 1
    mails = models.OutboxItem.objects.values_list("message_id", "purpose", "state", "attempts", "to_address", "contact")
    replies = models.Contact.objects.filter(direction="out").values_list("case", "text")
    return {
        "broken": [f"{v.code} {x.case} {x.what}" for v in verdicts for x in v.violations],
        "places": places,
        "contacts": contacts,
        "mails": {
            mid: dict(zip(("purpose", "state", "attempts", "to", "contact"), r, strict=True)) for mid, *r in mails
        },
        "replies": len(replies),
        "different replies": len(set(replies)),
        "cases": models.Case.objects.count(),
        "alarms": models.Alarm.objects.count(),
        **money.found(),
        **callers.found(),
        "entries": models.Entry.objects.count(),
    }
