"""`python -m benchmarks.large_desk --cases 1000000`: fill the empty database of the usual settings."""

from __future__ import annotations

import argparse
import os
import sys
import time


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large_desk", description=__doc__)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--open-share", type=float, default=0.05, help="0 to 1")
    parser.add_argument("--journal-rows", type=int, default=12, help="how many a case has on average")
    parser.add_argument("--due-at-once", type=int, default=0, help="promises that fall due at one moment")
    parser.add_argument("--due-in", type=int, default=600, help="that moment, in seconds from now")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")
    import django

    django.setup()
    from datetime import timedelta

    from django.core.management import call_command

    from makegood import config
    from makegood.config import clock

    # Read from its file, the key would be read a million times.
    os.environ["MAKEGOOD_SECRET_KEY"] = config.secret_key()
    call_command("migrate", verbosity=0)
    from benchmarks.large_desk.growing import grow
    from makegood.desk import models

    if models.Staff.objects.exists():
        sys.exit("The database is not empty. Set MAKEGOOD_HOME to an empty folder.")
    began, now = time.monotonic(), clock.now()

    def progress(text: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {text}", flush=True)

    due_at_once = (asked.due_at_once, now + timedelta(seconds=asked.due_in)) if asked.due_at_once else None
    grown = grow(
        asked.cases,
        seed=asked.seed,
        open_share=asked.open_share,
        journal_rows=asked.journal_rows,
        due_at_once=due_at_once,
        now=now,
        progress=progress,
    )
    progress(grown.text)


main()
