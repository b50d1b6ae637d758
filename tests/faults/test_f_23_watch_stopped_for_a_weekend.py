"""F-23: nobody watched for a weekend. On start all that is due is told once, oldest first, marked late."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.queries import invariants
from makegood.watch import rounds
from tests.watch.house import a_complaint, minutes

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")


def in_chicago(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


def raised(case: models.Case) -> list[models.Alarm]:
    return list(case.alarms.filter(missed=False).order_by("told_at", "pk"))


def test_a_weekend_without_a_watch_is_told_on_monday_once_and_late(cast: Cast, monday_ten: datetime) -> None:
    case = a_complaint(cast, at=in_chicago(5, 16))
    broke_at = in_chicago(6, 16)
    restart = in_chicago(9, 9, 30)
    # Friday four o'clock the silence broke; nobody watched until Monday, half past nine.
    while rounds.wake_due(now=restart):
        pass
    assert rounds.wake_due(now=restart) == 0
    told = raised(case)
    assert {a.told_at for a in told} == {restart}
    assert len({(tuple(a.numbers), a.rung, a.due_at) for a in told}) == len(told)
    case.refresh_from_db()
    assert case.slipped_at == broke_at
    silence = case.promises.get(kind="silence")
    assert (silence.broken_at, silence.told_at) == (broke_at, restart)
    verdict = invariants.no_promise_missed_silently(now=restart)
    assert verdict.holds, verdict.violations


def test_rungs_that_passed_during_an_outage_are_on_record_and_the_highest_is_told(
    complaint: models.Case, cast: Cast
) -> None:
    restart = in_chicago(13, 11)
    while rounds.wake_due(now=restart):
        pass
    missed = complaint.alarms.filter(missed=True)
    assert missed.exists()
    assert all(not alarm.to.exists() for alarm in missed)
    highest = max(raised(complaint), key=lambda a: a.rung)
    assert highest.rung > max(a.rung for a in missed if a.numbers == highest.numbers)
    assert cast.grace in highest.to.all() or cast.noor in highest.to.all()


def test_whoever_has_waited_longest_is_told_of_first(cast: Cast, monday_ten: datetime) -> None:
    later = [a_complaint(cast, at=monday_ten + minutes(n), sender=f"customer{n}@quill.example") for n in (30, 20, 10)]
    restart = in_chicago(9, 9, 30)
    while rounds.wake_due(now=restart, limit=1):
        pass
    told = models.Entry.objects.filter(name="alarm.raised").order_by("pk").values_list("case", flat=True)
    assert list(dict.fromkeys(told)) == [case.pk for case in reversed(later)]
