"""Mail goes out by rounds: what the record says after each thing a server may do."""

from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.watch import rounds
from tests.watch.house import a_reply, deliver_all, end_state, minutes, post_to
from tests.watch.mail_server import MailServer

pytestmark = pytest.mark.django_db


def journal(case: models.Case, name: str) -> list[models.Entry]:
    return list(case.journal.filter(name=name).order_by("seq"))


@pytest.fixture
def reply(complaint: models.Case, mail_server: MailServer, monday_ten: datetime) -> models.Contact:
    """The owner's answer, waiting; the acknowledgement went out before."""
    deliver_all(post_to(mail_server), now=monday_ten)
    mail_server.taken.clear()
    mail_server.seen.clear()
    return a_reply(complaint, at=monday_ten + minutes(5))


def test_a_reply_keeps_the_promise_when_it_is_accepted(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    assert rounds.deliver_one("w", now=monday_ten + minutes(6), post=post_to(mail_server))
    assert not rounds.deliver_one("w", now=monday_ten + minutes(6), post=post_to(mail_server))
    reply.refresh_from_db()
    assert (reply.standing, reply.accepted_at) == ("accepted", monday_ten + minutes(6))
    assert reply.case.promises.get(kind="reply").state == "kept"
    assert [m.message_id for m in mail_server.taken] == [reply.message_id]


def test_a_refused_reply_keeps_nothing_and_the_owner_hears(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    mail_server.to_receivers.append("550 nobody of that name")
    deliver_all(post_to(mail_server), now=monday_ten + minutes(6))
    reply.refresh_from_db()
    assert (reply.standing, reply.outgoing.state) == ("refused", "refused")
    assert reply.outgoing.answer == "550 nobody of that name"
    assert reply.case.promises.get(kind="reply").state == "open"
    assert [e.facts["final"] for e in journal(reply.case, "contact.refused")] == [True]
    assert reply.case.notices.filter(kind="finding.made", staff=reply.case.owner).exists()


def test_a_reply_put_off_once_goes_out_under_its_own_message_id(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    mail_server.answers.append("451 later")
    post = post_to(mail_server)
    assert deliver_all(post, now=monday_ten + minutes(6)) == 1
    reply.outgoing.refresh_from_db()
    again_at = reply.outgoing.next_at
    assert minutes(7) <= again_at - monday_ten <= minutes(8)
    assert deliver_all(post, now=again_at - timedelta(seconds=1)) == 0
    assert deliver_all(post, now=again_at) == 1
    assert [m.message_id for m in mail_server.seen] == [reply.message_id] * 2
    assert reply.case.promises.get(kind="reply").state == "kept"


# ── our own trouble ─────────────────────────────────────────────────────────


def test_a_mail_that_makes_us_fail_steps_aside_and_others_go(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("a rule that can't cope")

    monkeypatch.setattr("makegood.rules.outgoing.accept", fails)
    models.Notice.objects.create(staff=cast.tom, kind="owner.changed", written_at=monday_ten + minutes(6))
    rounds.tell_people(now=monday_ten + minutes(6))
    deliver_all(post_to(mail_server), now=monday_ten + minutes(6))
    assert models.OutboxItem.objects.get(purpose="notice").state == "accepted"
    assert models.Notice.objects.filter(kind="delivery.failed").exists()
    assert models.Entry.objects.filter(name="delivery.failed", case=None).count() == 1

    monkeypatch.undo()
    before = end_state()["journal"]
    deliver_all(post_to(mail_server), now=monday_ten + minutes(70))
    reply.refresh_from_db()
    assert reply.standing == "uncertain", "it may have arrived, so a person says"
    assert len(end_state()["journal"]) > len(before)
