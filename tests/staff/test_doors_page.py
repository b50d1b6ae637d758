"""Doors and ledger: what each says by itself, that the numbers add up, and who may read what came in."""

from __future__ import annotations

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models
from makegood.desk.actions import ledger

from .conftest import IVO, ROSALIA, Hand, SignedIn, text_of


def test_every_way_in_is_listed_with_its_own_words(priya: Client) -> None:
    page = text_of(priya.get("/doors/"))
    assert "5 ways in." in page
    assert "“We call back in 24 to 48 hours.”" in page
    assert "grace@larkfield.example" in page


def test_a_door_says_how_often_its_words_were_kept_and_what_came_in(
    priya: Client, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    kept = weeks.letter(ROSALIA, at=hand.at, subject="Buckle", text="It snapped.")
    weeks.letter(IVO, at=hand.at, subject="Boots", text="Not back.")
    weeks.reply(kept, cast.priya, at=hand.move(hours=1), text="Here it is.", kinds=["answer"])
    weeks.until(hand.move(hours=30))
    page = text_of(priya.get("/doors/"))
    assert "in the last 30 days kept 1 of 2, 50 %" in page
    assert "today 0 in = 0 joined + 0 set aside + 0 stopped" in page


def test_a_mailbox_that_can_not_be_read_is_said_in_the_first_line(priya: Client, hand: Hand) -> None:
    models.MailboxCursor.objects.create(mailbox="INBOX", trouble="The password is refused.", trouble_since=hand.at)
    page = text_of(priya.get("/doors/"))
    assert "1 mailbox can’t be read" in page
    assert "The password is refused." in page


def test_the_ledger_shows_where_each_item_ended_and_is_for_who_looks_after_it(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case, hand: Hand
) -> None:
    arrival = ledger.Arrival(
        door="mail", way="smtp", source_id="1", body=b"loop", size=4, sha256="0" * 64, received_at=hand.at
    )  # fmt: skip
    item, _ = ledger.store(arrival, now=hand.at)
    ledger.suppress(item, code="loop", why="An answering machine answered ours.", now=hand.at)
    assert priya.get("/doors/items/").status_code == 404
    marta = signed_in(cast.marta)
    page = text_of(marta.get("/doors/items/"))
    assert "2 things came in." in page
    assert "An answering machine answered ours." in page
    assert buckle.number in page
    stopped = text_of(marta.get("/doors/items/?state=suppressed"))
    assert "1 thing came in." in stopped
    assert buckle.number not in stopped


def test_an_original_is_only_ever_saved_never_shown(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    item = models.InboxItem.objects.get()
    assert priya.get(f"/doors/items/{item.pk}/raw/").status_code == 404
    response = signed_in(cast.marta).get(f"/doors/items/{item.pk}/raw/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="item-{item.pk}.txt"'
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert b"It snapped on the first day." in response.content


def test_the_ledger_is_paged(signed_in: SignedIn, cast: Cast, hand: Hand) -> None:
    for number in range(55):
        arrival = ledger.Arrival(
            door="mail", way="smtp", source_id=str(number), body=b"x", size=1, sha256="0" * 64, received_at=hand.at
        )  # fmt: skip
        ledger.store(arrival, now=hand.at)
    page = text_of(signed_in(cast.ruth).get("/doors/items/?page=2"))
    assert "51 to 55 of <b>55</b>" in page


@pytest.mark.parametrize("letters", [1, 9])
def test_doors_and_ledger_ask_the_same_few_queries_for_any_number_of_letters(
    signed_in: SignedIn,
    cast: Cast,
    weeks: Weeks,
    hand: Hand,
    letters: int,
    django_assert_max_num_queries: object,
) -> None:
    for number in range(letters):
        weeks.letter(IVO, at=hand.move(minutes=1), subject=f"Boots {number}", text="Not back.")
    ruth = signed_in(cast.ruth)
    with django_assert_max_num_queries(22):  # type: ignore[operator]  # a fixture of pytest-django
        ruth.get("/doors/")
    with django_assert_max_num_queries(10):  # type: ignore[operator]  # a fixture of pytest-django
        ruth.get("/doors/items/")
    with django_assert_max_num_queries(10):  # type: ignore[operator]  # a fixture of pytest-django
        ruth.get("/doors/set-aside/")
