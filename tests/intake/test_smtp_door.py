"""The listener, over real sockets: "250" only after the commit, nothing relayed, nothing lost."""

from __future__ import annotations

import logging
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from makegood.desk import models
from makegood.desk.actions import ledger
from makegood.intake.mail import smtp_door
from makegood.intake.mail.smtp_door import SmtpDoor
from makegood.notify.email import reply_address
from makegood.notify.email.reply_address import ReplyAddress
from tests.intake.desk import judge_all
from tests.intake.letters import GRACE, HELP, ROSA, letter

pytestmark = pytest.mark.usefixtures("committed")


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monday_ten: datetime) -> Clock:
    return Clock(monday_ten)


@contextmanager
def listening(clock: Clock, *, lmtp: bool = False) -> Iterator[SmtpDoor]:
    door = SmtpDoor(host="127.0.0.1", port=0, lmtp=lmtp, now=clock)
    door.start()
    try:
        yield door
    finally:
        door.stop()


@pytest.fixture
def door(cast: Any, clock: Clock) -> Iterator[SmtpDoor]:
    with listening(clock) as found:
        yield found


def client(door: SmtpDoor) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", door.port, timeout=20)


def say(door: SmtpDoor, *lines: bytes) -> list[bytes]:
    """Hold a conversation in plain bytes; returns the last line of each answer, the greeting first."""
    with socket.create_connection(("127.0.0.1", door.port), timeout=20) as connection:
        heard = connection.makefile("rb")
        answers = [_answer(heard)]
        for line in lines:
            connection.sendall(line)
            answers.append(_answer(heard))
        return answers


def _answer(heard: Any) -> bytes:
    line = heard.readline()
    while line[3:4] == b"-":
        line = heard.readline()
    return bytes(line)


def test_a_letter_handed_in_is_stored_and_becomes_a_case(door: SmtpDoor, clock: Clock) -> None:
    with client(door) as smtp:
        smtp.sendmail(ROSA, [HELP], letter())
    item = models.InboxItem.objects.get()
    assert (item.state, item.way, item.received_at) == ("stored", "smtp", clock.now)
    assert (item.envelope_from, item.envelope_to) == (ROSA, [HELP])
    assert bytes(item.raw.body) == letter()
    judge_all(clock.now)
    assert models.Case.objects.get().subject == "Broken buckle"


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        (HELP, True),
        ("Help@LARKFIELD.example", True),
        ("help+bags@larkfield.example", True),
        (GRACE, True),
        ("postmaster@larkfield.example", True),
        ("canary@larkfield.example", True),
        ("reply+1.c1.aforged@larkfield.example", True),
        ("reply+1.c1.aforged@elsewhere.example", False),
        ("tom@larkfield.example", False),
        ("nobody@larkfield.example", False),
        ("victim@elsewhere.example", False),
        ("victim%elsewhere.example@larkfield.example", False),
        ("help@larkfield.example@elsewhere.example", False),
        ("@larkfield.example:victim@elsewhere.example", False),
    ],
)
def test_mail_is_taken_for_our_own_addresses_and_for_no_others(door: SmtpDoor, address: str, taken: bool) -> None:
    answer = say(door, b"EHLO x\r\n", b"MAIL FROM:<a@b.example>\r\n", f"RCPT TO:<{address}>\r\n".encode())[-1]
    assert answer.startswith(b"250" if taken else b"55"), answer


def test_a_signed_reply_address_is_taken(door: SmtpDoor) -> None:
    address = reply_address.make(ReplyAddress(case=1, who="c", id=1), domain="larkfield.example")
    with client(door) as smtp:
        smtp.sendmail(ROSA, [address], letter())
    assert models.InboxItem.objects.get().door == "mail"


def test_what_is_not_ours_is_refused_but_the_rest_of_the_letter_arrives(door: SmtpDoor) -> None:
    with client(door) as smtp:
        refused = smtp.sendmail(ROSA, [HELP, "victim@elsewhere.example"], letter())
    assert refused == {"victim@elsewhere.example": (550, b"5.1.1 This address is not ours, and we pass nothing on.")}
    assert models.InboxItem.objects.get().envelope_to == [HELP]


