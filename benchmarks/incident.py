"""An incident of many: everybody listed, given a case, told and given a code once each, killed on the way, and exact.

    python -m benchmarks.incident --people 100000 --kills 50 [--deliver 2000]

A process of its own works off the job as the watch does, and is killed with SIGKILL whenever it passes one of so many
marks spread at random over all the work; the next one goes on. On PostgreSQL where MAKEGOOD_DATABASE_URL names one,
which must be empty. `--deliver` says how many letters a server accepts (all, unless said): each is one transaction of
the outbox and no work of the incident's, and only whoever was told is given anything. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

PHASES = ("list", "cases", "letters", "delivered", "remedies")


def main() -> None:
    """Prepare, work with kills, and say how it went."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=10_000)
    words.add_argument("--kills", type=int, default=10)
    words.add_argument("--deliver", type=int, default=None)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--worker", default="", help=argparse.SUPPRESS)
    given = words.parse_args()
    deliver = given.people if given.deliver is None else min(given.deliver, given.people)
    if given.worker:
        _worker(given.worker, given.people, deliver)
        return
    with tempfile.TemporaryDirectory(prefix="makegood-incident-") as home:
        os.environ["MAKEGOOD_HOME"] = home
        _child(given, "prepare").wait()
        print(json.dumps(_run(given, deliver), indent=2))


def _child(given: argparse.Namespace, what: str) -> subprocess.Popen[str]:
    deliver = [] if given.deliver is None else ["--deliver", str(given.deliver)]
    line = [sys.executable, "-m", "benchmarks.incident", "--people", str(given.people), *deliver, "--worker", what]
    return subprocess.Popen(line, stdout=subprocess.PIPE, text=True)


def _run(given: argparse.Namespace, deliver: int) -> dict[str, Any]:
    units = 3 * given.people + 2 * deliver
    # Which marks is no secret, and the same ones each time are easier to follow.
    marks = sorted(random.Random(given.seed).sample(range(1, units), given.kills))
    passed, killed, rss = 0, 0, 0
    spent: dict[str, list[float]] = {phase: [0, 0.0] for phase in PHASES}
    began = time.monotonic()
    while True:
        child, last = _child(given, "work"), time.monotonic()
        assert child.stdout is not None
        over = False
        for line in child.stdout:
            told = json.loads(line)
            now = time.monotonic()
            over = told.get("over", False)
            if "phase" in told:
                spent[told["phase"]][0] += told["done"]
                spent[told["phase"]][1] += now - last
                passed += told["done"]
            rss, last = max(rss, told["rss"]), now
            if killed < len(marks) and passed >= marks[killed]:
                os.kill(child.pid, signal.SIGKILL)
                killed += 1
                break
        child.wait()
        if over:
            break
    report = json.loads(_child(given, "report").communicate()[0])
    return {
        "people": given.people,
        "kills": killed,
        "seconds": round(time.monotonic() - began, 1),
        "largest_rss_mb": round(rss / 1024),
        "a_second": {name: round(n / s, 1) if s else None for name, (n, s) in spent.items()},
        **report,
    }


# ── in a process of its own ──────────────────────────────────────────────────


