"""The power goes at every boundary; the next process finds the record whole, and nothing is lost or done twice."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.watch import processes
from tests.watch.mail_server import MailServer


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kill") / "home"
    return processes.prepare(home, 2)


@pytest.fixture(scope="module")
def in_peace(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Any], MailServer]]:
    """The same day without a crash, and the mails it sent."""
    home = processes.copy(house, tmp_path_factory.mktemp("peace") / "home")
    with MailServer() as server:
        yield lived(home, server), server


def lived(home: Path, server: MailServer) -> dict[str, Any]:
    """Live the day, and return what the record adds up to in the evening."""
    code, out = processes.run(home, "day", server.url)
    assert code == 0
    state = json.loads(out)
    assert isinstance(state, dict)
    return state


def killed_day(house: Path, home: Path, server: MailServer, crash_at: str) -> dict[str, Any]:
    """Live the day with a crash in it, and again by a process that knows nothing of the first."""
    processes.copy(house, home)
    assert processes.run(home, "day", server.url, crash_at=crash_at)[0] == -9, f"{crash_at} was never passed"
    return lived(home, server)


def mails(server: MailServer) -> Counter[tuple[str, str]]:
    """Each mail by whom it went to and what it is about, one Message-ID counted once."""
    return Counter((m.receivers[0], m.subject) for m in {m.message_id: m for m in server.taken}.values())


@pytest.mark.parametrize(
    "crash_at",
    [
        # Writing the reply, and the watch at work.
        *("record.after_journal:1", "record.after_journal:3", "action.before_commit:1", "action.before_commit:3"),
        *("action.after_commit:1", "action.after_commit:3"),
        # The first acknowledgement, the reply, and word to staff, none of them handed over yet.
        *("outbox.before_send:1", "outbox.before_send:3", "outbox.before_send:4"),
    ],
)
def test_a_crash_changes_nothing_in_the_end(
    house: Path, in_peace: tuple[dict[str, Any], MailServer], tmp_path: Path, crash_at: str
) -> None:
    state, sent = in_peace
    with MailServer() as server:
        after = killed_day(house, tmp_path / "home", server, crash_at)
    assert after["mails"] == state["mails"]
    assert after == state
    assert mails(server) == mails(sent)
    assert Counter(m.message_id for m in server.taken).most_common(1)[0][1] == 1


@pytest.mark.parametrize("crash_at", ["outbox.after_250:1", "outbox.before_settle:1", "outbox.after_250:4"])
def test_an_automatic_mail_that_may_have_arrived_goes_once_more_under_its_message_id(
    house: Path, in_peace: tuple[dict[str, Any], MailServer], tmp_path: Path, crash_at: str
) -> None:
    state, sent = in_peace
    with MailServer() as server:
        after = killed_day(house, tmp_path / "home", server, crash_at)
    assert after == state
    assert mails(server) == mails(sent)
    twice = [m for m, count in Counter(m.message_id for m in server.taken).items() if count > 1]
    assert len(twice) == 1


@pytest.mark.parametrize("crash_at", ["outbox.after_250:3", "outbox.before_settle:3", "action.before_commit:2"])
def test_a_reply_that_may_have_arrived_is_not_sent_again(
    house: Path, in_peace: tuple[dict[str, Any], MailServer], tmp_path: Path, crash_at: str
) -> None:
    with MailServer() as server:
        after = killed_day(house, tmp_path / "home", server, crash_at)
    assert ["reply", "customer0@quill.example", "uncertain"] in after["mails"]
    replies = [m for m in server.taken if m.subject.startswith("Re: ")]
    assert len(replies) == 1, "it went out once"
    told = [facts for case, _, name, facts in after["journal"] if name == "contact.refused"]
    assert [t["final"] for t in told] == [False], "and the owner was told that nobody knows"
    # Nobody counts it as said, so its promise rings: nothing is lost either.
    assert [1, 2, "reply", "broken"] in after["promises"]
