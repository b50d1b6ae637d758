"""A day of a house with two complaints, as a process lives it that may be killed; `tests/crashes/oven.py` forks it.

The owner's reply waits; delivery, the watch and word go round at set moments, until all is told. Whatever a
killed process left is found by the next one, which does the same day again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from makegood.demo import cast as the_cast
from makegood.desk import crashpoints, models
from makegood.watch import rounds
from makegood.watch.delivery import Post
from makegood.watch.post_office import LocalPost
from makegood.watch.smtp_line import server
from tests.watch.house import a_complaint, a_reply, deliver_all, end_state

Say = Callable[..., None]
BEGIN = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday, ten o'clock in Chicago."""


def furnish(_: dict[str, Any], __: Say) -> None:
    """Make an empty database the house, with its two complaints."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    cast = the_cast.load(now=BEGIN, password=None)
    for number in range(2):
        a_complaint(cast, at=BEGIN + timedelta(minutes=number), sender=f"customer{number}@quill.example")


def live(task: dict[str, Any], _: Say) -> None:
    """Live the day, and leave in a file what the record adds up to."""
    _die_at(task)
    post = Post(server(task["mail"]))
    case = models.Case.objects.order_by("pk")[0]
    deliver_all(post, now=BEGIN)
    if not case.contacts.filter(direction="out").exists():
        a_reply(case, at=BEGIN + timedelta(minutes=30))
    for hours in (1, 9, 28, 29, 53):
        now = BEGIN + timedelta(hours=hours)
        while rounds.wake_due(now=now):
            pass
        rounds.tell_people(now=now)
        deliver_all(post, now=now)
        deliver_all(post, now=now + timedelta(minutes=4))
    Path(task["home"], "end.json").write_text(json.dumps(end_state(), default=str), "utf-8")


def write(_: dict[str, Any], __: Say) -> None:
    """The owner answers."""
    a_reply(models.Case.objects.order_by("pk")[0], at=BEGIN + timedelta(minutes=30))


def deliver(task: dict[str, Any], say: Say) -> None:
    """Deliver what is due so many minutes after the beginning; without a server, by the post office of the machine."""
    _die_at(task)
    now = BEGIN + timedelta(minutes=task["minutes"])
    if "mail" in task:
        say(tried=deliver_all(Post(server(task["mail"])), now=now, worker=task.get("worker", "worker")))
        return
    post = LocalPost(Path(task["home"], "sent"), door=None)
    try:
        say(tried=deliver_all(post, now=now))
    finally:
        post.close()


def look(_: dict[str, Any], say: Say) -> None:
    """Say how much is changed, and how much of it is told."""
    broken = models.Promise.objects.filter(state="broken")
    say(
        broken=broken.count(),
        told=broken.exclude(told_at=None).count(),
        alarms=models.Alarm.objects.filter(missed=False).count(),
        rings=models.Notice.objects.filter(kind="alarm.raised").values("case", "seq").distinct().count(),
        entries=models.Entry.objects.filter(name="alarm.raised").count(),
        outbox=list(models.OutboxItem.objects.order_by("pk").values_list("purpose", "to_address", "state")),
    )


def _die_at(task: dict[str, Any]) -> None:
    with suppress(KeyError):
        crashpoints.listen(crashpoints.striking(task["crash_at"]))
