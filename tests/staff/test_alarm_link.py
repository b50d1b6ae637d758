"""The link in an alarm's mail: looking answers nothing, the button does, and only while it is somebody's to press."""

from __future__ import annotations

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models
from makegood.desk.actions import links, people

from .conftest import Hand, text_of


@pytest.fixture
def secret(buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand) -> str:
    """Priya's link, on the morning after her promise broke."""
    weeks.until(hand.move(days=1))
    return links.make(buckle, models.Link.Purpose.ACKNOWLEDGE, staff=cast.priya, now=hand.at)


def ringing(case: models.Case) -> int:
    return case.alarms.filter(over_at=None).count()


def test_looking_shows_what_rings_and_answers_nothing(client: Client, buckle: models.Case, secret: str) -> None:
    response = client.get(f"/a/{secret}/")
    page = text_of(response)
    assert response.status_code == 200
    assert "Rosalía Quintero waits, and an alarm rings." in page
    assert "We answer within one working day." in page
    assert page.count("I have it</button>") == 1
    assert ringing(buckle) == 1


def test_a_scanner_that_fetches_the_link_ten_times_answers_nothing(
    client: Client, buckle: models.Case, secret: str
) -> None:
    for method in (client.get, client.head, client.options) * 3:
        method(f"/a/{secret}/")
    assert ringing(buckle) == 1


def test_the_button_answers_without_a_sign_in(client: Client, buckle: models.Case, secret: str, cast: Cast) -> None:
    assert "You have it." in text_of(client.post(f"/a/{secret}/"))
    assert ringing(buckle) == 0
    assert buckle.alarms.first().acknowledged_by == cast.priya
    again = client.post(f"/a/{secret}/")
    assert again.status_code == 409
    assert "No alarm rings on this case." in text_of(again)
    assert "Nothing rings here any more." in text_of(client.get(f"/a/{secret}/"))


def test_the_button_needs_the_proof_of_its_own_page(secret: str, buckle: models.Case) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/a/{secret}/").status_code == 403
    assert ringing(buckle) == 1


def test_a_link_that_is_unknown_short_empty_or_over_is_not_there(
    client: Client, buckle: models.Case, secret: str, hand: Hand, cast: Cast
) -> None:
    page_secret = links.make(buckle, models.Link.Purpose.PAGE, customer=buckle.customer, now=hand.at)
    for wrong in ("x", "0" * 32, secret[:-1], page_secret, "%00"):
        assert client.get(f"/a/{wrong}/").status_code == 404
        assert client.post(f"/a/{wrong}/").status_code == 404
    hand.move(days=15)
    assert client.post(f"/a/{secret}/").status_code == 404
    assert ringing(buckle) == 1


def test_the_link_of_somebody_who_left_is_not_there(
    client: Client, buckle: models.Case, secret: str, cast: Cast, hand: Hand
) -> None:
    people.leave(cast.priya, by=cast.ruth, now=hand.move(minutes=1))
    assert client.post(f"/a/{secret}/").status_code == 404


def test_the_page_names_no_words_of_the_customers_letter(client: Client, secret: str) -> None:
    assert "It snapped on the first day." not in text_of(client.get(f"/a/{secret}/"))
