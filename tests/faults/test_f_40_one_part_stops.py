"""F-40: any part of the desk stops, or a canary stays away. Somebody hears of it by a second path within 20 minutes.

A day's quarter of an hour at a time: canaries go out over a real line, into our own mail door, and back to the judge.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import rounds as signs
from makegood.desk.queries.ledger import pulse
from makegood.intake.mail.arrivals import from_smtp
from makegood.intake.mail.our_addresses import read_ours
from makegood.watch import rounds, standstill
from makegood.watch.delivery import Post
from makegood.watch.smtp_line import Server
from tests.faults.lines import closed
from tests.intake.desk import judge_all
from tests.intake.letters import HELP, letter
from tests.watch.house import deliver_all
from tests.watch.mail_server import MailServer
from tests.watch.test_signs_of_life import Outside

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PARTS = ("watch", "word", "delivery", "judge", "mail door", "mail server", "imap", "held")


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """Who hears by the second path."""
    with Outside() as found:
        monkeypatch.setenv("MAKEGOOD_ALARM_URL", found.url)
        yield found


class Desk:
    """Every part of a desk, of which one may stand still. The mail server carries canaries to our own door."""

    def __init__(self, server: MailServer, since: datetime) -> None:
        self._server, self._since = server, since
        self._post = Post(Server(host="127.0.0.1", port=server.port, tls="no"))
        self.stopped = ""

    def minute(self, now: datetime) -> None:
        """Let all parts that run go by once."""
        rounds.fly_canary(now=now)
        if self.stopped != "delivery":
            self._deliver(now)
        if self.stopped != "judge":
            judge_all(now)
        for part in ("watch", "word", "delivery", "judge", "imap", "held"):
            if part != self.stopped:
                signs.beat(part, now=now)
        standstill.sound(now=now, since=self._since)

    def _deliver(self, now: datetime) -> None:
        if self.stopped == "mail server":
            with closed() as port:
                dead = Post(Server(host="127.0.0.1", port=port, tls="no"))
                rounds.look_at_the_server(now=now, post=dead)
                deliver_all(dead, now=now)
            return
        rounds.look_at_the_server(now=now, post=self._post)
        deliver_all(self._post, now=now)
        arrived, self._server.taken = self._server.taken, []
        if self.stopped != "mail door":
            for mail in arrived:
                from_smtp(mail.content, envelope_from="", recipients=(HELP,), ours=read_ours(), now=now)


@pytest.fixture
def desk(cast: Cast, home: Path, mail_server: MailServer, monday_ten: datetime) -> Desk:
    """It has gone well for half an hour."""
    desk = Desk(mail_server, monday_ten)
    for minute in range(30):
        desk.minute(monday_ten + minute * MINUTE)
    assert models.Canary.objects.filter(back_at=None).count() == 0
    return desk


def paged(desk: Desk, outside: Outside, since: datetime) -> tuple[int, str]:
    """Return after how many minutes who is outside hears, and what."""
    for minute in range(1, 60):
        desk.minute(since + minute * MINUTE)
        if outside.calls:
            return minute, json.loads(outside.calls[0][2])["alarm"]
    return 999, ""


@pytest.mark.parametrize("part", PARTS)
def test_whatever_stops_somebody_outside_hears_of_it(
    desk: Desk, outside: Outside, monday_ten: datetime, part: str
) -> None:
    stopped_at = monday_ten + 29 * MINUTE
    desk.minute(stopped_at)
    assert outside.calls == [], "all goes well"
    # Right before a canary flies, so that its own twenty minutes count.
    desk.stopped = part
    after, alarm = paged(desk, outside, stopped_at)
    assert after <= 21, alarm
    assert pulse(now=stopped_at + after * MINUTE).trouble, "and on every page"


def test_a_round_that_stops_right_after_a_canary_came_back_is_missed_by_itself(
    desk: Desk, outside: Outside, monday_ten: datetime
) -> None:
    for part in ("watch", "word", "delivery", "judge", "imap", "mail server"):
        outside.calls.clear()
        since = monday_ten + timedelta(hours=3 * (1 + PARTS.index(part)))
        for minute in range(17):
            desk.minute(since + minute * MINUTE)
        outside.calls.clear()
        desk.stopped = part
        after, _ = paged(desk, outside, since + 16 * MINUTE)
        desk.stopped = ""
        assert after <= 20, part


def test_it_is_said_once_and_again_when_it_happens_again(desk: Desk, outside: Outside, monday_ten: datetime) -> None:
    since = monday_ten + 31 * MINUTE
    desk.stopped = "word"
    for minute in range(60):
        desk.minute(since + minute * MINUTE)
    assert len(outside.calls) == 1
    desk.stopped = ""
    desk.minute(since + 60 * MINUTE)
    assert pulse(now=since + 60 * MINUTE).trouble == ""
    desk.stopped = "word"
    for minute in range(61, 90):
        desk.minute(since + minute * MINUTE)
    assert len(outside.calls) == 2


def test_letters_that_nobody_judges_are_told_though_every_round_goes_by(
    desk: Desk, outside: Outside, monday_ten: datetime
) -> None:
    since = monday_ten + 31 * MINUTE
    (item,) = from_smtp(letter(), envelope_from="rosa@quiet.example", recipients=(HELP,), ours=read_ours(), now=since)
    for minute in range(20):
        # As a full disk for attachments does: it is tried, and waits again.
        models.InboxItem.objects.filter(pk=item.pk).update(lease_until=since + timedelta(hours=1))
        desk.minute(since + minute * MINUTE)
    told = json.loads(outside.calls[0][2])
    assert told["facts"]["what"] == ["Letters have come in that nobody has read for ten minutes."]


def test_after_a_start_or_a_jump_of_the_clock_nobody_is_missed_before_his_turn(
    cast: Cast, outside: Outside, monday_ten: datetime
) -> None:
    for part in ("watch", "judge"):
        signs.beat(part, now=monday_ten - timedelta(hours=2))
    assert not standstill.sound(now=monday_ten, since=monday_ten - timedelta(seconds=5))
    assert outside.calls == []
    assert standstill.sound(now=monday_ten + 10 * MINUTE, since=monday_ten)


def test_a_desk_without_a_part_for_a_day_does_not_miss_it(cast: Cast, outside: Outside, monday_ten: datetime) -> None:
    signs.beat("imap", now=monday_ten - timedelta(days=2))
    assert not standstill.sound(now=monday_ten, since=monday_ten - timedelta(hours=1))
