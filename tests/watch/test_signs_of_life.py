"""Heartbeats, canaries that go round through real mail, the second path, and the daily seal."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import rounds as desk_rounds
from makegood.desk.queries.ledger import pulse
from makegood.notify.email import canary_mark
from makegood.watch import rounds, second_path
from tests.watch.house import a_complaint, deliver_all, minutes, post_to
from tests.watch.mail_server import MailServer

pytestmark = pytest.mark.django_db


class Outside:
    """A real web server on this machine that writes down who called, and answers as told."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, bytes]] = []
        self.answer = 200
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                outside.calls.append((self.command, self.path, self.rfile.read(length)))
                self.send_response(outside.answer)
                if outside.answer == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            do_GET = do_POST = _any  # noqa: N815

            def log_message(self, *_: object) -> None:
                return None

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/ping/a-secret"

    def __enter__(self) -> "Outside":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as server:
        yield server


# ── heartbeats ──────────────────────────────────────────────────────────────


def test_a_round_that_goes_by_is_alive_for_a_minute(db: None, monday_ten: datetime) -> None:
    assert not pulse(now=monday_ten).alive
    assert rounds.beat_heart(now=monday_ten)
    assert not rounds.beat_heart(now=monday_ten + timedelta(seconds=5)), "not every second is written down"
    assert pulse(now=monday_ten + timedelta(seconds=59)).alive
    assert not pulse(now=monday_ten + timedelta(seconds=61)).alive
    assert rounds.beat_heart(now=monday_ten - timedelta(hours=2)), "a clock that went back is believed"


