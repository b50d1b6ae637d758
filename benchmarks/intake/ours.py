"""Makegood's side, one process a task: `python -m benchmarks.intake.ours prepare|take|threads|grow`, prints JSON.

It makes the calls of `makegood intake mail` (`server.taking`): the file door stores and commits, the judge
judges. The settings are those of the product; MAKEGOOD_HOME and MAKEGOOD_DATABASE_URL say where.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db.models import Max

from makegood import config
from makegood.cli import with_desk

from . import post

BEGIN = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday, ten o'clock in Chicago. The desk's clock is told, not read: it moves on while letters are judged, as on a
day with 300 letters an hour. On a clock that stood still the desk would take them for a bombardment (A-16), and
write no acknowledgements after the first 300."""
A_LETTER = timedelta(seconds=12)


def prepare() -> dict[str, object]:
    """Make an empty desk with its staff."""
    from django.core.management import call_command

    from makegood.demo import cast

    call_command("migrate", verbosity=0)
    cast.load(now=BEGIN - timedelta(days=7), password=None)
    return {}


def take(folder: Path) -> dict[str, object]:
    """Take every mail of the folder in; says how long storing and judging took, and what became of the mails."""
    from makegood.desk.models import Case, InboxItem, OutboxItem
    from makegood.intake import judging
    from makegood.intake.mail import file_door
    from makegood.server.serving import collect_seldom

    collect_seldom()
    now = _latest() + timedelta(hours=1)
    wall, used = time.perf_counter(), time.process_time()
    counts = file_door.take([folder], now=now)
    stored = time.perf_counter() - wall
    while judged := judging.judge_waiting(now=now):
        now += judged * A_LETTER
    wall, used = time.perf_counter() - wall, time.process_time() - used
    return {
        "mails": counts.stored,
        "wall": wall,
        "cpu": used,
        "storing": stored,
        "left": InboxItem.objects.filter(state=InboxItem.State.STORED).count(),
        "cases": Case.objects.count(),
        "mails out": OutboxItem.objects.count(),
        "resident": resident(),
    }


def _latest() -> datetime:
    from makegood.desk.models import InboxItem

    return InboxItem.objects.aggregate(last=Max("settled_at"))["last"] or BEGIN


def threads() -> dict[str, object]:
    """Say by which Message-ID each customer was acknowledged."""
    from makegood.desk.models import OutboxItem

    written = OutboxItem.objects.filter(purpose="acknowledgement")
    return dict(written.values_list("to_address", "message_id"))


def grow(total: int) -> dict[str, object]:
    """Take many mails in, a tenth at a time, and print after each what this process holds."""
    folder = config.home() / "mails"
    for tenth in range(10):
        folder.mkdir()
        for number, raw in enumerate(post.morning(total // 10, [], seed=100 + tenth, base=0)):
            (folder / f"{number:06}.eml").write_bytes(raw)
        taken = take(folder)
        shutil.rmtree(folder)
        speed = total // 10 / float(str(taken["wall"]))
        print(f"  {total // 10 * (tenth + 1):9,} mails: {taken['resident']:.0f} MB, {speed:.0f} a second", flush=True)
    return {"resident": resident()}


def resident() -> float:
    """Return the megabytes of memory this process holds now."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def main(task: str, *words: str) -> None:
    """Do one task and print what it says."""
    with_desk()
    tasks = {
        "prepare": prepare,
        "take": lambda: take(Path(words[0])),
        "threads": threads,
        "grow": lambda: grow(int(words[0])),
    }
    print(json.dumps(tasks[task]()))


if __name__ == "__main__":
    main(*sys.argv[1:])
