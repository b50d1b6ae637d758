"""The page of a case: what was said, what is owed, who hears next, and what stands against closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models
from makegood.desk.actions import alarms, contacts, delivery, letters, notes, outbox, people
from makegood.desk.actions.promises import Words

from .conftest import ROSALIA, Hand, SignedIn, case_url, text_of


def page_of(client: Client, case: models.Case) -> str:
    response = client.get(case_url(case))
    assert response.status_code == 200
    return text_of(response)


def test_the_head_says_the_promise_that_matters_next_across_the_width(priya: Client, buckle: models.Case) -> None:
    page = page_of(priya, buckle)
    assert '<p class="promise-words">We answer within one working day.</p>' in page
    assert 'class="rb rb-full" data-state="run"' in page
    assert 'due <b><time datetime="2026-03-03T10:00-06:00">' in page
    assert '09:00 <span class="z">MST</span></time> for them' in page


def test_a_substantive_reply_has_a_solid_mark_and_an_ask_an_open_one(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    weeks.reply(buckle, cast.tom, at=hand.move(hours=1), text="What is your order number?", kinds=["ask"])
    said = Words(words="A new one leaves on Friday.", due_at=hand.at + timedelta(days=4))
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="Sorry.", kinds=["apology", "promise"], says=[said])
    page = page_of(priya, buckle)
    assert '<li class="" id="c' in page
    assert '<li class="sub" id="c' in page
    assert '<span class="kind kind-sub">promise</span>' in page
    assert '<span class="kind">apology</span>' in page
    assert "A new one leaves on Friday." in page


def test_a_reply_that_no_server_has_taken_is_not_solid_and_says_so(
    priya: Client, buckle: models.Case, cast: Cast, hand: Hand
) -> None:
    letters.reply(buckle.pk, by=cast.priya, text="It is on its way.", kinds=["answer"], now=hand.move(hours=1))
    page = page_of(priya, buckle)
    assert "waits for their mail server" in page
    assert '<li class="sub"' not in page
    item = outbox.claim("test", now=hand.at)
    assert item is not None
    delivery.refused(item, answer="550 no such user", now=hand.move(minutes=1))
    page = page_of(priya, buckle)
    assert "refused by their mail server" in page
    assert "Customer not reached." in page


def test_silence_past_the_limit_is_hatched_and_their_turn_dotted(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    weeks.reply(buckle, cast.tom, at=hand.move(hours=1), text="Which size?", kinds=["ask"])
    assert '<li class="theirs">' in page_of(priya, buckle)
    weeks.again(buckle, ROSALIA, at=hand.move(hours=2), text="Medium.")
    assert "the reply clock stood still for 1 h 59" in page_of(priya, buckle)
    weeks.until(hand.move(days=3))
    page = page_of(priya, buckle)
    assert '<li class="gap">' in page
    assert "without a substantive reply so far" in page


def test_quotes_are_folded_away_and_notes_stand_inside(
    priya: Client, buckle: models.Case, cast: Cast, hand: Hand
) -> None:
    models.Contact.objects.filter(case=buckle).update(folded="On Monday you wrote: everything")
    notes.add(buckle.pk, text="Two in the shop.\nReserved.", by=cast.marta, now=hand.move(minutes=5))
    page = page_of(priya, buckle)
    assert '<details class="folded"><summary>Quoted and signature</summary>' in page
    assert "<b>Note</b>, Marta Olsen." in page
    assert "Two in the shop.<br>Reserved." in page


def test_what_blocks_closing_is_listed_before_anyone_tries(priya: Client, buckle: models.Case) -> None:
    page = page_of(priya, buckle)
    assert "Open before this can close" in page
    assert "last message has no answer" in page
    assert "No substantive reply was ever sent" in page
    assert case_url(buckle, "close") not in page


def test_who_hears_next_is_named_with_the_time_each_rung_rings(priya: Client, buckle: models.Case) -> None:
    page = page_of(priya, buckle)
    ladder = page[page.index("Who hears next") :]
    order = [ladder.index(words) for words in ("Priya Raman, owner", "Marta Olsen, team lead", "Ruth Kessel, head of")]
    assert order == sorted(order)
    assert 'rings <time datetime="2026-03-03T10:00-06:00">' in ladder
    assert 'rings <time datetime="2026-03-04T10:00-06:00">' in ladder
    assert 'rings <time datetime="2026-03-05T10:00-06:00">' in ladder


def test_the_ladder_shows_who_heard_who_answered_and_goes_past_the_absent(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    people.excuse(
        cast.marta, from_at=hand.at, to_at=None, cover=None, why="", by=cast.ruth, now=hand.at
    )  # fmt: skip
    weeks.until(hand.move(days=1))
    page = page_of(priya, buckle)
    assert "Priya Raman, owner</b>" in page
    assert "heard <time" in page
    ladder = page[page.index("Who hears next") :]
    assert "Marta Olsen" not in ladder
    alarms.acknowledge(buckle.pk, by=cast.priya, now=hand.move(minutes=3))
    assert "answered <time" in page_of(priya, buckle)


def test_a_broken_promise_stays_on_the_page_after_a_new_one_took_its_place(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    first = Words(words="It leaves today.", due_at=hand.at + timedelta(hours=3))
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="Today.", kinds=["promise"], says=[first])
    weeks.until(hand.move(hours=5))
    number = buckle.promises.get(words="It leaves today.").number
    second = Words(words="It leaves tomorrow.", due_at=hand.at + timedelta(days=1), replaces=number)
    weeks.reply(buckle, cast.priya, at=hand.move(minutes=9), text="Sorry.", kinds=["promise"], says=[second])
    page = page_of(priya, buckle)
    assert "It leaves today." in page
    assert "that it broke stays on the record" in page
    assert "Promise broken." in page


def test_a_message_of_a_stranger_is_laid_before_the_owner_with_two_buttons(
    priya: Client, buckle: models.Case, cast: Cast, hand: Hand
) -> None:
    message = contacts.Incoming(
        received_at=hand.at, from_address="someone@else.example", from_name="Someone", text="Me too."
    )
    door = cast.policy.doors["mail"]
    why = "The address is not the customer's."
    contact = contacts.propose(message, case_id=buckle.pk, door=door, item=None, why=why, now=hand.at)
    page = page_of(priya, buckle)
    assert "From somebody we can’t vouch for." in page
    assert "The address is not the customer&#x27;s." in page
    assert case_url(buckle, "join-proposed", contact.pk) in page
    assert case_url(buckle, "part-proposed", contact.pk) in page


def test_a_closed_case_has_no_composer_and_can_be_opened_again(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="Done.", kinds=["answer"])
    assert "Nothing stands against closing" in page_of(priya, buckle)
    assert priya.post(case_url(buckle, "close")).status_code == 302
    page = page_of(priya, buckle)
    assert "This case is closed." in page
    assert 'id="r-text"' not in page
    assert case_url(buckle, "reopen") in page


def test_the_reader_sees_times_in_his_own_zone_and_words_in_his_own_language(
    signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    cast.tom.time_zone, cast.tom.language = "Europe/Madrid", "es"
    cast.tom.save()
    response = signed_in(cast.tom).get(case_url(buckle))
    assert response["Content-Language"] == "es"
    assert '<html lang="es"' in response.content.decode()
    assert '17:00 <span class="z">CET</span>' in response.content.decode()


def test_a_long_story_shows_its_end_first_and_the_rest_with_one_click(
    priya: Client, buckle: models.Case, cast: Cast, hand: Hand
) -> None:
    for number in range(130):
        notes.add(buckle.pk, text=f"Entry {number:03}", by=cast.priya, now=hand.move(minutes=1))
    assert "Entry 000" not in page_of(priya, buckle)
    assert "Entry 129" in page_of(priya, buckle)
    assert "Entry 000" in text_of(priya.get(case_url(buckle) + "?all=1"))


@pytest.mark.parametrize("letters_more", [1, 12])
def test_the_case_asks_the_same_few_queries_however_long_its_story(
    priya: Client,
    buckle: models.Case,
    weeks: Weeks,
    cast: Cast,
    hand: Hand,
    letters_more: int,
    django_assert_max_num_queries: object,
) -> None:
    for _ in range(letters_more):
        weeks.again(buckle, ROSALIA, at=hand.move(minutes=30), text="And?")
        said = Words(words="Soon.", due_at=hand.at + timedelta(days=1))
        weeks.reply(buckle, cast.priya, at=hand.move(minutes=5), text="Hm.", kinds=["promise"], says=[said])
    weeks.until(hand.move(days=4))
    with django_assert_max_num_queries(39):  # type: ignore[operator]  # a fixture of pytest-django
        priya.get(case_url(buckle))


def test_the_neighbours_of_a_case_are_those_due_before_and_after_it(
    priya: Client, weeks: Weeks, buckle: models.Case, hand: Hand
) -> None:
    later = weeks.letter(ROSALIA, at=hand.move(hours=1), subject="Another matter", text="Help.")
    assert f'href="{case_url(later)}" data-key="]"' in page_of(priya, buckle)
    assert f'href="{case_url(buckle)}" data-key="["' in page_of(priya, later)
