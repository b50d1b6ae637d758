"""Which cases a visit of the doctor's recomputes one by one.

What the database can answer for all rows is asked of all rows each time. Folding a journal and hashing its
entries takes a millisecond a case, so of a large desk a visit recomputes what was touched since yesterday
and one slice of all the cases, chosen by the hour: hourly visits go through all of them in `every` hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Max, Min

from makegood.desk import models

SLICE = 10_000
"""Cases of one slice. A desk of no more than these is recomputed whole each time."""
RECENT = 5_000
"""Cases touched since yesterday that are recomputed each time; of more, the last ones."""
BATCH = 500
_ENTRIES = 100_000
"""How far back the journal is searched for what was touched lately."""


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The cases with keys from `first` up to and without `end`, and the recent ones beside them."""

    first: int
    end: int
    recent: tuple[int, ...] = ()
    cases: int
    """How many cases are recomputed."""
    of: int
    every: int = 1
    """After so many hourly visits each case was recomputed once."""
    hour: int = 0
    share: tuple[int, int] = (0, 1)
    """Which of so many equal parts this worker takes."""

    @property
    def whole(self) -> bool:
        return self.every == 1

    @property
    def is_first(self) -> bool:
        """Whether this worker also asks what is asked once and not of each case."""
        return self.share[0] == 0

    def says(self) -> str:
        """Return how much is recomputed, as a sentence."""
        if self.whole:
            return f"recomputed all of {self.of} cases"
        return f"recomputed {self.cases} of {self.of} cases this time; all of them every {self.every} hourly runs"

    def shares(self, count: int) -> list[Coverage]:
        """Return the same in so many parts, one for each worker."""
        return [replace(self, share=(place, count)) for place in range(count)]

    def batches(self, passed: Callable[[int], None] = lambda _: None) -> Iterator[list[models.Case]]:
        """Yield the cases of this share in batches, each by a query of its own; `passed` hears of each, done."""
        place, count = self.share
        starts = range(self.first + place * BATCH, self.end, count * BATCH)
        own = self.recent[place::count]
        rows = models.Case.objects.order_by("pk")
        for start in starts:
            if batch := list(rows.filter(pk__gte=start, pk__lt=min(start + BATCH, self.end))):
                yield batch
                passed(len(batch))
        for start in range(0, len(own), BATCH):
            yield list(rows.filter(pk__in=own[start : start + BATCH]))
            passed(len(own[start : start + BATCH]))

    def slice_of(self, model: type[models.OutboxItem]) -> list[tuple[int, int]]:
        """Return the keys of another table that this visit recomputes, as [from, to) each: a slice, and the newest."""
        ends = model.objects.aggregate(first=Min("pk"), last=Max("pk"))
        if ends["first"] is None:
            return []
        first, end = ends["first"], ends["last"] + 1
        low, high = _slice(first, end, self.hour % self.every, self.every)
        newest = max(high, end - SLICE)
        return [(low, high), (newest, end)]


def everything() -> Coverage:
    """Return all cases."""
    first, end, count = _span()
    return Coverage(first=first, end=end, cases=count, of=count)


def of_the_hour(*, now: datetime) -> Coverage:
    """Return what a visit at `now` recomputes: of a small desk all cases, of a large one a slice and the recent."""
    first, end, count = _span()
    every = -(-count // SLICE)
    if every <= 1:
        return Coverage(first=first, end=end, cases=count, of=count)
    hour = int(now.timestamp() // 3600)
    low, high = _slice(first, end, hour % every, every)
    recent = tuple(pk for pk in _touched(now=now) if not low <= pk < high)
    sliced = models.Case.objects.filter(pk__gte=low, pk__lt=high).count()
    return Coverage(first=low, end=high, recent=recent, cases=sliced + len(recent), of=count, every=every, hour=hour)


def _slice(first: int, end: int, turn: int, every: int) -> tuple[int, int]:
    return first + (end - first) * turn // every, first + (end - first) * (turn + 1) // every


def _span() -> tuple[int, int, int]:
    ends = models.Case.objects.aggregate(first=Min("pk"), last=Max("pk"))
    return ends["first"] or 0, (ends["last"] or 0) + 1, models.Case.objects.count()


def _touched(*, now: datetime) -> list[int]:
    """Return the cases on which something was written down since yesterday, the latest of them."""
    entries = models.Entry.objects
    last = entries.aggregate(last=Max("pk"))["last"] or 0
    late = entries.filter(pk__gt=last - _ENTRIES, recorded_at__gt=now - timedelta(days=1), case__isnull=False)
    found: dict[int, None] = {}
    for pk in late.order_by("-pk").values_list("case_id", flat=True).iterator():
        found.setdefault(pk, None)
        if len(found) == RECENT:
            break
    return sorted(found)