def test_the_outside_watcher_is_called_each_minute_while_the_rounds_go_by(
    db: None, outside: Outside, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HEARTBEAT_URL", outside.url)
    assert not rounds.call_outside(now=monday_ten), "nothing has gone by yet"
    for name in rounds.ROUNDS:
        rounds.beat_heart(now=monday_ten, name=name)
    called = [rounds.call_outside(now=monday_ten + timedelta(seconds=s)) for s in (0, 30, 59, 60)]
    assert called == [True, False, False, False], "at 60 s the rounds have fallen silent"
    assert outside.calls == [("GET", "/ping/a-secret", b"")]


def test_a_round_that_fails_stops_the_calls_outside(
    db: None, outside: Outside, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HEARTBEAT_URL", outside.url)
    for name in rounds.ROUNDS:
        rounds.beat_heart(now=monday_ten, name=name)
    rounds.beat_heart(now=monday_ten + minutes(5), name="word")
    rounds.say_trouble("watch", "The round fails.", now=monday_ten + minutes(5))
    assert not rounds.call_outside(now=monday_ten + minutes(5))
    assert not pulse(now=monday_ten + minutes(5)).alive


def test_an_outside_watcher_that_can_not_be_reached_is_seen_and_stops_nothing(
    db: None, outside: Outside, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HEARTBEAT_URL", outside.url)
    outside.answer = 503
    for name in rounds.ROUNDS:
        rounds.beat_heart(now=monday_ten, name=name)
    assert rounds.call_outside(now=monday_ten)
    assert pulse(now=monday_ten).trouble == "Outside watcher: 127.0.0.1 answered 503."
    outside.answer = 200
    for name in rounds.ROUNDS:
        rounds.beat_heart(now=monday_ten + minutes(1), name=name)
    rounds.call_outside(now=monday_ten + minutes(1))
    assert pulse(now=monday_ten + minutes(1)).trouble == ""


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "nonsense"])
def test_only_web_addresses_are_called(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_HEARTBEAT_URL", url)
    assert "must begin with https://" in second_path.call_heartbeat()


def test_nobody_is_followed_elsewhere_and_no_trouble_tells_the_address(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HEARTBEAT_URL", outside.url)
    outside.answer = 302
    assert second_path.call_heartbeat() == "127.0.0.1 answered 302"
    assert [path for _, path, _ in outside.calls] == ["/ping/a-secret"]


# ── canaries ────────────────────────────────────────────────────────────────


def test_a_canary_flies_every_quarter_of_an_hour_and_comes_back(
    cast: Cast, home: Path, mail_server: MailServer, monday_ten: datetime
) -> None:
    flew = [rounds.fly_canary(now=monday_ten + minutes(m)) for m in (0, 1, 14, 15)]
    assert flew == [True, False, False, True]
    deliver_all(post_to(mail_server), now=monday_ten + minutes(15))
    assert len(mail_server.taken) == 1, "one that still waited made room for the newer"
    mail = mail_server.taken[0]
    assert mail.receivers == (cast.policy.doors["mail"].addresses[0],)
    header = next(
        line.partition(b": ")[2].decode()
        for line in mail.content.splitlines()
        if line.startswith(canary_mark.HEADER.encode())
    )
    token = canary_mark.check_canary(header)
    assert token is not None
    assert desk_rounds.canary_is_back(token, now=monday_ten + minutes(16))
    assert not desk_rounds.canary_is_back(token, now=monday_ten + minutes(17)), "it comes back once"


def test_a_canary_that_we_did_not_fly_is_known() -> None:
    header = canary_mark.mark(canary_mark.canary_token())
    assert canary_mark.check_canary(f" {header}\r\n") == header.partition(".")[0]
    for forged in (header[:-1] + "x", "0" * 32 + header[32:], "", header + header, header.upper()):
        assert canary_mark.check_canary(forged) is None


def test_no_canary_flies_where_none_is_wanted(
    cast: Cast, home: Path, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_CANARY_MINUTES", "0")
    assert not rounds.fly_canary(now=monday_ten)
    assert not models.Canary.objects.exists()


def test_a_canary_that_stays_away_is_an_alarm_by_a_second_path(
    cast: Cast, home: Path, outside: Outside, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_ALARM_URL", outside.url)
    rounds.fly_canary(now=monday_ten)
    rounds.fly_canary(now=monday_ten + minutes(19))
    assert outside.calls == []
    rounds.fly_canary(now=monday_ten + minutes(20))
    [(method, _, body)] = outside.calls
    told = json.loads(body)
    assert (method, told["alarm"], told["facts"]) == ("POST", "canary.missed", {"sent_at": [monday_ten.isoformat()]})
    assert told["at"] == (monday_ten + minutes(20)).isoformat()
    # By the first path, too: on the screens of those who look after the house, and on every page.
    notices = models.Notice.objects.filter(kind="canary.missed")
    assert {n.staff for n in notices} == {cast.ruth, cast.sam}
    assert "canary" in pulse(now=monday_ten + minutes(20)).trouble
    assert models.Entry.objects.filter(case=None, name="canary.missed").count() == 1


def test_a_long_silence_of_canaries_is_told_once_an_hour_until_one_is_back(
    cast: Cast, home: Path, outside: Outside, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_ALARM_URL", outside.url)
    for minute in range(181):
        rounds.fly_canary(now=monday_ten + minutes(minute))
    missed = models.Canary.objects.exclude(missed_at=None).count()
    assert missed == len(outside.calls) == 11
    assert models.Notice.objects.filter(kind="canary.missed", staff=cast.sam).count() == 3
    last = models.Canary.objects.order_by("-sent_at").first()
    assert last is not None
    desk_rounds.canary_is_back(last.token, now=monday_ten + minutes(182))
    rounds.fly_canary(now=monday_ten + minutes(183))
    assert pulse(now=monday_ten + minutes(183)).trouble == ""


def test_a_second_path_that_fails_is_seen(
    cast: Cast, home: Path, outside: Outside, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_ALARM_URL", outside.url)
    outside.answer = 500
    rounds.fly_canary(now=monday_ten)
    rounds.fly_canary(now=monday_ten + minutes(20))
    assert models.Heartbeat.objects.get(name="second path").trouble == "Second path for alarms: 127.0.0.1 answered 500."


# ── the daily seal ──────────────────────────────────────────────────────────


def test_each_day_is_sealed_once_inside_and_outside_the_database(cast: Cast, home: Path, monday_ten: datetime) -> None:
    a_complaint(cast, at=monday_ten)
    assert [rounds.seal(now=monday_ten + timedelta(hours=h)) for h in (0, 1, 24)] == [True, False, True]
    lines = [json.loads(line) for line in (home / "anchors.log").read_text().splitlines()]
    kept = models.Anchor.objects.order_by("day")
    assert [(line["day"], line["digest"]) for line in lines] == [(a.day.isoformat(), a.digest) for a in kept]
    assert lines[0]["digest"] == lines[1]["digest"]


def test_a_day_that_a_crash_left_out_of_the_file_is_brought_in(cast: Cast, home: Path, monday_ten: datetime) -> None:
    rounds.seal(now=monday_ten)
    (home / "anchors.log").unlink()
    rounds.seal(now=monday_ten + timedelta(days=1))
    lines = [json.loads(line)["day"] for line in (home / "anchors.log").read_text().splitlines()]
    assert lines == ["2026-03-02", "2026-03-03"]


def test_another_entry_makes_another_seal(cast: Cast, home: Path, monday_ten: datetime) -> None:
    rounds.seal(now=monday_ten)
    desk_rounds.clock_jumped({"seconds": "40"}, backwards=False, now=monday_ten)
    rounds.seal(now=monday_ten + timedelta(days=1))
    first, second = models.Anchor.objects.order_by("day")
    assert first.digest != second.digest
