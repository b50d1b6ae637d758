"""Mail goes out by rounds: what the record says after each thing a server may do."""

from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import delivery, outbox
from makegood.watch import rounds
from tests.watch.house import a_reply, deliver_all, end_state, minutes, post_to, watch_until
from tests.watch.mail_server import DIES, MailServer

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


# ── in doubt ────────────────────────────────────────────────────────────────


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


def test_a_worker_that_died_before_the_last_byte_is_followed_by_another(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    assert outbox.claim("dead", now=monday_ten + minutes(6)) is not None
    post = post_to(mail_server)
    assert deliver_all(post, now=monday_ten + minutes(7)) == 0, "the lease still runs"
    assert deliver_all(post, now=monday_ten + minutes(9)) == 1
    reply.refresh_from_db()
    assert reply.standing == "accepted"


def test_a_worker_that_died_after_the_last_byte_leaves_the_reply_in_doubt(
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


def test_a_slow_worker_whose_mail_was_taken_over_does_not_end_it(reply: models.Contact, monday_ten: datetime) -> None:
    slow = outbox.claim("slow", now=monday_ten + minutes(6))
    quick = outbox.claim("quick", now=monday_ten + minutes(9))
    assert slow is not None and quick is not None and slow.pk == quick.pk
    assert not outbox.hand_over(slow, now=monday_ten + minutes(9))
    assert outbox.hand_over(quick, now=monday_ten + minutes(9))


# ── a long outage ───────────────────────────────────────────────────────────


def test_two_days_without_a_server_lose_nothing_and_the_clock_runs_on(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    mail_server.to_receivers.extend(["421 closed for repairs"] * 5000)
    down = post_to(mail_server)
    case, due_at = reply.case, reply.case.promises.get(kind="reply").due_at
    deliver_all(down, now=monday_ten + minutes(6))
    for hour in range(1, 49):
        watch_until(monday_ten + timedelta(hours=hour), deliver=down)
        deliver_all(down, now=monday_ten + timedelta(hours=hour))

    # The promise broke while the reply waited, and a human was told of it at once.
    promise = case.promises.get(kind="reply")
    assert (promise.state, promise.due_at) == ("broken", due_at)
    assert promise.told_at == promise.broken_at == due_at
    # "Customer not reached" was said once, not once a try.
    assert [e.facts["final"] for e in journal(case, "contact.refused")] == [False]
    assert case.notices.filter(kind="finding.made", facts__code="MG301").count() == 1
    assert models.OutboxItem.objects.get(contact=reply).attempts > 5
    assert "421 closed for repairs" in models.Heartbeat.objects.get(name="mail server").trouble

    mail_server.to_receivers.clear()
    back_at = monday_ten + timedelta(days=2, hours=6)
    deliver_all(down, now=back_at)
    reply.refresh_from_db()
    assert (reply.standing, reply.accepted_at) == ("accepted", back_at)
    assert case.promises.get(kind="reply").state == "kept late"
    assert [m.message_id for m in mail_server.taken].count(reply.message_id) == 1
    assert not models.OutboxItem.objects.filter(state__in=["waiting", "sending"]).exists()
    assert models.Heartbeat.objects.get(name="mail server").trouble == ""


def test_when_the_server_is_back_nothing_waits_for_its_turn_to_be_tried(
    complaint: models.Case, mail_server: MailServer, monday_ten: datetime
) -> None:
    post = post_to(mail_server)
    late = a_reply(complaint, at=monday_ten)
    mail_server.to_receivers.extend(["421 closed"] * 40)
    for hour in range(12):
        deliver_all(post, now=monday_ten + timedelta(hours=hour))
    mail_server.to_receivers.clear()
    fresh = a_reply(complaint, at=monday_ten + timedelta(hours=12), text="And one more thing.")
    deliver_all(post, now=monday_ten + timedelta(hours=12))
    assert {m.message_id for m in mail_server.taken} >= {late.message_id, fresh.message_id}


def test_after_five_days_a_reply_counts_as_refused(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    mail_server.to_receivers.extend(["451 not now"] * 2)
    post = post_to(mail_server)
    deliver_all(post, now=monday_ten + minutes(6))
    deliver_all(post, now=monday_ten + timedelta(days=6))
    reply.refresh_from_db()
    assert reply.standing == "refused"
    assert [e.facts["final"] for e in journal(reply.case, "contact.refused")] == [False, True]


# ── our own trouble ─────────────────────────────────────────────────────────


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
