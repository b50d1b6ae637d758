"""F-12: hundreds of promises break at one moment. Each is on record, each is told, nobody gets two mails a minute."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from itertools import pairwise

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions.contacts import Incoming
from makegood.desk.actions.openings import Opening, open_all
from makegood.watch import rounds
from tests.watch.house import deliver_all, minutes, post_to
from tests.watch.mail_server import MailServer

pytestmark = pytest.mark.django_db
CASES = 200
DUE = timedelta(hours=24)
"""Eight business hours and a night after ten in the morning: reply, silence and what the door says break at once."""


@pytest.fixture
def storm(cast: Cast, home: object, monday_ten: datetime) -> datetime:
    """All of these wrote at once, and nobody answered; returns when their promises broke."""
    letters = [
        Incoming(
            received_at=monday_ten,
            from_address=f"customer{number}@quill.example",
            from_name=f"Customer {number}",
            subject="The river took the bridge",
            text="Where is my tent?",
        )
        for number in range(CASES)
    ]
    door = cast.policy.doors["mail"]
    open_all([Opening(message=one, door=door, item=None, acknowledge=False) for one in letters], now=monday_ten)
    before = monday_ten + DUE - minutes(1)
    while rounds.wake_due(now=before):
        pass
    models.Notice.objects.filter(mailed=None).update(mail=False)  # the warnings are not what is looked at
    return monday_ten + DUE


def test_every_rung_is_on_record_once_and_in_the_hands_of_its_owner(storm: datetime) -> None:
    while rounds.wake_due(now=storm):
        pass
    alarms = models.Alarm.objects.filter(due_at=storm)
    assert alarms.count() == CASES
    told = {(alarm.case_id, person.pk) for alarm in alarms.prefetch_related("to") for person in alarm.to.all()}
    assert told == set(models.Case.objects.values_list("pk", "owner"))
    rung = models.Entry.objects.filter(name="alarm.raised").values_list("case", flat=True)
    assert set(Counter(rung).values()) == {1}
    assert models.Notice.objects.filter(kind="alarm.raised").count() == CASES


def test_word_of_it_is_grouped_and_none_is_lost(storm: datetime, mail_server: MailServer) -> None:
    post = post_to(mail_server)
    for second in range(0, 240, 10):
        now = storm + timedelta(seconds=second)
        rounds.wake_due(now=now, limit=40)
        rounds.tell_people(now=now)
        deliver_all(post, now=now)
    assert not models.Notice.objects.filter(mail=True, mailed=None).exists()
    mails = models.OutboxItem.objects.filter(purpose="notice")
    for person in models.Staff.objects.all():
        sent = sorted(mails.filter(to_address=person.email).values_list("written_at", flat=True))
        assert all(later - earlier >= minutes(1) for earlier, later in pairwise(sent)), person
    assert mails.filter(state="accepted").count() == mails.count() == len(mail_server.taken)
    assert mails.count() <= 4 * 4, "four owners, four minutes"
    for taken in mail_server.taken:
        text = message_from_bytes(taken.content, policy=policy.default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
        told = models.Notice.objects.filter(mailed__message_id=taken.message_id)
        assert told.count() > 0
        assert all(number in text for number in told.values_list("case__number", flat=True))
