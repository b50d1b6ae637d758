"""What time does by rounds: alarms, word to staff, and cases that make the rules fail."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError

from makegood.demo.cast import Cast
from makegood.desk import facts, models
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


def test_a_weekend_without_a_watch_is_told_on_monday_once_and_late(cast: Cast, monday_ten: datetime) -> None:
    case = a_complaint(cast, at=in_chicago(5, 16))
    broke_at = in_chicago(6, 16)
    restart = in_chicago(9, 9, 30)
    # Friday four o'clock the silence broke; nobody watched until Monday, half past nine.
    while rounds.wake_due(now=restart):
        pass
    assert rounds.wake_due(now=restart) == 0
    told = raised(case)
    assert {a.told_at for a in told} == {restart}
    assert len({(tuple(a.numbers), a.rung, a.due_at) for a in told}) == len(told)
    case.refresh_from_db()
    assert case.slipped_at == broke_at
    silence = case.promises.get(kind="silence")
    assert (silence.broken_at, silence.told_at) == (broke_at, restart)
    verdict = invariants.no_promise_missed_silently(now=restart)
    assert verdict.holds, verdict.violations


def test_rungs_that_passed_during_an_outage_are_on_record_and_the_highest_is_told(
    complaint: models.Case, cast: Cast
) -> None:
    restart = in_chicago(13, 11)
    while rounds.wake_due(now=restart):
        pass
    missed = complaint.alarms.filter(missed=True)
    assert missed.exists()
    assert all(not alarm.to.exists() for alarm in missed)
    highest = max(raised(complaint), key=lambda a: a.rung)
    assert highest.rung > max(a.rung for a in missed if a.numbers == highest.numbers)
    assert cast.grace in highest.to.all() or cast.noor in highest.to.all()


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


def test_a_locked_database_is_nothing_a_case_did(
    cast: Cast, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_complaint(cast, at=monday_ten)
    second = a_complaint(cast, at=monday_ten + minutes(1), sender="ines@quill.example")
    real = desk_rounds.wake_all
    now = in_chicago(4, 9)

    def locked(cases: Sequence[int], **given: object) -> int:
        if first.pk in cases:
            raise OperationalError("database is locked")
        return real(cases, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(desk_rounds, "wake_all", locked)
    assert rounds.wake_due(now=now) == 1
    second.refresh_from_db()
    assert second.alarms.exists()
    first.refresh_from_db()
    assert first.crashed_until is None
    while second.wakes_at is not None and second.wakes_at <= now:
        assert rounds.wake_due(now=now) > 0
        second.refresh_from_db()
    with pytest.raises(OperationalError):
        rounds.wake_due(now=now)
    monkeypatch.undo()
    assert rounds.wake_due(now=now) == 1


def test_an_hour_that_brings_nothing_is_set_anew(complaint: models.Case, monday_ten: datetime) -> None:
    models.Case.objects.filter(pk=complaint.pk).update(wakes_at=monday_ten + minutes(1))
    assert rounds.wake_due(now=monday_ten + minutes(1)) == 1
    complaint.refresh_from_db()
    assert complaint.wakes_at is not None and complaint.wakes_at > monday_ten + minutes(1)
    assert complaint.crashed_until is None


# ── word to staff ───────────────────────────────────────────────────────────


def test_a_storm_of_alarms_is_one_mail_a_minute_to_a_person(
    cast: Cast, home: object, monday_ten: datetime, mail_server: MailServer
) -> None:
    for number in range(30):
        a_complaint(cast, at=monday_ten, sender=f"customer{number}@quill.example")
    post, now = post_to(mail_server), in_chicago(4, 9)
    deliver_all(post, now=monday_ten)
    mail_server.taken.clear()
    for second in range(0, 180, 10):
        moment = now + timedelta(seconds=second)
        rounds.wake_due(now=moment, limit=5)
        rounds.tell_people(now=moment)
        deliver_all(post, now=moment)
    mails = models.OutboxItem.objects.filter(purpose="notice")
    for staff in models.Staff.objects.all():
        sent = sorted(mails.filter(to_address=staff.email).values_list("written_at", flat=True))
        assert all(later - earlier >= minutes(1) for earlier, later in pairwise(sent))
    # Nothing was left out: every notice for the mail is in one that was taken.
    assert not models.Notice.objects.filter(mail=True, mailed=None).exists()
    assert mails.filter(state="accepted").count() == mails.count() == len(mail_server.taken) > 0
    assert models.Alarm.objects.filter(missed=False).count() >= 30


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


def test_a_database_that_fails_in_the_middle_of_a_case_sets_nobody_aside(
    complaint: models.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def restarting(_: Sequence[models.Case]) -> object:
        raise OperationalError("the database is restarting")

    monkeypatch.setattr("makegood.desk.facts.all_cases", restarting)
    with pytest.raises(OperationalError):
        desk_rounds.wake(complaint.pk, now=in_chicago(4, 9))
    complaint.refresh_from_db()
    assert complaint.crashed_until is None
    assert not models.Notice.objects.filter(kind="watch.failed").exists()
