"""To which times a lived case can be moved, so that every due time on it still follows from the policy.

Opening hours, weekends, holidays and daylight saving lie in the way, so nothing is reckoned here:
the moved story is laid before the rule book, and what it contradicts is not used.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from makegood.desk import facts, models
from makegood.desk.queries.times import _unexplained_in
from makegood.rules import cases, rounds
from makegood.rules.people import People
from makegood.rules.written_events import from_plain

from .templates import Template, shifted

YEARS_BACK = timedelta(days=3 * 365)
_ZONE = ZoneInfo("America/Chicago")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A lived case at another time."""

    template: Template
    by: timedelta

    @property
    def received_at(self) -> datetime:
        return self.template.case.received_at + self.by

    @property
    def wakes_at(self) -> datetime | None:
        at = self.template.case.wakes_at
        return at + self.by if at else None


class Almanac:
    """Finds such times."""

    def __init__(self, *, now: datetime, rng: random.Random) -> None:
        self._now, self._rng = now, rng
        self._people = facts.people()
        self._versions = {version.number: version for version in models.PolicyVersion.objects.all()}

    def past(self, templates: Sequence[Template], count: int) -> list[Moment]:
        """Return up to `count` moments of closed cases, spread over three years."""
        found: list[Moment] = []
        for _ in range(count * 4):
            if len(found) >= count:
                break
            template = self._rng.choice(templates)
            weeks = self._rng.randrange(1, YEARS_BACK // timedelta(weeks=1))
            later = timedelta(minutes=self._rng.randrange(-30, 31), seconds=self._rng.randrange(60))
            by = self._same_hour(template, -timedelta(weeks=weeks))
            found += self._first_good(template, by + later, by)
        return found

    def present(self, templates: Sequence[Template], count: int, *, quiet_until: datetime) -> list[Moment]:
        """Return up to `count` moments of open cases to which nothing happens before `quiet_until`."""
        found: list[Moment] = []
        for _ in range(count * 4):
            if len(found) >= count:
                break
            template = self._rng.choice(templates)
            wakes_at, latest = template.case.wakes_at, template.entries[-1].recorded_at
            assert wakes_at is not None
            earliest_by, latest_by = quiet_until - wakes_at, self._now - latest
            room = int((latest_by - earliest_by).total_seconds()) - 2
            if room > 0:
                by = earliest_by + timedelta(seconds=1 + self._rng.randrange(room))
                stays = [timedelta()] if wakes_at > quiet_until else []
                found += self._first_good(template, timedelta(seconds=int(by.total_seconds())), *stays)
        return found

    def _same_hour(self, template: Template, by: timedelta) -> timedelta:
        """A step by weeks that leaves the house's clock where it was, daylight saving or not."""
        at = template.case.received_at
        was, is_then = at.astimezone(_ZONE).utcoffset(), (at + by).astimezone(_ZONE).utcoffset()
        assert was is not None
        assert is_then is not None
        return by + was - is_then

    def _first_good(self, template: Template, *steps: timedelta) -> Iterator[Moment]:
        for by in steps:
            if self.holds(template, by):
                yield Moment(template=template, by=by)
                return

    def holds(self, template: Template, by: timedelta) -> bool:
        """Return whether the rule book finds the same dues, and the same next hour, in the moved story."""
        story = [from_plain(e.name, e.at + by, e.by_id, shifted(e.facts, by)) for e in template.entries]
        row = template.case
        doors = {c.pk: c.door for c in template.rows if isinstance(c, models.Contact) and c.direction == "in"}
        if any(_unexplained_in(story, self._versions, doors, People(()))):
            return False
        house = facts.house(row.policy, self._people)
        expected = row.wakes_at + by if row.wakes_at else None
        return rounds.wakes_at(cases.fold(story), house) == expected
