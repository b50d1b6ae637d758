"""Today's board: the sentence, the groups, the bells, the equation; and the same few queries for any number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions.promises import Words

from .conftest import IVO, ROSALIA, Hand, SignedIn, case_url, text_of


def test_an_empty_board_teaches_what_to_do_first(priya: Client) -> None:
    page = text_of(priya.get("/"))
    assert "Nobody waits on us." in page
    assert "send a mail to help@larkfield.example" in page


def test_the_page_opens_with_how_many_wait_and_how_long(priya: Client, buckle: models.Case, hand: Hand) -> None:
    hand.move(hours=2)
    page = text_of(priya.get("/"))
    assert "1 person waits on us." in page
    assert 'Rosalía Quintero, <span class="num">2 h</span>' in page
    assert "No promise is broken" in page


def test_a_row_says_the_words_of_the_promise_and_the_zone_of_its_time(
    priya: Client, buckle: models.Case, hand: Hand
) -> None:
    page = text_of(priya.get("/"))
    assert "We answer within one working day." in page
    assert 'due <time datetime="2026-03-03T10:00-06:00">Tue 3 Mar 10:00 <span class="z">CST</span></time>' in page


def test_what_is_broken_stands_first_and_rings_until_somebody_has_it(
    priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand
) -> None:
    weeks.letter(IVO, at=hand.move(hours=7), subject="Boots", text="Not back.")
    weeks.until(hand.move(hours=20))
    page = text_of(priya.get("/"))
    assert "1 alarm rings until somebody says “I have it”" in page
    assert page.index("Broken <span") < page.index("Rosalía Quintero</a>") < page.index("Ivo Brandt</a>")
    answered = priya.post(case_url(buckle, "acknowledge"), {"back": "board"}, follow=True)
    assert "You have it: Rosalía Quintero." in text_of(answered)
    assert "alarm rings" not in text_of(priya.get("/"))


def test_the_groups_follow_the_next_due_moment_on_the_readers_own_day(
    priya: Client, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    case = weeks.letter(ROSALIA, at=hand.at, subject="Buckle", text="It snapped.")
    assert "Later <span" in text_of(priya.get("/"))
    hand.at += timedelta(hours=15)  # one o'clock at night in Chicago: today it is due
    assert "Today <span" in text_of(priya.get("/"))
    hand.at += timedelta(hours=8, minutes=30)
    assert "Due within the hour <span" in text_of(priya.get("/"))
    weeks.until(hand.move(hours=1))
    assert "Broken <span" in text_of(priya.get("/"))
    assert case.number


def test_after_an_answer_it_is_their_turn(
    priya: Client, weeks: Weeks, buckle: models.Case, cast: Cast, hand: Hand
) -> None:
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="A new one is in the post.", kinds=["answer"])
    hand.move(minutes=1)
    assert "Their turn <span" in text_of(priya.get("/"))


def test_a_promise_with_a_date_is_shown_as_it_was_said(
    priya: Client, weeks: Weeks, buckle: models.Case, cast: Cast, hand: Hand
) -> None:
    said = Words(words="You will hear from me by noon.", due_at=hand.at + timedelta(hours=2))
    weeks.reply(buckle, cast.priya, at=hand.move(minutes=30), text="Soon.", kinds=["promise"], says=[said])
    hand.move(minutes=1)
    assert '<span class="words">You will hear from me by noon.</span>' in text_of(priya.get("/"))


def test_the_filters_are_plain_links_and_forms(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    assert "Mine 1" in text_of(priya.get("/"))
    tom = signed_in(cast.tom)
    assert "Rosalía" in tom.get("/?whose=all").content.decode()
    assert "Nobody waits here." in text_of(tom.get("/?whose=mine"))
    assert "Nobody waits here." in text_of(priya.get("/?door=executive"))
    assert "Nobody waits here." in text_of(priya.get("/?source=partner"))


@pytest.mark.parametrize(
    "query", ["?page=999", "?page=-1", "?page=x", "?page=٣", "?door='--", "?whose=root&source=nowhere"]
)
def test_a_filter_that_makes_no_sense_counts_as_not_asked(priya: Client, buckle: models.Case, query: str) -> None:
    assert "Rosalía" in priya.get(f"/{query}").content.decode()


def test_the_equation_at_the_foot_adds_up(priya: Client, buckle: models.Case, hand: Hand) -> None:
    hand.move(minutes=1)
    page = text_of(priya.get("/"))
    assert "Received since midnight <b>1</b> = <b>1</b> joined to a case + <b>0</b> set aside" in page
    assert "Adds up" in page


def test_an_item_that_ended_nowhere_is_seen_to_be_missing(priya: Client, buckle: models.Case, hand: Hand) -> None:
    models.InboxItem.objects.update(state="lost")
    hand.move(minutes=1)
    assert "Does not add up" in text_of(priya.get("/"))


def test_a_silent_watch_is_said_on_every_page(priya: Client, hand: Hand) -> None:
    assert "The watch has never run" in text_of(priya.get("/"))
    models.Heartbeat.objects.create(name="watch", at=hand.at - timedelta(minutes=3))
    assert "Watch silent for 3 min" in text_of(priya.get("/people/"))


def test_fifty_rows_a_page_and_none_cut_off(
    priya: Client, weeks: Weeks, hand: Hand, django_assert_max_num_queries: object
) -> None:
    for number in range(52):
        weeks.letter(
            Writer(name=f"Writer {number:02}", address=f"w{number}@writers.example"),
            at=hand.move(seconds=1), subject=f"Matter {number}", text="Please help.",
        )  # fmt: skip
    first, second = priya.get("/").content.decode(), priya.get("/?page=2").content.decode()
    seen = [number for number in range(52) if f"Writer {number:02}<" in first + second]
    assert seen == list(range(52))
    assert "52 people wait on us." in first
    assert 'href="?page=2"' in first


@pytest.mark.parametrize("ringing", [1, 6])
def test_the_board_asks_the_same_few_queries_for_any_number_of_rows_and_bells(
    priya: Client, weeks: Weeks, hand: Hand, ringing: int, django_assert_max_num_queries: object
) -> None:
    for number in range(ringing):
        writer = Writer(name=f"W{number}", address=f"w{number}@writers.example")
        weeks.letter(writer, at=hand.at, subject="Help", text="Please.")
    weeks.until(hand.move(days=2))
    with django_assert_max_num_queries(29):  # type: ignore[operator]  # a fixture of pytest-django
        assert "until somebody says" in priya.get("/").content.decode()


def test_the_list_of_cases_asks_few_queries_also_for_closed_ones(
    priya: Client, weeks: Weeks, hand: Hand, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        writer = Writer(name=f"W{number}", address=f"w{number}@writers.example")
        weeks.letter(writer, at=hand.at, subject="Help", text="Please.")
    models.Promise.objects.update(outstanding=False)
    with django_assert_max_num_queries(14):  # type: ignore[operator]  # a fixture of pytest-django
        priya.get("/cases/")
