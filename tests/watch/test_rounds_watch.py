"""What time does by rounds: alarms, word to staff, and cases that make the rules fail."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from makegood.demo.cast import Cast
from makegood.desk import crashpoints, facts, models
from makegood.desk.actions import people
from makegood.desk.actions import rounds as desk_rounds
from makegood.desk.queries import invariants
from makegood.watch import rounds
from tests.watch.house import a_complaint, deliver_all, minutes, post_to, watch_until
from tests.watch.mail_server import MailServer

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")


def in_chicago(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


def raised(case: models.Case) -> list[models.Alarm]:
    return list(case.alarms.filter(missed=False).order_by("told_at", "pk"))


def test_nothing_is_done_before_its_time(complaint: models.Case, monday_ten: datetime) -> None:
    assert rounds.wake_due(now=monday_ten) == 0
    complaint.refresh_from_db()
    assert complaint.wakes_at is not None
    assert rounds.wake_due(now=complaint.wakes_at - timedelta(microseconds=1)) == 0
    assert rounds.wake_due(now=complaint.wakes_at) == 1


def test_a_second_watcher_finds_nothing_left(complaint: models.Case) -> None:
    now = in_chicago(4, 9)
    while rounds.wake_due(now=now):
        pass
    alarms = models.Alarm.objects.count()
    assert alarms and not rounds.wake_due(now=now)
    assert desk_rounds.wake(complaint.pk, now=now) is False
    assert models.Alarm.objects.count() == alarms


def test_the_watch_drains_more_than_one_handful(cast: Cast, monday_ten: datetime) -> None:
    for number in range(7):
        a_complaint(cast, at=monday_ten, sender=f"customer{number}@quill.example")
    woken = [rounds.wake_due(now=in_chicago(10, 10), limit=3) for _ in range(4)]
    assert woken == [3, 3, 1, 0]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_while_one_watcher_is_at_work_another_wakes_the_others(cast: Cast, monday_ten: datetime) -> None:
    cases = [a_complaint(cast, at=monday_ten, sender=f"customer{n}@quill.example") for n in range(4)]
    now, woken = in_chicago(10, 10), {}

    def also() -> None:
        woken["second"] = rounds.wake_due(now=now, limit=3)
        connection.close()

    def beside(place: str) -> None:
        if place == "watch.after_claim" and not woken:
            woken["second"] = 0
            second = threading.Thread(target=also)
            second.start()
            second.join(60)

    crashpoints.listen(beside)
    try:
        woken["first"] = rounds.wake_due(now=now, limit=2)
    finally:
        crashpoints.listen(None)
    assert woken == {"first": 2, "second": 2}
    assert models.Entry.objects.filter(case__in=cases, recorded_at=now).values("case").distinct().count() == 4


# ── what makes the rules fail ───────────────────────────────────────────────


@pytest.fixture
def crashing(cast: Cast, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch) -> tuple[models.Case, models.Case]:
    """Two cases, the first of which no rule can bear."""
    bad = a_complaint(cast, at=monday_ten)
    good = a_complaint(cast, at=monday_ten + minutes(1), sender="ines@quill.example")
    real = facts.all_cases

    def folded(rows: Sequence[models.Case]) -> object:
        if bad in rows:
            raise ZeroDivisionError("a story nobody foresaw")
        return real(rows)

    monkeypatch.setattr("makegood.desk.facts.all_cases", folded)
    return bad, good


def test_a_case_that_makes_the_rules_fail_steps_aside_for_an_hour_loudly(
    crashing: tuple[models.Case, models.Case], cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = crashing
    now = in_chicago(4, 9)
    while rounds.wake_due(now=now):
        pass
    assert raised(good) and not raised(bad)
    bad.refresh_from_db()
    assert bad.crashed_until == now + timedelta(hours=1)
    assert "steps aside for an hour" in caplog.text
    assert {n.staff for n in bad.notices.filter(kind="watch.failed")} == {bad.owner, cast.ruth, cast.sam}
    assert models.Entry.objects.filter(case=None, name="watch.failed").count() == 1
    assert bad.number in {v.case for v in invariants.always_an_owner(now=now).violations}


def test_the_only_case_that_is_due_steps_aside_too(crashing: tuple[models.Case, models.Case]) -> None:
    bad, good = crashing
    models.Case.objects.filter(pk=good.pk).update(crashed_until=in_chicago(30, 9))
    assert rounds.wake_due(now=in_chicago(4, 9)) == 1
    bad.refresh_from_db()
    assert bad.crashed_until == in_chicago(4, 10)


def test_a_case_that_stepped_aside_is_tried_again_after_an_hour(
    crashing: tuple[models.Case, models.Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, _ = crashing
    now = in_chicago(4, 9)
    while rounds.wake_due(now=now):
        pass
    assert rounds.wake_due(now=now + minutes(59)) == 0
    monkeypatch.undo()
    assert rounds.wake_due(now=now + minutes(60)) >= 1
    bad.refresh_from_db()
    assert bad.crashed_until is None
    assert raised(bad)


def test_an_hour_that_brings_nothing_is_set_anew(complaint: models.Case, monday_ten: datetime) -> None:
    models.Case.objects.filter(pk=complaint.pk).update(wakes_at=monday_ten + minutes(1))
    assert rounds.wake_due(now=monday_ten + minutes(1)) == 1
    complaint.refresh_from_db()
    assert complaint.wakes_at is not None and complaint.wakes_at > monday_ten + minutes(1)
    assert complaint.crashed_until is None


# ── word to staff ───────────────────────────────────────────────────────────


def test_nobody_who_has_left_is_told_anything(complaint: models.Case, cast: Cast, monday_ten: datetime) -> None:
    models.Notice.objects.create(staff=cast.luis, kind="owner.changed", written_at=monday_ten)
    people.leave(cast.luis, by=cast.ruth, now=monday_ten)
    rounds.tell_people(now=monday_ten)
    assert not models.OutboxItem.objects.filter(to_address=cast.luis.email).exists()


def test_word_that_can_not_be_written_holds_up_nobody_elses(
    complaint: models.Case, cast: Cast, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for staff in (cast.priya, cast.tom):
        models.Notice.objects.create(staff=staff, kind="owner.changed", written_at=monday_ten)
    real = rounds.digests.mail_digest

    def fails_for_priya(staff: int, *, now: datetime) -> bool:
        if staff == cast.priya.pk:
            raise UnicodeError("a name nobody foresaw")
        return real(staff, now=now)

    monkeypatch.setattr(rounds.digests, "mail_digest", fails_for_priya)
    with pytest.raises(UnicodeError):
        rounds.tell_people(now=monday_ten)
    assert models.OutboxItem.objects.filter(purpose="notice", to_address=cast.tom.email).exists()


def test_alarms_reach_a_mailbox_within_a_minute_of_the_break(
    complaint: models.Case, mail_server: MailServer, monday_ten: datetime
) -> None:
    post = post_to(mail_server)
    deliver_all(post, now=monday_ten)
    watch_until(in_chicago(3, 17), deliver=post)
    first = complaint.alarms.filter(missed=False).order_by("due_at").first()
    assert first is not None
    notice = models.Notice.objects.get(case=complaint, seq=first.seq)
    assert notice.mailed is not None and notice.mailed.settled_at is not None
    assert notice.mailed.settled_at - first.due_at <= minutes(1)
