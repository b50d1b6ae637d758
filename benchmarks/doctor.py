"""How long the doctor looks at a large desk, and at which part of it: `python -m benchmarks.doctor`.

Asks the desk of the usual settings if it has cases, else grows one of 20,000 (`CASES=…`) in a folder of its
own. Prints wall and CPU seconds of the whole visit and of each question alone; on a busy machine only the
CPU seconds mean something.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def cpu() -> float:
    """CPU seconds of this process and of the workers that ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure() -> None:
    """Visit the desk of the usual settings, then ask each question alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")
    import django

    django.setup()
    from django.db import connection

    from makegood.config import clock
    from makegood.desk import models
    from makegood.desk.queries import coverage, invariants
    from makegood.server import doctor

    now = clock.now()
    part = coverage.of_the_hour(now=now)
    entries = models.Entry.objects.count()
    print(f"{connection.vendor}: {part.of:,} cases, {entries:,} journal rows; {part.says()}")
    began, used = time.monotonic(), cpu()
    report = doctor.examine(now=now, workers=None)
    print(f"the visit: {time.monotonic() - began:.1f} s, {cpu() - used:.1f} s of CPU")
    for check in report.checks:
        if check.code.startswith("P") and not check.well:
            print(f"  {check.code} found {check.count}: {'; '.join(check.found[:2])}")
    for invariant in invariants.INVARIANTS:
        began, used = time.monotonic(), cpu()
        verdict = invariant(now=now, part=part)
        print(f"  {verdict.code} alone: {time.monotonic() - began:.1f} s, {cpu() - used:.1f} s of CPU")


def main() -> None:
    if "MAKEGOOD_HOME" in os.environ:
        measure()
        return
    home = tempfile.mkdtemp(prefix="makegood-doctor-")
    try:
        os.environ["MAKEGOOD_HOME"] = home
        cases = os.environ.get("CASES", "20000")
        grow = [sys.executable, "-m", "benchmarks.large_desk", "--cases", cases]
        subprocess.run(grow, check=True, cwd=Path(__file__).parent.parent, stdout=subprocess.DEVNULL)
        measure()
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
