"""F-06: the mail server is down for two days. Nothing is lost, the promise clock runs on, and all is caught up with."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from makegood.desk import models
from makegood.desk.actions import outbox
from makegood.intake.mail.imap_door import MailboxTrouble, poll
from tests.faults.lines import closed
from tests.intake.desk import judge_all
from tests.intake.letters import letter
from tests.servers.dovecot import Dovecot
from tests.watch.house import a_reply, deliver_all, minutes, post_to, watch_until
from tests.watch.mail_server import MailServer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def journal(case: models.Case, name: str) -> list[models.Entry]:
    return list(case.journal.filter(name=name).order_by("seq"))


# ── out ──────────────────────────────────────────────────────────────────────


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


def test_mails_that_wait_do_not_storm_a_server_that_is_back(
    complaint: models.Case, mail_server: MailServer, monday_ten: datetime
) -> None:
    post = post_to(mail_server)
    deliver_all(post, now=monday_ten)
    replies = [a_reply(complaint, at=monday_ten + minutes(5), text=f"Answer {number}.") for number in range(12)]
    mail_server.to_receivers.extend(["421 closed for repairs"] * 12)
    deliver_all(post, now=monday_ten + minutes(6))
    waits = {item.next_at - monday_ten for item in models.OutboxItem.objects.filter(contact__in=replies)}
    assert len(waits) > 6, "each has a moment of its own"
    assert max(waits) - min(waits) <= timedelta(minutes=outbox.BACK_OFF[0]) * outbox.SPREAD / 100


# ── in ───────────────────────────────────────────────────────────────────────


@pytest.mark.imap
def test_after_two_days_without_the_mailbox_every_letter_of_them_comes_in_with_its_own_date(
    mailbox: Dovecot, monday_ten: datetime
) -> None:
    mailbox.append(letter(), at=monday_ten)
    poll(mailbox.url(), monday_ten)
    for hour in range(1, 49, 4):
        # People go on writing; nobody gets at the mailbox.
        raw = letter(f"Letter of hour {hour}.", subject=f"Hour {hour}", message_id=f"<{hour}@quiet.example>")
        mailbox.append(raw, at=monday_ten + hour * HOUR)
    with closed() as port:
        down = mailbox.url().replace(f":{mailbox.port}/", f":{port}/")
        for hour in range(1, 49, 12):
            with pytest.raises(MailboxTrouble):
                poll(down, monday_ten + hour * HOUR)
    back_at = monday_ten + 49 * HOUR
    assert poll(mailbox.url(), back_at) == 12
    assert poll(mailbox.url(), back_at) == 0
    judge_all(back_at)
    items = models.InboxItem.objects.order_by("received_at")
    assert [item.received_at for item in items] == [monday_ten, *(monday_ten + h * HOUR for h in range(1, 49, 4))]
    assert not items.filter(state="stored").exists()
    # The clock of each began when it came to the server, not when we got at it: the first are broken at once.
    first = models.Contact.objects.get(subject="Hour 1")
    assert first.case.received_at == monday_ten + HOUR
    watch_until(back_at)
    assert first.case.promises.filter(state="broken", due_at__lt=back_at).exists()
