"""F-05: a server takes a mail and sends it back later, or says nothing more. What it had kept is owed again.

Delivered is not read, and silence keeps nothing: the clock of the customer's next step runs on.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from makegood.desk import models
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.watch import rounds
from tests.intake.desk import HOUR, judge_all, notice_to, open_rosas_case, receive
from tests.intake.letters import HELP, letter
from tests.intake.mail.mails import corpus
from tests.intake.test_programs import answered, report
from tests.watch.house import a_complaint, a_reply, deliver_all, minutes, post_to, watch_until
from tests.watch.mail_server import MailServer

__all__ = ["answered"]
State = models.InboxItem.State


def test_a_bounce_makes_what_the_mail_had_kept_owed_again_and_the_owner_hears(
    answered: tuple[models.Case, models.Contact, str], monday_ten: datetime
) -> None:
    case, contact, _ = answered
    item = receive(report(contact.message_id), now=monday_ten + HOUR, sender="")
    contact.refresh_from_db()
    case.refresh_from_db()
    assert contact.standing == "bounced"
    assert case.promises.get(kind="reply").outstanding
    assert case.unanswered_at == monday_ten and case.ball == "us"
    assert models.Notice.objects.filter(staff=case.owner, kind="finding.made").exists()
    assert (item.state, item.code) == (State.JOINED, "bounce")
    assert "5.1.1" in item.why


def test_a_bounce_that_comes_twice_undoes_once(
    answered: tuple[models.Case, models.Contact, str], monday_ten: datetime
) -> None:
    case, contact, _ = answered
    receive(report(contact.message_id), now=monday_ten + HOUR, sender="")
    receive(report(contact.message_id), now=monday_ten + 3 * HOUR, sender="")
    assert case.journal.filter(name="contact.bounced").count() == 1


def test_a_bounce_of_a_mail_that_is_not_ours_is_stopped_counted_and_readable(cast: Any, monday_ten: datetime) -> None:
    item = receive(report("<forged@elsewhere.example>"), now=monday_ten, sender="")
    assert (item.state, item.code) == (State.SUPPRESSED, "bounce_unknown")
    assert not models.Case.objects.exists()
    assert b"User unknown" in bytes(item.raw.body)


def test_a_notice_to_a_colleague_that_comes_back_is_told_to_those_who_can_mend_it(
    cast: Any, monday_ten: datetime
) -> None:
    case = open_rosas_case(monday_ten)
    raw = letter("And the zip too.", subject="Re: Broken buckle", message_id="<two@quiet.example>")
    receive(raw, now=monday_ten)
    notice = notice_to(case.owner, now=monday_ten)
    item = receive(report(str(notice["Message-ID"]), to=case.owner.email), now=monday_ten + HOUR, sender="")
    assert (item.state, item.code) == (State.SUPPRESSED, "staff_bounce")
    told = models.Notice.objects.filter(kind="staff.not_reached")
    assert {n.staff.role for n in told} == {"head", "admin"}
    assert {n.facts["address"] for n in told} == {case.owner.email}


def test_a_bounce_of_a_bounce_undoes_nothing_and_writes_to_nobody(
    answered: tuple[models.Case, models.Contact, str], monday_ten: datetime
) -> None:
    case, contact, _ = answered
    before = models.OutboxItem.objects.count()
    once = report(contact.message_id)
    # Their server could not give our server's answer back, and says so.
    twice = report("<report-failed@mx.quiet.example>").replace(b"<report-failed@", b"<report-again@", 1)
    receive(once, now=monday_ten + HOUR, sender="")
    receive(twice, now=monday_ten + 2 * HOUR, sender="")
    assert case.journal.filter(name="contact.bounced").count() == 1
    assert models.InboxItem.objects.get(sha256=_of(twice)).state == State.SUPPRESSED
    assert models.OutboxItem.objects.exclude(purpose="notice").count() == before, "nothing answers a bounce"


def _of(raw: bytes) -> str:
    from makegood.desk.actions.ledger import fingerprint

    return fingerprint(raw)


@pytest.fixture
def door(committed: None, cast: Any, monday_ten: datetime) -> Iterator[SmtpDoor]:
    """Our listener."""
    found = SmtpDoor(host="127.0.0.1", port=0, now=lambda: monday_ten + HOUR)
    found.start()
    yield found
    found.stop()


def test_from_outside_a_reply_is_accepted_comes_back_and_is_owed_until_a_second_one_stays_there(
    door: SmtpDoor, cast: Any, mail_server: MailServer, monday_ten: datetime
) -> None:
    case, post = a_complaint(cast, at=monday_ten), post_to(mail_server)
    deliver_all(post, now=monday_ten)
    first = a_reply(case, at=monday_ten + minutes(10))
    deliver_all(post, now=monday_ten + minutes(10))
    assert case.promises.get(kind="reply").state == "kept"
    with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as client:
        client.sendmail("", [HELP], report(first.message_id, to="rosa@quill.example"))
    judge_all(monday_ten + HOUR)
    first.refresh_from_db()
    assert first.standing == "bounced"
    owed = case.promises.filter(kind="reply").latest("number")
    assert owed.outstanding and owed.due_at <= monday_ten + timedelta(days=1), "from the day on that she wrote"
    assert case.notices.filter(staff=case.owner, kind="finding.made").exists()
    watch_until(monday_ten + timedelta(days=2))
    assert case.alarms.exists(), "it rings as if nothing had been said"
    a_reply(case, at=monday_ten + timedelta(days=2), text="The same, to an address that works.")
    deliver_all(post, now=monday_ten + timedelta(days=2))
    assert not case.promises.filter(kind="reply", outstanding=True).exists()


def test_a_server_that_takes_a_reply_and_drops_it_has_kept_the_answer_and_nothing_else(
    reply: models.Contact, mail_server: MailServer, monday_ten: datetime
) -> None:
    deliver_all(post_to(mail_server), now=monday_ten + minutes(6))
    case = reply.case
    case.refresh_from_db()
    assert case.open and case.wakes_at is not None, "accepted is not read: the case goes on"
    assert rounds.wake_due(now=case.wakes_at) == 1


def test_no_bounce_of_the_corpus_is_answered_or_taken_for_a_customer(cast: Any, monday_ten: datetime) -> None:
    found = sorted(path for path in corpus("mail/automated").iterdir() if "bounce" in path.name or "dsn" in path.name)
    for number, path in enumerate(found[:60]):
        receive(path.read_bytes(), now=monday_ten + timedelta(seconds=number), sender="")
    assert not models.OutboxItem.objects.exclude(purpose="notice").exists()
    assert not models.Contact.objects.filter(direction="in", standing="joined", case__quarantined=False).exists()
