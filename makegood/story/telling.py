"""Telling a story: run it, print the timeline as a person would read it, and say how it came out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console

from . import script as scripts
from .script import Expectation, Script, Step, StoryErrors

GOOD, FOUND, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class Beat:
    """One line of the timeline."""

    at: datetime
    who: str
    what: str


@dataclass
class Telling:
    """How a story came out."""

    script: Script
    mode: str
    beats: list[Beat] = field(default_factory=list)
    verdicts: list[Any] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return all(verdict.good for verdict in self.verdicts)


def run(path: Path, *, mode: str) -> Telling:
    """Run a story in a mode. Raises StoryErrors, and deeds.StoryWentWrong for a step that can't be done."""
    from . import world as worlds

    told = scripts.read(path, mode=mode)
    with worlds.desk(told) as world:
        # Django is ready only now.
        from .deeds import Deeds
        from .timeline import beats
        from .verdicts import Judge

        deeds = Deeds(world)
        judge = Judge(deeds, told.zone)
        telling = Telling(script=told, mode=mode)
        _live(told, deeds, judge, telling)
        telling.beats = beats()
    return telling


def _live(told: Script, deeds: Any, judge: Any, telling: Telling) -> None:
    """Let the story happen: steps and the desk's own clocks in order, expectations at their moments."""
    world = deeds.world
    steps = sorted((s for s in told.steps if s.at is not None), key=_at)
    waiting = [s for s in told.steps if s.after_alarm is not None]
    expected = sorted((e for e in told.expectations if e.at is not None), key=_at)
    while steps or expected or world.now < told.until:
        target = min([told.until, *map(_at, steps[:1]), *map(_at, expected[:1])])
        for _ in world.until(target):
            steps = _begin_waiting(steps, waiting)
            if steps and _at(steps[0]) < target:
                break
        if steps and _at(steps[0]) <= world.now:
            deeds.do(steps.pop(0))
            continue
        while expected and _at(expected[0]) <= world.now and not (steps and _at(steps[0]) <= world.now):
            telling.verdicts.append(judge.judge(expected.pop(0)))
        if world.now >= told.until:
            break
    telling.verdicts += [judge.judge(e) for e in told.expectations if e.at is None]


def _at(part: Step | Expectation) -> datetime:
    """Return the moment of a step or an expectation that has one."""
    assert part.at is not None
    return part.at


def _begin_waiting(steps: list[Step], waiting: list[Step]) -> list[Step]:
    """Once the first alarm rings, the steps that answer it get their moments."""
    from makegood.desk import models

    first = models.Alarm.objects.filter(missed=False).order_by("told_at").first() if waiting else None
    if first is None:
        return steps
    begun = [replace(s, at=first.told_at + (s.after_alarm or timedelta()), after_alarm=None) for s in waiting]
    waiting.clear()
    return sorted([*steps, *begun], key=_at)


def tell(path: Path, *, mode: str, as_json: bool) -> int:
    """Run a story and print it. Returns the exit code: 0 as expected, 1 not, 2 the file is wrong."""
    console = Console(highlight=False, soft_wrap=True)
    try:
        telling = run(path, mode=mode)
    except StoryErrors as errors:
        Console(stderr=True, soft_wrap=True).print("\n".join(errors.errors), markup=False)
        return WRONG_USE
    if as_json:
        console.print_json(json.dumps(as_plain(telling), default=str))
    else:
        print_story(telling, console)
    return GOOD if telling.good else FOUND


def as_plain(telling: Telling) -> dict[str, Any]:
    """Return the telling as JSON values."""
    return {
        "story": telling.script.title,
        "mode": telling.mode,
        "good": telling.good,
        "timeline": [asdict(beat) for beat in telling.beats],
        "verdicts": [
            {
                "where": v.expectation.where,
                "check": v.expectation.check,
                "wanted": v.expectation.wanted,
                "names": list(v.expectation.names),
                "good": v.good,
                "found": v.found,
            }
            for v in telling.verdicts
        ],
    }


def print_story(telling: Telling, console: Console) -> None:
    """Print the timeline in the story's own zone, then what was expected and found."""
    zone = ZoneInfo(telling.script.zone)
    console.print(f"{telling.script.title} ({telling.mode})", style="bold", markup=False)
    day = ""
    for beat in telling.beats:
        local = beat.at.astimezone(zone)
        if day != (day := local.strftime("%A %d %B %Y")):
            console.print(f"\n{day}", style="bold", markup=False)
        console.print(f"  {local:%H:%M %Z}  {beat.who:<22} {beat.what}", markup=False)
    console.print()
    for verdict in telling.verdicts:
        mark = "as expected" if verdict.good else "NOT AS EXPECTED"
        names = " ".join(verdict.expectation.names)
        wanted = verdict.expectation.words or f"{verdict.expectation.check}: {verdict.expectation.wanted}"
        console.print(f"  {mark:<16} {wanted}  [{verdict.found}]  {names}", markup=False)
    missed = sum(1 for v in telling.verdicts if not v.good)
    count = len(telling.verdicts)
    console.print(f"\n{count - missed} of {count} as expected.", style="bold", markup=False)
