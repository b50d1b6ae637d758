"""Writing to the customer: nothing is chosen beforehand, nothing typed is lost, nobody answers over another."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models

from .conftest import Hand, case_url, text_of

CHICAGO = ZoneInfo("America/Chicago")


def send(client: Client, case: models.Case, **typed: object) -> HttpResponse:
    case.refresh_from_db()
    return client.post(case_url(case, "reply"), {"text": "It is on its way.", "seen": case.head_seq, **typed})


def test_no_kind_is_chosen_beforehand(priya: Client, buckle: models.Case) -> None:
    page = text_of(priya.get(case_url(buckle)))
    assert 'name="kinds" value="answer">' in page
    assert "checked" not in page[page.index('class="kinds"') : page.index("</fieldset>", page.index('class="kinds"'))]


def test_a_reply_goes_into_the_outbox_with_its_kinds(priya: Client, buckle: models.Case, cast: Cast) -> None:
    answer = send(priya, buckle, kinds=["answer", "apology"])
    assert answer["Location"] == case_url(buckle)
    contact = buckle.contacts.get(direction="out")
    assert (contact.text, contact.kinds, contact.staff) == ("It is on its way.", ["answer", "apology"], cast.priya)
    assert models.OutboxItem.objects.get(contact=contact).state == "waiting"


def test_a_dated_promise_is_due_on_the_writers_own_clock(
    priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand
) -> None:
    send(priya, buckle, words="You will hear from me.", due_date="2026-03-09", due_time="12:00")
    weeks.carry_mail(hand.move(minutes=1))
    promise = buckle.promises.get(words="You will hear from me.")
    # On 8 March the clocks go forward: noon in Chicago is an hour earlier in UTC than before.
    assert promise.due_at == datetime(2026, 3, 9, 12, 0, tzinfo=CHICAGO)
    assert promise.contact.kinds == ["promise"]


def test_a_range_has_a_near_and_a_far_end(priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand) -> None:
    send(
        priya, buckle, words="We call back in 24 to 48 hours.",
        near_date="2026-03-03", near_time="10:00", due_date="2026-03-04", due_time="10:00",
    )  # fmt: skip
    weeks.carry_mail(hand.move(minutes=1))
    promise = buckle.promises.get(words="We call back in 24 to 48 hours.")
    assert promise.near_at == datetime(2026, 3, 3, 10, 0, tzinfo=CHICAGO)


def test_a_reply_keeps_what_is_ticked_and_replaces_what_is_named(
    priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand
) -> None:
    send(priya, buckle, words="I call you today.", due_date="2026-03-02", due_time="16:00")
    send(priya, buckle, words="It leaves on Friday.", due_date="2026-03-06", due_time="16:00")
    weeks.carry_mail(hand.move(minutes=1))
    call, leaves = buckle.promises.get(words="I call you today."), buckle.promises.get(words="It leaves on Friday.")
    send(
        priya, buckle, keeps=[call.number], words="It leaves on Monday.",
        due_date="2026-03-09", due_time="16:00", replaces=leaves.number,
    )  # fmt: skip
    weeks.carry_mail(hand.move(minutes=1))
    call.refresh_from_db()
    leaves.refresh_from_db()
    assert (call.state, leaves.state) == ("kept", "replaced")
    assert buckle.promises.get(words="It leaves on Monday.").ancestor == leaves


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "  "}, "There is nothing to send: write something first."),
        ({"words": "Soon."}, "a promise without a date is none"),
        ({"words": "Soon.", "due_date": "2026-03-06"}, "Give the hour as well"),
        ({"due_date": "2026-03-06", "due_time": "12:00"}, "Write the promise as the customer will read it"),
        ({"words": "Soon.", "due_date": "soon", "due_time": "12:00"}, "Enter a valid date."),
        ({"words": "Soon.", "due_date": "2026-03-08", "due_time": "02:30"}, "This hour does not exist"),
        ({"kinds": ["bribe"]}, "Select a valid choice"),
        ({"keeps": ["99"]}, "Select a valid choice"),
        ({"words": "x" * 501, "due_date": "2026-03-06", "due_time": "12:00"}, "at most 500"),
    ],
)
def test_what_can_not_be_sent_comes_back_as_it_was_typed_with_the_reason(
    priya: Client, buckle: models.Case, typed: dict[str, object], said: str
) -> None:
    answer = send(priya, buckle, **{"text": "A long letter.", **typed})
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert "Everything you typed is still here." in page
    if typed.get("text") is None:
        assert "A long letter.</textarea>" in page
    assert not buckle.contacts.filter(direction="out").exists()


def test_a_promise_in_the_past_is_refused_and_nothing_typed_is_lost(priya: Client, buckle: models.Case) -> None:
    answer = send(priya, buckle, words="I wrote yesterday.", due_date="2026-03-01", due_time="12:00", kinds=["news"])
    page = text_of(answer)
    assert answer.status_code == 409
    assert 'data-code="date_is_past"' in page
    assert "Nothing was changed." in page
    assert 'value="I wrote yesterday."' in page
    assert 'value="2026-03-01"' in page
    assert 'value="news" checked' in page


def test_the_kind_promise_without_a_date_is_refused(priya: Client, buckle: models.Case) -> None:
    answer = send(priya, buckle, kinds=["promise"])
    assert answer.status_code == 409
    assert 'data-code="undated_assurance"' in text_of(answer)


def test_looking_at_a_case_does_not_say_that_it_was_seen_but_writing_does(priya: Client, buckle: models.Case) -> None:
    priya.get(case_url(buckle))
    assert buckle.contacts.get(direction="in").seen_at is None
    priya.post(case_url(buckle, "composing"))
    assert buckle.contacts.get(direction="in").seen_at is not None


def test_a_second_ask_is_warned_of_before_the_click(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    assert "pauses nothing" not in text_of(priya.get(case_url(buckle)))
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="Which size?", kinds=["ask"])
    assert "One ask is out already." in text_of(priya.get(case_url(buckle)))


def test_a_note_stays_inside_and_an_empty_one_is_none(priya: Client, buckle: models.Case) -> None:
    priya.post(case_url(buckle, "note"), {"text": "She called twice."})
    assert buckle.notes.get().text == "She called twice."
    empty = priya.post(case_url(buckle, "note"), {"text": " "}, follow=True)
    assert "There was nothing to keep" in text_of(empty)
    assert buckle.notes.count() == 1
    assert not models.OutboxItem.objects.filter(purpose="reply").exists()


def test_a_reply_to_a_closed_case_is_refused(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="Done.", kinds=["answer"])
    priya.post(case_url(buckle, "close"))
    answer = send(priya, buckle)
    assert answer.status_code == 409
    assert "This case is closed." in text_of(answer)


def test_a_field_that_is_none_of_the_forms_changes_nothing(priya: Client, buckle: models.Case, cast: Cast) -> None:
    send(
        priya, buckle, kinds=["answer"], staff=str(cast.ruth.pk), standing="accepted", by=str(cast.ruth.pk), subject="x"
    )
    contact = buckle.contacts.get(direction="out")
    assert (contact.staff, contact.standing, contact.subject) == (cast.priya, "waiting", "Re: Hip-belt buckle snapped")
