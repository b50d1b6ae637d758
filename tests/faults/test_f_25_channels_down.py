"""F-25: the way by which people are told is down. What is undelivered is itself told, by the next way that is up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.queries import invariants
from makegood.desk.queries.ledger import pulse
from makegood.watch import rounds, standstill
from makegood.watch.delivery import Post
from makegood.watch.smtp_line import Server
from tests.faults.lines import closed
from tests.watch.house import deliver_all, minutes, post_to, watch_until
from tests.watch.mail_server import MailServer
from tests.watch.test_signs_of_life import Outside

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside() -> Iterator[Outside]:
    """A web server that somebody else runs."""
    with Outside() as found:
        yield found


@pytest.fixture
def no_mail() -> Iterator[Post]:
    """A mail server that is gone."""
    with closed() as port:
        yield Post(Server(host="127.0.0.1", port=port, tls="no"))


def broken_at(case: models.Case) -> datetime:
    """Let time go on until the first bell rings; returns that moment."""
    watch_until(case.received_at + timedelta(days=1))
    return case.alarms.filter(missed=False).earliest("due_at").due_at


def test_while_mail_is_down_the_alarm_stands_on_the_screen_and_a_second_path_is_called(
    complaint: models.Case,
    cast: Cast,
    outside: Outside,
    no_mail: Post,
    mail_server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAKEGOOD_ALARM_URL", outside.url)
    at = broken_at(complaint)
    since = at - timedelta(hours=1)
    for minute in range(21):
        now = at + minutes(minute)
        rounds.tell_people(now=now)
        rounds.look_at_the_server(now=now, post=no_mail)
        deliver_all(no_mail, now=now)
        standstill.sound(now=now, since=since)
    # On the screen of whom it concerns, at once; outside, that mail stands still; and the doctor names the alarm.
    rings = models.Notice.objects.filter(case=complaint, rings=True)
    assert rings.exists() and all(notice.written_at == at for notice in rings)
    assert [json.loads(body)["alarm"] for *_, body in outside.calls] == ["desk.stands_still"]
    told = [v.what for v in invariants.no_promise_missed_silently(now=at + minutes(21)).violations]
    assert any("has not gone out" in what for what in told)
    # When mail is back it goes out at the next look, though it had been put off again and again.
    back = at + minutes(25)
    rounds.look_at_the_server(now=back, post=post_to(mail_server))
    deliver_all(post_to(mail_server), now=back)
    assert not models.OutboxItem.objects.filter(purpose="notice").exclude(state="accepted").exists()
    assert invariants.no_promise_missed_silently(now=back).holds


def test_when_the_second_path_is_down_too_every_page_says_so(
    complaint: models.Case, outside: Outside, no_mail: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_ALARM_URL", outside.url)
    outside.answer = 500
    at = broken_at(complaint)
    for minute in range(10):
        rounds.look_at_the_server(now=at + minutes(minute), post=no_mail)
    assert standstill.sound(now=at + minutes(10), since=at)
    shown = models.Heartbeat.objects.exclude(trouble="").values_list("name", "trouble")
    assert dict(shown)["second path"] == "Second path for alarms: 127.0.0.1 answered 500."
    assert pulse(now=at + minutes(10)).trouble


def test_when_all_of_us_is_down_the_outside_watcher_hears_nothing_and_that_is_its_sign(
    complaint: models.Case, outside: Outside, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HEARTBEAT_URL", outside.url)
    calls = []
    for minute in range(30):
        now = monday_ten + minutes(minute)
        if minute < 10:
            for name in rounds.ROUNDS:
                rounds.beat_heart(now=now, name=name)
        calls.append(rounds.call_outside(now=now))
    assert all(calls[:10]) and not any(calls[11:])


def test_word_that_can_not_be_given_is_word_for_those_who_look_after_the_house(
    complaint: models.Case, cast: Cast, mail_server: MailServer, monday_ten: datetime
) -> None:
    deliver_all(post_to(mail_server), now=monday_ten)
    models.Notice.objects.create(staff=cast.tom, kind="owner.changed", written_at=monday_ten)
    rounds.tell_people(now=monday_ten)
    mail_server.to_receivers.append("550 mailbox closed")
    deliver_all(post_to(mail_server), now=monday_ten)
    told = models.Notice.objects.filter(kind="word.refused")
    assert {n.staff for n in told} == {cast.ruth, cast.sam}
    assert {n.facts["address"] for n in told} == {"tom@larkfield.example"}


def test_where_every_one_of_ours_is_refused_word_of_it_does_not_breed_word_of_it(
    complaint: models.Case, mail_server: MailServer
) -> None:
    post = post_to(mail_server)
    deliver_all(post, now=complaint.received_at)
    mail_server.to_receivers.extend(["550 nobody of ours"] * 500)
    at = broken_at(complaint)
    for minute in range(55):
        rounds.tell_people(now=at + minutes(minute))
        deliver_all(post, now=at + minutes(minute))
    refused = models.OutboxItem.objects.filter(purpose="notice", state="refused")
    assert 0 < refused.count() <= 8, "the alarm, word of that, and word that this can't be given either"
    assert models.Notice.objects.filter(kind="word.refused").exists(), "it stands on the screen all the same"
