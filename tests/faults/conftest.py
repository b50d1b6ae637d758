"""What the tests of faults share: a mail server that answers as told, a mailbox, a certificate, a house."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from makegood.intake.mail import imap_door
from tests.faults.stage import Stage
from tests.servers import dovecot
from tests.servers.dovecot import Dovecot
from tests.staff.conftest import buckle, hand, priya, signed_in, weeks
from tests.watch.conftest import certificate, complaint, home, mail_server, server_tls, trusting
from tests.watch.house import a_reply, deliver_all, minutes, post_to
from tests.watch.mail_server import MailServer

__all__ = [
    "buckle",
    "certificate",
    "complaint",
    "hand",
    "home",
    "mail_server",
    "priya",
    "server_tls",
    "signed_in",
    "trusting",
    "weeks",
]


@pytest.fixture(scope="session")
def mailboxes() -> Iterator[Dovecot]:
    """A real IMAP server."""
    with dovecot.running() as found:
        yield found


@pytest.fixture
def mailbox(mailboxes: Dovecot, cast: object, request: pytest.FixtureRequest) -> Dovecot:
    """An empty inbox of that server's, beside an empty desk."""
    imap_door._refusals.clear()
    return mailboxes.seen_by(f"user{abs(hash(request.node.nodeid))}")


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A house with two complaints, for processes that may be killed."""
    with ExitStack() as stack:
        yield Stage(stack, tmp_path_factory.mktemp("stage"))


@pytest.fixture(scope="session")
def in_peace(stage: Stage) -> tuple[dict[str, Any], dict[str, Any], MailServer]:
    """The day of that house without a crash, and the mails it sent."""
    return stage.day()


@pytest.fixture
def reply(complaint: models.Case, mail_server: MailServer, monday_ten: datetime) -> models.Contact:
    """The owner's answer, waiting; the acknowledgement went out before."""
    deliver_all(post_to(mail_server), now=monday_ten)
    mail_server.taken.clear()
    mail_server.seen.clear()
    return a_reply(complaint, at=monday_ten + minutes(5))
