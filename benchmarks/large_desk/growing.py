"""Growing the desk: live the templates, choose the moments, write the clones, seal the days."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, groupby
from math import exp

from django.db import transaction

from makegood.demo import cast as demo
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import people, rounds
from makegood.rules.policy import Role

from . import words
from .cloning import Cloner, secret_of
from .moments import YEARS_BACK, Almanac, Moment
from .sink import Sink, in_a_hurry, size, wide_open
from .stories import CLOSED, OPEN, Tale, Telling, a_date_is_out
from .templates import TABLES, Template, moved, read

__all__ = ["Grown", "grow", "secret_of"]
BATCH = 500
"""So many clones are made together."""
MOMENTS = 2_000
"""So many different times are looked for at most; the clones share them."""
AGENTS = 20
"""Agents of the team *support* besides the cast's."""
QUIET = timedelta(hours=2)
"""Around what falls due at once, nothing else happens for so long."""
SEALS = 8
DUE_AT_ONCE = 6
"""So many cases are lived to fall due at that moment."""


@dataclass(frozen=True, kw_only=True)
class Grown:
    """What there is now."""

    cases: int
    open: int
    journal_rows: int
    bytes: int

    @property
    def text(self) -> str:
        per_case = self.journal_rows / max(1, self.cases)
        return (
            f"{self.cases:,} cases ({self.open:,} open), {self.journal_rows:,} journal rows "
            f"({per_case:.1f} a case), {self.bytes / 1e9:.2f} GB"
        )


