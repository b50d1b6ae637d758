"""The threads that walk the rounds: they drain, survive a database that fails, and stop when told to."""

import json
import socket
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from makegood.desk import models
from makegood.desk.queries.ledger import pulse
from makegood.watch import loop, rounds, standstill
from makegood.watch.loop import Loops, _Walk
from tests.watch import processes


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("loops") / "home"
    return processes.prepare(home, 6)


def test_the_loops_wake_tell_deliver_beat_and_seal_and_stop_within_three_seconds(house: Path, tmp_path: Path) -> None:
    home = processes.copy(house, tmp_path / "home")
    told = json.loads(processes.run(home, "loops", "told")[1])
    assert told["reached"] and told["busy"] == []
    assert told["seconds"] < 3
    assert (home / "anchors.log").read_text().count("\n") == 1
    kept = list((home / "sent").glob("*.eml"))
    assert len(kept) >= 7, "acknowledgements and word to staff went over a real socket"


def test_a_mail_server_that_says_nothing_does_not_hold_up_the_end(house: Path, tmp_path: Path) -> None:
    home = processes.copy(house, tmp_path / "home")
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"smtp://127.0.0.1:{mute.getsockname()[1]}?tls=no"
        told = json.loads(processes.run(home, "loops", "sending", MAKEGOOD_SMTP_URL=url)[1])
    assert "makegood-delivery" in told["busy"]
    assert not told["reached"], "what it was sending is given back, for others to send"
    assert told["seconds"] < 4


@pytest.mark.django_db(transaction=True)
def test_a_round_that_fails_backs_off_shows_it_and_goes_on(
    monday_ten: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loop, "LONGEST_BACK_OFF", 0.0)
    alarms: list[str] = []
    monkeypatch.setattr("makegood.watch.second_path.sound_alarm", lambda what, *_, **__: alarms.append(what) or "")
    loops, seen = Loops(deliver=False, now=lambda: monday_ten), []

    def fails_six_times(_: datetime) -> bool:
        seen.append(pulse(now=monday_ten).trouble)
        if len(seen) <= 6:
            raise OperationalError("the database is restarting")
        loops._stop.set()
        return True

    loops._walk(_Walk(name="watch", go=fails_six_times))
    assert seen == ["", "", *["The round “watch” fails: OperationalError."] * 5]
    assert alarms == ["round.failed"], "told outside once, when it had failed five times"
    assert caplog.text.count("in a row") == 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets many write at once")
def test_a_long_job_leaves_a_database_with_one_writer_to_the_others_half_the_time(
    monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The second of each pass is looked at once more, and at first twice: it is time to say that the round goes by.
    seconds = iter([0.0, 0.4, 0.4, 0.4, 1.0, 1.1, 1.1, 2.0, 2.2, 2.2])
    monkeypatch.setattr(loop, "monotonic", lambda: next(seconds))
    loops, rests, passes = Loops(deliver=False, now=lambda: monday_ten), [], iter([True, True, False])
    monkeypatch.setattr(loops._stop, "wait", lambda pause: rests.append(round(pause, 3)) or len(rests) == 3)
    monkeypatch.setattr(loops._stop, "is_set", lambda: len(rests) == 3)

    loops._walk(_Walk(name="job", go=lambda _: next(passes), pause=2.0, makes_room=True))

    assert rests == [0.4, 0.1, 2.0]


@pytest.mark.django_db
def test_the_second_hand_works_while_the_watch_finds_more_than_it_wakes_at_once(
    monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, asked = iter([loop._at_once(), 5, 7]), []
    monkeypatch.setattr(rounds, "wake_due", lambda *, now, **_: asked.append(now) or next(found))
    loops = Loops(deliver=False)
    assert not loops._watch_too(monday_ten), "nothing is known to be due"
    loops._watch(monday_ten)
    assert not loops._watch_too(monday_ten + timedelta(hours=1)), "by a clock that has jumped"
    assert loops._watch_too(monday_ten + timedelta(seconds=1))
    loops._watch(monday_ten + timedelta(seconds=2))
    assert not loops._watch_too(monday_ten + timedelta(seconds=3)), "the watch got through by itself"
    assert asked == [monday_ten + timedelta(seconds=n) for n in range(3)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["held", "incidents", "new links", "beat", "watch too", "line"])
def test_whichever_round_works_again_is_no_trouble_any_more_and_would_be_missed(
    monday_ten: datetime, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(loop, "LONGEST_BACK_OFF", 0.0)
    loops, shown = Loops(now=lambda: monday_ten), []

    def fails_twice(_: datetime) -> bool:
        shown.append(models.Heartbeat.objects.filter(name=name).exclude(trouble="").exists())
        if len(shown) <= 2:
            raise OperationalError("the database is restarting")
        loops._stop.set()
        return True

    loops._walk(_Walk(name=name, go=fails_twice))
    assert shown == [False, False, True]
    assert not models.Heartbeat.objects.exclude(trouble="").exists()
    # A house may give its line up; the others it always has.
    missed = " ".join(standstill._found(monday_ten + timedelta(minutes=11)))
    assert (f"“{name}” has not gone by" in missed) is (name != "line")


@pytest.mark.django_db(transaction=True)
def test_a_round_that_works_again_takes_its_trouble_away(monday_ten: datetime) -> None:
    loops = Loops(deliver=False, now=lambda: monday_ten)
    models.Heartbeat.objects.create(name="watch", at=monday_ten, trouble="The round “watch” fails: Error.")
    loops._watch(monday_ten)
    assert pulse(now=monday_ten).trouble == ""
    assert pulse(now=monday_ten).alive
