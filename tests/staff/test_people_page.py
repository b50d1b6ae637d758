"""People: absences by who may record them, coming and leaving, roles; and one's own settings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.desk import models

from .conftest import SignedIn, text_of


def test_everybody_is_listed_with_role_and_whether_they_are_in(priya: Client) -> None:
    page = text_of(priya.get("/people/"))
    assert "10 people work here." in page
    assert "All are in." in page
    assert "head of service" in page


def test_one_records_ones_own_absence_on_ones_own_clock(priya: Client, cast: Cast) -> None:
    typed = {
        "from_date": "2026-03-02",
        "to_date": "2026-03-09",
        "to_time": "09:00",
        "cover": cast.tom.pk,
        "why": "skis",
    }
    priya.post(f"/people/{cast.priya.pk}/absence/", typed)
    absence = cast.priya.absences.get()
    assert absence.from_at == datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
    assert absence.to_at == datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
    assert absence.cover == cast.tom
    page = text_of(priya.get("/people/"))
    assert "away until" in page
    assert "Tom Hale covers" in page
    priya.post(f"/people/absences/{absence.pk}/end/")
    assert "All are in." in text_of(priya.get("/people/"))


def test_an_agent_records_nobody_elses_absence_and_a_lead_does(priya: Client, signed_in: SignedIn, cast: Cast) -> None:
    typed = {"from_date": "2026-03-02"}
    assert priya.post(f"/people/{cast.tom.pk}/absence/", typed).status_code == 404
    assert signed_in(cast.marta).post(f"/people/{cast.tom.pk}/absence/", typed).status_code == 302
    assert cast.tom.absences.count() == 1
    assert priya.post(f"/people/absences/{cast.tom.absences.get().pk}/end/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"from_date": ""}, 422), ({"from_date": "x"}, 422), ({"from_date": "2026-03-09", "to_date": "2026-03-02"}, 409)],
)
def test_an_absence_that_makes_no_sense_is_refused(
    priya: Client, cast: Cast, typed: dict[str, str], status: int
) -> None:
    assert priya.post(f"/people/{cast.priya.pk}/absence/", typed).status_code == status
    assert not cast.priya.absences.exists()


def test_somebody_new_can_sign_in_and_an_agent_adds_nobody(
    priya: Client, signed_in: SignedIn, cast: Cast, client: Client
) -> None:
    typed = {
        "name": "Ana Solís", "email": "Ana@larkfield.example", "password": "seven larks at noon",
        "role": "agent", "team": cast.priya.team_id,
    }  # fmt: skip
    assert priya.get("/people/hire/").status_code == 404
    assert priya.post("/people/hire/", typed).status_code == 404
    ruth = signed_in(cast.ruth)
    assert ruth.post("/people/hire/", typed).status_code == 302
    assert (
        client.post("/sign-in/", {"username": "ana@larkfield.example", "password": "seven larks at noon"}).status_code
        == 302
    )
    again = ruth.post("/people/hire/", typed | {"password": "brief-one"})
    page = text_of(again)
    assert again.status_code == 422
    assert "Somebody with this address works here already" in page
    assert "at least 10 characters" in page
    assert 'value="Ana Solís"' in page
    assert "brief-one" not in page


def test_an_agent_without_a_team_would_see_nothing_and_is_refused(signed_in: SignedIn, cast: Cast) -> None:
    refused = signed_in(cast.ruth).post(f"/people/{cast.tom.pk}/role/", {"role": "agent", "team": ""})
    assert refused.status_code == 422
    assert "without one they see no case" in text_of(refused)


def test_a_role_is_changed_by_who_may_and_to_nothing_that_is_none(
    priya: Client, signed_in: SignedIn, cast: Cast
) -> None:
    url = f"/people/{cast.priya.pk}/role/"
    assert priya.post(url, {"role": "admin"}).status_code == 404
    ruth = signed_in(cast.ruth)
    assert ruth.post(url, {"role": "owner"}).status_code == 422
    assert ruth.post(url, {"role": "lead", "team": cast.priya.team_id}).status_code == 302
    cast.priya.refresh_from_db()
    assert cast.priya.role == "lead"


def test_the_ladder_must_end_with_somebody(signed_in: SignedIn, cast: Cast) -> None:
    ruth = signed_in(cast.ruth)
    assert ruth.post(f"/people/{cast.noor.pk}/leave/").status_code == 302
    refused = ruth.post(f"/people/{cast.grace.pk}/leave/")
    assert refused.status_code == 409
    assert "The ladder must end with somebody." in text_of(refused)


# ── one's own settings ───────────────────────────────────────────────────────


def test_zone_and_language_are_ones_own(priya: Client, cast: Cast, buckle: models.Case) -> None:
    assert priya.post("/settings/", {"time_zone": "Europe/Madrid", "language": "es"}).status_code == 302
    response = priya.get("/")
    assert '<html lang="es"' in response.content.decode()
    assert "CET" in response.content.decode()


def test_a_zone_that_is_none_is_refused_with_what_to_write(priya: Client, cast: Cast) -> None:
    refused = priya.post("/settings/", {"time_zone": "Chicago", "language": "en"})
    assert refused.status_code == 422
    assert "There is no zone “Chicago”. Write continent and city, such as Europe/Madrid." in text_of(refused)
    cast.priya.refresh_from_db()
    assert cast.priya.time_zone == ""


def test_light_or_dark_is_ones_own_and_nothing_else_goes_that_way(priya: Client, cast: Cast) -> None:
    priya.post("/settings/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in priya.get("/").content.decode()
    priya.post("/settings/theme/", {"theme": '"><script>', "role": "admin", "time_zone": "UTC"})
    cast.priya.refresh_from_db()
    assert (cast.priya.theme, cast.priya.role, cast.priya.time_zone) == ("dark", "agent", "")


def test_a_new_password_takes_the_old_one_and_ends_every_other_session(signed_in: SignedIn, cast: Cast) -> None:
    cast.priya.set_password("until now, this one")
    cast.priya.save()
    here, elsewhere = signed_in(cast.priya), signed_in(cast.priya)
    typed = {"old": "not it", "new": "from now on, that one", "again": "from now on, that one"}
    assert here.post("/settings/password/", typed).status_code == 422
    assert here.post("/settings/password/", typed | {"old": "until now, this one", "again": "x"}).status_code == 422
    assert here.post("/settings/password/", typed | {"old": "until now, this one"}).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
