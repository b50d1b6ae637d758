"""Figure 4: `python -m benchmarks.busy_day [--mails 200000] [--staff 300] [--storm 50000] [--seed 1]`.

Works in an empty MAKEGOOD_HOME of its own, or in the PostgreSQL database that MAKEGOOD_DATABASE_URL names.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path


def main() -> int:
    """Live the day and print what it came to; 1 if anything was lost or done twice."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mails", type=int, default=20_000)
    asked.add_argument("--staff", type=int, default=300)
    asked.add_argument("--answer", type=float, default=0.1, help="how many answers a mail the staff write")
    asked.add_argument("--storm", type=int, default=0, help="cases told yesterday to hear by one moment of the day")
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="makegood-day-", dir=os.environ.get("MAKEGOOD_BENCH_DIR")) as home:
        os.environ["MAKEGOOD_HOME"] = home
        os.environ["MAKEGOOD_ACKNOWLEDGEMENTS_AN_HOUR"] = str(max(300, wanted.mails))
        return _live(wanted, Path(home))


def _live(wanted: argparse.Namespace, home: Path) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from makegood.config import clock
    from makegood.server import serving

    from . import told
    from .day import BEGINS, Day

    call_command("migrate", verbosity=0)
    connection.close()
    with clock.reading(lambda: BEGINS):
        day = Day(
            mails=wanted.mails, staff=wanted.staff, answer=wanted.answer, storm=wanted.storm, seed=wanted.seed
        )  # fmt: skip
    serving.collect_seldom()
    with clock.reading(day.now):
        day.live(lambda line: print(line, flush=True))
        for line in told.lines(day, home):
            print(line, flush=True)
        return int(not told.whole(day))


if __name__ == "__main__":
    raise SystemExit(main())
