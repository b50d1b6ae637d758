"""The mail server of a machine that has none, over real sockets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from makegood.watch.delivery import Fate, Sendable
from makegood.watch.post_office import LocalPost, is_ours, kept_as
from tests.watch.mail_server import MailServer

OURS = "help@larkfield.example"


def mail(number: int, to: str) -> Sendable:
    message_id = f"<{number}@larkfield.example>"
    body = f"Message-ID: {message_id}\r\nSubject: Number {number}\r\n\r\n.A dot first.\r\n".encode()
    return Sendable(message_id=message_id, envelope_from=OURS, to_address=to, body=body)


@pytest.fixture
def door() -> Iterator[MailServer]:
    """What stands where our own mail door would."""
    with MailServer() as server:
        yield server


@pytest.fixture
def post(tmp_path: Path, door: MailServer) -> Iterator[LocalPost]:
    local = LocalPost(tmp_path / "sent", door=("127.0.0.1", door.port), ours=lambda address: address == OURS)
    yield local
    local.close()


def test_mail_for_others_is_kept_and_goes_nowhere(post: LocalPost, door: MailServer, tmp_path: Path) -> None:
    letter = mail(1, "rosa@quill.example")
    assert not post.knows(letter.message_id)
    assert post.send(letter, hand_over=lambda: True).fate is Fate.ACCEPTED
    assert (tmp_path / "sent" / kept_as(letter.message_id)).read_bytes() == letter.body
    assert post.knows(letter.message_id)
    assert door.seen == []


def test_mail_for_our_own_address_is_carried_to_our_own_door(post: LocalPost, door: MailServer) -> None:
    letter = mail(2, OURS)
    assert post.send(letter, hand_over=lambda: True).fate is Fate.ACCEPTED
    assert [(m.receivers, m.content) for m in door.taken] == [((OURS,), letter.body)]
    assert post.knows(letter.message_id)


def test_what_our_door_says_is_what_the_post_office_says(post: LocalPost, door: MailServer) -> None:
    door.answers.extend(["451 the disk is full", "554 a loop"])
    outcomes = [post.send(mail(3, OURS), hand_over=lambda: True) for _ in range(2)]
    assert [o.fate for o in outcomes] == [Fate.LATER, Fate.NEVER]
    assert [o.answer for o in outcomes] == ["451 the disk is full", "554 a loop"]
    assert not post.knows("<3@larkfield.example>")


def test_a_door_that_is_closed_is_tried_again(tmp_path: Path) -> None:
    with MailServer() as gone:
        port = gone.port
    post = LocalPost(tmp_path / "sent", door=("127.0.0.1", port), ours=lambda _: True)
    try:
        outcome = post.send(mail(4, OURS), hand_over=lambda: True)
    finally:
        post.close()
    assert (outcome.fate, outcome.answer) == (Fate.LATER, "451 our own mail door can't be reached")


def test_the_same_mail_twice_is_kept_once(post: LocalPost, tmp_path: Path) -> None:
    for _ in range(2):
        post.send(mail(5, "rosa@quill.example"), hand_over=lambda: True)
    assert [path.name for path in (tmp_path / "sent").iterdir()] == [kept_as("<5@larkfield.example>")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("help@larkfield.example", True),
        ("HELP@Larkfield.example", True),
        ("help+rosa@larkfield.example", True),
        ("reply+1a.c2.axxxxxxxxxxxxxxxxxxxxxxxxxx@larkfield.example", True),
        ("tom@larkfield.example", False),
        ("help@quill.example", False),
        ("nonsense", False),
    ],
)
def test_doors_and_reply_addresses_are_ours_and_staff_are_not(cast: object, address: str, ours: bool) -> None:
    assert is_ours(address) is ours
