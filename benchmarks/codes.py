"""A hundred orders at once for each of a hundred codes: `python -m benchmarks.codes`.

Four processes with 25 threads each stand at a gate; when it opens, all hundred redeem the same code, each for an order
of its own. Then the next code. Prints what it took, and what the record says afterwards: one redemption a code, every
other refused, and books in which nothing is owed any more. On SQLite in a folder of its own, or on the database of
MAKEGOOD_DATABASE_URL, which must be empty. `CODES=…` makes fewer for a quick look. Ends with 1 if a sum is off.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from typing import Any

CODES = int(os.environ.get("CODES", "100"))
PROCESSES, THREADS = 4, 25
AT_ONCE = PROCESSES * THREADS
WORTH = 20_000
FINISH_WITHIN = 600.0


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")
    import django

    django.setup()


def issue() -> list[tuple[int, str]]:
    """Make the codes; each with its key and its text."""
    set_up()
    from django.core.management import call_command
    from django.db import connection

    from makegood.config import clock
    from makegood.demo import cast as demo
    from makegood.desk import models
    from makegood.desk.actions import codes
    from makegood.rules.codes import Worth
    from makegood.rules.money import Money

    call_command("migrate", verbosity=0)
    now = clock.now()
    cast = demo.load(now=now, password=None)
    rosalia = models.Customer.objects.create(name="Rosalía Quintero", first_seen_at=now)
    rosalia.addresses.create(value="rosalia@quintero.example")
    wanted = codes.Wanted(title="Any pack", worth=Worth(value=Money("USD", WORTH)))
    made = [codes.issue(wanted, customer=rosalia, now=now, by=cast.priya) for _ in range(CODES)]
    # PostgreSQL lets a hundred in, and they are the hundred.
    connection.close()
    return [(issued.row.pk, issued.text) for issued in made]


def redeem_all(texts: list[str], gate: Any, told: Any, process: int) -> None:
    """Stand at the gate with 25 threads, and redeem each code with all of them; tell what each heard, and how long."""
    set_up()
    answers: Counter[tuple[int, str]] = Counter()
    took: list[float] = []
    lock = threading.Lock()

    def one(thread: int) -> None:
        for nth, text in enumerate(texts):
            gate.wait(timeout=FINISH_WITHIN)
            began = time.monotonic()
            heard = _redeem(text, f"{process}-{thread}")
            with lock:
                took.append(time.monotonic() - began)
                answers[nth, heard] += 1
        from django.db import connection

        connection.close()

    threads = [threading.Thread(target=one, args=(thread,)) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put((dict(answers), took))


def _redeem(text: str, order: str) -> str:
    from makegood.config import clock
    from makegood.desk import models
    from makegood.desk.actions import redeeming
    from makegood.desk.actions.redeeming import Order, Till
    from makegood.rules.money import Money
    from makegood.rules.refusals import Refusal

    till = Till(staff=models.Staff.objects.order_by("pk").first())
    try:
        row = redeeming.look_up(text, customer="rosalia@quintero.example", till=till, now=clock.now())
        asked = Order(number=order, total=Money("USD", WORTH))
        redeeming.redeem(row, asked, till=till, now=clock.now())
    except Refusal as refusal:
        return refusal.code
    except Exception as error:
        return type(error).__name__
    return "won"


def run(texts: list[str]) -> tuple[Counter[tuple[int, str]], list[float], float]:
    """Let all of them redeem all codes."""
    context = multiprocessing.get_context("spawn")
    gate, told = context.Barrier(AT_ONCE), context.Queue()
    workers = [context.Process(target=redeem_all, args=(texts, gate, told, nth)) for nth in range(PROCESSES)]
    began = time.monotonic()
    for worker in workers:
        worker.start()
    answers: Counter[tuple[int, str]] = Counter()
    took: list[float] = []
    for _ in workers:
        heard, seconds = told.get(timeout=FINISH_WITHIN)
        answers.update(heard)
        took += seconds
    for worker in workers:
        worker.join()
    return answers, took, time.monotonic() - began


def check(answers: Counter[tuple[int, str]]) -> bool:
    """Print what the record says, and return whether every code was redeemed exactly once."""
    from django.db import connection
    from django.db.models import Count, Sum

    from makegood.desk import models

    wins = [answers[nth, "won"] for nth in range(CODES)]
    heard = Counter[str]()
    for (_, answer), times in answers.items():
        heard[answer] += times
    each = models.Code.objects.annotate(times=Count("redemptions")).values_list("times", flat=True)
    owed = models.Posting.objects.filter(account="liability:codes").aggregate(sum=Sum("minor"))["sum"]
    redeemed = models.Posting.objects.filter(account="redeemed").aggregate(sum=Sum("minor"))["sum"]
    journal = models.Entry.objects.filter(name="code.redeemed").count()
    print(f"{connection.vendor}: {CODES} codes × {AT_ONCE} redeems at once: {sum(wins)} wins")
    print(f"  what was heard: {dict(sorted(heard.items()))}")
    print(f"the record: {models.Redemption.objects.count()} redemptions, {journal} journal entries,")
    print(f"  liability {owed} cents, redeemed {redeemed} cents of {CODES * WORTH}")
    only = set(heard) <= {"won", "code_is_over"}
    return set(wins) == {1} and set(each) == {1} and (owed, redeemed, journal) == (0, CODES * WORTH, CODES) and only


def measure() -> bool:
    made = issue()
    answers, took, seconds = run([text for _, text in made])
    exact = check(answers)
    took.sort()
    print(f"{len(took):,} redeems in {seconds:.1f} s, the start of {PROCESSES} processes included")
    print(f"  one of them: median {took[len(took) // 2] * 1000:.0f} ms, slowest {took[-1] * 1000:.0f} ms")
    print("exact" if exact else "NOT EXACT")
    return exact


def main() -> None:
    home = tempfile.mkdtemp(prefix="makegood-codes-")
    os.environ["MAKEGOOD_HOME"] = home
    try:
        exact = measure()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(0 if exact else 1)


if __name__ == "__main__":
    main()
