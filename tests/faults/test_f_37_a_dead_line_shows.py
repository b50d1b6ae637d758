"""F-37: a name that is gone, a refused or silent line, a hotel's sign-in page, a bad certificate: red in five minutes.

And a certificate that ends is told 30, 7 and 1 days before, once each.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.intake.mail import imap_door
from makegood.intake.mail import loops as intake_loops
from makegood.intake.mail.imap_door import MailboxTrouble, poll
from makegood.server import doctor
from makegood.watch import loop as watch_loop
from makegood.watch import rounds
from makegood.watch.delivery import Post
from makegood.watch.smtp_line import Server
from tests.faults.lines import a_portal, answering, behind_tls, closed
from tests.servers.dovecot import Dovecot
from tests.watch.house import a_reply, deliver_all, minutes
from tests.watch.mail_server import MailServer

pytestmark = pytest.mark.django_db
Line = Callable[[], AbstractContextManager[tuple[str, int]]]
FIVE_MINUTES = timedelta(minutes=5)


@contextmanager
def no_such_name() -> Iterator[tuple[str, int]]:
    yield "no-such-host.invalid", 25


@contextmanager
def refused() -> Iterator[tuple[str, int]]:
    with closed() as port:
        yield "127.0.0.1", port


@contextmanager
def a_hotel() -> Iterator[tuple[str, int]]:
    with answering(a_portal) as port:
        yield "127.0.0.1", port


@contextmanager
def silent() -> Iterator[tuple[str, int]]:
    """Packets go out, and none comes back, as in a network that fell apart; nobody here waits for as long as we do."""
    patience = (mock.patch("makegood.watch.smtp_line.STEP", 0.2), mock.patch.object(imap_door, "SECONDS", 0.2))
    with answering(lambda line: line.recv(1)) as port, patience[0], patience[1]:
        yield "127.0.0.1", port


LINES = [pytest.param(line, id=line.__name__) for line in (no_such_name, refused, a_hotel, silent)]


def doors_page(cast: Cast, now: datetime) -> str:
    client = Client()
    with clock.reading(lambda: now):
        client.force_login(cast.sam)
        return client.get("/doors/").content.decode()


def red(cast: Cast, now: datetime) -> bool:
    """Whether the doors page says so in its first line, in red; the doctor finds it, too."""
    page = doors_page(cast, now)
    lede = page[page.index('class="lede"') : page.index("</h1>")]
    watch = next(check for check in doctor.examine(now=now).checks if check.code == "watch")
    found = any("mail line" in what or "mail server" in what for what in watch.found)
    assert "Mail can" not in lede or found
    return "st-broken" in lede


# ── the mail server ──────────────────────────────────────────────────────────


def looked(post: Post, *, since: datetime, until: datetime) -> None:
    """Let the loop's round go by as often as it does."""
    now = since
    while now < until:
        rounds.look_at_the_server(now=now, post=post)
        now += timedelta(seconds=15)


@pytest.mark.parametrize("line", LINES)
def test_a_line_on_which_no_mail_can_go_out_is_red_within_five_minutes_though_none_waits(
    cast: Cast, mail_server: MailServer, monday_ten: datetime, line: Line
) -> None:
    well = Post(Server(host="127.0.0.1", port=mail_server.port, tls="no"))
    looked(well, since=monday_ten, until=monday_ten + minutes(60))
    broke_at = monday_ten + minutes(60)
    assert not red(cast, broke_at)
    with line() as (host, port):
        dead = Post(Server(host=host, port=port, tls="no"))
        looked(dead, since=broke_at, until=broke_at + FIVE_MINUTES)
    assert red(cast, broke_at + FIVE_MINUTES)
    # And it is well again as soon.
    looked(well, since=broke_at + FIVE_MINUTES, until=broke_at + 2 * FIVE_MINUTES)
    assert not red(cast, broke_at + 2 * FIVE_MINUTES)
    assert mail_server.seen == [], "to look is not to send"


def test_a_certificate_that_nobody_vouches_for_is_red_as_well(
    cast: Cast, mail_server: MailServer, server_tls: ssl.SSLContext, monday_ten: datetime
) -> None:
    with behind_tls(mail_server.port, server_tls) as port:
        post = Post(Server(host="127.0.0.1", port=port, tls="yes"))
        looked(post, since=monday_ten, until=monday_ten + FIVE_MINUTES)
    assert red(cast, monday_ten + FIVE_MINUTES)
    assert "certificate that can't be trusted" in models.Heartbeat.objects.get(name="mail line").trouble


def test_what_waits_goes_at_once_when_the_line_is_back(
    complaint: models.Case, mail_server: MailServer, monday_ten: datetime
) -> None:
    well = Post(Server(host="127.0.0.1", port=mail_server.port, tls="no"))
    with closed() as port:
        dead = Post(Server(host="127.0.0.1", port=port, tls="no"))
        waiting = a_reply(complaint, at=monday_ten)
        for hour in range(6):
            deliver_all(dead, now=monday_ten + timedelta(hours=hour))
        later = monday_ten + timedelta(hours=6)
        looked(dead, since=later, until=later + FIVE_MINUTES)
    looked(well, since=later + FIVE_MINUTES, until=later + 2 * FIVE_MINUTES)
    deliver_all(well, now=later + 2 * FIVE_MINUTES)
    waiting.refresh_from_db()
    assert waiting.standing == "accepted"