def grow(
    cases: int,
    *,
    seed: int,
    now: datetime,
    open_share: float = 0.05,
    journal_rows: int = 12,
    due_at_once: tuple[int, datetime] | None = None,
    tales: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Grown:
    """Fill an empty, migrated database with the demo house and so many cases, as they stand at `now`.

    `journal_rows` is how long a journal is on average; what the stories can't reach is come close to.
    `due_at_once`: so many open cases on each of which one said promise falls due at that moment, and
    nothing else happens on any case within two hours of it.
    """
    rng = random.Random(seed)
    in_a_hurry()
    cast = _house(now)
    count = tales or min(120, max(24, cases // 40))
    progress(f"living {count} cases")
    at_once = due_at_once[1] if due_at_once else None
    _live(cast, count, open_share=open_share, journal_rows=journal_rows, at_once=at_once, rng=rng, now=now)
    rows = models.Case.objects.select_related("customer", "policy").order_by("pk")
    lived = [read(case, cast.policy) for case in rows]
    progress(f"{len(lived)} cases lived; choosing times")
    plan = _plan(lived, cases - len(lived), open_share, journal_rows, due_at_once, rng=rng, now=now)
    progress(f"{len({(m.template.case.pk, m.by) for m in plan}):,} times chosen; writing")
    sink = Sink(TABLES)
    with wide_open(TABLES):
        with transaction.atomic():
            _clone_all(plan, Cloner(sink, cast.policy, rng=rng), progress)
            sink.flush()
        progress(f"{sink.rows:,} rows written; making indexes")
    progress("sealing")
    _seal(now)
    rounds.beat("watch", now=now)
    return Grown(
        cases=models.Case.objects.count(),
        open=models.Case.objects.filter(open=True).count(),
        journal_rows=models.Entry.objects.count(),
        bytes=size(),
    )


def _seal(now: datetime) -> None:
    """Seal the last quiet week: one digest, since nothing was written between its days."""
    seal = rounds.seal_day(now=now - timedelta(days=SEALS - 1))
    assert seal is not None
    models.Anchor.objects.bulk_create(
        models.Anchor(
            day=(now - timedelta(days=day)).date(),
            sealed_at=now - timedelta(days=day),
            entries=seal.entries,
            last_entry=seal.last_entry,
            digest=seal.digest,
        )
        for day in range(SEALS - 1)
    )


def _house(now: datetime) -> Cast:
    began = now - YEARS_BACK - timedelta(days=60)
    cast = demo.load(now=began)
    hashed = cast.priya.password
    for number in range(AGENTS):
        name = words.name_of(900_000 + number)
        people.hire(
            email=f"agent{number}@larkfield.example", name=name, role=Role.AGENT, team=cast.priya.team,
            hashed=hashed, now=began,
        )  # fmt: skip
    return cast


def _live(
    cast: Cast,
    count: int,
    *,
    open_share: float,
    journal_rows: int,
    at_once: datetime | None,
    rng: random.Random,
    now: datetime,
) -> None:
    """Live so many cases: a third of them closed ones, unless none or all are wanted open."""
    desk = Telling(cast)
    rounds_of = max(1, round((journal_rows - 14) / 9))
    open_ones = {0.0: 0, 1.0: count}.get(open_share, count * 2 // 5)
    tales = []
    for number in range(count):
        tale = Tale(
            desk=desk, number=number, rng=rng, rounds=rng.randrange(0, rounds_of + 2) if number % 3 else 0,
            spanish=number % 6 == 5, promised=timedelta(days=3 + number % 9),
        )  # fmt: skip
        if number < open_ones:
            story, hours = OPEN[number % len(OPEN)]
            start = now - timedelta(hours=hours * (0.5 + rng.random()), seconds=rng.randrange(3600))
        else:
            story = CLOSED[number % len(CLOSED)]
            start = now - timedelta(days=12 + 21 * rng.random())
        tales.append((start, story(tale)))
    for number in range(count, count + (DUE_AT_ONCE if at_once else 0)):
        tale = Tale(desk=desk, number=number, rng=rng, rounds=0, promised_at=at_once)
        tales.append((now - timedelta(hours=5, minutes=number), a_date_is_out(tale)))
    desk.live(tales, now=now)


def _plan(
    lived: Sequence[Template],
    count: int,
    open_share: float,
    journal_rows: int,
    due_at_once: tuple[int, datetime] | None,
    *,
    rng: random.Random,
    now: datetime,
) -> list[Moment]:
    """Return which case is written again at which time, so many times, oldest first."""
    almanac = Almanac(now=now, rng=rng)
    at_once = [t for t in lived if due_at_once and t.case.open and t.case.wakes_at == due_at_once[1]]
    closed = [t for t in lived if not t.case.open]
    others = [t for t in lived if t.case.open and t not in at_once]
    open_ones = round(count * open_share) if closed else count
    chosen: list[Moment] = []
    if due_at_once:
        stays = [Moment(template=t, by=timedelta()) for t in at_once]
        chosen += rng.choices(stays, k=due_at_once[0] - len(stays))
        open_ones -= len(chosen)
    quiet_until = due_at_once[1] + QUIET if due_at_once else now
    present = almanac.present(others, min(MOMENTS, open_ones), quiet_until=quiet_until)
    chosen += _weighted(present, open_ones, journal_rows, rng)
    if closed:
        past = almanac.past(closed, min(MOMENTS, count // 2 + 1))
        chosen += _weighted(past, count - len(chosen), journal_rows, rng)
    return sorted(chosen, key=lambda moment: (moment.received_at, moment.template.case.pk))


def _weighted(moments: Sequence[Moment], count: int, journal_rows: int, rng: random.Random) -> list[Moment]:
    """Choose so many, the long journals as much oftener than the short as the wished mean asks for."""
    if not count:
        return []
    lengths = [len(moment.template.entries) for moment in moments]
    low, high = -1.0, 1.0
    for _ in range(40):
        tilt = (low + high) / 2
        weights = [exp(tilt * (length - journal_rows)) for length in lengths]
        mean = sum(w * n for w, n in zip(weights, lengths, strict=True)) / sum(weights)
        low, high = (tilt, high) if mean < journal_rows else (low, tilt)
    summed = list(accumulate(weights))
    return [moments[bisect(summed, rng.random() * summed[-1], hi=len(moments) - 1)] for _ in range(count)]


def _clone_all(plan: Sequence[Moment], cloner: Cloner, progress: Callable[[str], None]) -> None:
    done = told = 0
    for _, same in groupby(plan, key=lambda moment: (moment.received_at, moment.template.case.pk)):
        moments = list(same)
        rows = moved(moments[0].template, moments[0].by)
        for start in range(0, len(moments), BATCH):
            cloner.clone(moments[0], rows, len(moments[start : start + BATCH]))
        done += len(moments)
        if done - told >= 100_000:
            told = done
            progress(f"{done:,} cases written")
