"""F-30: two agents answer at once, or one from a stale tab. The second is told, and sends only if he says so again."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from makegood.demo import cast as the_cast
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import letters
from makegood.rules import refusals
from tests.staff.conftest import Hand, SignedIn, case_url, text_of
from tests.staff.test_replying import send
from tests.watch.house import a_complaint, minutes


def test_nobody_answers_over_another_without_reading_him_first(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    seen = buckle.head_seq
    send(signed_in(cast.tom), buckle, text="We will send a buckle.", kinds=["answer"])
    refused = priya.post(case_url(buckle, "reply"), {"text": "We will refund you.", "seen": seen, "kinds": ["answer"]})
    page = text_of(refused)
    assert refused.status_code == 409
    assert "Tom Hale." in page
    assert "We will send a buckle." in page
    assert "We will refund you.</textarea>" in page
    assert "Send anyway" in page
    assert 'value="answer" checked' in page
    assert buckle.contacts.filter(direction="out").count() == 1
    again = send(priya, buckle, text="We will refund you.", kinds=["answer"], confirmed="on")
    assert again.status_code == 302
    assert buckle.contacts.filter(direction="out").count() == 2


def test_somebody_who_is_writing_now_is_seen_and_must_be_confirmed(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case, hand: Hand
) -> None:
    tom = signed_in(cast.tom)
    assert "Nobody else is writing." in text_of(tom.post(case_url(buckle, "composing")))
    assert "Tom Hale is writing a reply too" in text_of(priya.post(case_url(buckle, "composing")))
    assert send(priya, buckle).status_code == 409
    hand.move(minutes=2)
    assert send(priya, buckle).status_code == 302


def test_ones_own_letter_from_a_stale_tab_must_be_read_before_a_second(priya: Client, buckle: models.Case) -> None:
    form = {"text": "We will send a buckle.", "seen": buckle.head_seq, "kinds": ["answer"]}
    assert priya.post(case_url(buckle, "reply"), form).status_code == 302
    # The same form again is the same letter; another one from the tab that was open before is not.
    assert priya.post(case_url(buckle, "reply"), form).status_code == 302
    stale = priya.post(case_url(buckle, "reply"), {**form, "text": "And a strap."})
    assert stale.status_code == 409 and "And a strap.</textarea>" in text_of(stale)
    assert buckle.contacts.filter(direction="out").count() == 1


@pytest.mark.usefixtures("committed")
def test_of_many_who_send_in_the_same_moment_one_goes_out(monday_ten: datetime, home: Path) -> None:
    cast = the_cast.load(now=monday_ten, password=None)
    case = a_complaint(cast, at=monday_ten)
    case.refresh_from_db()
    now = monday_ten + minutes(5)
    agents, seen = [case.owner, cast.marta, cast.ruth, cast.grace], case.head_seq
    gate, sent, refused = threading.Barrier(len(agents)), [], []

    def answer(by: models.Staff) -> None:
        try:
            gate.wait(20)
            text = f"{by.name} answers."
            sent.append(letters.reply(case.pk, by=by, text=text, kinds=["answer"], seen=seen, now=now))
        except refusals.SomebodyElseAnswered as said:
            refused.append(said)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(by,)) for by in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(sent), len(refused)) == (1, len(agents) - 1)
    assert models.OutboxItem.objects.filter(purpose="reply").count() == 1
    assert all(sent[0].staff.name in str(said) for said in refused), "each is told who was quicker"
