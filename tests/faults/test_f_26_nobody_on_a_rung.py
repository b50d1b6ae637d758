"""F-26: everybody on a rung is away or gone. The alarm goes a rung higher at once; the last has two people."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import people
from makegood.rules import refusals
from makegood.rules.policy import Role
from makegood.server import doctor
from tests.watch.house import watch_until

pytestmark = pytest.mark.django_db


def away(*staff: models.Staff, since: datetime) -> None:
    for one in staff:
        people.excuse(one, from_at=since, to_at=None, cover=None, why="flu", by=one, now=since)


def first_alarm(case: models.Case, numbers: list[int]) -> models.Alarm:
    alarms = case.alarms.filter(missed=False, repeat=False).order_by("due_at", "pk")
    return next(alarm for alarm in alarms if alarm.numbers == numbers)


@pytest.fixture
def second_rung_at(complaint: models.Case, monday_ten: datetime) -> datetime:
    """When the second rung would hear of the case if everybody was in."""
    from django.db import transaction

    with transaction.atomic():
        watch_until(monday_ten + timedelta(days=4))
        found = complaint.alarms.filter(rung=1, missed=False).earliest("due_at").due_at
        transaction.set_rollback(True)
    complaint.refresh_from_db()
    return found


def heard_at(case: models.Case, moment: datetime) -> set[models.Staff]:
    return {staff for alarm in case.alarms.filter(due_at=moment, missed=False) for staff in alarm.to.all()}


@pytest.mark.parametrize("how", ["away", "left"])
def test_when_the_lead_can_not_hear_the_head_of_service_does_in_the_same_moment(
    complaint: models.Case, cast: Cast, second_rung_at: datetime, monday_ten: datetime, how: str
) -> None:
    if how == "away":
        away(cast.marta, since=monday_ten)
    else:
        people.leave(cast.marta, by=cast.ruth, now=monday_ten)
    watch_until(second_rung_at)
    heard = heard_at(complaint, second_rung_at)
    assert cast.ruth in heard and cast.marta not in heard


def test_when_everybody_above_the_owner_is_away_every_executive_hears(
    complaint: models.Case, cast: Cast, second_rung_at: datetime, monday_ten: datetime
) -> None:
    away(cast.marta, cast.ruth, cast.grace, cast.noor, since=monday_ten)
    watch_until(second_rung_at)
    assert heard_at(complaint, second_rung_at) >= {cast.grace, cast.noor}


def test_the_last_executive_can_not_leave(cast: Cast, monday_ten: datetime) -> None:
    people.leave(cast.noor, by=cast.sam, now=monday_ten)
    with pytest.raises(refusals.LastExecutive):
        people.leave(cast.grace, by=cast.sam, now=monday_ten)
    with pytest.raises(refusals.LastExecutive):
        people.change_role(cast.grace, role=Role.HEAD, team=None, by=cast.sam, now=monday_ten)


def test_a_single_executive_is_a_fault_of_the_house_that_the_doctor_names(cast: Cast, monday_ten: datetime) -> None:
    checks = {check.code: check for check in doctor.examine(now=monday_ten).checks}
    assert checks["executives"].well
    people.leave(cast.noor, by=cast.sam, now=monday_ten)
    checks = {check.code: check for check in doctor.examine(now=monday_ten).checks}
    assert checks["executives"].found == (
        "The last rung needs two people at least: when one is away, the other hears.",
    )