def _worker(what: str, people: int, deliver: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.server.settings"
    import django

    django.setup()
    {"prepare": lambda: _prepare(people), "work": lambda: _work(deliver), "report": lambda: _report(people, deliver)}[
        what
    ]()


def _prepare(people: int) -> None:
    from django.core.management import call_command

    from makegood.config import clock, shipped
    from makegood.demo import cast as the_cast
    from makegood.desk.actions import incident_lists, incident_remedies, incidents
    from makegood.desk.actions.wanted import Choice

    call_command("migrate", verbosity=0)
    now = clock.now()
    policy = shipped.demo_policy().replace("amount = 2_000_000 ", "amount = 20_000_000_000 ")
    cast = the_cast.load(now=now, password=None, policy=policy)
    by = cast.ruth
    incident = incidents.open_incident(title="Hip-belt buckles of lot 25-K", by=by, now=now)
    incident_lists.upload(incident.pk, name="buyers.csv", content=_list_of(people), by=by, now=now)
    text = "Dear {name},\n\nthe buckle of your order {order} cracks below freezing. You get 25 dollars from us."
    incidents.write_letter(incident.pk, language="en", subject="Your order {order}", text=text, by=by, now=now)
    gift = incident_remedies.Gift(failure="process", choices=(Choice(catalogue="credit"),))
    incident_remedies.choose(incident.pk, gift, by=by, now=now)
    incidents.start(incident.pk, "tells", by=by, now=now)


def _list_of(people: int) -> Iterator[bytes]:
    yield b"email;name;order;amount\n"
    for number in range(people):
        yield f"p{number}@people.example;Person {number};88-{number};219.00\n".encode()


def _say(**words: Any) -> None:
    print(json.dumps({**words, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}), flush=True)


def _work(deliver: int) -> None:
    from makegood.config import clock
    from makegood.desk import models
    from makegood.desk.actions import incident_lists, incident_work

    _say()
    while (waiting := incident_lists.unread()) is not None:
        before = models.Affected.objects.count()
        incident_lists.read_some(waiting, now=clock.now())
        _say(phase="list", done=models.Affected.objects.count() - before)
    incident = models.Incident.objects.get()
    while True:
        opening = models.Affected.objects.filter(case=None).exists()
        done = incident_work.step(incident.pk, now=clock.now())
        if not done:
            break
        _say(phase="cases" if opening else "letters", done=done)
    _deliver(deliver)
    _approve(incident.pk)
    while done := incident_work.step(incident.pk, now=clock.now()):
        _say(phase="remedies", done=done)
    _say(over=True)


def _deliver(most: int) -> None:
    from makegood.config import clock
    from makegood.desk import models
    from makegood.desk.actions import delivery, outbox

    taken = models.Affected.objects.filter(telling="accepted").count()
    while taken < most and (item := outbox.claim(f"benchmark:{os.getpid()}", now=clock.now())) is not None:
        delivery.accepted(item, answer="250", now=clock.now())
        taken += 1
        _say(phase="delivered", done=1)
    # A mail that a killed process held is given back when its lease is over; here nobody waits for that.
    if taken < most:
        models.OutboxItem.objects.filter(state="sending").update(state="waiting", lease_until=None)
        if models.OutboxItem.objects.filter(state="waiting", purpose="reply").exists():
            _deliver(most)


def _approve(incident: int) -> None:
    from makegood.config import clock
    from makegood.desk import models
    from makegood.desk.actions import incident_remedies, incidents

    row = models.Incident.objects.get(pk=incident)
    if row.dry_run_at is None:
        incident_remedies.dry_run(incident, by=row.owner, now=clock.now())
        row.refresh_from_db()
    if row.approved is None:
        grace = models.Staff.objects.get(email="grace@larkfield.example")
        incident_remedies.approve(incident, total=row.dry_run_total, by=grace, now=clock.now())
    if row.gives_since is None:
        incidents.start(incident, "gives", by=row.owner, now=clock.now())


def _report(people: int, deliver: int) -> None:
    from django.db.models import Count, Sum

    from makegood.config import clock
    from makegood.desk import models
    from makegood.desk.queries import incidents as queries

    incident = models.Incident.objects.get()
    reckoning = queries.reckon(incident)
    listed = models.Affected.objects.all()
    counts = {
        "affected": reckoning.affected,
        "cases": models.Case.objects.count(),
        "letters": models.Contact.objects.filter(direction="out", case__affected__incident=incident).count(),
        "told": reckoning.told,
        "remedies": models.Remedy.objects.filter(incident=incident.pk).count(),
        "codes": models.Code.objects.count(),
        "given": incident.given,
        "books": models.Posting.objects.aggregate(n=Sum("minor"))["n"],
    }
    wanted = {
        "affected": people,
        "cases": people,
        "letters": people,
        "told": deliver,
        "remedies": deliver,
        "codes": deliver,
        "given": deliver * 2_500,
        "books": 0,
    }
    twice = listed.values("case").annotate(n=Count("pk")).filter(n__gt=1).count()
    print(
        json.dumps(
            {
                "counts": counts,
                "exact": counts == wanted and reckoning.adds_up and not twice,
                "job": f"{incident.job} {incident.job_why}".strip(),
                "standing": {str(name): n for name, n in reckoning.standing.items()},
                "left": queries.progress(incident, now=clock.now()).left,
            }
        )
    )


if __name__ == "__main__":
    main()
