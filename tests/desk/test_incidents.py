"""An incident on the desk: everybody once, told by us first, made good once each, whatever kills the job on its way."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from makegood.demo.cast import Cast
from makegood.desk import facts, models
from makegood.desk.actions import (
    cases,
    delivery,
    incident_letters,
    incident_lists,
    incident_people,
    incident_remedies,
    incident_work,
    incidents,
    remedies,
    wishes,
)
from makegood.desk.actions.incident_remedies import Gift
from makegood.desk.actions.record import record_all
from makegood.desk.actions.wanted import Choice
from makegood.desk.queries import incidents as queries
from makegood.desk.queries import kept_incidents
from makegood.rules import incident_refusals as no
from makegood.rules import refusals
from makegood.rules.affected import Standing, Telling
from makegood.rules.policy import Role
from tests.desk.hit import CREDIT, MINUTE, Carry, kills, tell, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_steps")]


def reckon(incident: models.Incident) -> queries.Reckoning:
    incident.refresh_from_db()
    found = queries.reckon(incident)
    assert found.adds_up, found
    return found


# ── once each ────────────────────────────────────────────────────────────────


def test_the_job_is_killed_at_every_place_it_passes_and_everybody_is_told_and_given_once(
    cast: Cast, of_seven: models.Incident, carry: Carry, monday_ten: datetime
) -> None:
    """F-31: each time it dies one place further on; what it had not committed is undone, and it goes on."""
    incidents.start(of_seven.pk, "tells", by=cast.ruth, now=monday_ten)
    killed = [kills(lambda: work(monday_ten))]
    carry(monday_ten)
    incident_remedies.dry_run(of_seven.pk, by=cast.ruth, now=monday_ten)
    incidents.start(of_seven.pk, "gives", by=cast.ruth, now=monday_ten + MINUTE)
    killed.append(kills(lambda: work(monday_ten + MINUTE)))
    assert min(killed) >= 5
    found = reckon(of_seven)
    assert (found.affected, found.told) == (7, 7)
    for model in (models.Case, models.Remedy, models.Code):
        assert model.objects.count() == 7  # type: ignore[attr-defined]  # each has one
    assert models.Contact.objects.filter(direction="out").count() == 7
    assert of_seven.given == of_seven.approved == 7 * 2_500
    assert wrong(monday_ten) == []
    first, second, third = of_seven.people.order_by("pk")[:3]
    of_seven.people.filter(pk=first.pk).update(giving="declined")
    of_seven.people.filter(pk=second.pk).update(standing="remedied", cost=1)
    models.Contact.objects.filter(pk=third.contact_id).update(standing="bounced")
    found = wrong(monday_ten)
    for what in ("his remedy is at another step", "stand as “remedied”", "shows 17500 as given", "counts as told"):
        assert any(what in one for one in found), found


def wrong(now: datetime) -> list[str]:
    """What the doctor finds of incidents."""
    found = [*kept_incidents.untold(now=now, late=MINUTE), *kept_incidents.given()]
    return [one.what for one in found]


def test_nothing_is_given_before_the_dry_run_and_not_a_cent_above_what_was_approved(
    cast: Cast, of_seven: models.Incident, carry: Carry, monday_ten: datetime
) -> None:
    tell(of_seven, cast, carry, monday_ten)
    with pytest.raises(refusals.Refusal, match="Make the dry run first"):
        incidents.start(of_seven.pk, "gives", by=cast.ruth, now=monday_ten)
    incident_remedies.dry_run(of_seven.pk, by=cast.ruth, now=monday_ten)
    incidents.start(of_seven.pk, "gives", by=cast.ruth, now=monday_ten)
    # One cent too little for the fifth.
    models.Incident.objects.filter(pk=of_seven.pk).update(approved=5 * 2_500 - 1)
    work(monday_ten)
    of_seven.refresh_from_db()
    assert (of_seven.job, of_seven.given) == ("stopped", 4 * 2_500)
    assert "12499" in of_seven.job_why.replace(".", "")
    assert models.Notice.objects.filter(kind="incident.stopped", staff=cast.ruth).count() == 1
    assert models.Remedy.objects.count() == 4
    with pytest.raises(refusals.Refusal, match="not approved yet"):
        incidents.go_on(of_seven.pk, by=cast.ruth, now=monday_ten)


def test_a_sum_above_the_limit_wants_somebody_else_and_not_somebody_on_the_list(
    cast: Cast, of_seven: models.Incident, monday_ten: datetime
) -> None:
    dear = Gift(failure="outcome", choices=(Choice(catalogue="code"),))
    models.Affected.objects.update(amount=100_000)
    incident_remedies.choose(of_seven.pk, dear, by=cast.ruth, now=monday_ten)
    total = incident_remedies.dry_run(of_seven.pk, by=cast.ruth, now=monday_ten)
    of_seven.refresh_from_db()
    assert (total.minor, of_seven.needs, of_seven.approved) == (700_000, "executive", None)
    for who, refusal in ((cast.ruth, refusals.OwnRequest), (cast.sam, refusals.NotEnoughAuthority)):
        with pytest.raises(refusal):
            incident_remedies.approve(of_seven.pk, total=700_000, by=who, now=monday_ten)
    models.AffectedKey.objects.filter(key="mail:p0@x.example").update(key=f"mail:{cast.noor.email}")
    with pytest.raises(refusals.OwnRequest):
        incident_remedies.approve(of_seven.pk, total=700_000, by=cast.noor, now=monday_ten)
    with pytest.raises(refusals.Refusal, match="another by now"):
        incident_remedies.approve(of_seven.pk, total=699_999, by=cast.grace, now=monday_ten)
    incident_remedies.approve(of_seven.pk, total=700_000, by=cast.grace, now=monday_ten)
    of_seven.refresh_from_db()
    assert of_seven.approved == 700_000


def test_a_sum_that_is_split_over_incidents_is_caught_like_a_whole_one(
    cast: Cast, of_seven: models.Incident, monday_ten: datetime
) -> None:
    incident_remedies.dry_run(of_seven.pk, by=cast.ruth, now=monday_ten)
    limits = facts.policy(cases.latest_policy()).authority[Role.HEAD]
    of_seven.refresh_from_db()
    assert of_seven.approved_by == cast.ruth
    models.Incident.objects.update(approved=limits.per_30_days)

    listed = b"email,name\np0@x.example,Person 0\n"
    other = incidents.open_incident(title="The same once more", by=cast.ruth, now=monday_ten)
    incident_lists.upload(other.pk, name="l.csv", content=[listed], by=cast.ruth, now=monday_ten)
    incident_remedies.choose(other.pk, CREDIT, by=cast.ruth, now=monday_ten)
    work(monday_ten)
    incident_remedies.dry_run(other.pk, by=cast.ruth, now=monday_ten)
    other.refresh_from_db()
    assert (other.needs, other.approved) == ("executive", None)


def test_a_paused_job_touches_nobody_and_goes_on_where_it_stood(
    cast: Cast, of_seven: models.Incident, monday_ten: datetime
) -> None:
    incidents.start(of_seven.pk, "tells", by=cast.ruth, now=monday_ten)
    assert incident_work.step(of_seven.pk, now=monday_ten) == 3
    incidents.pause(of_seven.pk, by=cast.ruth, now=monday_ten)
    work(monday_ten)
    assert models.Case.objects.count() == 3
    incidents.go_on(of_seven.pk, by=cast.ruth, now=monday_ten)
    work(monday_ten)
    assert models.Contact.objects.count() == 7


# ── told ─────────────────────────────────────────────────────────────────────


def test_who_was_not_reached_is_named_until_a_person_reached_him(
    cast: Cast, of_seven: models.Incident, carry: Carry, monday_ten: datetime
) -> None:
    tell(of_seven, cast, carry, monday_ten)
    back, gone, last = of_seven.people.order_by("pk")[:3]
    for person in (back, gone):
        delivery.bounced(models.Contact.objects.get(pk=person.contact_id), why="550 nobody", now=monday_ten)
    found = reckon(of_seven)
    assert (found.told, found.count(Standing.WITH_PERSON)) == (5, 2)
    incidents.correct_address(of_seven.pk, back.pk, address="New@x.example", by=cast.ruth, now=monday_ten)
    incidents.give_up(of_seven.pk, gone.pk, why="moved, the telephone is dead", by=cast.ruth, now=monday_ten)
    with pytest.raises(refusals.Refusal, match="told already"):
        incidents.tell_by_hand(of_seven.pk, last.pk, why="rang", by=cast.ruth, now=monday_ten)
    work(monday_ten)
    carry(monday_ten)
    found = reckon(of_seven)
    assert (found.told, found.count(Standing.UNREACHABLE)) == (6, 1)


def test_how_much_later_than_a_partner_we_told_them_is_counted_for_each(
    cast: Cast, of_seven: models.Incident, carry: Carry, monday_ten: datetime
) -> None:
    earlier = monday_ten - timedelta(minutes=90)
    assert queries.notice_gap(of_seven) is None
    incidents.note_partner(of_seven.pk, partner="The booking site", told_at=earlier, by=cast.ruth, now=monday_ten)
    of_seven.people.filter(name="Person 0").update(partner_told_at=monday_ten + timedelta(days=1))
    tell(of_seven, cast, carry, monday_ten)
    gap = queries.notice_gap(of_seven)
    assert gap is not None
    assert (gap.first, gap.later, gap.longest) == (1, 6, timedelta(minutes=90))


def test_each_letter_is_filled_in_for_its_reader_and_bears_a_persons_name(
    cast: Cast, of_seven: models.Incident, carry: Carry, monday_ten: datetime
) -> None:
    tell(of_seven, cast, carry, monday_ten)
    letter = models.Contact.objects.get(to_addresses=["p3@x.example"])
    assert (letter.subject, letter.text) == ("Order 88-3", "Dear Person 3, the buckle of order 88-3 cracks.")
    assert letter.staff == cast.ruth
    assert models.Case.objects.get(pk=letter.case_id).substantive_at == monday_ten


# ── who ──────────────────────────────────────────────────────────────────────


def test_a_letter_with_a_hole_for_somebody_goes_to_nobody(
    cast: Cast, of_seven: models.Incident, monday_ten: datetime
) -> None:
    one = of_seven.people.order_by("pk")[0]
    models.Affected.objects.filter(pk=one.pk).update(order="")
    with pytest.raises(no.LetterHasHoles) as refused:
        incidents.start(of_seven.pk, "tells", by=cast.ruth, now=monday_ten)
    assert refused.value.reasons == ("1 of them: no {order}.",)


def test_one_case_opens_an_incident_and_its_customer_keeps_the_case_he_has(
    cast: Cast, letter: models.Case, carry: Carry, monday_ten: datetime
) -> None:
    incident = incidents.open_from_case(letter.pk, title="", by=cast.ruth, now=monday_ten)
    assert incident.title == letter.subject
    assert incident_people.add_case(incident.pk, letter.pk, by=cast.ruth, now=monday_ten) == incident_people.AGAIN
    incidents.write_letter(
        incident.pk, language="en", subject="Buckles", text="They crack.", by=cast.ruth, now=monday_ten
    )
    tell(incident, cast, carry, monday_ten)
    (person,) = incident.people.all()
    assert (person.case, person.told_us, person.telling) == (letter, True, str(Telling.ACCEPTED))
    assert models.Case.objects.count() == 1


def test_whoever_was_given_something_by_hand_is_left_to_a_person(
    cast: Cast, letter: models.Case, carry: Carry, monday_ten: datetime
) -> None:
    incident = incidents.open_from_case(letter.pk, title="", by=cast.ruth, now=monday_ten)
    incident_remedies.choose(incident.pk, CREDIT, by=cast.ruth, now=monday_ten)
    wanted = incident_remedies._wanted(CREDIT, incident, person=None, price=None)
    with pytest.raises(refusals.Refusal):
        incidents.close(incident.pk, told_back="x", by=cast.ruth, now=monday_ten)
    wishes.pass_gate(letter.pk, why="she said on the telephone: anything", by=cast.priya, now=monday_ten)
    remedies.propose(letter.pk, wanted, by=cast.priya, now=monday_ten)
    incident_remedies.dry_run(incident.pk, by=cast.ruth, now=monday_ten)
    incident.refresh_from_db()
    assert incident.dry_run["people"] == 0
    assert list(incident.dry_run["impossible"]) == [incident_remedies.OWN]
    assert queries.granted_otherwise(incident) == []  # it is what everybody is offered
    other = Gift(failure="process", choices=(Choice(catalogue="apology"),))
    incident_remedies.choose(incident.pk, other, by=cast.ruth, now=monday_ten)
    incident.refresh_from_db()
    (granted,) = queries.granted_otherwise(incident)
    assert (granted.catalogue, granted.people, granted.cost.minor) == ("credit", 1, 2_500)
    incident_remedies.add_option(incident.pk, Choice(catalogue="credit"), by=cast.ruth, now=monday_ten)
    incident.refresh_from_db()
    assert [one["catalogue"] for one in incident.remedy["choices"]] == ["apology", "credit"]
    assert incident.dry_run_at is None


def test_a_list_names_each_person_once_and_gives_back_what_could_be_two(cast: Cast, monday_ten: datetime) -> None:
    incident = incidents.open_incident(title="Fees", by=cast.ruth, now=monday_ten)
    text = (
        "email;order;amount\r\nA@x.example;1;10.00\r\na@X.example;2;10.00\r\na@x.example;1;10.00\r\n"
        "b@x.example;3;5.00\r\nb@x.example;1;\r\n;9;1.00\r\n"
    )
    incident_lists.upload(incident.pk, name="l", content=[text.encode("utf-16")], by=cast.ruth, now=monday_ten)
    work(monday_ten)
    kept = incident.lists.get()
    assert (kept.encoding, kept.taken, kept.again, kept.rejected) == ("utf-16", 3, 2, 1)
    assert dict(incident.people.values_list("address", "amount")) == {"a@x.example": 2_000, "b@x.example": 500, "": 100}
    assert kept.rejects.get().why == incident_people.TWO_PEOPLE
    assert kept.read == kept.size


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"name\nAnn\n", b"\x00\x01\x02"])
def test_what_is_no_list_of_people_is_refused_and_leaves_nothing_behind(
    cast: Cast, tmp_path: Path, monday_ten: datetime, content: bytes
) -> None:
    incident = incidents.open_incident(title="Fees", by=cast.ruth, now=monday_ten)
    with pytest.raises(refusals.Refusal):
        incident_lists.upload(incident.pk, name="l", content=[content], by=cast.ruth, now=monday_ten)
    assert not list((tmp_path / "incidents").iterdir())


def test_one_on_whom_the_desk_fails_steps_aside_and_the_others_go_on(
    cast: Cast, of_seven: models.Incident, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = incident_letters._filled

    def fails(incident: models.Incident, person: models.Affected, d: object) -> tuple[str, str]:
        if person.name == "Person 4":
            raise KeyError(person.name)
        return real(incident, person, d)  # type: ignore[arg-type]

    monkeypatch.setattr(incident_letters, "_filled", fails)
    incidents.start(of_seven.pk, "tells", by=cast.ruth, now=monday_ten)
    work(monday_ten)
    found = reckon(of_seven)
    assert found.telling == {Telling.WRITTEN: 6, Telling.REFUSED: 1}
    assert "KeyError" in of_seven.people.get(name="Person 4").why


def test_unusually_many_cases_that_share_a_word_are_proposed_once_and_can_be_waved_off(
    cast: Cast, monday_ten: datetime
) -> None:
    version = cases.latest_policy()
    news = [
        cases.New(
            customer=models.Customer.objects.create(name=f"C{n}", first_seen_at=monday_ten),
            door=cast.policy.doors["mail"],
            subject=f"The buckle snapped again {n}",
            received_at=monday_ten,
        )
        for n in range(6)
    ]
    record_all(cases.open_new(news, house=facts.house(version), version=version, now=monday_ten), now=monday_ten)
    (proposal,) = queries.proposals(cast.ruth, now=monday_ten + MINUTE)
    assert (proposal.spike.word, len(proposal.cases)) == ("buckle", 6)
    assert queries.proposals(cast.priya, now=monday_ten + MINUTE) == []
    for word in ("buckle", "snapped"):
        incidents.wave_off(word, by=cast.ruth, now=monday_ten)
    assert queries.proposals(cast.ruth, now=monday_ten + MINUTE) == []
