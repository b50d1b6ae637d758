"""A-32: a card number that a customer says and a colleague types, wherever on a case, is kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.attacks.declared_routes import CASES, Case
from tests.attacks.test_fuzzed_forms import ROUTES, address_of
from tests.attacks.two_teams import House, browser, everything, shut, standing

pytestmark = pytest.mark.django_db

CARD = "4111 1111 1111 1111"
SAID = {"why", "what", "words", "text", "note", "evidence", "where"}
"""What is said in words. A payment's own number at who took it may look like a card's, so it stays as it is."""


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with standing(django_db_blocker) as found:
        yield found


def spoilt(case: Case) -> dict[str, Any]:
    typed = case.typed or {}
    return typed | dict.fromkeys((typed.keys() | {"where"}) & SAID, f"He says {CARD}, thanks.")


def kept_by(where: str, house: House, client: Client) -> tuple[int, bool, bool]:
    """The answer; whether the number is in any row then; whether its masked form is."""
    with transaction.atomic():
        response = client.post(address_of(ROUTES[where], house), spoilt(CASES[where]))
        shut(response)
        rows = str(everything())
        transaction.set_rollback(True)
    return response.status_code, CARD in rows, "•••• 1111" in rows


def test_no_form_of_a_case_keeps_a_card_number(house: House) -> None:
    client = browser(house.cast.priya)
    forms = [where for where in CASES if (CASES[where].typed or {}).keys() & SAID]
    found = {where: kept_by(where, house, client) for where in forms}
    assert [where for where, (_, whole, _) in found.items() if whole] == []
    masked = {where for where, (status, _, masked) in found.items() if masked and status in (200, 302)}
    case = "cases/<str:number>/"
    assert masked >= {
        f"{case}{form}/"
        for form in (
            "note", "return", "promises/<int:promise>/keep", "wish/say", "wish/pass", "holdings",
            "holdings/<int:holding>/return", "things",
        )
    }  # fmt: skip
