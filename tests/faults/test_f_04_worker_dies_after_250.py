"""F-04: the line or the worker dies after the last byte. What may have arrived never becomes a second effect.

An automatic mail goes once more under its own Message-ID, and no third time. A reply waits for a person as
uncertain, or is looked up by its Message-ID where that can be done; nothing that it would have kept counts as kept.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import delivery, outbox
from makegood.desk.actions.record import deciding
from makegood.desk.queries import invariants
from makegood.rules import clocks, outgoing
from makegood.rules.cases import Ball
from makegood.watch import rounds
from tests.faults.stage import Stage, mails
from tests.watch.house import deliver_all, minutes, post_to
from tests.watch.mail_server import DIES, MailServer

# ── the worker is killed ─────────────────────────────────────────────────────


@pytest.mark.parametrize("crash_at", ["outbox.after_250:1", "outbox.before_settle:1", "outbox.after_250:4"])
def test_an_automatic_mail_that_may_have_arrived_goes_once_more_under_its_message_id(
    stage: Stage, in_peace: tuple[dict[str, Any], dict[str, Any], MailServer], crash_at: str
) -> None:
    _, end, server = stage.day(crash_at)
    _, peace, sent = in_peace
    assert end == peace
    assert mails(server) == mails(sent)
    twice = [m for m, count in Counter(m.message_id for m in server.taken).items() if count > 1]
    assert len(twice) == 1


@pytest.mark.parametrize("crash_at", ["outbox.after_250:3", "outbox.before_settle:3", "action.before_commit:2"])
def test_a_reply_that_may_have_arrived_is_not_sent_again(stage: Stage, crash_at: str) -> None:
    _, end, server = stage.day(crash_at)
    assert ["reply", "customer0@quill.example", "uncertain"] in end["mails"]
    replies = [m for m in server.taken if m.subject.startswith("Re: ")]
    assert len(replies) == 1, "it went out once"
    told = [facts for case, _, name, facts in end["journal"] if name == "contact.refused"]
    assert [t["final"] for t in told] == [False], "and the owner was told that nobody knows"
    # Nobody counts it as said, so its promise rings: nothing is lost either.
    assert [1, 2, "reply", "broken"] in end["promises"]


def test_where_it_can_be_looked_up_by_its_message_id_nobody_need_wonder(stage: Stage) -> None:
    with stage.house() as home:
        assert stage.do(home, "write").code == 0
        assert stage.do(home, "deliver", minutes=31, crash_at="outbox.after_250:3").code == -9
        assert len(list((home / "sent").iterdir())) == 3
        assert stage.do(home, "deliver", minutes=35).code == 0
        assert {state for *_, state in stage.look(home)["outbox"]} == {"accepted"}
        assert len(list((home / "sent").iterdir())) == 3


# ── the line dies ────────────────────────────────────────────────────────────


def test_a_reply_in_doubt_is_not_sent_again_until_a_person_says_so(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    mail_server.answers.append(DIES)
    post = post_to(mail_server)
    deliver_all(post, now=monday_ten + minutes(6))
    reply.refresh_from_db()
    assert (reply.standing, reply.outgoing.state) == ("uncertain", "uncertain")
    assert reply.case.notices.filter(kind="finding.made", staff=reply.case.owner).exists()
    assert deliver_all(post, now=monday_ten + timedelta(days=3)) == 0
    assert len(mail_server.seen) == 1

    outbox.send_again(reply.outgoing, now=monday_ten + timedelta(days=3))
    assert deliver_all(post, now=monday_ten + timedelta(days=3)) == 1
    reply.refresh_from_db()
    assert reply.standing == "accepted"
    assert [m.message_id for m in mail_server.seen] == [reply.message_id] * 2


def test_a_person_may_say_that_a_reply_in_doubt_arrived(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    mail_server.answers.append(DIES)
    deliver_all(post_to(mail_server), now=monday_ten + minutes(6))
    item = models.OutboxItem.objects.select_related("contact").get(contact=reply)
    delivery.accepted(item, answer="found in the provider's log", now=monday_ten + minutes(20))
    reply.refresh_from_db()
    assert reply.standing == "accepted"
    assert reply.case.promises.get(kind="reply").state == "kept"


def test_an_automatic_mail_in_doubt_goes_again_under_its_message_id(
    complaint: models.Case, mail_server: MailServer, monday_ten: datetime
) -> None:
    mail_server.answers.append(DIES)
    post = post_to(mail_server)
    deliver_all(post, now=monday_ten)
    deliver_all(post, now=monday_ten + minutes(2))
    ours = models.OutboxItem.objects.get(purpose="acknowledgement")
    assert ours.state == "accepted"
    assert [m.message_id for m in mail_server.seen] == [ours.message_id] * 2


def test_a_server_that_never_says_it_took_an_automatic_mail_gets_it_twice_and_then_a_person_says(
    complaint: models.Case, mail_server: MailServer, cast: Cast, monday_ten: datetime
) -> None:
    mail_server.answers.extend([DIES, "451 not now", DIES])
    post = post_to(mail_server)
    for hour in range(48):
        deliver_all(post, now=monday_ten + timedelta(hours=hour))
    ours = models.OutboxItem.objects.get(purpose="acknowledgement")
    assert (ours.state, len(mail_server.seen)) == ("uncertain", 3), "one of the three was refused, and two may be there"
    client = Client()
    with clock.reading(lambda: monday_ten + timedelta(days=2)):
        client.force_login(cast.wen)
        assert client.post("/in-doubt/", {"mail": ours.pk, "said": "again"}).status_code == 409, "not his to see"
        client.force_login(complaint.owner)
        assert "Did these automatic mails arrive?" in client.get("/").content.decode()
        assert client.post("/in-doubt/", {"mail": [ours.pk, "x", "9" * 30], "said": "again"}).status_code == 302
        assert "Did these automatic mails arrive?" not in client.get("/").content.decode()
    deliver_all(post, now=monday_ten + timedelta(days=2))
    ours.refresh_from_db()
    assert (ours.state, mail_server.seen[-1].message_id) == ("accepted", ours.message_id)
    cleared = models.Entry.objects.get(case=None, name="mail.cleared")
    assert (cleared.by, cleared.facts) == (complaint.owner, {"cases": [complaint.number], "arrived": False})
    assert invariants.history_is_straight(now=monday_ten + timedelta(days=2)).holds


def test_word_to_our_own_people_goes_on_until_it_is_heard(
    cast: Cast, home: object, mail_server: MailServer, monday_ten: datetime
) -> None:
    models.Notice.objects.create(staff=cast.tom, kind="owner.changed", written_at=monday_ten)
    rounds.tell_people(now=monday_ten)
    mail_server.answers.extend([DIES] * 6)
    for hour in range(12):
        deliver_all(post_to(mail_server), now=monday_ten + timedelta(hours=hour))
    assert models.OutboxItem.objects.get(purpose="notice").state == "accepted"
    assert len(mail_server.seen) == 7


def test_a_worker_that_died_after_the_last_byte_leaves_the_reply_to_nobody_else(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    item = outbox.claim("dead", now=monday_ten + minutes(6))
    assert item is not None
    assert outbox.hand_over(item, now=monday_ten + minutes(6))
    assert outbox.claim("another", now=monday_ten + minutes(9)) is None
    deliver_all(post_to(mail_server), now=monday_ten + minutes(9))
    reply.refresh_from_db()
    assert reply.standing == "uncertain"
    assert mail_server.seen == []


# ── a person says what became of it ──────────────────────────────────────────


@pytest.fixture
def in_doubt(reply: models.Contact, mail_server: MailServer, monday_ten: datetime) -> models.Contact:
    mail_server.answers.append(DIES)
    deliver_all(post_to(mail_server), now=monday_ten + minutes(6))
    reply.refresh_from_db()
    return reply


def test_a_reply_in_doubt_stands_on_the_case_and_above_the_board_until_somebody_says_what_became_of_it(
    in_doubt: models.Contact, monday_ten: datetime
) -> None:
    client = Client()
    client.force_login(in_doubt.case.owner)
    with clock.reading(lambda: monday_ten + minutes(8)):
        page = client.get(f"/cases/{in_doubt.case.number}/").content.decode()
        assert "Nobody knows whether this arrived." in page
        assert f"#c{in_doubt.pk}" in client.get("/").content.decode()
        went = f"/cases/{in_doubt.case.number}/contacts/{in_doubt.pk}/went/"
        assert client.post(went, {"why": " "}).status_code == 409, "what shows it?"
        assert client.post(went, {"why": "It is in the log of the mail server."}).status_code == 302
        assert f"#c{in_doubt.pk}" not in client.get("/").content.decode()
        assert client.post(went, {"why": "Once more."}).status_code == 409
    in_doubt.refresh_from_db()
    assert in_doubt.standing == in_doubt.outgoing.state == "accepted"
    assert in_doubt.case.promises.get(kind="reply").state == "kept"
    cleared = in_doubt.case.journal.get(name="contact.cleared")
    assert (cleared.by, cleared.actor, cleared.facts["arrived"]) == (in_doubt.case.owner, "staff", True)
    assert in_doubt.case.journal.filter(name="contact.accepted").count() == 1


def test_who_has_it_sent_once_more_sends_the_same_mail_and_it_counts_when_it_is_accepted(
    in_doubt: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    client = Client()
    client.force_login(in_doubt.case.owner)
    with clock.reading(lambda: monday_ten + minutes(8)):
        again = f"/cases/{in_doubt.case.number}/contacts/{in_doubt.pk}/again/"
        assert [client.post(again).status_code for _ in range(2)] == [302, 409]
    in_doubt.refresh_from_db()
    assert (in_doubt.standing, in_doubt.case.promises.get(kind="reply").state) == ("waiting", "open")
    assert deliver_all(post_to(mail_server), now=monday_ten + minutes(9)) == 1
    in_doubt.refresh_from_db()
    assert in_doubt.standing == "accepted"
    assert [m.message_id for m in mail_server.seen] == [in_doubt.message_id] * 2
    assert in_doubt.case.promises.get(kind="reply").state == "kept"


def test_a_reply_in_doubt_makes_it_our_turn_so_that_its_ladder_is_climbed(
    in_doubt: models.Contact, monday_ten: datetime
) -> None:
    with deciding(in_doubt.case_id, now=monday_ten + minutes(7)) as d:
        clocks.pass_ball(d.u, Ball.CUSTOMER, at=monday_ten + minutes(7), until=monday_ten + timedelta(days=9))
        outgoing.leave_in_doubt(d.u, contact=in_doubt.pk, why="the line died", at=monday_ten + minutes(7))
    in_doubt.case.refresh_from_db()
    assert in_doubt.case.ball == "us"
    assert in_doubt.case.promises.filter(kind="silence", outstanding=True).exists()
