"""The processes of the benchmark, each on the desk of its MAKEGOOD_HOME. The last line printed is the answer, JSON.

python -m benchmarks.watch.walker look COUNT        when so many are due at one moment, and what there is besides
python -m benchmarks.watch.walker seal MOMENT       seals that day, so that no watcher has to meanwhile
python -m benchmarks.watch.walker walk              says "ready"; reads how far to set its clock; walks; what it did
python -m benchmarks.watch.walker floor MOMENT      claims what is due in bare statements, and gives it back
python -m benchmarks.watch.walker judge MOMENT      what the record says of that moment
python -m benchmarks.watch.walker mail MOMENT       mails the word that waits, minute by minute
"""
# ruff: noqa: E402  (Django comes first)

from __future__ import annotations

import json
import os
import resource
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")

import django

django.setup()

from django.db import connection, transaction
from django.db.models import Count, Max, Min

from makegood.config import clock
from makegood.desk import crashpoints, facts, models
from makegood.server import serving
from makegood.watch import rounds
from makegood.watch.loop import Loops

IDLE = 20.0
"""Seconds without anything to do after which a walker goes home."""
BATCH = 100


def look(due: str) -> dict[str, Any]:
    together = models.Case.objects.values("wakes_at").annotate(count=Count("pk")).filter(count__gte=int(due) * 9 // 10)
    at = together.aggregate(at=Min("wakes_at"))["at"]
    return {
        "at": at.isoformat(),
        "due": models.Case.objects.filter(wakes_at=at).count(),
        "open": models.Case.objects.filter(open=True).count(),
        "promises": models.Promise.objects.filter(running=True).count(),
        "journal": models.Entry.objects.aggregate(last=Max("pk"))["last"],
    }


def seal(moment: datetime) -> dict[str, Any]:
    began = time.perf_counter()
    return {"sealed": rounds.seal(now=moment), "seconds": time.perf_counter() - began}


class Walk:
    """The real loops of the watch, with a note of when each transaction of theirs was committed."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead
        self._round = threading.local()
        self.commits: list[tuple[datetime, datetime]] = []

    def now(self) -> datetime:
        self._round.at = clock.now() + self._ahead
        return self._round.at

    def passed(self, place: str) -> None:
        if place == "action.after_commit" and threading.current_thread().name.startswith("makegood-watch"):
            self.commits.append((self._round.at, clock.now() + self._ahead))

    def until_idle(self, *, due_in: float) -> dict[str, Any]:
        crashpoints.listen(self.passed)
        loops = Loops(deliver=False, now=self.now)
        serving.collect_seldom()
        loops.start()
        time.sleep(due_in)
        done, last = -1, time.monotonic()
        while time.monotonic() - last < IDLE:
            if len(self.commits) != done:
                done, last = len(self.commits), time.monotonic()
            time.sleep(0.1)
        loops.stop()
        used = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "commits": [(at.isoformat(), committed.isoformat()) for at, committed in self.commits],
            "cpu": used.ru_utime + used.ru_stime,
            "memory": used.ru_maxrss,
        }


def walk() -> dict[str, Any]:
    # A watch that has been up for a while has read its policy.
    facts.policy(models.PolicyVersion.objects.latest())
    idle = time.process_time()
    print("ready", flush=True)
    ahead, due_in = map(float, sys.stdin.readline().split())
    told = Walk(timedelta(seconds=ahead)).until_idle(due_in=due_in)
    return {**told, "cpu": told["cpu"] - idle}


def floor(moment: datetime) -> dict[str, Any]:
    """The bare claim: so many rows at a time get another time to wake, and nothing else is written."""
    table, later = models.Case._meta.db_table, moment + timedelta(days=1)
    skip = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    chosen = f"SELECT id FROM {table} WHERE wakes_at <= %s ORDER BY wakes_at LIMIT {BATCH}{skip}"
    claim = f"UPDATE {table} SET wakes_at = %s WHERE id IN ({chosen}) AND wakes_at <= %s RETURNING id"
    due, later_value = (connection.ops.adapt_datetimefield_value(at) for at in (moment, later))
    claimed: list[int] = []
    began, cpu = time.perf_counter(), time.process_time()
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(claim, [later_value, due, due])
            rows = cursor.fetchall()
        if not rows:
            break
        claimed += [pk for (pk,) in rows]
    told = {"claimed": len(claimed), "seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    for start in range(0, len(claimed), 500):
        models.Case.objects.filter(pk__in=claimed[start : start + 500]).update(wakes_at=moment)
    return told


def judge(moment: datetime) -> dict[str, Any]:
    alarms = models.Alarm.objects.filter(due_at=moment)
    same = alarms.order_by().values("case", "numbers", "rung", "repeat").annotate(times=Count("pk"))
    told = Counter(alarms.values_list("told_at", flat=True))
    return {
        "alarms": sum(told.values()),
        "told": [(at.isoformat(), count) for at, count in told.items()],
        "twice": same.filter(times__gt=1).count(),
        # A promise due before may rightly still run: its clock stands while the customer's word is awaited.
        "missed": models.Case.objects.filter(wakes_at__lte=moment).count()
        + models.Promise.objects.filter(running=True, due_at=moment, case__open=True).count(),
        "notices": models.Notice.objects.filter(written_at__gte=moment).count(),
        "entries": models.Entry.objects.filter(recorded_at__gte=moment).exclude(case=None).count(),
    }


def mail(moment: datetime) -> dict[str, Any]:
    """Let word be mailed once a minute until none waits, and look at who got how many in which minute."""
    waiting = models.Notice.objects.filter(mail=True, mailed=None, staff__is_active=True)
    count, minutes, began = waiting.count(), 0, time.process_time()
    now = models.Notice.objects.aggregate(last=Max("written_at"))["last"] or moment
    while waiting.exists() and minutes < 10_000:
        now, minutes = now + timedelta(minutes=1), minutes + 1
        rounds.tell_people(now=now)
    mails = models.OutboxItem.objects.filter(purpose="notice", written_at__gte=moment)
    sent: dict[str, list[datetime]] = {}
    for address, at in mails.order_by("written_at").values_list("to_address", "written_at"):
        sent.setdefault(address, []).append(at)
    gaps = [after - before for times in sent.values() for before, after in pairwise(times)]
    return {
        "waited": count,
        "left": waiting.count(),
        "people": len(sent),
        "mails": sum(map(len, sent.values())),
        "minutes": minutes,
        "least_gap": min(gaps, default=timedelta(minutes=1)).total_seconds(),
        "cpu": time.process_time() - began,
    }


def main(what: str, *words: str) -> None:
    at_a_moment = {"seal": seal, "floor": floor, "judge": judge, "mail": mail}
    if what in at_a_moment:
        told = at_a_moment[what](datetime.fromisoformat(words[0]))
    else:
        told = {"look": look, "walk": walk}[what](*words)
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
