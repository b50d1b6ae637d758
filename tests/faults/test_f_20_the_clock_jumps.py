"""F-20: the wall clock jumps two hours on or back, or says 1970. No storm of alarms, nothing twice, and it is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.queries.ledger import pulse
from makegood.watch import loop, rounds
from makegood.watch.clock_steps import ClockSteps, Step
from makegood.watch.loop import Loops
from tests.watch.house import a_reply, deliver_all, minutes, post_to
from tests.watch.mail_server import MailServer

pytestmark = pytest.mark.django_db


class TwoClocks:
    """A watch whose wall clock is wrong for a while, beside one that only runs on."""

    def __init__(self, right: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        self._right, self._seconds = right, 0.0
        self._loops = Loops(deliver=False)
        monkeypatch.setattr(loop, "monotonic", lambda: self._seconds)

    def go_on(self, seconds: int, *, wrong_by: timedelta = timedelta(0)) -> None:
        """Let the watch walk its round each second, by a clock that is wrong by so much."""
        for _ in range(seconds):
            self._seconds += 1
            now = self._right + timedelta(seconds=self._seconds) + wrong_by
            while self._loops._watch(now):
                pass


@pytest.fixture
def due_at(complaint: models.Case) -> datetime:
    """When something is due on the case for the first time."""
    assert complaint.wakes_at is not None
    return complaint.wakes_at


@pytest.mark.parametrize("hours", [2, 24 * 365])
def test_a_clock_that_is_ahead_for_a_moment_rings_nothing(
    due_at: datetime, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = TwoClocks(due_at - timedelta(hours=1), monkeypatch)
    clocks.go_on(5)
    clocks.go_on(15, wrong_by=timedelta(hours=hours))
    clocks.go_on(60)
    assert not models.Notice.objects.filter(kind="promise.warned").exists()
    assert not models.Alarm.objects.exists()
    assert models.Entry.objects.filter(case=None, name="clock.jumped").count() == 2


def test_a_clock_that_stays_ahead_is_believed_and_rings_once(
    due_at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = TwoClocks(due_at - timedelta(hours=1), monkeypatch)
    clocks.go_on(5)
    clocks.go_on(60, wrong_by=timedelta(hours=2))
    assert models.Alarm.objects.count() == 1
    clocks.go_on(60, wrong_by=timedelta(0))
    assert models.Alarm.objects.count() == 1, "gone back, it fires nothing again"


def test_a_machine_that_says_1970_rings_nothing_and_shows_it(
    due_at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = TwoClocks(due_at.replace(year=1970), monkeypatch)
    clocks.go_on(30)
    assert not models.Alarm.objects.exists()
    assert rounds.clock_is_behind(now=due_at.replace(year=1970))
    assert "1970" in pulse(now=due_at).trouble


def test_a_step_of_the_clock_is_noticed_and_held_for_a_moment(monday_ten: datetime) -> None:
    steps = ClockSteps()
    assert steps.look(monday_ten, monotonic=100.0) is None
    assert steps.look(monday_ten + timedelta(seconds=60), monotonic=160.0) is None
    assert steps.look(monday_ten + timedelta(seconds=89), monotonic=161.0) is None, "a drift is no step"
    forward = steps.look(monday_ten + timedelta(hours=2), monotonic=162.0)
    assert forward is not None and forward.by == timedelta(hours=2) - timedelta(seconds=90)
    assert steps.holds(monotonic=181.9) and not steps.holds(monotonic=182.0)
    back = steps.look(monday_ten + timedelta(seconds=120), monotonic=192.0)
    assert back is not None and back.by == timedelta(seconds=120 - 7230)


def test_a_clock_put_right_at_once_rings_nothing(monday_ten: datetime) -> None:
    steps, rang = ClockSteps(), []
    for second in range(60):
        wrong = timedelta(hours=2) if 10 <= second < 25 else timedelta(0)
        now = monday_ten + timedelta(seconds=second) + wrong
        steps.look(now, monotonic=float(second))
        if not steps.holds(monotonic=float(second)):
            rang.append(now)
    assert max(rang) < monday_ten + minutes(1)


def test_a_clock_that_goes_back_fires_nothing_twice_and_holds_no_mail_up(
    complaint: models.Case, mail_server: MailServer, monday_ten: datetime
) -> None:
    post = post_to(mail_server)
    deliver_all(post, now=monday_ten)
    wrong = monday_ten + timedelta(days=2)
    while rounds.wake_due(now=wrong):
        pass
    rounds.tell_people(now=wrong)
    waiting = a_reply(complaint, at=wrong)
    alarms = models.Alarm.objects.count()

    right = wrong - timedelta(hours=2)
    rounds.note_clock_step(Step(was=wrong, by=timedelta(hours=-2)), now=right)
    while rounds.wake_due(now=right):
        pass
    assert models.Alarm.objects.count() == alarms > 0
    deliver_all(post, now=right)
    waiting.refresh_from_db()
    assert waiting.standing == "accepted"
    jumped = models.Entry.objects.get(case=None, name="clock.jumped")
    assert jumped.facts == {"was": wrong.isoformat(), "is": right.isoformat(), "seconds": "-7200"}


def test_a_clock_that_stands_before_what_is_written_down_is_shown(complaint: models.Case, monday_ten: datetime) -> None:
    assert not rounds.clock_is_behind(now=monday_ten)
    assert rounds.clock_is_behind(now=monday_ten.replace(year=1970))
    assert "1970-03-02 16:00" in pulse(now=monday_ten).trouble
    assert not rounds.clock_is_behind(now=monday_ten)
    assert pulse(now=monday_ten).trouble == ""


def test_a_canary_in_flight_is_not_missed_because_the_clock_jumped(
    cast: Cast, home: Path, monday_ten: datetime
) -> None:
    rounds.fly_canary(now=monday_ten)
    later = monday_ten + timedelta(hours=3)
    rounds.note_clock_step(Step(was=monday_ten, by=timedelta(hours=3)), now=later)
    rounds.fly_canary(now=later)
    assert not models.Canary.objects.exclude(missed_at=None).exists()


def test_while_a_step_of_the_clock_is_fresh_nothing_rings(
    monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[datetime] = []
    monkeypatch.setattr("makegood.watch.rounds.wake_due", lambda *, now, **_: woken.append(now) or 0)
    loops, later = Loops(deliver=False), monday_ten.replace(hour=23)
    for seconds, now in ((0.0, monday_ten), (1.0, later), (22.0, later.replace(second=21))):
        monkeypatch.setattr("makegood.watch.loop.monotonic", lambda seconds=seconds: seconds)
        loops._watch(now)
    assert woken == [monday_ten, later.replace(second=21)]
    assert models.Entry.objects.filter(case=None, name="clock.jumped").count() == 1