def test_the_running_desk_looks_where_it_has_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_SMTP_URL", "smtp://mail.example?tls=starttls")
    (walk,) = [walk for walk in watch_loop.Loops(watch=False)._walks() if walk.name == "line"]
    assert timedelta(seconds=walk.pause) + rounds.LOOK_EVERY < FIVE_MINUTES
    assert timedelta(seconds=intake_loops.POLL_EVERY) < FIVE_MINUTES


# ── mailboxes ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("line", LINES)
def test_a_mailbox_that_can_not_be_read_is_red_at_the_first_poll(cast: Cast, monday_ten: datetime, line: Line) -> None:
    with line() as (host, port), pytest.raises(MailboxTrouble):
        poll(f"imap://rosa:secret@{host}:{port}/INBOX?tls=no", monday_ten)
    assert "1 mailbox can’t be read" in doors_page(cast, monday_ten)
    assert red(cast, monday_ten)
    assert {n.staff for n in models.Notice.objects.filter(kind="door.trouble")} == {cast.ruth, cast.sam}


@pytest.mark.imap
def test_a_mailbox_behind_a_certificate_that_nobody_vouches_for_is_red(
    cast: Cast, mailbox: Dovecot, server_tls: ssl.SSLContext, monday_ten: datetime
) -> None:
    with behind_tls(mailbox.port, server_tls) as port, pytest.raises(MailboxTrouble, match="CERTIFICATE_VERIFY_FAILED"):
        poll(f"imaps://{mailbox.user}:secret@127.0.0.1:{port}/INBOX", monday_ten)
    assert red(cast, monday_ten)


# ── certificates that end ────────────────────────────────────────────────────


@pytest.fixture
def ends_at(trusting: ssl.SSLContext) -> datetime:
    """When the certificate of these tests ends, as its issuer wrote it down."""
    (issuer,) = trusting.get_ca_certs()
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(issuer["notAfter"])), UTC)


Look = Callable[[datetime], None]


@pytest.fixture
def at_the_server(
    mail_server: MailServer, server_tls: ssl.SSLContext, trusting: ssl.SSLContext
) -> Iterator[tuple[Look, int]]:
    with behind_tls(mail_server.port, server_tls) as port:
        post = Post(Server(host="127.0.0.1", port=port, tls="yes"), context=trusting)
        yield lambda now: looked(post, since=now, until=now + FIVE_MINUTES), port


def told(cast: Cast) -> int:
    return models.Notice.objects.filter(kind="certificate.ends", staff=cast.sam).count()


def test_the_end_of_the_mail_servers_certificate_is_told_three_times(
    cast: Cast, at_the_server: tuple[Look, int], ends_at: datetime
) -> None:
    look, port = at_the_server
    heard = {}
    for days in (300, 31, 30, 29, 8, 7, 6, 2, 1, 0.5):
        look(ends_at - timedelta(days=days))
        look(ends_at - timedelta(days=days) + timedelta(hours=1))
        heard[days] = told(cast)
    assert heard == {300: 0, 31: 0, 30: 1, 29: 1, 8: 1, 7: 2, 6: 2, 2: 2, 1: 3, 0.5: 3}
    assert models.Entry.objects.filter(case=None, name="certificate.ends").count() == 3
    now = ends_at - timedelta(hours=11)
    page = doors_page(cast, now)
    assert "1 certificate ends soon" in page and f"127.0.0.1:{port}" in page
    found = next(check for check in doctor.examine(now=now).checks if check.code == "tls").found
    assert found == (f"That of 127.0.0.1:{port} ends {ends_at:%Y-%m-%d %H:%M} UTC.",)
    # By mail, too, in words.
    rounds.tell_people(now=now)
    mail = bytes(models.OutboxItem.objects.filter(purpose="notice", to_address=cast.sam.email).latest("pk").body)
    assert b"certificate of the mail server" in mail.replace(b"=\r\n", b"")


def test_a_far_end_is_known_and_worries_nobody(cast: Cast, at_the_server: tuple[Look, int], ends_at: datetime) -> None:
    look, _ = at_the_server
    now = ends_at - timedelta(days=90)
    look(now)
    check = next(check for check in doctor.examine(now=now).checks if check.code == "tls")
    assert (check.well, check.says) == (True, "of 1 mail servers seen")
    assert "certificate ends" not in doors_page(cast, now)


@pytest.mark.imap
def test_the_end_of_a_mailbox_servers_certificate_is_told_as_well(
    cast: Cast,
    mailbox: Dovecot,
    server_tls: ssl.SSLContext,
    certificate: Path,
    ends_at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with behind_tls(mailbox.port, server_tls) as port:
        url = f"imaps://{mailbox.user}:secret@127.0.0.1:{port}/INBOX"
        for days, heard in ((31, 0), (30, 1), (29, 1), (7, 2), (1, 3)):
            poll(url, ends_at - timedelta(days=days))
            assert told(cast) == heard, f"{days} days before"
