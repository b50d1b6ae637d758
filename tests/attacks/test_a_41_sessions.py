"""A-41: a session that was planted, stolen or outlived is worth nothing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from http.cookies import Morsel
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import people
from makegood.rules.policy import Role
from makegood.server import settings as their_settings
from makegood.staff.one_time_codes import code_at
from tests.conftest import MONDAY_TEN

PASSWORD = "a trail needs no password"
NAME = settings.SESSION_COOKIE_NAME
SEED = b"12345678901234567890"


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with clock.reading(lambda: MONDAY_TEN):
        yield


@pytest.fixture
def tom(cast: Cast) -> models.Staff:
    cast.tom.set_password(PASSWORD)
    cast.tom.save()
    return cast.tom


def sign_in(client: Client, who: models.Staff, password: str = PASSWORD) -> Any:
    return client.post("/sign-in/", {"username": who.email, "password": password})


def with_cookie(value: str) -> Client:
    """Another browser that sends this session, as a thief's would."""
    client = Client()
    client.cookies[NAME] = value
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def cookie(client: Client) -> Morsel[str]:
    return client.cookies[NAME]


@pytest.mark.parametrize("planted", ["", "x", "0" * 32, "../../etc/passwd", "a" * 5_000, "\u00e9", "' OR 1=1 --"])
def test_a_session_name_of_somebody_elses_choosing_is_never_taken_over(tom: models.Staff, planted: str) -> None:
    client = with_cookie(planted)
    assert sign_in(client, tom).status_code == 302
    assert cookie(client).value not in ("", planted)
    assert not is_in(with_cookie(planted)) and is_in(client)


def test_a_session_fixed_before_the_sign_in_is_dead_after_it(tom: models.Staff) -> None:
    victim = Client()
    session = victim.session
    session["planted"] = True
    session.save()
    fixed = str(session.session_key)
    assert sign_in(with_cookie(fixed), tom).status_code == 302
    assert not is_in(with_cookie(fixed))
    assert not Session.objects.filter(session_key=fixed).exists()


def test_nothing_of_one_persons_session_goes_over_to_the_next_in_the_same_browser(
    tom: models.Staff, cast: Cast
) -> None:
    client = Client()
    sign_in(client, tom)
    first = cookie(client).value
    client.session["left_behind"] = "by Tom"
    cast.sam.set_password(PASSWORD)
    cast.sam.save()
    client.post("/sign-out/")
    sign_in(client, cast.sam)
    assert cookie(client).value != first
    assert "left_behind" not in client.session
    assert not is_in(with_cookie(first))


def test_signing_out_ends_the_session_in_the_house_and_not_only_in_the_browser(tom: models.Staff) -> None:
    client = Client()
    sign_in(client, tom)
    stolen = cookie(client).value
    assert is_in(with_cookie(stolen))
    client.post("/sign-out/")
    assert not is_in(with_cookie(stolen))


def test_a_new_password_ends_every_session_but_the_one_it_was_set_in(tom: models.Staff) -> None:
    here, thief = Client(), Client()
    sign_in(here, tom)
    sign_in(thief, tom)
    before = cookie(here).value
    new = "seven larks at noon"
    assert here.post("/settings/password/", {"old": PASSWORD, "new": new, "again": new}).status_code == 302
    assert is_in(here) and not is_in(thief)
    assert cookie(here).value != before and not is_in(with_cookie(before))
    assert sign_in(Client(), tom).status_code == 422
    assert sign_in(Client(), tom, new).status_code == 302


def test_who_leaves_is_out_at_once_by_every_session_and_stays_out(tom: models.Staff, cast: Cast) -> None:
    browsers = [Client() for _ in range(3)]
    for client in browsers:
        sign_in(client, tom)
    people.leave(tom, by=cast.ruth, now=MONDAY_TEN)
    assert not any(is_in(client) for client in browsers)
    assert [client.post("/settings/theme/", {"theme": "dark"}).status_code for client in browsers] == [302] * 3
    models.Staff.objects.filter(pk=tom.pk).update(is_active=True)
    assert not any(is_in(client) for client in browsers), "nor when he is taken back by a slip in the table"
    assert sign_in(Client(), tom).status_code == 422


def test_a_lost_right_is_lost_in_the_session_that_is_open(tom: models.Staff, cast: Cast) -> None:
    people.change_role(tom, role=Role.ADMIN, team=None, by=cast.ruth, now=MONDAY_TEN)
    client = Client()
    sign_in(client, tom)
    assert client.get("/people/hire/").status_code == 200
    people.change_role(tom, role=Role.AGENT, team=cast.priya.team, by=cast.ruth, now=MONDAY_TEN)
    assert client.get("/people/hire/").status_code == 404


def test_half_a_sign_in_is_none_and_ends_with_the_job_or_the_password(tom: models.Staff, cast: Cast) -> None:
    tom.totp_secret = base64.b32encode(SEED).decode()
    tom.save()
    code = code_at(SEED, int(MONDAY_TEN.timestamp()) // 30)
    half = Client()
    sign_in(half, tom)
    assert not is_in(half)
    assert half.post("/settings/theme/", {"theme": "dark"}).status_code == 302
    people.change_own_password(tom, password="seven larks at noon", now=MONDAY_TEN)
    assert half.post("/sign-in/code/", {"code": code})["Location"] == "/sign-in/"
    assert not is_in(half)
    other = Client()
    sign_in(other, tom, "seven larks at noon")
    people.leave(tom, by=cast.ruth, now=MONDAY_TEN)
    assert other.post("/sign-in/code/", {"code": code})["Location"] == "/sign-in/"
    assert not is_in(other)


def test_a_session_ends_by_itself(tom: models.Staff) -> None:
    client = Client()
    sign_in(client, tom)
    assert settings.SESSION_COOKIE_AGE == cookie(client)["max-age"] == timedelta(hours=12).total_seconds()
    Session.objects.update(expire_date=MONDAY_TEN - timedelta(days=3_000))
    assert not is_in(client)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(tom: models.Staff) -> None:
    client = Client()
    sign_in(client, tom)
    assert (cookie(client)["httponly"], cookie(client)["samesite"], cookie(client)["domain"]) == (True, "Lax", "")
    with override_settings(SESSION_COOKIE_SECURE=True):
        again = Client()
        sign_in(again, tom)
        assert cookie(again)["secure"] is True


@pytest.mark.parametrize(("address", "secure"), [("https://desk.example", True), ("http://127.0.0.1:8000", False)])
def test_under_https_the_cookies_travel_under_https_alone(
    monkeypatch: pytest.MonkeyPatch, address: str, secure: bool
) -> None:
    monkeypatch.setenv("MAKEGOOD_BASE_URL", address)
    spec = spec_from_file_location("settings_of_another_house", Path(their_settings.__file__))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    made = vars(module)
    assert bool(made.get("SESSION_COOKIE_SECURE")) is bool(made.get("CSRF_COOKIE_SECURE")) is secure
    assert (made.get("SECURE_HSTS_SECONDS", 0) > 0) is secure
