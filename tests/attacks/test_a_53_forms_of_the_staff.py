"""A-53: no form of the staff's, a sign-in among them, is taken from another site; no page of theirs is framed.

Over every address the resolver has. That none of them changes anything by GET is tried in A-33, whose table says
which take a POST.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.attacks.declared_routes import CASES, CUSTOMER, OPEN, READS, ROOMS, allowed
from tests.attacks.test_fuzzed_forms import FORMS, ROUTES, address_of
from tests.attacks.two_teams import House, changed, everything, shut, standing

pytestmark = pytest.mark.django_db

OURS = [where for where in FORMS if where not in CUSTOMER]
PAGES = [where for where in ROUTES if where in {*CASES, *ROOMS, *OPEN, *CUSTOMER} and READS & allowed(where)]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with standing(django_db_blocker) as found:
        yield found


def test_without_its_token_or_with_one_of_another_origin_no_form_does_anything(house: House) -> None:
    assert len(OURS) > 75 and "sign-in/" in OURS and "people/hire/" in OURS
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.cast.ruth)
    token = client.get("/settings/").cookies["csrftoken"].value
    before = everything()
    for where in OURS:
        for typed, headers in (
            ({}, {}),
            ({"csrfmiddlewaretoken": "x" * 64}, {}),
            ({"csrfmiddlewaretoken": token}, {"Origin": "https://evil.example"}),
            ({"csrfmiddlewaretoken": token}, {"Origin": "null"}),
        ):
            response = client.post(address_of(ROUTES[where], house).replace("//", "/1/"), typed, headers=headers)
            shut(response)
            assert response.status_code == 403, (where, headers)
    assert changed(before, everything()) == {}


def test_a_stranger_signs_nobody_in_to_an_account_of_his_own(house: House) -> None:
    """Login CSRF: the victim would work, and write, in the attacker's account."""
    victim = Client(enforce_csrf_checks=True)
    attacker = Client(enforce_csrf_checks=True)
    token = attacker.get("/sign-in/").cookies["csrftoken"].value
    typed = {"username": house.cast.tom.email, "password": "x", "csrfmiddlewaretoken": token}
    for headers in ({}, {"Origin": "https://evil.example"}):
        assert victim.post("/sign-in/", typed, headers=headers).status_code == 403
    assert "makegood" not in victim.cookies


@pytest.mark.parametrize("who", ["ruth", ""])
def test_no_page_may_stand_in_a_frame_of_anybodys_but_a_paper_in_ours(house: House, who: str) -> None:
    client = Client()
    if who:
        client.force_login(house.cast[who])
    for where in PAGES:
        response = client.get(address_of(ROUTES[where], house).replace("//", "/1/"))
        shut(response)
        ancestors = "'self'" if where.endswith("/html/") and response.status_code == 200 else "'none'"
        assert f"frame-ancestors {ancestors}" in response.headers["Content-Security-Policy"], where
        framed = "SAMEORIGIN" if where.endswith("/html/") else "DENY"
        assert response.headers["X-Frame-Options"] == framed, where
        assert response.headers["X-Content-Type-Options"] == "nosniff", where
