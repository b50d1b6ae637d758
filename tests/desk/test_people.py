"""People come and go; a case never loses its owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import Http404

from makegood.demo.cast import Cast
from makegood.desk import access, models
from makegood.desk.actions import alarms, handoffs, people
from makegood.rules import refusals

pytestmark = pytest.mark.django_db


def test_an_absent_owner_keeps_a_case_for_one_open_hour(
    letter: models.Case, cast: Cast, monday_ten: datetime, until: Callable[[datetime], None]
) -> None:
    people.excuse(
        cast.priya,
        from_at=monday_ten + timedelta(hours=1),
        to_at=None,
        cover=cast.tom,
        why="flu",
        by=cast.priya,
        now=monday_ten,
    )
    until(monday_ten + timedelta(minutes=119))
    letter.refresh_from_db()
    assert letter.owner == cast.priya
    until(monday_ten + timedelta(minutes=120))
    letter.refresh_from_db()
    assert letter.owner == cast.tom


def test_an_offer_is_no_handoff_until_it_is_accepted(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    handoffs.offer(letter.pk, to=cast.tom, by=cast.priya, note="You know packs.", now=monday_ten)
    letter.refresh_from_db()
    assert (letter.owner, letter.offered_to) == (cast.priya, cast.tom)
    handoffs.accept(letter.pk, by=cast.tom, now=monday_ten + timedelta(minutes=5))
    letter.refresh_from_db()
    assert (letter.owner, letter.offered_to) == (cast.tom, None)


def test_only_whom_it_was_offered_to_may_accept(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    handoffs.offer(letter.pk, to=cast.tom, by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.NotOffered):
        handoffs.accept(letter.pk, by=cast.luis, now=monday_ten)


def test_an_agent_may_not_give_away_what_he_does_not_own(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    with pytest.raises(refusals.NotTheOwner):
        handoffs.offer(letter.pk, to=cast.luis, by=cast.tom, now=monday_ten)


def test_another_teams_case_does_not_exist(letter: models.Case, cast: Cast) -> None:
    assert access.case_for(cast.tom, letter.number) == letter
    for stranger in (cast.wen,):
        with pytest.raises(Http404):
            access.case_for(stranger, letter.number)
    with pytest.raises(Http404):
        handoffs.offer(letter.pk, to=cast.wen, by=cast.wen, now=letter.received_at)


def test_what_rings_falls_silent_for_a_business_day_and_then_climbs(
    letter: models.Case, cast: Cast, monday_ten: datetime, until: Callable[[datetime], None]
) -> None:
    tuesday_ten = monday_ten + timedelta(days=1)
    until(tuesday_ten)
    alarms.acknowledge(letter.pk, by=cast.priya, now=tuesday_ten + timedelta(minutes=5))
    until(tuesday_ten + timedelta(days=1))
    assert not letter.alarms.filter(told_at__gt=tuesday_ten).exists()
    until(tuesday_ten + timedelta(days=1, minutes=5))
    lead = letter.alarms.latest("told_at")
    assert (lead.rung, list(lead.to.all())) == (1, [cast.marta])


def test_a_lead_excuses_her_own_agents_and_nobody_above_her(cast: Cast, monday_ten: datetime) -> None:
    away = {"from_at": monday_ten, "to_at": None, "cover": None, "why": "", "by": cast.marta, "now": monday_ten}
    people.excuse(cast.tom, **away)  # type: ignore[arg-type]
    people.excuse(cast.marta, **away)  # type: ignore[arg-type]
    for other in (cast.wen, cast.ruth, cast.grace, cast.sam):
        with pytest.raises(Http404):
            people.excuse(other, **away)  # type: ignore[arg-type]
