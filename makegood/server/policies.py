"""`makegood policy load` and `makegood policy affected`: a new policy, who goes on under an older one, new zones."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import track

from makegood.config import clock, shipped
from makegood.desk import models
from makegood.desk.actions import policies
from makegood.desk.queries import pinned

from . import serving

GOOD = 0
LISTED = 10_000
out = Console(highlight=False, soft_wrap=True)


def load(file: Path, *, open_cases: str = "") -> int:
    """Load a policy for what comes, and say how many cases go on under an older one. Raises PolicyErrors, OSError.

    `open_cases` is why those that are open go on under it, too; empty where they don't.
    """
    serving.prepare()
    text = file.read_text(encoding="utf-8")
    version = policies.load(text, name=file.stem, laws=shipped.law_texts(), now=clock.now())
    out.print(f"Version {version.number} holds for every case that opens from now on.")
    older = pinned.pinned().count()
    if older and open_cases.strip():
        _take_along(version, open_cases.strip()[:200])
    elif older:
        changed = sum(1 for _ in islice(pinned.affected(), LISTED))
        more = " or more" if changed == LISTED else ""
        out.print(
            f"{older} open cases go on under the version they began with; {changed}{more} of their clocks would be due "
            "at another time under this one. None moves. `makegood policy affected` lists them."
        )
    return GOOD


def _take_along(version: models.PolicyVersion, why: str) -> None:
    """Let every open case go on under this version; one that is cut off is finished by the same command."""
    cases = list(pinned.pinned().order_by("pk").values_list("pk", flat=True))
    for pk in track(cases, description="Open cases", console=out):
        policies.repin(pk, version, why=why, by=None, now=clock.now())
    out.print(f"{len(cases)} open cases go on under version {version.number}. What was promised keeps its dates.")


def affected() -> int:
    """List the clocks that run under an older policy and would be due at another time under the newest."""
    serving.prepare()
    count = 0
    for one in pinned.affected():
        would_be = f"{one.would_be:%Y-%m-%d %H:%M} UTC" if one.would_be else "no such promise"
        out.print(
            f"{one.case}  {one.kind}: due {one.due_at:%Y-%m-%d %H:%M} UTC under version {one.version}; "
            f"the newest would say {would_be}",
            markup=False,
        )
        count += 1
    out.print(f"{count} clocks." if count else "No clock that runs would be due at another time.")
    return GOOD


def recompute(why: str) -> int:
    """Put on the record of each case which of its clocks would be due at another time today, and why."""
    serving.prepare()
    keys = list(models.Case.objects.order_by("pk").values_list("pk", flat=True))
    changed = sum(policies.recompute(pk, why=why, now=clock.now()) for pk in track(keys, "Cases", console=out))
    out.print(f"{changed} clocks would be due at another time today. Those that fall due sooner moved; no other did.")
    return GOOD
