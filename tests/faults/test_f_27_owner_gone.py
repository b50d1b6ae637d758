"""F-27: an owner leaves, gets another name or another post. His cases go to who leads them, with an event."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models
from makegood.desk.actions import handoffs, people
from makegood.desk.queries import invariants
from makegood.rules.policy import Role
from tests.staff.conftest import IVO, Hand, SignedIn, own
from tests.watch.house import watch_until

pytestmark = pytest.mark.django_db


def test_who_leaves_owns_nothing_a_moment_later_and_is_signed_out(
    signed_in: SignedIn, priya: Client, cast: Cast, buckle: models.Case, weeks: Weeks, hand: Hand
) -> None:
    assert signed_in(cast.marta).post(f"/people/{cast.priya.pk}/leave/").status_code == 404
    signed_in(cast.ruth).post(f"/people/{cast.priya.pk}/leave/")
    buckle.refresh_from_db()
    assert buckle.owner != cast.priya
    assert priya.get("/").status_code == 302


def test_every_case_of_his_goes_to_the_lead_with_an_event_and_word_to_her(
    weeks: Weeks, cast: Cast, buckle: models.Case, hand: Hand
) -> None:
    boots = own(weeks.letter(IVO, at=hand.at, subject="Boots", text="Not back."), cast.priya, now=hand.at)
    people.leave(cast.priya, by=cast.ruth, now=hand.move(hours=1))
    for case in (buckle, boots):
        case.refresh_from_db()
        assert case.owner == cast.marta
        moved = case.journal.filter(name="owner.changed").latest("seq")
        assert (moved.facts["to"], moved.facts["was"]) == (cast.marta.pk, cast.priya.pk)
        assert case.notices.filter(staff=cast.marta, kind="owner.changed").exists()
    assert invariants.always_an_owner(now=hand.at).holds


def test_what_was_offered_to_who_left_comes_back_to_its_owner(cast: Cast, buckle: models.Case, hand: Hand) -> None:
    handoffs.offer(buckle.pk, to=cast.tom, by=cast.priya, note="You know packs.", now=hand.at)
    people.leave(cast.tom, by=cast.ruth, now=hand.move(minutes=5))
    watch_until(hand.move(days=1))
    buckle.refresh_from_db()
    assert (buckle.owner, buckle.offered_to) == (cast.priya, None)


def test_nobody_can_be_deleted_from_under_his_cases(cast: Cast, buckle: models.Case) -> None:
    with pytest.raises(ProtectedError):
        cast.priya.delete()
    # Nor behind the program's back.
    with pytest.raises(IntegrityError), transaction.atomic():
        _delete_behind_its_back(cast.priya.pk)
    assert models.Staff.objects.filter(pk=cast.priya.pk).exists()


def _delete_behind_its_back(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_staff WHERE id = %s", [pk])
    connection.check_constraints()


def test_another_name_or_post_moves_no_case(cast: Cast, buckle: models.Case, monday_ten: datetime) -> None:
    models.Staff.objects.filter(pk=cast.priya.pk).update(name="Priya Nair", email="priya.nair@larkfield.example")
    later = monday_ten + timedelta(hours=1)
    people.change_role(cast.priya, role=Role.LEAD, team=cast.priya.team, by=cast.ruth, now=later)
    buckle.refresh_from_db()
    assert buckle.owner == cast.priya and buckle.owner.name == "Priya Nair"
    assert invariants.always_an_owner(now=later).holds


def test_a_signed_in_browser_of_his_ends_with_him(
    signed_in: SignedIn, priya: Client, cast: Cast, buckle: models.Case
) -> None:
    assert priya.get("/").status_code == 200
    signed_in(cast.ruth).post(f"/people/{cast.priya.pk}/leave/")
    assert priya.post(f"/cases/{buckle.number}/note/", {"text": "One more thing."}).status_code in (302, 403, 404)
    assert not buckle.notes.exists()