def test_a_database_that_fails_makes_the_sender_try_again(door: SmtpDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch, client(door) as smtp:
        patch.setattr(ledger, "store", full)
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.sendmail(ROSA, [HELP], letter())
    assert refused.value.smtp_code == 451
    with client(door) as smtp:
        smtp.sendmail(ROSA, [HELP], letter())
    assert models.InboxItem.objects.count() == 1


def test_a_disk_that_is_nearly_full_still_takes_small_letters(door: SmtpDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 200 * 1024 * 1024

    monkeypatch.setattr(smtp_door.shutil, "disk_usage", lambda _: Usage)
    with client(door) as smtp:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.sendmail(ROSA, [HELP], letter("word " * 300_000))
        assert refused.value.smtp_code == 452
        smtp.sendmail(ROSA, [HELP], letter())
    assert models.InboxItem.objects.count() == 1


def test_a_sender_that_missed_our_answer_and_tries_again_made_one_item(door: SmtpDoor, clock: Clock) -> None:
    for minutes in (0, 5, 20):
        clock.now += timedelta(minutes=minutes)
        with client(door) as smtp:
            smtp.sendmail(ROSA, [HELP], letter())
    assert models.InboxItem.objects.count() == 1


def test_equal_bytes_an_hour_apart_are_two_letters(door: SmtpDoor, clock: Clock) -> None:
    for _ in range(2):
        with client(door) as smtp:
            smtp.sendmail(ROSA, [HELP], letter(message_id=""))
        clock.now += timedelta(hours=1)
    assert models.InboxItem.objects.count() == 2


def test_a_letter_larger_than_we_read_is_taken_whole_and_one_beyond_all_measure_is_refused_with_a_sentence(
    cast: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_MAX_MAIL_MB", "1")
    with listening(clock) as door:
        large, huge = letter("word " * 500_000), letter("word " * 1_000_000)
        with client(door) as smtp:
            smtp.ehlo()
            assert smtp.esmtp_features["size"] == str(4 * 1024 * 1024)
            smtp.sendmail(ROSA, [HELP], large)
        answers = say(
            door,
            b"EHLO x\r\n",
            b"MAIL FROM:<rosa@quiet.example>\r\n",
            f"RCPT TO:<{HELP}>\r\n".encode(),
            b"DATA\r\n",
            huge + b"\r\n.\r\n",
        )
    assert answers[-1].startswith(b"552 5.3.4 This message is too large")
    item = models.InboxItem.objects.get()
    assert bytes(item.raw.body) == large
    judge_all(clock.now)
    assert models.Case.objects.get().quarantined


def test_a_line_of_any_length_is_taken(door: SmtpDoor) -> None:
    raw = b"From: <rosa@quiet.example>\r\nSubject: Long\r\n\r\n" + b"x" * 300_000 + b"\r\n..dot\r\nend\r\n"
    answers = say(
        door,
        b"EHLO x\r\n",
        b"MAIL FROM:<rosa@quiet.example>\r\n",
        f"RCPT TO:<{HELP}>\r\n".encode(),
        b"DATA\r\n",
        raw + b".\r\n",
    )
    assert answers[-1].startswith(b"250")
    assert bytes(models.InboxItem.objects.get().raw.body) == raw.replace(b"\r\n..dot", b"\r\n.dot")


def test_the_null_sender_is_kept_as_such(door: SmtpDoor) -> None:
    with client(door) as smtp:
        smtp.sendmail("<>", [HELP], letter())
    assert models.InboxItem.objects.get().envelope_from == ""


def test_two_letters_in_one_conversation_are_two(door: SmtpDoor) -> None:
    with client(door) as smtp:
        smtp.sendmail(ROSA, [HELP], letter())
        smtp.sendmail(ROSA, [HELP], letter("Another matter.", message_id="<two@quiet.example>"))
    assert models.InboxItem.objects.count() == 2


def test_over_lmtp_each_recipient_gets_an_answer(cast: Any, clock: Clock) -> None:
    with listening(clock, lmtp=True) as door:
        answers = say(
            door,
            b"LHLO x\r\n",
            b"MAIL FROM:<rosa@quiet.example>\r\n",
            f"RCPT TO:<{HELP}>\r\n".encode(),
            f"RCPT TO:<{GRACE}>\r\n".encode(),
            b"DATA\r\n",
            letter() + b".\r\n",
            b"",  # the answer for the second recipient
        )
    assert [answer[:3] for answer in answers[-2:]] == [b"250", b"250"]
    assert set(models.InboxItem.objects.values_list("door", flat=True)) == {"mail", "executive"}


def test_no_line_of_a_letter_reaches_the_log(
    door: SmtpDoor, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ValueError("The buckle of my bag snapped")

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(ledger, "store", broken)
    with client(door) as smtp, pytest.raises(smtplib.SMTPDataError):
        smtp.sendmail(ROSA, [HELP], letter())
    say(door, b"The buckle of my bag snapped\r\n")
    assert "could not be stored" in caplog.text
    assert "buckle" not in caplog.text and ROSA not in caplog.text
