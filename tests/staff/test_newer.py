"""An open board hears what has come since it was drawn, by a small question that changes nothing."""

from __future__ import annotations

import html
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from tests.attacks.two_teams import changed, everything

from .conftest import Hand, SignedIn

LEO = Writer(name="Leo Marsh", address="leo@marsh.example")


def asked_by(page: str) -> str:
    """The address that this board asks."""
    found = re.search(r'data-newer="([^"]+)"', page)
    assert found is not None
    return html.unescape(found[1])


def test_a_case_that_came_meanwhile_is_said_with_the_time_since_on_the_readers_clock(
    priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand
) -> None:
    url = asked_by(priya.get("/").content.decode())
    assert priya.get(url).status_code == 204
    for nth in range(3):
        weeks.letter(LEO, at=hand.move(minutes=1), subject=f"Tent {nth}", text="It leaks.")
    answer = priya.get(url)
    assert answer.content.decode() == "3 newer cases since 10:00 CST. Show"
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/plain; charset=utf-8", "no-store")
    hand.move(days=1)
    assert "since Mon 2 Mar 10:00 CST" in priya.get(url).content.decode()
    assert priya.get(asked_by(priya.get("/").content.decode())).status_code == 204


def test_it_counts_what_the_filters_leave_and_only_what_the_reader_may_see(
    priya: Client, signed_in: SignedIn, cast: Cast, weeks: Weeks, hand: Hand
) -> None:
    mine = asked_by(priya.get("/?whose=mine").content.decode())
    wen = signed_in(cast.wen)
    hers = asked_by(wen.get("/").content.decode())
    case = weeks.letter(LEO, at=hand.move(minutes=1), subject="Tent", text="It leaks.")
    models.Case.objects.filter(pk=case.pk).update(owner=cast.tom)
    assert priya.get(mine).status_code == 204
    assert wen.get(hers).status_code == 204
    assert priya.get(mine.replace("whose=mine", "whose=all")).status_code == 200


def test_a_new_alarm_is_said(priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand) -> None:
    url = asked_by(priya.get("/").content.decode())
    weeks.until(hand.move(days=2))
    assert re.match(r"\d+ new alarms? since", priya.get(url).content.decode())


def test_asking_changes_nothing_asks_little_and_is_for_who_works_here(
    priya: Client, buckle: models.Case, hand: Hand
) -> None:
    url = asked_by(priya.get("/").content.decode())
    before = everything()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = priya.get(url)
    assert not changed(before, everything())
    assert not answer.cookies, "a page that lies open keeps no session alive"
    assert len(asked) <= 7
    assert Client().get(url, headers={"HX-Request": "true"}).status_code == 401
    assert priya.post(url).status_code == 405
