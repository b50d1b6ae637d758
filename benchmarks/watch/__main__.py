"""`python -m benchmarks.watch [--cases 1000000] [--due 10000] [--watchers 1 2 4] [--repeat 3]`: figure 2.

Works in a folder of its own, or on the PostgreSQL server that MAKEGOOD_DATABASE_URL names; `--desk FOLDER` keeps
the desk there, and uses it if it is there. `--storm 50000` asks for so many alarms at once and mails their word.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from makegood.config import clock

from . import processes
from .desks import DATABASE, Desk
from .idle import idle

LEAD = 4.0
"""Seconds between the start of the watchers and the moment."""


def main() -> int:
    """Print the figures; 1 if an alarm was missed or told twice."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.watch", description=__doc__)
    asked.add_argument("--cases", type=int, default=1_000_000)
    asked.add_argument("--due", type=int, default=10_000)
    asked.add_argument("--watchers", type=int, nargs="+", default=[1, 2, 4])
    asked.add_argument("--repeat", type=int, default=3)
    asked.add_argument("--storm", type=int, default=0)
    asked.add_argument("--idle", type=float, default=60.0, help="seconds to look at an idle desk; 0 for not at all")
    asked.add_argument("--desk", type=Path)
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="makegood-watch-", dir=os.environ.get("MAKEGOOD_BENCH_DIR")) as folder:
        desk = Desk(wanted.desk or Path(folder) / "desk")
        if not desk.home.exists():
            desk.make(cases=wanted.cases, due=wanted.storm or wanted.due, due_in=90_000)
        look = desk.ask("look", wanted.storm or wanted.due)
        moment = datetime.fromisoformat(look["at"])
        desk.ask("seal", look["at"])
        print(
            f"{DATABASE}: {look['open']:,} open cases, {look['promises']:,} running promises, {look['journal']:,} "
            f"journal rows; {look['due']:,} cases due at one moment",
            flush=True,
        )
        if wanted.storm:
            return storm(desk, Path(folder), moment)
        whole = [
            measure(desk, Path(folder), moment, due=look["due"], watchers=count, repeat=wanted.repeat)
            for count in wanted.watchers
        ]
        if wanted.idle:
            idle(desk, seconds=wanted.idle)
    return 0 if all(whole) else 1


def measure(desk: Desk, folder: Path, moment: datetime, *, due: int, watchers: int, repeat: int) -> bool:
    """Let so many watchers meet the moment, again and again; says whether nothing was missed or told twice."""
    runs = []
    for nth in range(repeat):
        copy = desk.copy(folder / f"run-{watchers}-{nth}")
        bare = copy.ask("floor", moment.isoformat())
        runs.append({**meet(copy, moment, watchers=watchers), "bare": bare["claimed"] / bare["seconds"]})
        copy.remove()
    whole = all(r["alarms"] == due and not r["twice"] and not r["missed"] for r in runs)
    told = {name: _spread([r[name] for r in runs]) for name in ("rate", "a_cpu_second", "p50", "p99", "last", "bare")}
    ratio = _spread([r["bare"] / r["rate"] for r in runs])
    print(
        f"{watchers} watcher{'s' * (watchers > 1)}: {told['rate']} alarms a second ({told['a_cpu_second']} a CPU "
        f"second), late p50 {told['p50']} s, p99 {told['p99']} s, last {told['last']} s; "
        f"bare claim {told['bare']} a second, {ratio} times as fast; "
        f"missed {sum(r['missed'] for r in runs)}, twice {sum(r['twice'] for r in runs)}, "
        f"alarms {runs[0]['alarms']:,}, journal rows {runs[0]['entries']:,}, notices {runs[0]['notices']:,}, "
        f"at most {max(r['memory'] for r in runs) / 1024:.0f} MiB each",
        flush=True,
    )
    return whole


def meet(desk: Desk, moment: datetime, *, watchers: int) -> dict[str, Any]:
    """Start watchers shortly before the moment; returns how fast and how late they told."""
    walkers = [desk.start("benchmarks.watch.walker", "walk") for _ in range(watchers)]
    for walker in walkers:
        processes.expect(walker, "ready")
    ahead = (moment - clock.now()).total_seconds() - LEAD
    for walker in walkers:
        processes.say(walker, f"{ahead} {LEAD}")
    told = [json.loads(processes.last_line(walker)) for walker in walkers]
    judged = desk.ask("judge", moment.isoformat())
    commits = dict(pair for walker in told for pair in walker["commits"])
    late = sorted(
        (datetime.fromisoformat(commits[at]) - moment).total_seconds()
        for at, count in judged["told"]
        for _ in range(count)
    )
    began = min(datetime.fromisoformat(at) for at, _ in judged["told"])
    seconds = late[-1] - (began - moment).total_seconds()
    cuts = quantiles(late, n=100)
    return {
        **judged,
        "rate": len(late) / seconds,
        "a_cpu_second": len(late) / sum(walker["cpu"] for walker in told),
        "p50": cuts[49],
        "p99": cuts[98],
        "last": late[-1],
        "memory": max(walker["memory"] for walker in told),
    }


def storm(desk: Desk, folder: Path, moment: datetime) -> int:
    """Tell all at once, then mail the word of it: how many mails, to how many, in how many minutes."""
    copy = desk.copy(folder / "storm")
    told = meet(copy, moment, watchers=1)
    mailed = copy.ask("mail", moment.isoformat())
    copy.remove()
    print(
        f"storm: {told['alarms']:,} alarms in {told['last']:.1f} s, {told['rate']:,.0f} a second; {told['notices']:,} "
        f"notices; {mailed['mails']:,} mails to {mailed['people']} people over {mailed['minutes']} minutes, "
        f"{mailed['least_gap']:.0f} s apart at least for one person ({mailed['cpu']:.1f} CPU seconds); "
        f"missed {told['missed']}, twice {told['twice']}, notices left {mailed['left']}"
    )
    return int(bool(told["missed"] or told["twice"] or mailed["left"] or mailed["least_gap"] < 60))


def _spread(values: Sequence[float]) -> str:
    digits = 0 if max(values) >= 100 else 1 if max(values) >= 10 else 2
    return "–".join(f"{value:,.{digits}f}" for value in (min(values), median(values), max(values)))


if __name__ == "__main__":
    raise SystemExit(main())
