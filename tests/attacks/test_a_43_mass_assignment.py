"""A-43: whatever else is posted, a form changes what it declares and nothing more.

Every form is sent twice from the same beginning: as it should be, and with the name of every column of every table
beside it, in the body and in the address. Both times every row of the house must end the same.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from makegood.customer import proof
from makegood.desk.actions import links
from makegood.desk.models import Link, Staff
from tests.attacks.declared_input import input_of
from tests.attacks.test_fuzzed_forms import FORMS, ROUTES, address_of, ready, typical
from tests.attacks.two_teams import House, browser, changed, everything, shut, standing

pytestmark = pytest.mark.django_db

VALUES: dict[str, Any] = {
    "role": "admin", "is_superuser": "on", "is_staff": "on", "is_active": "", "password": "x",
    "email": "eve@evil.example",
    "standing": "accepted", "state": "kept", "verdict": "confirmed", "open": "", "ball": "them", "language": "es",
    "time_zone": "Asia/Tokyo", "name": "Eve", "due_at": "2030-01-01T00:00:00Z", "expires_at": "2099-01-01T00:00:00Z",
    "totp_secret": "", "purpose": "page", "direction": "out", "to_address": "eve@evil.example",
}  # fmt: skip
FORMATS = ("{}", "{}_id", "{}[]", "case.{}", "case__{}", "staff[{}]", "customer__{}", "form-0-{}")


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    if connection.vendor != "sqlite":
        pytest.skip("compares every key, and PostgreSQL hands none out a second time")
    with standing(django_db_blocker) as found:
        yield found


def columns() -> dict[str, str]:
    """Every column of every table, with a value that would hurt."""
    found: dict[str, str] = {}
    for model in [*apps.get_app_config("desk").get_models(), *apps.get_app_config("sessions").get_models()]:
        for field in model._meta.get_fields():
            found[field.name] = str(VALUES.get(field.name, "1"))
    return found


def declared(where: str) -> dict[str, str]:
    """The form as it should be; with values of its own, so that it does something."""
    typed = {name: typical(name, field) for name, field in input_of(ROUTES[where]).items() if name != "files"}
    per_form = {
        "cases/<str:number>/reply/": {"text": "Thank you.", "kinds": "answer", "confirmed": "on", "seen": "1000"},
        "people/hire/": {"email": "new@larkfield.example", "name": "New", "role": "agent", "team": "1"},
        "people/<int:pk>/role/": {"role": "lead", "team": "2"},
        "settings/": {"time_zone": "Europe/Oslo", "language": "en"},
        "incidents/new/": {"case": "", "word": "", "words": ""},
    }
    if where == "cases/<str:number>/reply/":
        return per_form[where]
    return typed | per_form.get(where, {})


def outcome(
    where: str, house: House, monkeypatch: pytest.MonkeyPatch, *, more: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    """What a form leaves behind, undone afterwards. What is drawn by lot is dealt in the same order each time."""
    lots = itertools.count()
    with monkeypatch.context() as patch, transaction.atomic():
        for draw in ("token_urlsafe", "token_hex"):
            patch.setattr(secrets, draw, lambda n=32: f"{next(lots):0{2 * n}}")
        patch.setattr(secrets, "token_bytes", lambda n=32: next(lots).to_bytes(n))
        cache.clear()
        link = Link.objects.get(digest=links.digest(house.support.link))
        typed = declared(where) | {"proof": proof.make(link)}
        client = in_browser(where, house)
        given = {name: value for name, value in more.items() if name not in input_of(ROUTES[where])}
        query = f"?{urlencode({k: v for k, v in given.items() if k != 'lang'})}" if given else ""
        response = client.post(address_of(ROUTES[where], house) + query, typed | given)
        shut(response)
        left = everything()
        transaction.set_rollback(True)
    # The day's hash of a password is salted by lot, in a place that can't be dealt.
    left["Staff"] = [without_salt(row) for row in left["Staff"]]
    return response.status_code, left


def in_browser(where: str, house: House) -> Client:
    client = browser() if where.startswith(("c/", "sign-in")) else browser(Staff.objects.get(pk=house.cast.ruth.pk))
    ready(where, client, house)
    return client


def without_salt(row: tuple[Any, ...]) -> tuple[Any, ...]:
    names = [field.attname for field in Staff._meta.concrete_fields]
    return tuple("…" if name in ("password", "last_login") else value for name, value in zip(names, row, strict=True))


@pytest.mark.parametrize("where", FORMS)
def test_every_column_posted_to_a_form_changes_no_more_than_the_form(
    where: str, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = columns()
    hostile = {shape.format(name): value for name, value in names.items() for shape in FORMATS[:1]}
    nested = {
        shape.format(name): names[name] for name in ("role", "owner", "state", "standing") for shape in FORMATS[1:]
    }
    plain_status, plain = outcome(where, house, monkeypatch, more={})
    status, left = outcome(where, house, monkeypatch, more=hostile | nested)
    assert changed(plain, left) == {}
    assert status == plain_status


def test_the_forms_of_this_test_do_something(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards this module: were every form refused, the test above would prove nothing."""
    before = everything()
    before["Staff"] = [without_salt(row) for row in before["Staff"]]
    works = {where for where in FORMS if changed(before, outcome(where, house, monkeypatch, more={})[1])}
    assert len(works) >= 20, sorted(set(FORMS) - works)
    assert {
        "people/hire/",
        "people/<int:pk>/role/",
        "settings/",
        "c/<str:secret>/write/",
        "cases/<str:number>/reply/",
    } <= works


def test_every_table_gave_its_columns() -> None:
    assert {"role", "owner", "standing", "state", "expires_at", "is_superuser", "wakes_at", "head_hash"} <= set(
        columns()
    )
    assert len(columns()) > 120
