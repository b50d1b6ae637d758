"""An incident's clock, and its end: everybody told by a time or the alarm climbs; its cases closed together."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import facts, models
from makegood.desk.actions import cases, delivery, incident_alarms, incident_people, incidents, messages
from makegood.desk.queries import incident_cases
from makegood.desk.queries import incidents as queries
from makegood.rules import incident_refusals as no
from makegood.rules import refusals
from makegood.watch import incidents as round_of
from tests.desk.hit import DAY, MINUTE, Carry, kills, tell, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_steps")]


# ── told in time ─────────────────────────────────────────────────────────────


def rung(incident: models.Incident, now: datetime) -> int:
    """Let the watch look, and say which rung heard last; -1 while nothing rings."""
    round_of.ring(now=now)
    incident.refresh_from_db()
    return incident.rung


def heard_of(incident: models.Incident) -> list[str]:
    told = models.Notice.objects.filter(kind="incident.untold", facts__incident=incident.pk)
    return list(told.order_by("pk").values_list("staff__name", flat=True))


def test_who_is_not_told_in_time_rings_to_the_owner_then_above_him_until_somebody_has_it(
    cast: Cast, of_seven: models.Incident, carry: Carry, monday_ten: datetime
) -> None:
    assert of_seven.told_by == monday_ten + DAY  # one business day, by the policy
    assert rung(of_seven, monday_ten + DAY - MINUTE) == -1
    assert rung(of_seven, monday_ten + DAY) == 0
    assert rung(of_seven, monday_ten + DAY + MINUTE) == 0
    assert heard_of(of_seven) == [cast.ruth.name]
    assert queries.ringing(cast.ruth) == [of_seven]
    assert rung(of_seven, monday_ten + 2 * DAY) > 0
    above = heard_of(of_seven)[-1]
    assert above != cast.ruth.name
    incident_alarms.have_it(of_seven.pk, by=cast.ruth, now=monday_ten + 2 * DAY)
    assert queries.ringing(cast.ruth) == []
    told = len(heard_of(of_seven))
    rung(of_seven, monday_ten + 2 * DAY + timedelta(hours=5))
    assert len(heard_of(of_seven)) == told  # whoever has it has a day
    rung(of_seven, monday_ten + 3 * DAY)
    assert len(heard_of(of_seven)) > told


def test_nothing_rings_when_everybody_was_told_or_can_not_be_reached(
    cast: Cast, of_seven: models.Incident, carry: Carry, monday_ten: datetime
) -> None:
    lost = of_seven.people.order_by("pk")[0]
    incidents.give_up(of_seven.pk, lost.pk, why="moved, no telephone", by=cast.ruth, now=monday_ten)
    tell(of_seven, cast, carry, monday_ten)
    assert rung(of_seven, monday_ten + 5 * DAY) == -1
    assert heard_of(of_seven) == []
    with pytest.raises(refusals.NothingRings):
        incident_alarms.have_it(of_seven.pk, by=cast.ruth, now=monday_ten + 5 * DAY)
    # A letter that comes back makes somebody untold again; told another way, it is silent.
    back = models.Contact.objects.get(pk=of_seven.people.order_by("pk")[1].contact_id)
    delivery.bounced(back, why="550 nobody", now=monday_ten + 5 * DAY)
    assert rung(of_seven, monday_ten + 5 * DAY + timedelta(hours=1)) == 0
    person = of_seven.people.order_by("pk")[1]
    incidents.tell_by_hand(of_seven.pk, person.pk, why="rang her", by=cast.ruth, now=monday_ten + 5 * DAY)
    assert rung(of_seven, monday_ten + 6 * DAY) == -1


def test_whoever_comes_on_a_list_that_was_told_has_a_time_of_his_own(
    cast: Cast, of_seven: models.Incident, carry: Carry, letter: models.Case, monday_ten: datetime
) -> None:
    tell(of_seven, cast, carry, monday_ten)
    later = monday_ten + 2 * DAY
    incident_people.add_case(of_seven.pk, letter.pk, by=cast.ruth, now=later)
    assert rung(of_seven, later + MINUTE) == -1
    of_seven.refresh_from_db()
    assert of_seven.told_by == later + DAY


# ── closed together ──────────────────────────────────────────────────────────


def test_cases_of_an_incident_close_together_each_by_its_own_rules(
    cast: Cast, of_seven: models.Incident, carry: Carry, monday_ten: datetime
) -> None:
    tell(of_seven, cast, carry, monday_ten)
    first, second, third = of_seven.people.order_by("pk")[:3]
    of_seven.people.exclude(pk=second.pk).update(giving="confirmed", standing="remedied")
    messages.keep_all([written_by(third, monday_ten + MINUTE)], now=monday_ten + MINUTE)
    open_still = list(incident_cases.open_ones(of_seven))
    reasons = dict(zip([p.pk for p in open_still], incident_cases.reasons(of_seven, open_still), strict=True))
    assert reasons[first.pk] == ()
    assert "not settled" in reasons[second.pk][0]
    assert "written since" in reasons[third.pk][-1]
    with pytest.raises(no.NoReasonToClose):
        incidents.close_cases(of_seven.pk, why=" ", by=cast.ruth, now=monday_ten + DAY)
    incidents.close_cases(of_seven.pk, why="Each has a new buckle.", by=cast.ruth, now=monday_ten + DAY)
    assert kills(lambda: work(monday_ten + DAY)) >= 3
    assert set(incident_cases.open_ones(of_seven).values_list("pk", flat=True)) == {second.pk, third.pk}
    asked = models.OutboxItem.objects.filter(purpose="closing")
    assert asked.count() == 5


def written_by(person: models.Affected, at: datetime) -> messages.Coming:
    case = models.Case.objects.get(pk=person.case_id)
    text = messages.Incoming(received_at=at, from_address=person.address, subject="Thanks", text="Thanks.")
    version = cases.latest_policy()
    door = facts.policy(version).doors["mail"]
    return messages.Coming(row=case, message=text, door=door, item=None, customer=case.customer)
