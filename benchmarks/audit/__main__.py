"""`python -m benchmarks.audit [--events 1000000 10000000] [--repeat 3] [--spark] [--pm4py PYTHON]`.

For each size: a log like a real desk's (`generate`), then in turn DuckDB's plain sort of it by case and time into
a Parquet file, and the whole audit: all facts, all checks, all tables. CPU seconds of each process and their ratio;
absolute times say little on a shared machine. `--pm4py` names a Python that has pm4py, for the same log.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from . import generate

ALLOWED = {1_000_000: "2 GiB", 10_000_000: "2 GiB", 50_000_000: "6 GiB"}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one process took."""

    cpu: float
    seconds: float
    peak: float
    """GiB of memory at most."""
    said: str


def main() -> int:
    """Print the figures; 1 if the audit failed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.audit", description=__doc__)
    asked.add_argument("--events", type=int, nargs="+", default=[1_000_000, 10_000_000])
    asked.add_argument("--repeat", type=int, default=3)
    asked.add_argument("--memory", default="", help="DuckDB's memory for the audit; its own default if left out")
    asked.add_argument("--spark", action="store_true", help="also on a standalone cluster of two workers")
    asked.add_argument("--pm4py", type=Path, help="a Python that has pm4py")
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="makegood-audit-", dir=os.environ.get("MAKEGOOD_BENCH_DIR")) as folder:
        for events in wanted.events:
            log = _log(Path(folder), events)
            _beside_a_sort(log, events, repeat=wanted.repeat, memory=wanted.memory)
            if wanted.pm4py:
                _beside_pm4py(log, events, wanted.pm4py)
            if wanted.spark:
                from .cluster import on_a_cluster

                on_a_cluster(log, events)
    return 0


def _log(folder: Path, events: int) -> Path:
    """Return the log of this size; MAKEGOOD_BENCH_LOGS names a folder that keeps them between runs."""
    kept = Path(os.environ.get("MAKEGOOD_BENCH_LOGS", folder))
    log = kept / f"{events}.parquet"
    if not log.exists():
        kept.mkdir(parents=True, exist_ok=True)
        generate.write(events, log)
    return log


def _beside_a_sort(log: Path, events: int, *, repeat: int, memory: str) -> None:
    ratios = []
    for nth in range(repeat):
        sort, audit = _cost("sort", log), _cost("audit", log, memory)
        ratios.append(audit.cpu / sort.cpu)
        print(
            f"{events:,} events, run {nth + 1}: sort {sort.cpu:.1f} CPU s, {sort.peak:.2f} GiB;"
            f" audit {audit.cpu:.1f} CPU s ({ratios[-1]:.2f} times the sort),"
            f" {audit.seconds:.1f} s, {audit.peak:.2f} GiB (allowed"
            f" {ALLOWED.get(events, 'not said')}); {audit.said}",
            flush=True,
        )
    print(
        f"{events:,} events: the audit takes {median(ratios):.2f} times the sort (at most 2.0, better 1.3)", flush=True
    )


def _beside_pm4py(log: Path, events: int, python: Path) -> None:
    ours = _cost("audit", log)
    theirs = _run([str(python), str(Path(__file__).with_name("peer.py")), str(log)])
    print(
        f"{events:,} events: pm4py {theirs.cpu:.1f} CPU s, {theirs.seconds:.1f} s, {theirs.peak:.2f} GiB"
        f" ({theirs.said}); the audit {ours.cpu:.1f} CPU s, {ours.seconds:.1f} s:"
        f" {theirs.cpu / ours.cpu:.1f} times as fast (at least 4)",
        flush=True,
    )


def _cost(what: str, log: Path, *more: str) -> Cost:
    return _run([sys.executable, "-m", f"benchmarks.audit.{what}", str(log), *more])


def _run(command: list[str]) -> Cost:
    """Run a command and return what it cost. Raises CalledProcessError."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read().strip()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(
        cpu=used.ru_utime + used.ru_stime,
        seconds=time.perf_counter() - started,
        peak=used.ru_maxrss / 2**20,
        said=said,
    )


if __name__ == "__main__":
    sys.exit(main())
